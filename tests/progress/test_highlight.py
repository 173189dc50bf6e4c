"""/notes/PK/: the note on a highlight."""

import re

import pytest
import time_machine

from progress.models import Highlight
from tests.conftest import HTMX, client_of
from tests.courses.conftest import lesson, url  # noqa: F401
from tests.pages import forms
from tests.progress.notes import marked

pytestmark = pytest.mark.usefixtures("lesson")


@pytest.fixture
def made(ada_client) -> Highlight:
    with time_machine.travel("2026-05-01 12:00Z", tick=False):
        return marked(ada_client, "runs downhill", "Does it?")


def sent(client, made: Highlight, text: str) -> dict:
    form = next(form for form in forms(client.get(f"/notes/{made.pk}/")) if "written_at" in form["hidden"])
    return {**form["hidden"], "text": text}


def test_the_page_shows_the_words_the_note_and_the_way_back(ada_client, made, url):  # noqa: F811
    text = ada_client.get(f"/notes/{made.pk}/").text
    assert "runs downhill" in text
    assert "Does it?</textarea>" in text
    assert f'href="{url}#passage-start"' in text


def test_a_note_is_changed(ada_client, made):
    response = ada_client.post(f"/notes/{made.pk}/", sent(ada_client, made, "It does.\r\nAlways."))
    assert response["Location"] == f"/notes/{made.pk}/?saved"
    made.refresh_from_db()
    assert made.note == "It does.\nAlways."
    assert made.changed_at > made.made_at
    assert "Saved." in ada_client.get(response["Location"]).text


def test_an_empty_note_leaves_the_highlight(ada_client, made):
    ada_client.post(f"/notes/{made.pk}/", sent(ada_client, made, ""))
    assert Highlight.objects.kept().get().note == ""


def test_saving_twice_is_no_conflict(ada_client, made):
    data = sent(ada_client, made, "It does.")
    assert [ada_client.post(f"/notes/{made.pk}/", data).status_code for _ in range(2)] == [302, 302]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_of_two_windows_the_second_is_told_and_both_texts_are_there(ada_client, made, headers):
    data = sent(ada_client, made, "From the second window.")
    ada_client.post(f"/notes/{made.pk}/", sent(ada_client, made, "From the first window."))
    response = ada_client.post(f"/notes/{made.pk}/", data, headers=headers)
    assert response.status_code == 422
    assert re.search(r"Kept since \d.*From the first window\.", response.text, re.DOTALL)
    assert "From the second window.</textarea>" in response.text
    made.refresh_from_db()
    assert made.note == "From the first window."
    again = next(form for form in forms(response) if "written_at" in form["hidden"])
    ada_client.post(f"/notes/{made.pk}/", {**again["hidden"], "text": "Both."})
    made.refresh_from_db()
    assert made.note == "Both."


def test_what_is_saved_on_one_that_was_deleted_takes_it_back(ada_client, made):
    data = sent(ada_client, made, "Written while it was deleted elsewhere.")
    ada_client.post(f"/notes/{made.pk}/delete/")
    ada_client.post(f"/notes/{made.pk}/", data)
    assert Highlight.objects.kept().get().note == data["text"]


def test_a_note_that_is_too_long_is_kept_in_the_field(ada_client, made):
    response = ada_client.post(f"/notes/{made.pk}/", sent(ada_client, made, "x" * 10_001))
    assert response.status_code == 422
    assert "one character too long" in response.text
    assert "x" * 10_001 in response.text


def test_in_the_lesson_the_passage_comes_with_a_field_and_then_with_the_note(ada_client, made):
    part = ada_client.get(f"/notes/{made.pk}/", headers=HTMX)
    assert part.text.lstrip().startswith('<div class="passage"')
    assert "Does it?</textarea>" in part.text
    assert 'aria-label="Your note"' not in part.text
    (form,) = forms(part)
    saved = ada_client.post(form["action"], {**form["hidden"], "text": "It does."}, headers=HTMX)
    assert saved.status_code == 200
    assert "<textarea" not in saved.text
    assert 'aria-label="Your note"' in saved.text
    assert "It does." in saved.text


