"""Ties in time, and which of them are drawn as one line."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from courses.figures.data import Moment, Network, Tie
from courses.figures.dates import brief, first_day, is_date, last_day
from courses.figures.lettering import width, wrap

BOND = "bond"
FEW_LETTERS = 11
"""As many as a date in words may have on a line; a longer one gives way to its year."""

Words = tuple[str, str]
"""What ties are called, and their date."""


def started(tie: Tie, day: dt.date) -> bool:
    return first_day(tie.start or tie.since) <= day


def ended(tie: Tie, day: dt.date) -> bool:
    """A tie that ended some time in 2024 is over when 2024 is."""
    end = tie.end or (tie.until if is_date(tie.until) else "")
    return bool(end) and last_day(end) <= day


def day_of(moment: Moment) -> dt.date:
    return last_day(moment.date)


@dataclass(frozen=True)
class Bundle:
    who: str
    whom: str
    style: str
    mutual: bool
    order: int
    ties: tuple[int, ...]

    def other(self, actor: str) -> str:
        return self.whom if actor == self.who else self.who


def bundles(figure: Network) -> list[Bundle]:
    """What is drawn as one line, in the order of the kinds."""
    kinds = {kind.key: (number, kind.line) for number, kind in enumerate(figure.kinds)}
    found: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, tie in enumerate(figure.ties):
        ends = tie.pair if tie.mutual else (tie.who, tie.whom)
        found[(ends, tie.mutual, tie.kind, tie.binding == "yes")].append(number)
    made = []
    for numbers in found.values():
        tie = figure.ties[numbers[0]]
        order, line = kinds[tie.kind]
        style = BOND if tie.binding == "yes" else line
        made.append(Bundle(tie.who, tie.whom, style, tie.mutual, order, tuple(numbers)))
    return sorted(made, key=lambda bundle: (bundle.order, bundle.ties))


def words_of(ties: Sequence[Tie], day: dt.date) -> Words:
    """Of the ties that go on, or else of those that are over."""
    going_on = [tie for tie in ties if not ended(tie, day)]
    tie, *others = going_on or ties
    names = ", ".join(dict.fromkeys(one.label for one in (tie, *others)))
    since = brief(tie.since if len(tie.since) <= FEW_LETTERS else tie.start or tie.since)
    return names, since if going_on else f"{since}–{brief(tie.until)}"


def first_that_fits(words: Words, room: float, size: float) -> tuple[str, ...]:
    names, date = words
    fitting = (text for text in (f"{names}, {date}", names, date) if width(text, size, bold=False) <= room)
    return (next(fitting, ""),)


def wrapped(words: Words, room: float, size: float) -> tuple[str, ...]:
    names, date = words
    return (*wrap(names, room, size, bold=False), date)
