from tests.courses.conftest import lesson, url  # noqa: F401
from tests.pages import filled, question_forms


def test_a_stranger_is_told_how_to_begin(client, db):
    text = client.get("/progress/").text
    assert "Nothing is here yet." in text


def test_progress_shows_each_lesson_with_checks_and_quiz(client, url):  # noqa: F811
    form = question_forms(client.get(url))[0]
    client.post(form["action"], filled(form, "Right"))
    text = client.get("/progress/").text
    assert "Springs" in text
    assert "1 / 2" in text
    assert "in part" in text
    assert "Sign up to find it on every device" in text


def test_progress_costs_the_same_whatever_was_answered(ada_client, url, django_assert_max_num_queries):  # noqa: F811
    for number, choices in ((0, ["Right"]), (1, ["Rain", "Snow"])):
        form = question_forms(ada_client.get(url))[number]
        ada_client.post(form["action"], filled(form, *choices))
        with django_assert_max_num_queries(13):
            ada_client.get("/progress/")
