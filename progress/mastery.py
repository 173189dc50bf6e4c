"""How well something is known: what FSRS says of each of its questions, put together. No database.

Three levels, by how much of it would still be known after a while without review. "Now" alone tells nothing: FSRS takes
what was answered today as known today, even where the answer was wrong and only its explanation was read.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from progress.scheduling import Reviewed, mean_recall


class Level(TextChoices):
    LEARNING = "learning", _("learning")
    KNOWN = "known", _("known")
    SECURE = "secure", _("secure")


@dataclass(frozen=True)
class Demand:
    """So much of it has to be known so many days from now, if nothing is reviewed until then."""

    days: int
    recall: float


DEMANDS = {Level.SECURE: Demand(days=30, recall=0.9), Level.KNOWN: Demand(days=7, recall=0.8)}
"""The highest first. 0.9 is the retention that reviews aim at as a rule: secure is what would need none for a month.
0.8 is the lowest that a learner can choose, so that known means the same whatever somebody's plan is; a week, since one
right answer carries just so far (0.81), and one wrong answer does not (0.58)."""

ENOUGH_OF_LESSON, ENOUGH_OF_OBJECTIVE = 5, 3
"""Questions to be answered before something can be more than in learning, as far as it has so many: one lucky answer
does not make a lesson known."""

SOON = 16
"""Days ahead with which the search for the day of fading begins."""

HORIZON = 2**15
"""Days ahead beyond which nothing is predicted: about ninety years."""

AHEAD = range(0, 85, 14)
"""Days ahead for which the outlook is given: twelve weeks."""


@dataclass(frozen=True)
class Mastery:
    level: Level
    recall: float
    """The share of the questions answered so far that would be known now, 0 to 1."""
    answered: int
    of: int
    """How many questions there are."""
    fades_on: date | None
    """The first day, today at the earliest, on which less than the learner's retention would be known without review;
    None where that is not within ninety years."""
    has_faded: bool


def mastery(reviewed: Sequence[Reviewed], *, of: int, enough: int, retention: float, today: date) -> Mastery:
    """Of one question answered, at least."""
    faded_in = _fades_in(reviewed, retention)
    return Mastery(
        level=_level(reviewed, min(enough, of)),
        recall=mean_recall(reviewed),
        answered=len(reviewed),
        of=of,
        fades_on=None if faded_in is None else today + timedelta(days=faded_in),
        has_faded=faded_in == 0,
    )


def outlook(reviewed: Sequence[Reviewed], *, today: date) -> list[tuple[date, float]]:
    """The share that would be known, today and every other week from then on, without review."""
    return [(today + timedelta(days=days), mean_recall(reviewed, days)) for days in AHEAD]


def _level(reviewed: Sequence[Reviewed], enough: int) -> Level:
    if len(reviewed) < enough:
        return Level.LEARNING
    for level, demand in DEMANDS.items():
        if mean_recall(reviewed, demand.days) >= demand.recall:
            return level
    return Level.LEARNING


def _fades_in(reviewed: Sequence[Reviewed], retention: float) -> int | None:
    """After how many days, found by doubling and halving, since recall only falls without review."""

    def has_faded(days: int) -> bool:
        return mean_recall(reviewed, days) < retention

    least, most = 0, SOON
    while not has_faded(most):
        least, most = most, most * 2
        if most > HORIZON:
            return None
    return bisect_left(range(most), True, least, key=has_faded)
