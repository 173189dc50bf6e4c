"""Beside a lesson while it is written: its preview, its faults, and claims and questions to put in."""

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import Lesson
from tests.conftest import HTMX

ADD = reverse("admin:courses_lesson_add")
PREVIEW = reverse("admin:courses_lesson_preview")
CLAIMS = reverse("admin:courses_lesson_claims")
CHECKS = reverse("admin:courses_lesson_checks")


@pytest.fixture
def course(make, rivers):
    make.claim(collection=rivers, key="slope", text="Water runs downhill.")
    make.question(collection=rivers, key="which-way", text="Which way?")
    return make.course(collection=rivers)


@pytest.fixture
def preview(course, tom_client):
    def of(text, **sent):
        return tom_client.post(PREVIEW, {"course": course.pk, "text": text, **sent}, headers=HTMX)

    return of


def test_the_preview_is_what_readers_get_with_its_footnotes_and_checks(preview):
    html = preview("## Springs\r\n\r\nWater *runs*.[^slope] {#runs}\r\n\r\n:::check which-way\r\n").text
    assert "<h2>Springs</h2>" in html
    assert "Water <em>runs</em>." in html
    assert '<li id="note_1">Water runs downhill.' in html
    assert "Which way?" in html
    assert "Right</li>" in html
    assert "<html" not in html
    assert not Lesson.objects.exists()


def test_the_preview_of_a_saved_lesson_is_of_its_own_course(make, course, tom_client):
    lesson = make.lesson(course=course)
    url = reverse("admin:courses_lesson_preview", args=[lesson.pk])
    html = tom_client.post(url, {"text": "Water.[^slope] {#w}"}, headers=HTMX).text
    assert "Water runs downhill." in html
    lesson.refresh_from_db()
    assert lesson.text == "Water."


def test_faults_are_told_in_words_with_their_lines(preview):
    html = preview("Water.\n\nMore.[^nothing] {#more}\n\n:::check no-such\n").text
    assert 'data-line="3">Line 3</a>' in html
    assert "There is no claim called nothing." in html
    assert 'data-line="5">Line 5</a>' in html
    assert "There is no question called no-such." in html
    assert "2 things to mend." in html


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '<b onclick="x">b</b>', "[x](javascript:alert(1))", "![x](http://e/x.png)"]
)
def test_the_preview_is_as_clean_as_the_page_of_the_reader(text, preview):
    html = preview(text).text
    assert "<script" not in html
    assert "<img" not in html
    assert "<b " not in html
    assert 'href="javascript' not in html


def test_a_check_that_can_not_be_asked_yet_shows_its_text(make, rivers, preview):
    make.question(collection=rivers, key="half", kind="matching", text="Half a thought", options=[("One", 0)])
    assert "Half a thought" in preview(":::check half\n").text


@pytest.mark.parametrize("text", ["", "\0", ":::since", "[^", "{#", ":::check", "| a |\n|---|", "#" * 999])
def test_no_text_breaks_the_preview(text, preview):
    assert preview(text).status_code == 200


def test_without_a_course_the_preview_says_what_to_do(preview):
    assert "Choose the course" in preview("Water.", course="").text


def test_without_htmx_the_preview_is_a_page_of_its_own(course, tom_client, blocked_by_policy):
    html = tom_client.post(PREVIEW, {"course": course.pk, "text": "Water."}).text
    assert "<html" in html
    assert "<p>Water.</p>" in html
    assert blocked_by_policy(html) == []


# Putting in claims and questions


def find(client, url, course, words, **more):
    return client.get(url, {"course": course.pk, "q": words}, headers=HTMX, **more).text


@pytest.mark.parametrize("words", ["slope", "downhill water", "SLO", ""])
def test_a_claim_is_found_by_words_of_its_key_or_text_and_says_what_to_write(words, course, tom_client):
    html = find(tom_client, CLAIMS, course, words)
    assert 'data-insert="[^slope]"' in html
    assert "<code>[^slope]</code>" in html
    assert "Water runs downhill." in html


def test_a_question_is_found_and_goes_on_a_line_of_its_own(course, tom_client):
    html = find(tom_client, CHECKS, course, "which")
    assert 'data-insert=":::check which-way"' in html


def test_what_is_retired_or_of_another_course_is_not_offered(make, course, rivers, hills, tom_client):
    make.claim(collection=rivers, key="old", text="Water stands.", retired=True)
    make.claim(collection=hills, key="elsewhere", text="Water stands.")
    assert "No claims with these words." in find(tom_client, CLAIMS, course, "stands")


def test_without_scripts_the_search_is_a_page_that_says_what_to_type(course, tom_client):
    html = tom_client.get(CLAIMS, {"course": course.pk, "q": "slope"}).text
    assert "<html" in html
    assert "<code>[^slope]</code>" in html


@pytest.mark.parametrize("sent", [{}, {"course": ""}, {"course": "x"}, {"course": "1x", "q": "\0" * 300}])
def test_a_search_without_a_course_says_what_to_do(sent, course, tom_client):
    response = tom_client.get(CLAIMS, sent, headers=HTMX)
    assert response.status_code == 200
    assert "Choose the course first." in response.text


def test_the_page_of_a_lesson_has_preview_and_pickers_and_needs_nothing_inline(
    make, course, tom_client, address, blocked_by_policy
):
    lesson = make.lesson(course=course)
    for url in (ADD, address(lesson)):
        html = tom_client.get(url).text
        assert 'hx-post="' in html
        assert f'action="{CLAIMS}"' in html
        assert f'action="{CHECKS}"' in html
        assert 'formaction="' in html
        assert blocked_by_policy(html) == []


# Who may look


def test_strangers_and_learners_are_shown_nothing(make, course, ada_client, eve_client):
    lesson = make.lesson(course=course)
    previews = [PREVIEW, reverse("admin:courses_lesson_preview", args=[lesson.pk])]
    for client in (ada_client, eve_client, Client()):
        for url in (CLAIMS, CHECKS):
            assert client.get(url, {"course": course.pk}, headers=HTMX).status_code == 403
        for url in previews:
            assert client.post(url, {"course": course.pk, "text": ":::check which-way"}).status_code == 403


def test_a_preview_of_a_lesson_that_is_not_there_is_404(tom_client, course):
    assert tom_client.post(reverse("admin:courses_lesson_preview", args=[999]), {}).status_code == 404
    assert tom_client.post(PREVIEW, {"course": "999"}).status_code == 404
    assert tom_client.get(PREVIEW).status_code == 405