def test_what_is_wrong_in_the_lesson_is_said_in_the_passage(ada_client, made):
    response = ada_client.post(f"/notes/{made.pk}/", {"text": "x" * 10_001}, headers=HTMX)
    assert response.status_code == 422
    assert response.text.lstrip().startswith('<div class="passage"')
    assert "one character too long" in response.text


PATHS = ("", "ask/", "stop/", "delete/", "restore/")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_can_get_at_it(eve, made, path, method):
    response = getattr(client_of(eve), method)(f"/notes/{made.pk}/{path}", {"text": "Eve was here.", "written_at": ""})
    assert response.status_code in {404, 405}
    made.refresh_from_db()
    assert (made.note, made.deleted_at) == ("Does it?", None)


@pytest.mark.parametrize("path", PATHS)
def test_who_is_signed_out_is_asked_to_sign_in(client, made, path):
    method = client.get if path in {"", "ask/"} else client.post
    assert "login" in method(f"/notes/{made.pk}/{path}")["Location"]
    assert client.post(f"/notes/{made.pk}/{path}", headers=HTMX).status_code == 403


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_one_can_be_deleted_and_taken_back(ada, ada_client, made, headers):
    response = ada_client.post(f"/notes/{made.pk}/delete/", headers=headers)
    assert not ada.highlights.kept().exists()
    offer = response.text if headers else ada_client.get(response["Location"]).text
    assert "Take it back" in offer
    assert "<mark" not in offer
    ada_client.post(f"/notes/{made.pk}/restore/", headers=headers)
    assert ada.highlights.kept().get().note == "Does it?"


@pytest.mark.parametrize("path", ["", "ask/"])
def test_one_deleted_in_another_window_is_offered_back(ada_client, made, path):
    ada_client.post(f"/notes/{made.pk}/delete/")
    response = ada_client.get(f"/notes/{made.pk}/{path}")
    assert response["Location"] == f"/notes/?deleted={made.pk}"
    part = ada_client.get(f"/notes/{made.pk}/{path}", headers=HTMX).text
    assert part.lstrip().startswith('<div class="passage"')
    assert "Take it back" in part
    assert "<mark" not in part


def test_what_was_deleted_goes_for_good_with_what_is_deleted_a_day_later(ada, ada_client):
    first, second, third = (marked(ada_client, quote) for quote in ("Water", "runs", "downhill"))
    for day, one in ((1, first), (2, second), (4, third)):
        with time_machine.travel(f"2026-06-{day:02} 12:00Z", tick=False):
            ada_client.post(f"/notes/{one.pk}/delete/")
    assert set(ada.highlights.all()) == {third}
    assert ada_client.post(f"/notes/{first.pk}/restore/").status_code == 404


def test_all_goes_with_its_learner(ada, made):
    ada.delete()
    assert not Highlight.objects.exists()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_one_deleted_days_ago_is_deleted_once_more_from_a_window_left_open(ada, ada_client, made, headers):
    for day in ("2026-05-02", "2026-05-09"):
        with time_machine.travel(f"{day} 12:00Z", tick=False):
            response = ada_client.post(f"/notes/{made.pk}/delete/", headers=headers)
        assert response.status_code in {200, 302}
    assert not ada.highlights.kept().exists()


def test_a_lesson_with_highlights_is_not_deleted_but_retired(admin_client, made, lesson):  # noqa: F811
    response = admin_client.post(f"/admin/courses/lesson/{lesson.pk}/delete/", {"post": "yes"})
    assert "retired" in response.text
    assert Highlight.objects.exists()


def test_the_admin_shows_that_there_is_one_and_nothing_of_it(admin_client, made):
    for page in ("/admin/progress/highlight/", f"/admin/progress/highlight/{made.pk}/change/"):
        text = admin_client.get(page, follow=True).text
        assert "Springs" in text
        assert "downhill" not in text
        assert "Does it" not in text
    assert admin_client.get("/admin/progress/ownquestion/").status_code == 404
