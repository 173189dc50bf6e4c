"""On which days somebody studied. No database; days are days in UTC, as everywhere in review."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

WEEKS, LATELY = 52, 14
STEPS = (1, 10, 25, 50)
"""From how many answers a day on its square in the grid has its first, second, third and fourth size."""


@dataclass(frozen=True)
class Day:
    on: date
    answers: int

    @property
    def step(self) -> int:
        """0 for a day without study, up to 4."""
        return sum(self.answers >= least for least in STEPS)


@dataclass(frozen=True)
class Week:
    """From Monday to Sunday; the last of the year has only the days up to today."""

    days: tuple[Day, ...]

    @property
    def begins(self) -> date:
        return self.days[0].on

    @property
    def answers(self) -> int:
        return sum(day.answers for day in self.days)

    @property
    def counts(self) -> list[int | str]:
        return [day.answers or "–" for day in self.days]

    @property
    def month(self) -> date | None:
        """The first of the month that begins in this week."""
        return next((day.on for day in self.days if day.on.day == 1), None)


def first_day(today: date) -> date:
    """The Monday on which the year begins that is shown."""
    return today - timedelta(days=today.weekday(), weeks=WEEKS - 1)


@dataclass(frozen=True)
class Drawing:
    """A part of the year, a week to a column; `dots` are by step."""

    weeks: list[Week]

    @property
    def dots(self) -> list[tuple[int, str]]:
        return dots(week.days for week in self.weeks)


def dots(columns: Iterable[Iterable[Day]]) -> list[tuple[int, str]]:
    """By step, an SVG path of a dot for each day in squares of one unit: strokes without length, as wide as the step
    says. Hundreds of elements would be slow to make and to send."""
    paths = [""] * (len(STEPS) + 1)
    for column, days in enumerate(columns):
        for row, day in enumerate(days):
            paths[day.step] += f"M{column}.5 {row}.5h0"
    return [(step, path) for step, path in enumerate(paths) if path]


@dataclass(frozen=True)
class Activity:
    """`counts` are answers given and lessons read, by day; days without any are missing."""

    counts: Mapping[date, int]
    today: date

    @cached_property
    def lately(self) -> list[Day]:
        """The last 14 days, today at the end."""
        return [self._day(self.today - timedelta(days=back)) for back in reversed(range(LATELY))]

    @cached_property
    def days_lately(self) -> int:
        return sum(day.answers > 0 for day in self.lately)

    @cached_property
    def weeks(self) -> list[Week]:
        return [self._week(first_day(self.today) + timedelta(weeks=number)) for number in range(WEEKS)]

    @property
    def dots_lately(self) -> list[tuple[int, str]]:
        return dots([day] for day in self.lately)

    @property
    def halves(self) -> list[Drawing]:
        """The year in two parts, the older one only where there is something in it."""
        halves = [Drawing(self.weeks[: WEEKS // 2]), Drawing(self.weeks[WEEKS // 2 :])]
        return halves if any(week.answers for week in halves[0].weeks) else halves[1:]

    @property
    def days(self) -> int:
        """In the year."""
        return sum(day.answers > 0 for week in self.weeks for day in week.days)

    @property
    def answers(self) -> int:
        """In the year."""
        return sum(week.answers for week in self.weeks)

    def _day(self, on: date) -> Day:
        return Day(on, self.counts.get(on, 0))

    def _week(self, monday: date) -> Week:
        days = (monday + timedelta(days=number) for number in range(7))
        return Week(tuple(self._day(on) for on in days if on <= self.today))
