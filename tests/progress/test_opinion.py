import re

import pytest
from django.urls import reverse

from accounts.models import User
from progress.models import Opinion
from tests import make
from tests.conftest import client_of

URL = "/progress/rivers/opinion/"
BEFORE, AFTER = Opinion.Moment


@pytest.fixture(autouse=True)
def rivers(db):
    """A course of two lessons to be marked as read, with a closing question."""
    course = make.course(
        collection=make.collection(slug="rivers"), opinion={"question": "Up or *down*?", "options": ["Up", "Down"]}
    )
    for position, slug in enumerate(["springs", "brooks", "deltas"]):
        make.lesson(course=course, slug=slug, position=position, title=slug.title())
    return course


def give(client, moment, choice):
    return client.post(URL, {"moment": moment, "choice": choice}, follow=True)


def finish(learner, course):
    for lesson in course.lessons.all():
        learner.readings.get_or_create(lesson=lesson)


def others(course, moment, *choices):
    """So many other learners have answered."""
    for number, choice in enumerate(choices):
        learner, _made = User.objects.get_or_create(email=f"other{number}@example.org")
        learner.opinions.create(course=course, moment=moment, choice=choice)


def given(learner):
    return dict(learner.opinions.values_list("moment", "choice"))


def asked(response) -> str:
    found = re.search(r'name="moment" value="(\w+)"', response.text)
    return found[1] if found else ""


def widths(response) -> list[list[str]]:
    """By bar, how long its pieces are."""
    charts = re.findall(r'<svg class="shares"[^>]*preserve[^>]*>(.*?)</svg>', response.text, re.DOTALL)
    return [re.findall(r'width="([^"]+)"', chart) for chart in charts]


def test_a_link_stands_on_the_course_page_and_in_the_first_and_the_last_lesson(client):
    def links(page):
        return client.get(f"/courses/rivers/{page}").text.count(f'href="{URL}"')

    assert [links(page) for page in ("", "lessons/springs/", "lessons/brooks/", "lessons/deltas/")] == [1, 1, 0, 1]


def test_a_course_without_a_closing_question_has_no_such_page_and_no_link(client, rivers):
    rivers.opinion = {}
    rivers.save()
    assert client.get(URL).status_code == 404
    assert client.post(URL).status_code == 404
    for page in ("", "lessons/springs/", "lessons/deltas/"):
        assert "opinion" not in client.get(f"/courses/rivers/{page}").text


def test_unknown_and_retired_courses_have_none(ada_client, rivers):
    assert ada_client.get("/progress/nope/opinion/").status_code == 404
    assert ada_client.put(URL).status_code == 405
    rivers.retired = True
    rivers.save()
    assert ada_client.get(URL).status_code == 404


@pytest.mark.parametrize("who", ["client", "gus_client"])
def test_strangers_and_guests_are_told_that_it_needs_an_account(who, request):
    client = request.getfixturevalue(who)
    for response in (client.get(URL), give(client, BEFORE, 0)):
        assert "Up or <em>down</em>?" in response.text
        assert "This needs an account" in response.text
        assert f'href="/accounts/signup/?next={URL}"' in response.text
        assert "<form" not in response.text
    assert not Opinion.objects.exists()


def test_before_the_first_lesson_one_answer_is_asked(ada, ada_client):
    response = ada_client.get(URL)
    assert asked(response) == "before"
    assert "You answer once, and the answer stands." in response.text
    response = give(ada_client, BEFORE, 1)
    assert given(ada) == {"before": 1}
    assert asked(response) == ""
    assert "when every lesson is done: 0 of 3 are" in response.text


def test_an_answer_stands_as_it_was_given(ada, ada_client):
    give(ada_client, BEFORE, 1)
    assert give(ada_client, BEFORE, 1).status_code == 200
    response = give(ada_client, BEFORE, 0)
    assert response.status_code == 409
    assert "What you answered before stands as you gave it." in response.text
    assert given(ada) == {"before": 1}


def test_the_second_answer_is_taken_once_every_lesson_is_done(ada, ada_client, rivers):
    give(ada_client, BEFORE, 1)
    ada.readings.create(lesson=rivers.lessons.first())
    assert "1 of 3 are" in ada_client.get(URL).text
    assert give(ada_client, AFTER, 0).status_code == 409
    finish(ada, rivers)
    assert asked(ada_client.get(URL)) == "after"
    give(ada_client, AFTER, 0)
    assert given(ada) == {"before": 1, "after": 0}


