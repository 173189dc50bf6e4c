"""What a learner sees of a finished exam, and when."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make

NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.get_default_timezone())
SIGNS = {"mark": "0 of 2", "right": "is-right", "feedback": "Why Wrong is so.", "evidence": "Water runs downhill."}


@pytest.fixture
def quiz(rivers):
    claim = make.claim(collection=rivers)
    asked = [make.question(collection=rivers, key=f"v{n}", claims=[claim]) for n in range(2)]

    def made(setting="exam", **sees):
        fields = {f"sees_{what}": when for what, when in sees.items()} | {"setting": setting}
        return make.quiz(collection=rivers, slug="seen", closes_at=NOON + timedelta(hours=1), questions=asked, **fields)

    return made


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def result(taker) -> str:
    taker.answer(1, "Wrong")
    return taker.finish().text


def seen(page: str) -> set[str]:
    return {what for what, sign in SIGNS.items() if sign in page}


def test_an_exam_shows_everything_once_finished(quiz, take, ada_client, clock):
    assert seen(result(take(quiz(), ada_client))) == set(SIGNS)


@pytest.mark.parametrize("what", ["right", "feedback", "evidence"])
@pytest.mark.parametrize("when", ["closed", "never"])
def test_each_thing_can_be_kept_back_on_its_own(quiz, take, ada_client, clock, what, when):
    assert seen(result(take(quiz(**{what: when}), ada_client))) == set(SIGNS) - {what}


def test_what_is_kept_until_the_quiz_closes_comes_then(quiz, take, ada_client, ada, clock):
    page = result(take(quiz(**dict.fromkeys(SIGNS, "closed")), ada_client))
    assert seen(page) == set()
    assert "is-wrong" not in page
    assert "Marks are shown once the quiz is closed" in page
    clock.shift(timedelta(hours=1))
    assert seen(ada_client.get(f"/quizzes/attempts/{ada.attempts.get().pk}/").text) == set(SIGNS)


def test_a_mark_that_is_kept_back_shows_nowhere_else(quiz, take, ada_client, rivers, clock):
    hidden = quiz(mark="never", right="never", feedback="never", evidence="never")
    lesson = make.lesson(course=make.course(collection=rivers), quiz=hidden)
    taker = take(hidden, ada_client)
    result(taker)
    assert "not shown yet" in ada_client.get(taker.base).text
    for url in ("/", "/progress/", "/courses/rivers/", lesson.get_absolute_url(), taker.base):
        page = ada_client.get(url).text
        assert "0%" not in page, url
        assert "0 / 2" not in page, url


def test_an_exam_with_immediate_marks_takes_one_answer_and_shows_why(quiz, take, ada_client, ada, clock):
    taker = take(quiz(setting="immediate"), ada_client)
    page = taker.answer(1, "Wrong").text
    assert "Not right." in page
    assert seen(page) >= {"right", "feedback", "evidence"}
    assert "Check again" not in page
    assert taker.answer(1, "Right", try_number="2").status_code == 409
    assert ada.attempts.get().mark == 0


def test_practice_may_keep_the_right_answer_back(quiz, take, ada_client, clock):
    taker = take(quiz(setting="practice", right="never"), ada_client)
    taker.answer(1, "Wrong")
    page = taker.answer(1, "Also wrong").text
    assert "Not right." in page
    assert "is-right" not in page
