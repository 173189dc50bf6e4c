import re

import pytest
import time_machine
from django.urls import reverse

from accounts.models import User
from progress.models import Note
from tests.conftest import HTMX
from tests.courses.conftest import lesson  # noqa: F401
from tests.pages import normal

URL = "/progress/rivers/springs/reflect/"
QUESTIONS = ["Where does a river *begin*?", "Who decides?"]


@pytest.fixture(autouse=True)
def asked(lesson):  # noqa: F811
    """Springs, with two questions to think about."""
    lesson.reflect = QUESTIONS
    lesson.save(update_fields=["reflect"])
    return lesson


def stamp(response) -> str:
    (found,) = re.findall(r'name="written_at"(?: value="([^"]*)")?', response.text)
    return found


def field(response) -> str:
    """What stands in the text field."""
    (found,) = re.findall(r"<textarea[^>]*>(.*?)</textarea>", response.text, re.DOTALL)
    return found.strip()


def send(client, text, *, read=None, headers=None):
    """Saves the note, as from a page just opened or from one with an older stamp."""
    read = stamp(client.get(URL)) if read is None else read
    return client.post(URL, {"text": text, "written_at": read}, headers=headers, follow=True)


def test_a_lesson_ends_with_its_questions_and_a_link_to_the_note(client, asked):
    text = client.get(asked.get_absolute_url()).text
    assert "Where does a river <em>begin</em>?" in text
    assert f'href="{URL}"' in text
    assert f'hx-get="{URL}"' in text
    assert "<textarea" not in text
    assert text.index("Who decides?") < text.index('id="quiz-title"')


def test_a_lesson_without_such_questions_has_no_note(client, asked):
    asked.reflect = []
    asked.save()
    assert "reflect" not in client.get(asked.get_absolute_url()).text


def test_reading_the_questions_creates_nothing(client):
    response = client.get(URL)
    assert "Who decides?" in response.text
    assert field(response) == ""
    assert not User.objects.exists()


def test_the_first_note_of_a_stranger_makes_a_guest_and_is_kept(client):
    response = send(client, "  At its mouth.\r\nOr not. ")
    assert response.redirect_chain == [(f"{URL}?saved", 302)]
    assert "Saved." in response.text
    note = User.objects.get(is_guest=True).notes.get()
    assert note.text == "At its mouth.\nOr not."
    assert field(client.get(URL)) == note.text


def test_an_empty_note_of_a_stranger_makes_nobody(client):
    assert "There is no note on this lesson now." in send(client, " \r\n ").text
    assert not User.objects.exists()


def test_a_note_can_be_changed_and_there_is_one_only(ada, ada_client):
    send(ada_client, "First thought.")
    send(ada_client, "Second thought.")
    assert ada.notes.get().text == "Second thought."


def test_an_empty_text_deletes_the_note(ada, ada_client):
    send(ada_client, "First thought.")
    assert "There is no note on this lesson now." in send(ada_client, "").text
    assert not ada.notes.exists()


def test_a_note_says_when_it_was_written_last(ada, ada_client):
    for hour in (10, 11):
        with time_machine.travel(f"2026-11-01 {hour}:00Z", tick=False):
            send(ada_client, f"At {hour}.")
    assert str(ada.notes.get().written_at) == "2026-11-01 11:00:00+00:00"


def test_htmx_gets_the_form_as_it_stands_on_the_page(ada_client):
    send(ada_client, "A thought.")
    fragment = ada_client.get(URL, headers=HTMX).text
    assert fragment.strip().startswith("<form")
    assert normal(fragment) in normal(ada_client.get(URL).text)


def test_a_form_that_is_only_loaded_leaves_the_focus_where_it_is(ada_client):
    assert "autofocus" not in ada_client.get(URL, headers=HTMX).text


def test_htmx_saves_by_the_same_way_and_moves_the_focus_to_what_is_said(ada, ada_client):
    response = send(ada_client, "A thought.", headers=HTMX)
    assert re.search(r'role="status"[^>]*autofocus>\s*Saved\.', response.text)
    assert "<h1" not in response.text
    assert ada.notes.get().text == "A thought."


def test_ten_thousand_characters_fit_and_line_ends_count_once(ada, ada_client):
    send(ada_client, "\r\n".join(["x" * 99] * 100))
    assert len(ada.notes.get().text) == 9_999


@pytest.mark.parametrize("headers", [None, HTMX], ids=["page", "fragment"])
def test_what_is_too_long_is_not_kept_and_not_lost(ada, ada_client, headers):
    response = send(ada_client, "x" * 10_002, headers=headers)
    assert response.status_code == 422
    assert "It is 2 characters too long" in response.text
    assert field(response) == "x" * 10_002
    assert not ada.notes.exists()


