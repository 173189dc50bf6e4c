"""The time line: strips, each with its own scale, and a flag for each event.

Flags fly to the right of their poles. Each is higher than all later ones that it reaches, so that no pole crosses a
flag. On narrow screens the list, which is there anyway, is the figure.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from courses.figures.data import Event, Span, Timeline
from courses.figures.dates import first_day, middle, years
from courses.figures.lettering import width
from courses.figures.paths import polyline
from courses.figures.viewing import NoSuchView

WIDTH = 1104.0
SIZE = 12.5
LEVEL = 19.0
FOOT = 32.0
AXIS_GAP = 10.0
FUNNEL = 44.0
APART = 12.0
TICKS_APART = 62.0


class Flag(msgspec.Struct, frozen=True):
    event: int
    x: float
    y: float
    axis: float

    @property
    def top(self) -> float:
        return round(self.y - SIZE * 0.8, 1)

    @property
    def text_x(self) -> float:
        return round(self.x + 6, 1)


class Tick(msgspec.Struct, frozen=True):
    x: float
    label: str


class Strip(msgspec.Struct, frozen=True):
    axis: float
    end: float
    ticks: tuple[Tick, ...]
    flags: tuple[Flag, ...]

    @property
    def tick_y(self) -> float:
        return round(self.axis + 22, 1)


class Layout(msgspec.Struct, frozen=True):
    width: float
    height: float
    size: float
    strips: tuple[Strip, ...]
    enlargements: tuple[str, ...]
    """Shapes that lead from the end of a strip to the next, which shows that end larger."""


def lay_out(figure: Timeline) -> Layout:
    strips: list[Strip] = []
    enlargements: list[str] = []
    y = 0.0
    scales = [_scale(figure, number) for number in range(len(figure.spans))]
    for number, (span, scale) in enumerate(zip(figure.spans, scales, strict=True)):
        if number and _is_enlarged(figure.spans[number - 1], span):
            enlargements.append(_funnel(scales[number - 1], span, scale, y))
            y += FUNNEL
        strip = _strip(_inside(span, figure.events), scale, y)
        strips.append(strip)
        y = strip.axis + FOOT
    return Layout(width=WIDTH, height=round(y, 1), size=SIZE, strips=tuple(strips), enlargements=tuple(enlargements))


def in_order(events: Sequence[Event]) -> list[Event]:
    """By date, of which the middle counts; of one day, as the file has them."""
    return sorted(events, key=lambda event: middle(event.date))


def is_inside(event: Event, span: Span) -> bool:
    return first_day(span.start) <= first_day(event.date) < first_day(span.end)


@dataclass(frozen=True)
class _Scale:
    """`end` is where, in pixels, the time from `start` is over."""

    start: float
    years: float
    end: float

    def x(self, year: float) -> float:
        return (year - self.start) / self.years * self.end

    def ticks(self) -> Iterator[Tick]:
        """Years, or decades, or what has room."""
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 500) if step * self.end / self.years > TICKS_APART)
        first = math.ceil(self.start / step) * step
        for year in range(first, math.floor(self.start + self.years) + 1, step):
            yield Tick(round(self.x(year), 1), str(year))


def _scale(figure: Timeline, number: int) -> _Scale:
    """As large as its last flags let it be, which must not leave the drawing."""
    span, *later = figure.spans[number : number + 2]
    until = later[0].end if later and _is_enlarged(span, later[0]) else span.end
    start, length = years(span.start), years(until) - years(span.start)
    ends = [
        (WIDTH - _flag_width(event)) * length / (middle(event.date) - start)
        for _, event in _inside(span, figure.events)
        if middle(event.date) > start
    ]
    return _Scale(start, length, min([WIDTH, *ends]))


def _is_enlarged(span: Span, after: Span) -> bool:
    """Whether a strip can go on to the end of the next one, so that one sees which part of it that is."""
    lengths = [years(one.end) - years(one.start) for one in (span, after)]
    return after.start == span.end and lengths[1] * 5 < lengths[0]


def _funnel(scale: _Scale, span: Span, below: _Scale, y: float) -> str:
    left, right = scale.x(years(span.start)), scale.x(years(span.end))
    top, bottom = y - FOOT, y + FUNNEL - 8
    return polyline([(left, top), (right, top), (right, y), (below.end, bottom), (0, bottom), (left, y)], closed=True)


def _inside(span: Span, events: Sequence[Event]) -> list[tuple[int, Event]]:
    numbered = [(number, event) for number, event in enumerate(events) if is_inside(event, span)]
    return sorted(numbered, key=lambda one: middle(one[1].date))


def _flag_width(event: Event) -> float:
    return width(event.title, SIZE, bold=False) + 8


def _strip(events: Sequence[tuple[int, Event]], scale: _Scale, top: float) -> Strip:
    xs = [scale.x(middle(event.date)) for _, event in events]
    levels = _levels(xs, [_flag_width(event) for _, event in events])
    axis = top + (max(levels, default=0) + 1) * LEVEL + AXIS_GAP
    flags = tuple(
        Flag(number, round(x, 1), round(axis - AXIS_GAP - level * LEVEL - 5, 1), round(axis, 1))
        for (number, _), x, level in zip(events, xs, levels, strict=True)
    )
    return Strip(axis=round(axis, 1), end=round(scale.end, 1), ticks=tuple(scale.ticks()), flags=flags)


def _levels(xs: Sequence[float], widths: Sequence[float]) -> list[int]:
    """From the last flag to the first: over every later one that starts under it."""
    levels = [0] * len(xs)
    for number in reversed(range(len(xs))):
        reach = xs[number] + widths[number] + APART
        under = [levels[later] for later in range(number + 1, len(xs)) if xs[later] < reach]
        levels[number] = max(under, default=-1) + 1
    return levels


@dataclass(frozen=True)
class DrawnFlag:
    flag: Flag
    event: Event
    is_shown: bool


@dataclass(frozen=True)
class DrawnStrip:
    strip: Strip
    flags: tuple[DrawnFlag, ...]


@dataclass(frozen=True)
class TimelineOf:
    """The events of one lesson among all others, or simply all: for a page. `lesson` is empty for all."""

    layout: Layout
    lesson: str
    lessons: tuple[str, ...]
    events: tuple[Event, ...]
    strips: tuple[DrawnStrip, ...]

    @property
    def claims(self) -> frozenset[str]:
        return frozenset(claim for event in self.events for claim in event.claims)


def show(figure: Timeline, layout: Layout, asked: Mapping[str, str]) -> TimelineOf:
    """The events of one `lesson`, or all. Raises NoSuchView."""
    lesson = asked.get("lesson", "")
    lessons = tuple(dict.fromkeys(event.lesson for event in figure.events))
    if lesson not in ("", *lessons):
        raise NoSuchView
    shown = {number for number, event in enumerate(figure.events) if lesson in ("", event.lesson)}
    strips = tuple(
        DrawnStrip(strip, tuple(DrawnFlag(one, figure.events[one.event], one.event in shown) for one in strip.flags))
        for strip in layout.strips
    )
    events = tuple(in_order([figure.events[number] for number in sorted(shown)]))
    return TimelineOf(layout, lesson, lessons, events, strips)
