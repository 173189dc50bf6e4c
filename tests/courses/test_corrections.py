"""The public list of corrections of a course."""

import pytest

from quizzes import disputes
from quizzes.models import Correction, Response
from tests import make
from tests.pages import filled, question_forms

URL = "/courses/rivers/corrections/"


@pytest.fixture
def dispute(ada_client, lesson, url):
    form = question_forms(ada_client.get(url))[0]
    ada_client.post(form["action"], filled(form, "Wrong"))
    form = question_forms(ada_client.get(url))[0]
    ada_client.post(form["action"], filled(form, "Right"))
    return disputes.challenge(response=Response.objects.latest("pk"), reason="Ada's own reason.")


def test_an_empty_list_says_so(client, lesson):
    assert "Nothing has had to be corrected so far." in client.get(URL).text


def test_a_correction_tells_date_question_and_the_teachers_words_and_no_name(client, dispute, tom):
    public = disputes.Public("The <slope> was old.\n\nVery old.", "It is new.")
    disputes.mend(dispute=dispute, reply="Well spotted, Ada.", by=tom, public=public)
    Correction.objects.update(corrected_on="2026-03-01")
    text = client.get(URL).text
    for words in ("1 March 2026", "Which way?", "The &lt;slope&gt; was old.", "<p>Very old.</p>", "It is new."):
        assert words in text
    for private in ("Ada", "Tom", "Well spotted", "own reason", "Right", "Why Right is so."):
        assert private not in text


def test_what_was_kept_or_mended_without_a_word_to_the_public_is_not_there(client, dispute, tom):
    disputes.mend(dispute=dispute, reply="Yes.", by=tom)
    assert "Which way?" not in client.get(URL).text
    disputes.mend(dispute=dispute, reply="Yes.", by=tom, public=disputes.Public("Old.", "New."))
    assert "Which way?" in client.get(URL).text
    disputes.keep(dispute=dispute, reply="No.", by=tom)
    assert "Which way?" not in client.get(URL).text


def test_a_correction_stays_when_the_learner_goes(client, dispute, tom, ada):
    disputes.mend(dispute=dispute, reply="Yes.", by=tom, public=disputes.Public("Old.", "New."))
    ada.delete()
    assert "Which way?" in client.get(URL).text


def test_the_latest_comes_first_and_other_courses_have_their_own(client, lesson):
    for day, question in (("2026-03-01", "First?"), ("2026-03-03", "Third?"), ("2026-03-02", "Second?")):
        Correction.objects.create(
            collection=lesson.course.collection, corrected_on=day, question=question, wrong="A.", changed="B."
        )
    other = make.course(collection=make.collection(slug="hills"))
    Correction.objects.create(collection=other.collection, question="Elsewhere?", wrong="A.", changed="B.")
    text = client.get(URL).text
    assert text.index("Third?") < text.index("Second?") < text.index("First?")
    assert "Elsewhere?" not in text
    assert "Elsewhere?" in client.get("/courses/hills/corrections/").text


def test_the_page_about_the_course_leads_there(client, lesson):
    assert f'href="{URL}"' in client.get("/courses/rivers/about/").text


def test_a_course_that_is_not_there_has_none(client, lesson):
    assert client.get("/courses/brooks/corrections/").status_code == 404
    lesson.course.retired = True
    lesson.course.save(update_fields=["retired"])
    assert client.get(URL).status_code == 404


def test_it_costs_the_same_however_many(client, lesson, django_assert_num_queries):
    for _ in range(5):
        Correction.objects.create(collection=lesson.course.collection, question="Why?", wrong="A.", changed="B.")
    with django_assert_num_queries(2):
        client.get(URL)