def test_both_answers_are_shown_side_by_side_once_both_are_given(ada, ada_client, rivers):
    give(ada_client, BEFORE, 1)
    finish(ada, rivers)
    assert "Your answers" not in ada_client.get(URL).text
    text = give(ada_client, AFTER, 0).text
    assert "Your answers" in text
    cards = re.findall(r"<h3>(.*?)</h3>\s*<p>(.*?)</p>", text)
    assert cards == [("Before the first lesson", "Down"), ("After the last lesson", "Up")]


def test_who_has_begun_is_asked_as_before_the_first_lesson(ada, ada_client, rivers):
    ada.readings.create(lesson=rivers.lessons.first())
    response = ada_client.get(URL)
    assert asked(response) == "before"
    assert "answer as you would have before the first lesson" in response.text


def test_who_comes_when_all_is_done_answers_only_after(ada, ada_client, rivers):
    finish(ada, rivers)
    assert asked(ada_client.get(URL)) == "after"
    assert give(ada_client, BEFORE, 0).status_code == 409
    assert "After the last lesson" in give(ada_client, AFTER, 0).text
    assert given(ada) == {"after": 0}


def test_a_course_without_lessons_is_never_done(ada_client, rivers):
    rivers.lessons.all().delete()
    assert asked(ada_client.get(URL)) == "before"


def test_no_choice_is_told_and_nothing_is_kept(ada_client):
    response = ada_client.post(URL, {"moment": "before"})
    assert response.status_code == 422
    assert "Choose one of the answers." in response.text
    assert asked(response) == "before"


@pytest.mark.parametrize(("moment", "choice", "status"), [("before", 2, 422), ("before", "x", 422), ("later", 0, 400)])
def test_nonsense_is_refused(ada, ada_client, moment, choice, status):
    assert give(ada_client, moment, choice).status_code == status
    assert not given(ada)


def test_bars_show_shares_of_a_moment_that_five_or_more_have_answered(ada, ada_client, rivers):
    others(rivers, BEFORE, 0, 1, 1, 1)
    others(rivers, AFTER, 0, 0, 1, 1)
    finish(ada, rivers)
    response = give(ada_client, AFTER, 0)
    assert widths(response) == [["0.6000", "0.4000"]]
    row = re.search(r'<th scope="row">After the last lesson</th>(.*?)</tr>', response.text, re.DOTALL)[1]
    assert re.findall(r"\d+%", row) == ["60%", "40%"]
    assert "shown from 5 answers on" in response.text


def test_what_others_answered_does_not_sway_who_has_still_to_answer(ada, ada_client, rivers):
    others(rivers, BEFORE, 0, 1, 1, 1, 0)
    others(rivers, AFTER, 0, 0, 1, 1, 0)
    assert widths(ada_client.get(URL)) == []
    assert widths(give(ada_client, BEFORE, 0)) == []
    finish(ada, rivers)
    assert widths(ada_client.get(URL)) == []
    assert len(widths(give(ada_client, AFTER, 0))) == 2


def test_an_option_that_was_taken_back_counts_no_more(ada, ada_client, rivers):
    others(rivers, AFTER, 0, 0, 1, 1, 7)
    finish(ada, rivers)
    assert widths(give(ada_client, AFTER, 0)) == [["0.6000", "0.4000"]]
    ada.opinions.update(choice=7)
    assert ada_client.get(URL).status_code == 200


def test_more_answers_cost_no_more_queries(ada, ada_client, rivers, django_assert_max_num_queries):
    others(rivers, AFTER, *[0, 1] * 20)
    finish(ada, rivers)
    give(ada_client, AFTER, 0)
    with django_assert_max_num_queries(9):
        ada_client.get(URL)


def test_the_admin_shows_nobodys_choice(ada_client, admin_client, rivers):
    rivers.opinion["options"] = ["Upwards indeed", "Down"]
    rivers.save()
    give(ada_client, BEFORE, 0)
    row = Opinion.objects.get()
    page = admin_client.get(reverse("admin:progress_opinion_change", args=[row.pk])).text
    assert "Before the first lesson" in page
    assert not re.search("choice|Upwards", page)
    assert "Upwards" not in admin_client.get(reverse("admin:progress_opinion_changelist")).text


def test_eve_finds_nothing_of_adas(ada_client, eve, rivers):
    give(ada_client, BEFORE, 1)
    finish(eve, rivers)
    text = give(client_of(eve), AFTER, 0).text
    assert "Before the first lesson" in text
    assert "Ada" not in text
    assert re.findall(r"<h3>(.*?)</h3>", text) == ["After the last lesson"]
