"""How sure a learner was against how right. No database.

What the three levels of confidence stand for follows from the marks they earn (quizzes.engine.confidence): "not sure"
is the best choice below 2/3, "fairly sure" from 2/3 to 4/5, "very sure" above.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

THIRD = 1 / 3
"""What guessing earns where there are three options, as in most questions."""

RANGES = {1: (THIRD, 2 / 3), 2: (2 / 3, 0.8), 3: (0.8, 1.0)}
"""By level of confidence, between which shares of right answers it is the honest choice."""

ENOUGH = 10
"""Answers given with one confidence from which on something is said about it: with fewer, one answer more or less would
change the sentence."""

MUCH = 0.2
"""A share that lies farther than this outside of its range is far off."""


class Fit(StrEnum):
    TOO_SURE = "too sure"
    MUCH_TOO_SURE = "much too sure"
    FITS = "fits"
    TOO_CAREFUL = "too careful"
    MUCH_TOO_CAREFUL = "much too careful"


@dataclass(frozen=True)
class Said:
    """One answer: how sure the learner was, 1 to 3, and whether it was right."""

    confidence: int
    is_right: bool


@dataclass(frozen=True)
class Level:
    confidence: int
    answers: int
    right: int

    @property
    def share(self) -> float | None:
        return self.right / self.answers if self.answers else None

    @property
    def is_enough(self) -> bool:
        return self.answers >= ENOUGH

    @property
    def range(self) -> tuple[float, float]:
        return RANGES[self.confidence]

    @property
    def breadth(self) -> float:
        low, high = self.range
        return high - low

    @property
    def off(self) -> float:
        """How far the share lies outside of the range: below 0 for somebody too sure, above for too careful."""
        low, high = self.range
        share = self.share if self.share is not None else low
        return min(share - low, 0) + max(share - high, 0)

    @property
    def fit(self) -> Fit:
        if not self.off:
            return Fit.FITS
        if self.off < 0:
            return Fit.MUCH_TOO_SURE if self.off < -MUCH else Fit.TOO_SURE
        return Fit.MUCH_TOO_CAREFUL if self.off > MUCH else Fit.TOO_CAREFUL


@dataclass(frozen=True)
class Calibration:
    levels: tuple[Level, ...]
    brier: float | None
    """None while no level has enough answers."""

    @property
    def answers(self) -> int:
        return sum(level.answers for level in self.levels)

    @property
    def telling(self) -> Level | None:
        """The level to speak of: the one farthest off, or else the surest, of those with enough answers."""
        enough = [level for level in self.levels if level.is_enough]
        return max(enough, key=lambda level: (abs(level.off), level.confidence), default=None)


def calibration(said: Iterable[Said]) -> Calibration:
    said = list(said)
    levels = tuple(_level(confidence, said) for confidence in RANGES)
    return Calibration(levels, brier(said) if any(level.is_enough for level in levels) else None)


def _level(confidence: int, said: list[Said]) -> Level:
    right = [one.is_right for one in said if one.confidence == confidence]
    return Level(confidence, len(right), sum(right))


def brier(said: Iterable[Said]) -> float:
    """The mean of (f - o)^2 over all answers, where f is the chance of being right that the confidence stands for (the
    middle of its range: 1/2, 11/15, 9/10) and o is 1 for a right answer, 0 for a wrong one.

    From 0, always certain and right, to 1, always certain and wrong; 0.25 is what f = 1/2 earns every time. After G. W.
    Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather Review 78(1), 1950. He adds
    up over both outcomes, right and wrong, so that his score is twice this one, from 0 to 2.
    """
    return fmean((sum(RANGES[one.confidence]) / 2 - one.is_right) ** 2 for one in said)
