"""Answers of an exam that are saved while they are given: what the script sends, and what it is told."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from quizzes.models import Attempt
from tests import make
from tests.conftest import HTMX
from tests.pages import filled, normal


def save(taker, sent: dict, place: int = 1):
    return taker.client.post(f"{taker.base}{place}/answer/", {**sent, "autosave": "1"}, headers=HTMX)


def hidden(text: str, name: str) -> str:
    return re.search(rf'name="{name}" value="(\w*)"', text)[1]


@pytest.fixture
def taker(exam, take, ada_client):
    return take(exam, ada_client)


@time_machine.travel("2026-03-01 14:03:22Z", tick=False)
def test_it_tells_when_the_answer_was_saved_and_leaves_the_fields_alone(taker, ada):
    response = save(taker, filled(taker.form(1), "Wrong"))
    assert response.status_code == 200
    assert 'Saved at <time datetime="2026-03-01T14:03:22+00:00" data-kept>14:03:22 UTC</time>' in response.text
    assert 'name="answer"' not in response.text
    assert ada.responses.count() == 1


def test_the_panel_and_the_count_come_along(taker):
    response = save(taker, filled(taker.form(1), "Wrong"))
    page = normal(taker.page(1).text)
    step = re.search(r'<a id="step-1".*?</a>', normal(response.text))[0]
    assert step.replace(' hx-swap-oob="true"', "") in page
    assert "1 of 2 answered" in response.text
    assert response.text.count('hx-swap-oob="true"') == 2


def test_the_next_letter_is_the_next_try_of_the_same_attempt(taker, ada):
    form = taker.form(1)
    assert form["hidden"]["attempt"] == ""
    text = save(taker, filled(form, "Wrong")).text
    assert hidden(text, "attempt") == str(ada.attempts.get().pk)
    assert hidden(text, "try_number") == "2"
    save(taker, {**filled(form, "Right"), "attempt": hidden(text, "attempt"), "try_number": "2"})
    assert ada.attempts.get().mark == 1
    assert taker.form(1)["checked"] == [form["options"]["Right"]]


def test_a_letter_that_comes_twice_is_saved_once_and_answered_alike(taker, ada):
    sent = filled(taker.form(1), "Wrong")
    first, second = save(taker, sent), save(taker, sent)
    assert ada.responses.count() == 1
    assert normal(first.text) == normal(second.text)


def test_a_tab_that_is_behind_is_told_that_its_answer_was_not_saved(taker, ada):
    form = taker.form(1)
    save(taker, filled(form, "Right"))
    behind = save(taker, filled(form, "Wrong"))
    assert "answered this already, in another window" in behind.text
    assert "Saved at" not in behind.text
    assert ada.attempts.get().mark == 1


def test_what_can_not_be_read_is_told_beside_the_field_and_the_last_answer_stands(taker, ada):
    form = taker.form(1)
    nothing = save(taker, form["hidden"])
    assert nothing.status_code == 422
    assert "Not saved. Choose an answer first." in nothing.text
    assert "stands" not in nothing.text
    save(taker, filled(form, "Right"))
    cleared = save(taker, {**form["hidden"], "try_number": "2"})
    assert "Your last saved answer stands." in cleared.text
    assert ada.attempts.get().mark == 1


def test_a_finished_attempt_takes_nothing_more_and_says_so(taker, ada):
    form = taker.form(1)
    save(taker, filled(form, "Right"))
    stale = taker.form(2)
    taker.finish()
    refused = save(taker, filled(stale, "Right"), place=2)
    assert refused.status_code == 409
    assert refused.text.startswith('<div class="toast"')
    assert ada.responses.count() == 1


def test_a_stranger_s_first_letter_makes_one_guest_and_the_second_is_the_same_guest_s(exam, take):
    taker = take(exam)
    form = taker.form(1)
    save(taker, filled(form, "Wrong"))
    save(taker, {**filled(form, "Right"), "try_number": "2"})
    assert Attempt.objects.get().mark == 1


def test_the_page_shows_when_the_answer_was_saved(taker):
    with time_machine.travel("2026-03-01 09:30:00Z", tick=False):
        save(taker, filled(taker.form(1), "Wrong"))
    assert "09:30:00 UTC" in taker.page(1).text


def test_only_answers_that_may_still_change_are_saved_while_being_given(taker, practice, rivers, take, ada_client):
    assert "data-saves" in taker.page(1).text
    assert "saving.js" in taker.page(1).text
    assert "data-saves" not in take(practice, ada_client).page(1).text
    assert "saving.js" not in take(practice, ada_client).page(1).text
    reading = make.question(collection=rivers, kind="description", options=())
    asked = make.quiz(collection=rivers, setting="exam", questions=[reading, make.question(collection=rivers)])
    assert "data-saves" not in take(asked, ada_client).page(1).text


def test_a_letter_after_the_grace_is_kept_and_told(rivers, take, ada_client, ada):
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    with time_machine.travel(noon, tick=False) as now:
        asked = make.quiz(
            collection=rivers, setting="exam", time_limit=30, questions=[make.question(collection=rivers)]
        )
        taker = take(asked, ada_client)
        taker.start()
        form = taker.form(1)
        now.move_to(noon + timedelta(minutes=31, seconds=1))
        response = save(taker, filled(form, "Right"))
    assert "Time was up when this answer came." in response.text
    assert ada.responses.get().late
    assert ada.attempts.get().mark == 0


def test_saving_costs_at_most_twelve_queries(taker, django_assert_max_num_queries):
    save(taker, filled(taker.form(1), "Wrong"))
    form = taker.form(1)
    with django_assert_max_num_queries(12):
        save(taker, filled(form, "Right"))
