"""/notes/COURSE/LESSON/PASSAGE/: words of a passage are highlighted, or a note is written on it."""

import pytest

from accounts.models import User
from progress import highlights
from progress.models import Highlight
from tests.conftest import HTMX, client_of
from tests.courses.conftest import lesson, url  # noqa: F401
from tests.progress.notes import START, mark, marked

pytestmark = pytest.mark.usefixtures("lesson")


def test_the_page_shows_the_passage_and_asks_for_words_and_a_note(client):
    text = client.get(START).text
    assert "Water runs downhill." in text
    assert 'name="quote"' in text
    assert 'name="text"' in text
    assert not User.objects.exists()


def test_words_are_highlighted_with_what_stood_around_them(ada, ada_client):
    made = marked(ada_client, "runs downhill", "Always?")
    assert (made.learner, made.address, made.place) == (ada, "start", 6)
    assert (made.prefix, made.quote, made.suffix) == ("Water ", "runs downhill", ". It starts in a spring.")
    assert (made.note, made.whole) == ("Always?", False)


def test_a_note_without_words_is_on_the_whole_passage(ada_client):
    made = marked(ada_client, text="Think of this.")
    assert (made.quote, made.whole) == ("Water runs downhill. It starts in a spring.", True)


def test_without_scripts_one_comes_to_the_page_of_the_highlight(ada_client):
    response = mark(ada_client, "downhill")
    assert response["Location"] == f"/notes/{Highlight.objects.get().pk}/?saved"


def test_or_to_the_choice_of_blanks(ada_client):
    response = mark(ada_client, "downhill", then="ask")
    assert response["Location"] == f"/notes/{Highlight.objects.get().pk}/ask/"


def test_a_script_gets_the_passage_with_the_words_marked(ada_client):
    response = mark(ada_client, "downhill", headers=HTMX)
    assert response.text.lstrip().startswith('<div class="passage"')
    assert f'runs <mark data-highlight="{Highlight.objects.get().pk}">downhill</mark>.' in response.text
    assert "Highlighted." in response.text
    assert "<textarea" not in response.text


def test_a_script_gets_a_field_to_write_in_where_a_note_is_wanted(ada_client):
    text = mark(ada_client, "downhill", then="note", headers=HTMX).text
    assert "<textarea" in text
    assert f'action="/notes/{Highlight.objects.get().pk}/"' in text
    assert 'name="csrfmiddlewaretoken"' in text


def test_a_script_is_led_to_the_choice_of_blanks(ada_client):
    response = mark(ada_client, "downhill", then="ask", headers=HTMX)
    assert response["HX-Redirect"] == f"/notes/{Highlight.objects.get().pk}/ask/"


def test_of_the_same_words_twice_those_that_were_selected_are_marked(ada_client, lesson):  # noqa: F811
    lesson.text = "one two one three {#start}"
    lesson.save()
    mark(ada_client, "one", before="one two ", after=" three")
    assert Highlight.objects.get().place == 8


def test_the_first_highlight_makes_a_guest(client):
    made = marked(client, "downhill")
    assert made.learner.is_guest
    assert "Your notes on a passage" in client.get(START).text
    assert f"/notes/{made.pk}/" in client.get(START).text


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_double_click_makes_one(ada_client, headers):
    for _ in range(2):
        mark(ada_client, "downhill", "Why?", headers=headers)
    made = Highlight.objects.get()
    assert made.note == "Why?"


def test_the_same_words_once_more_with_another_note_keep_both(ada_client):
    mark(ada_client, "downhill", "Why?")
    mark(ada_client, "downhill", "And where to?")
    assert Highlight.objects.get().note == "Why?\n\nAnd where to?"


def test_words_that_do_not_stand_there_are_refused_and_kept_in_the_field(ada_client):
    response = mark(ada_client, "runs sideways", "My thought.")
    assert response.status_code == 422
    assert "do not stand in the passage" in response.text
    assert "runs sideways</textarea>" in response.text
    assert "My thought.</textarea>" in response.text
    assert not Highlight.objects.exists()


def test_a_script_that_sends_them_is_told_that_the_text_has_changed(ada_client):
    response = mark(ada_client, "runs sideways", headers=HTMX)
    assert response.status_code == 409
    assert "has changed since the page was opened" in response.text


def test_nothing_at_all_is_refused(client):
    response = mark(client)
    assert response.status_code == 422
    assert "Write a note, or say which words to highlight." in response.text
    assert not User.objects.exists()


def test_a_note_that_is_too_long_is_refused_and_kept_in_the_field(ada_client):
    response = mark(ada_client, "downhill", "x" * 10_001)
    assert response.status_code == 422
    assert "one character too long" in response.text
    assert "x" * 10_001 in response.text


def test_words_longer_than_any_passage_are_refused(ada_client):
    response = mark(ada_client, "x" * 20_001)
    assert response.status_code == 422
    assert "longer than any passage" in response.text


@pytest.mark.parametrize("quote", ["\0", "down\0hill", "<script>", "\ue000spring\ue001"])
def test_odd_letters_break_nothing(ada_client, quote):
    assert mark(ada_client, quote).status_code == 422


def test_there_is_a_limit_for_a_lesson(ada, ada_client, monkeypatch):
    monkeypatch.setattr(highlights, "MOST", 1)
    mark(ada_client, "downhill")
    response = mark(ada_client, "spring", "Mine.")
    assert response.status_code == 422
    assert "can not have more" in response.text
    assert "Mine.</textarea>" in response.text
    assert mark(ada_client, "downhill").status_code == 302
    assert ada.highlights.count() == 1
    assert mark(ada_client, "spring", headers=HTMX).status_code == 409


@pytest.mark.parametrize("path", ["rivers/springs/nope/", "rivers/nope/start/", "nope/springs/start/"])
def test_what_is_not_there_is_not_found(client, path):
    assert client.get(f"/notes/{path}").status_code == 404


def test_a_retired_lesson_takes_no_notes(ada_client, lesson):  # noqa: F811
    lesson.retired = True
    lesson.save()
    assert ada_client.get(START).status_code == 404
    assert mark(ada_client, "downhill").status_code == 404


def test_a_passage_that_went_away_meanwhile_is_a_conflict(ada_client, lesson):  # noqa: F811
    response = mark(ada_client, "downhill", url="/notes/rivers/springs/gone/")
    assert response.status_code == 409
    assert lesson.get_absolute_url() in response.text


def test_what_others_marked_is_not_shown(ada_client, eve, url):  # noqa: F811
    marked(ada_client, "downhill", "A secret of Ada.")
    for page in (START, url):
        text = client_of(eve).get(page).text
        assert "A secret of Ada." not in text
        assert "<mark" not in text


def test_the_page_costs_the_same_however_much_was_noted(ada_client, django_assert_max_num_queries):
    marked(ada_client, "downhill", "One.")
    with django_assert_max_num_queries(7):
        ada_client.get(START)
    for quote in ("Water", "spring", "starts in"):
        marked(ada_client, quote, "More.")
    with django_assert_max_num_queries(7):
        ada_client.get(START)
