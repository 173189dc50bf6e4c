import re

import pytest

from accounts.models import User
from courses.deriving import derive
from quizzes.publishing import publish
from tests import make
from tests.conftest import client_of
from tests.pages import filled, question_forms


def test_a_lesson_shows_text_outline_checks_and_notes(client, lesson, url):
    text = client.get(url).text
    assert "<h1>Springs</h1>" in text
    assert "All begins here." in text
    assert "tell up from down" in text
    assert "Water runs downhill." in text
    assert "Since the article" in text
    assert "0 of 2 checks answered" in text
    assert [form["action"] for form in question_forms(client.get(url))] == [f"{url}answer/"] * 2


def test_a_note_names_status_speaker_date_and_sources(client, url):
    text = client.get(url).text
    notes = re.findall(r"<aside class=\"note.*?</aside>", text, re.S)
    assert len(notes) == 4
    assert "Established" in notes[0]
    assert "Hydrological Office" in notes[0]
    assert "May 2024" in notes[0]
    assert "Attributed" in notes[1]
    assert "A poet" in notes[1]
    assert "again" not in notes[0]
    assert "again" in notes[2]


def test_every_footnote_leads_to_a_note_on_the_page(client, url):
    text = client.get(url).text
    targets = re.findall(r'href="#([^"]+)" role="doc-noteref"', text)
    assert len(targets) == 4
    for target in targets:
        assert f'id="{target}"' in text


def test_a_term_carries_its_meaning_and_script(client, url):
    text = client.get(url).text
    assert "Where water leaves the ground." in text
    assert 'lang="fa" dir="rtl"' in text
    assert "\ue000" not in text


def test_reading_creates_nothing(client, url):
    client.get(url)
    assert not User.objects.exists()
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize("path", ["lessons/nope/", "claims/nope/", "claims/nope/passage/"])
def test_an_unknown_slug_is_not_found(client, lesson, path):
    response = client.get(f"/courses/rivers/{path}")
    assert response.status_code == 404
    assert "Nothing here" in response.text


def test_an_unknown_course_is_not_found(client, db):
    for path in ("", "about/", "glossary/", "lessons/springs/", "claims/downhill/"):
        assert client.get(f"/courses/nope/{path}").status_code == 404


def test_a_retired_lesson_is_not_found(client, lesson, url):
    lesson.retired = True
    lesson.save()
    assert client.get(url).status_code == 404


def test_previous_and_next_follow_the_order(client, lesson, url):
    after = make.lesson(course=lesson.course, slug="brooks", title="Brooks", position=1)
    assert f'rel="next" href="{after.get_absolute_url()}"' in client.get(url).text
    assert f'rel="prev" href="{url}"' in client.get(after.get_absolute_url()).text


def test_a_lesson_costs_at_most_twelve_queries_whatever_its_number_of_checks(
    ada_client, lesson, url, django_assert_max_num_queries
):
    form = question_forms(ada_client.get(url))[0]
    ada_client.post(form["action"], filled(form, "Right"))
    with django_assert_max_num_queries(12) as few:
        ada_client.get(url)
    collection = lesson.course.collection
    for n in range(8):
        make.question(collection=collection, key=f"extra-{n}", claims=list(collection.claims.all()))
        lesson.text += f"\n\nMore.[^uphill] {{#more-{n}}}\n\n:::check extra-{n}\n"
    lesson.save()
    derive(lesson=lesson)
    publish(quiz=lesson.checks)
    ada_client.get(url)
    with django_assert_max_num_queries(12) as many:
        assert len(question_forms(ada_client.get(url))) == 10
    assert len(few) == len(many)


def test_what_was_answered_is_there_on_another_device(ada, ada_client, url):
    form = question_forms(ada_client.get(url))[0]
    ada_client.post(form["action"], filled(form, "Right"))
    text = client_of(ada).get(url).text
    assert "Right." in text
    assert "1 of 2 checks answered" in text


def test_answers_stay_when_a_check_gets_a_new_edition(ada, ada_client, lesson, url):
    form = question_forms(ada_client.get(url))[0]
    ada_client.post(form["action"], filled(form, "Right"))
    lesson.course.collection.questions.filter(key="tick").update(text="What is dry?")
    publish(quiz=lesson.checks)
    response = ada_client.get(url)
    assert "Right." in response.text
    assert "What is dry?" in response.text
    second = question_forms(response)[1]
    ada_client.post(second["action"], filled(second, "Rain", "Snow"))
    assert "2 of 2 checks answered" in ada_client.get(url).text
    assert sorted(ada.attempts.values_list("edition__number", flat=True)) == [1, 2]


def test_a_check_answered_again_after_it_was_revised_is_a_conflict(ada_client, lesson, url):
    form = question_forms(ada_client.get(url))[1]
    lesson.course.collection.questions.filter(key="tick").update(text="What is dry?")
    publish(quiz=lesson.checks)
    response = ada_client.post(form["action"], filled(form, "Rain"))
    assert response.status_code == 409
    assert url in response.text