def test_of_two_windows_the_later_is_shown_both_texts_and_may_save_its_own(ada, ada_client):
    opened = stamp(ada_client.get(URL))
    send(ada_client, "From one window.", read=opened)
    response = send(ada_client, "From the other.", read=opened)
    assert response.status_code == 422
    assert "changed in another window" in response.text
    assert "<p>From one window.</p>" in response.text
    assert field(response) == "From the other."
    assert ada.notes.get().text == "From one window."
    send(ada_client, "From the other.", read=stamp(response))
    assert ada.notes.get().text == "From the other."


def test_a_stamp_survives_a_text_that_is_too_long(ada, ada_client):
    opened = stamp(ada_client.get(URL))
    send(ada_client, "From one window.", read=opened)
    too_long = send(ada_client, "x" * 10_001, read=opened)
    assert send(ada_client, "x", read=stamp(too_long)).status_code == 422
    assert ada.notes.get().text == "From one window."


def test_a_note_deleted_in_another_window_can_be_saved_again(ada, ada_client):
    send(ada_client, "A thought.")
    opened = stamp(ada_client.get(URL))
    send(ada_client, "", read=opened)
    response = send(ada_client, "A longer thought.", read=opened)
    assert "deleted in another window" in response.text
    assert send(ada_client, field(response), read=stamp(response)).status_code == 200
    assert ada.notes.get().text == "A longer thought."


@pytest.mark.parametrize("text", ["A thought.", ""])
def test_the_same_sent_twice_is_no_conflict(ada_client, text):
    send(ada_client, "Before.")
    opened = stamp(ada_client.get(URL))
    for _ in range(2):
        assert send(ada_client, text, read=opened).status_code == 200


def test_a_note_is_shown_to_its_writer_only(ada, ada_client, eve_client, tom_client, client):
    send(ada_client, "My secret.")
    for other in (eve_client, tom_client, client):
        assert "My secret." not in other.get(URL).text
        assert "My secret." not in other.get("/progress/").text
    send(eve_client, "Hers.")
    assert ada.notes.get().text == "My secret."


def test_a_note_is_text_and_nothing_else(ada_client):
    opened = stamp(ada_client.get(URL))
    send(ada_client, "<script>1</script>", read=opened)
    response = send(ada_client, "</textarea><b>2", read=opened)
    assert "<script>1" not in response.text
    assert "<b>2" not in response.text
    assert "&lt;script&gt;1" in response.text


@pytest.mark.parametrize("field_name", ["text", "written_at"])
def test_nonsense_is_answered_and_keeps_nothing(ada, ada_client, field_name):
    data = {"text": "A thought.", "written_at": "", field_name: "\x00"}
    assert ada_client.post(URL, data).status_code == 422
    assert not ada.notes.exists()


def test_what_does_not_exist_has_no_note(ada_client, asked):
    assert ada_client.get("/progress/rivers/nope/reflect/").status_code == 404
    assert ada_client.post("/progress/nope/springs/reflect/", {"text": "x"}).status_code == 404
    assert ada_client.put(URL).status_code == 405
    asked.retired = True
    asked.save()
    assert ada_client.get(URL).status_code == 404


def test_progress_lists_notes_by_how_they_begin(ada_client):
    send(ada_client, "A river begins with rain, I think. " + "And so on. " * 20)
    text = ada_client.get("/progress/").text
    assert "My notes" in text
    assert f'href="{URL}"' in text
    assert "A river begins with rain, I think." in text
    assert text.count("And so on.") < 10


def test_the_admin_tells_that_there_is_a_note_and_not_what_it_says(ada, ada_client, admin_client):
    send(ada_client, "My secret.")
    note = ada.notes.get()
    rows = admin_client.get(reverse("admin:progress_note_changelist"), {"q": "ada@"}).text
    row = admin_client.get(reverse("admin:progress_note_change", args=[note.pk])).text
    for shown in (rows, row, admin_client.get(reverse("admin:accounts_user_delete", args=[ada.pk])).text):
        assert "Ada" in shown
        assert "secret" not in shown
    assert ">10<" in rows
    assert "secret" not in str(note)
    assert ">Ada<" not in admin_client.get(reverse("admin:progress_note_changelist"), {"q": "secret"}).text


def test_a_note_costs_few_queries(ada_client, django_assert_max_num_queries):
    send(ada_client, "A thought.")
    with django_assert_max_num_queries(4):
        ada_client.get(URL)
    assert Note.objects.count() == 1
