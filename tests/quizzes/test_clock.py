"""The time left, as the server has it, and what comes before and after its end. Exams here take half an hour."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from quizzes.models import Attempt, Quiz, Response
from tests import make
from tests.conftest import HTMX, client_of
from tests.pages import filled, forms, normal

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DUE = NOON + timedelta(minutes=30)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def timed(rivers) -> Quiz:
    asked = [make.question(collection=rivers, key=f"t{n}", text=f"Timed question {n}?") for n in range(2)]
    return make.quiz(collection=rivers, slug="timed", setting="exam", time_limit=30, questions=asked)


@pytest.fixture
def taker(timed, take, ada_client):
    """Ada, who starts at noon."""
    taker = take(timed, ada_client)
    taker.start()
    return taker


def clock(taker) -> str:
    return taker.client.get(f"{taker.base}clock/", headers=HTMX).text


def deadline_moves(minutes: int) -> None:
    Attempt.objects.update(due_at=DUE + timedelta(minutes=minutes))


def test_every_page_of_the_attempt_shows_the_time_left_and_the_time_it_ends(taker, now):
    now.move_to(NOON + timedelta(minutes=10, seconds=1))
    for page in ("", "1/", "2/", "finish/", "clock/"):
        text = taker.client.get(taker.base + page).text
        assert ">19:59</span>" in text, page
        assert '<time datetime="2026-03-01T12:30:00+00:00">12:30 UTC</time>' in text, page


def test_the_fragment_is_the_same_as_on_the_page(taker):
    assert normal(clock(taker)) in normal(taker.page(1).text)


def test_it_asks_the_server_again_within_ten_seconds_and_extra_time_is_seen(taker):
    assert f'hx-get="{taker.base}clock/"' in clock(taker)
    assert 'hx-trigger="every 8s, wake"' in clock(taker)
    deadline_moves(+10)
    assert 'data-left="2400"' in clock(taker)
    assert 'data-total="2400"' in clock(taker)


def test_what_is_left_of_a_second_is_a_second(taker, now):
    now.move_to(DUE - timedelta(milliseconds=1))
    assert 'data-left="1"' in clock(taker)


@pytest.mark.parametrize("after", [0, 60], ids=["at the deadline", "at the end of the grace"])
def test_when_time_is_up_it_offers_to_finish_and_asks_no_more(taker, now, after):
    now.move_to(DUE + timedelta(seconds=after))
    text = clock(taker)
    assert "Time is up." in text
    assert "hx-get" not in text
    [form] = forms(taker.client.get(f"{taker.base}clock/"))
    done = taker.client.post(form["action"], form["hidden"])
    assert done.url == f"/quizzes/attempts/{Attempt.objects.get().pk}/"
    assert Attempt.objects.get().finished_at == DUE


def test_a_finished_attempt_is_told_with_a_way_to_its_result(taker):
    taker.finish()
    text = clock(taker)
    assert "This attempt is finished." in text
    assert f'href="/quizzes/attempts/{Attempt.objects.get().pk}/"' in text
    assert "hx-get" not in text


def test_a_deadline_that_is_taken_away_is_told(taker):
    Attempt.objects.update(due_at=None)
    assert "There is no limit any more." in clock(taker)


def test_strangers_have_no_clock(taker, eve, client):
    for stranger in (client_of(eve), client):
        text = stranger.get(f"{taker.base}clock/", headers=HTMX).text
        assert "No attempt of yours is running." in text
        assert "data-left" not in text


def test_an_attempt_without_a_limit_shows_no_clock(exam, take, ada_client):
    taker = take(exam, ada_client)
    taker.answer(1, "Right")
    for page in ("", "1/", "finish/"):
        text = taker.client.get(taker.base + page).text
        assert "Time left" not in text, page
        assert "clock.js" not in text, page


def test_a_deadline_days_away_is_a_date(rivers, take, ada_client):
    closes = NOON + timedelta(days=3)
    asked = make.question(collection=rivers)
    taker = take(make.quiz(collection=rivers, setting="exam", closes_at=closes, questions=[asked]), ada_client)
    taker.answer(1, "Right")
    assert "until 4 March, 12:00 UTC" in clock(taker)
    assert "data-time" not in clock(taker)


@pytest.mark.parametrize("seconds", [60, 61])
def test_sixty_seconds_after_the_deadline_an_answer_counts_and_after_that_it_is_kept_only(taker, ada, now, seconds):
    form = taker.form(1)
    now.move_to(DUE + timedelta(seconds=seconds))
    response = taker.client.post(form["action"], filled(form, "Right"), follow=True)
    recorded = Response.objects.get()
    is_late = seconds > 60
    assert recorded.late is is_late
    assert recorded.fraction == 1
    assert ada.attempts.get().mark == (0 if is_late else 1)
    assert ("Time was up when this answer came." in response.text) is is_late


def test_a_late_answer_finishes_the_attempt_as_of_its_deadline_and_the_result_tells(taker, ada, now):
    form = taker.form(1)
    now.move_to(DUE + timedelta(minutes=5))
    response = taker.client.post(form["action"], filled(form, "Right"), follow=True)
    assert ada.attempts.get().finished_at == DUE
    assert "0 of 2" in response.text
    assert "One answer came after the deadline." in response.text


@pytest.mark.parametrize("page", ["", "1/", "finish/"])
def test_whoever_comes_back_too_late_finds_the_attempt_finished_as_of_its_deadline(taker, ada, now, page):
    now.move_to(DUE + timedelta(hours=2))
    response = taker.client.get(taker.base + page, follow=True)
    attempt = ada.attempts.get()
    assert attempt.finished_at == DUE
    assert f'href="/quizzes/attempts/{attempt.pk}/"' in response.text or "Every question" in response.text


def test_the_result_of_an_overdue_attempt_finishes_it(taker, ada, now):
    attempt = ada.attempts.get()
    now.move_to(DUE + timedelta(seconds=61))
    response = taker.client.get(f"/quizzes/attempts/{attempt.pk}/")
    assert "0 of 2" in response.text
    attempt.refresh_from_db()
    assert attempt.finished_at == DUE


def test_within_the_grace_there_is_no_result_yet(taker, ada, now):
    now.move_to(DUE + timedelta(seconds=60))
    response = taker.client.get(f"/quizzes/attempts/{ada.attempts.get().pk}/")
    assert response.url == taker.quiz.get_absolute_url()
    assert not ada.attempts.get().is_finished


def test_asking_for_the_time_costs_at_most_five_queries(taker, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        clock(taker)


def test_a_page_of_an_overdue_attempt_says_why_it_leads_away(taker, now):
    now.move_to(DUE + timedelta(seconds=61))
    page = taker.client.get(f"{taker.base}1/", follow=True).text
    assert "Time is up. What you had answered until then is in." in page
