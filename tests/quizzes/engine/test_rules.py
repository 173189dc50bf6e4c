from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from quizzes.engine.rules import Allowance, Rules, counting_mark, due, is_closed, is_over, refusal

TEN = datetime(2026, 3, 1, 10, tzinfo=ZoneInfo("UTC"))


def at(minutes: float) -> datetime:
    return TEN + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("time_limit", "closes", "allowance", "minutes"),
    [
        (None, None, Allowance(), None),
        (30, None, Allowance(), 30),
        (30, None, Allowance(factor=1.5), 45),
        (30, None, Allowance(minutes=10), 40),
        (30, None, Allowance(1.25, 5), 42.5),
        (30, 20, Allowance(), 20),
        (30, 20, Allowance(factor=2), 20),
        (30, 20, Allowance(minutes=10), 30),
        (30, 90, Allowance(factor=2), 60),
        (None, 20, Allowance(), 20),
        (None, 20, Allowance(factor=2), 20),
        (None, None, Allowance(2, 10), None),
    ],
)
def test_an_attempt_is_due_when_its_time_or_the_quiz_ends(time_limit, closes, allowance, minutes):
    closes_at = None if closes is None else at(closes)
    found = due(started=TEN, time_limit=time_limit, closes_at=closes_at, allowance=allowance)
    assert found == (None if minutes is None else at(minutes))


@pytest.mark.parametrize(("seconds", "over"), [(-1, False), (0, False), (59, False), (60, False), (61, True)])
def test_an_answer_counts_for_sixty_seconds_after_the_deadline(seconds, over):
    assert is_over(TEN, TEN + timedelta(seconds=seconds)) is over


def test_without_a_deadline_nothing_is_over():
    assert not is_over(None, TEN)


@pytest.mark.parametrize(
    ("rules", "finished", "says", "about"),
    [
        (Rules(), [], None, None),
        (Rules(opens_at=at(1)), [], "opens", at(1)),
        (Rules(opens_at=TEN), [], None, None),
        (Rules(closes_at=TEN), [], "closed", TEN),
        (Rules(closes_at=at(1)), [], None, None),
        (Rules(attempts=2), [at(-9)], None, None),
        (Rules(attempts=2), [at(-9), at(-5)], "every attempt", None),
        (Rules(wait=10), [], None, None),
        (Rules(wait=10), [at(-20), at(-9)], "again", at(1)),
        (Rules(wait=10), [at(-10)], None, None),
        (Rules(attempts=1, wait=10), [at(-9)], "every attempt", None),
        (Rules(closes_at=at(-1), attempts=1), [at(-9)], "closed", at(-1)),
    ],
)
def test_why_no_attempt_may_be_started(rules, finished, says, about):
    refused = refusal(rules, finished=finished, now=TEN)
    if says is None:
        assert refused is None
    else:
        message, time = refused
        assert says in message.text
        assert time == about


def test_a_quiz_is_closed_from_its_closing_time_on():
    assert is_closed(Rules(closes_at=TEN), TEN)
    assert not is_closed(Rules(closes_at=at(1)), TEN)
    assert not is_closed(Rules(), TEN)


@pytest.mark.parametrize(("which", "mark"), [("best", 0.9), ("last", 0.6), ("first", 0.3), ("mean", 0.6)])
def test_which_of_several_marks_counts(which, mark):
    assert counting_mark(which, [0.3, 0.9, 0.6]) == pytest.approx(mark)
    assert counting_mark(which, []) is None
