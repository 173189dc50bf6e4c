"""When a quiz may be taken, how long, and which attempt counts. Times are aware; durations in minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from quizzes.engine.words import Message, gettext_noop

GRACE = timedelta(seconds=60)
"""How long after the deadline an answer still counts: it may have been under way."""

BEST, LAST, FIRST, MEAN = "best", "last", "first", "mean"
COUNTS = (BEST, LAST, FIRST, MEAN)


@dataclass(frozen=True)
class Rules:
    """`attempts` is how many are allowed, 0 for any number; `wait` the minutes between the end of one and the next."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    attempts: int = 0
    wait: int = 0


@dataclass(frozen=True)
class Allowance:
    """More time for one learner: a factor on the time limit, and minutes on top."""

    factor: float = 1
    minutes: int = 0


def due(
    *, started: datetime, time_limit: int | None, closes_at: datetime | None, allowance: Allowance
) -> datetime | None:
    """The deadline of an attempt, None where there is none: the end of its time or the close of the quiz, whichever
    comes first, and the minutes of the allowance after either."""
    ends = [closes_at] if closes_at else []
    if time_limit is not None:
        ends.append(started + timedelta(minutes=time_limit * allowance.factor))
    return min(ends) + timedelta(minutes=allowance.minutes) if ends else None


def is_over(due_at: datetime | None, now: datetime) -> bool:
    """Whether an answer that comes now is late: the deadline and the grace have passed."""
    return due_at is not None and now > due_at + GRACE


def is_closed(rules: Rules, now: datetime) -> bool:
    return rules.closes_at is not None and now >= rules.closes_at


def refusal(rules: Rules, *, finished: Sequence[datetime], now: datetime) -> tuple[Message, datetime | None] | None:
    """Why no attempt may be started now, and a time that the message is about; None where one may.

    `finished` are the ends of the learner's attempts so far.
    """
    if rules.opens_at and now < rules.opens_at:
        return Message(gettext_noop("This quiz opens at %(time)s.")), rules.opens_at
    if is_closed(rules, now):
        return Message(gettext_noop("This quiz closed at %(time)s.")), rules.closes_at
    if rules.attempts and len(finished) >= rules.attempts:
        return Message(gettext_noop("You have used every attempt that this quiz allows.")), None
    if finished and rules.wait and now < (again := max(finished) + timedelta(minutes=rules.wait)):
        return Message(gettext_noop("You can take this quiz again at %(time)s.")), again
    return None


def counting_mark(which: str, marks: Sequence[float]) -> float | None:
    """The mark that counts of those of finished attempts, in their order; None where there is none."""
    if not marks:
        return None
    return {BEST: max(marks), LAST: marks[-1], FIRST: marks[0], MEAN: sum(marks) / len(marks)}[which]
