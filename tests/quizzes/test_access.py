"""When a quiz may be taken, and how often."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from quizzes.models import Attempt, Quiz
from tests import make

NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def quiz(rivers):
    asked = [make.question(collection=rivers, key=f"a{n}") for n in range(2)]
    return lambda **fields: make.quiz(collection=rivers, slug="exam", setting="exam", questions=asked, **fields)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def test_before_it_opens_a_quiz_shows_when_and_takes_nothing(client, quiz, take, clock):
    taker = take(quiz(opens_at=NOON + timedelta(hours=1)), client)
    page = client.get(taker.base).text
    assert "This quiz opens at" in page
    assert ">Start<" not in page
    assert taker.page(1).status_code == 302


def test_an_answer_from_a_page_of_before_is_refused_once_it_closed(client, quiz, take, clock):
    taker = take(quiz(closes_at=NOON + timedelta(hours=1)), client)
    form = taker.form(1)
    clock.shift(timedelta(hours=2))
    response = client.post(form["action"], {**form["hidden"], "answer": form["options"]["Right"]})
    assert response.status_code == 409
    assert "This quiz closed at" in response.text
    assert not Attempt.objects.exists()


def test_an_attempt_that_runs_when_a_quiz_closes_is_finished_as_of_then(ada_client, ada, quiz, take, clock):
    taker = take(quiz(closes_at=NOON + timedelta(hours=1)), ada_client)
    taker.answer(1, "Right")
    clock.shift(timedelta(hours=2))
    ada_client.get(taker.base)
    attempt = ada.attempts.get()
    assert (attempt.mark, attempt.finished_at) == (1, NOON + timedelta(hours=1))


def test_attempts_are_counted(ada_client, ada, quiz, take):
    taker = take(quiz(attempts_allowed=2), ada_client)
    for _ in range(2):
        taker.start()
        taker.answer(1, "Right")
        taker.finish()
    page = ada_client.get(taker.base).text
    assert "You have used every attempt" in page
    assert "Take it again" not in page
    assert taker.start().status_code == 409
    assert ada.attempts.count() == 2


def test_between_attempts_there_is_a_wait(ada_client, ada, quiz, take, clock):
    taker = take(quiz(wait=30), ada_client)
    taker.answer(1, "Right")
    taker.finish()
    clock.shift(timedelta(minutes=29))
    assert "You can take this quiz again at" in ada_client.get(taker.base).text
    assert taker.start().status_code == 409
    clock.shift(timedelta(minutes=1))
    assert taker.start().status_code == 200
    assert ada.attempts.count() == 2


@pytest.mark.parametrize(("counts", "words"), [("best", "the best"), ("mean", "the mean of all")])
def test_which_attempt_counts_is_told(ada_client, quiz, take, counts, words):
    taker = take(quiz(counts=counts), ada_client)
    taker.answer(1, "Right")
    taker.finish()
    assert f"Of several attempts, {words} counts." in ada_client.get(taker.base).text


COUNTING = {
    "best": "100% of the mark, the best",
    "last": "50% of the mark, the last",
    "first": "0% of the mark, the first",
    "mean": "50% of the mark, the mean of all",
}


def test_of_several_attempts_the_mark_that_counts_is_shown(ada_client, quiz, take):
    taker = take(quiz(), ada_client)
    for answers in ("Wrong Wrong", "Right Right", "Right Wrong"):
        taker.start()
        for place, choice in enumerate(answers.split(), 1):
            taker.answer(place, choice)
        taker.finish()
    for counts, words in COUNTING.items():
        Quiz.objects.update(counts=counts)
        assert f"What counts so far: {words}." in ada_client.get(taker.base).text


@pytest.mark.parametrize(("choice", "words"), [("Right", "Passed: 50%"), ("Wrong", "Not passed: 50%")])
def test_a_pass_mark_is_judged(ada_client, quiz, take, choice, words):
    taker = take(quiz(pass_mark=0.5), ada_client)
    taker.answer(1, choice)
    assert words in taker.finish().text
