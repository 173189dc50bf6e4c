"""The comparison: how far each relationship goes on one scale, with a double line before the steps that bind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec

from courses.figures.data import Comparison, Relationship
from courses.figures.lettering import LEADING, base_lines, wrap


class Text(msgspec.Struct, frozen=True):
    x: float
    lines: tuple[tuple[str, float], ...]


class Bar(msgspec.Struct, frozen=True):
    """From the scale's start to a relationship's step."""

    row: int
    start: float
    end: float
    y: float
    name: Text


class Plan(msgspec.Struct, frozen=True):
    """`threshold` is where the double line stands, None where no step binds."""

    width: float
    height: float
    size: float
    small: float
    dot: float
    steps: tuple[Text, ...]
    grid: tuple[float, ...]
    top: float
    threshold: float | None
    bars: tuple[Bar, ...]


class Layout(msgspec.Struct, frozen=True):
    wide: Plan
    narrow: Plan


@dataclass(frozen=True)
class Frame:
    """`names` is the room for names beside the bars; none, and they stand above."""

    width: float
    names: float
    row: float
    size: float
    small: float
    dot: float


WIDE = Frame(1104, 300, 46, 15, 13, 8)
NARROW = Frame(344, 0, 52, 12.5, 11.5, 7)


def lay_out(figure: Comparison) -> Layout:
    return Layout(wide=_plan(figure, WIDE), narrow=_plan(figure, NARROW))


def _plan(figure: Comparison, frame: Frame) -> Plan:
    column = (frame.width - frame.names) / len(figure.steps)
    centres = [frame.names + column * (number + 0.5) for number in range(len(figure.steps))]
    words = [wrap(step.label, column - 10, frame.small) for step in figure.steps]
    top = max(len(lines) for lines in words) * frame.small * LEADING + 14
    binding = [number for number, step in enumerate(figure.steps) if step.binds]
    return Plan(
        width=frame.width,
        height=round(top + len(figure.rows) * frame.row, 1),
        size=frame.size,
        small=frame.small,
        dot=frame.dot,
        steps=tuple(
            Text(round(x, 1), base_lines(lines, top - 14 - len(lines) * frame.small * LEADING, frame.small))
            for x, lines in zip(centres, words, strict=True)
        ),
        grid=tuple(round(x, 1) for x in centres),
        top=round(top, 1),
        threshold=round(frame.names + column * binding[0], 1) if binding else None,
        bars=tuple(_bars(figure, frame, centres, top)),
    )


def _bars(figure: Comparison, frame: Frame, centres: list[float], top: float) -> Iterator[Bar]:
    steps = [step.key for step in figure.steps]
    for number, row in enumerate(figure.rows):
        y = top + number * frame.row
        lines = wrap(row.name, (frame.names or frame.width) - 16, frame.size)
        beside = (frame.row - len(lines) * frame.size * LEADING) / 2
        name = Text(0, base_lines(lines, y + (beside if frame.names else 4), frame.size))
        middle = y + (frame.row / 2 if frame.names else frame.row - 2.2 * frame.dot)
        yield Bar(number, frame.names, round(centres[steps.index(row.step)], 1), round(middle, 1), name)


@dataclass(frozen=True)
class DrawnBar:
    bar: Bar
    row: Relationship


@dataclass(frozen=True)
class Drawing:
    """`name` tells the wide plan from the narrow one."""

    name: str
    plan: Plan
    bars: tuple[DrawnBar, ...]


@dataclass(frozen=True)
class ComparisonShown:
    figure: Comparison
    drawings: tuple[Drawing, ...]

    @property
    def claims(self) -> frozenset[str]:
        return frozenset(claim for row in self.figure.rows for claim in row.claims)

    @property
    def rows(self) -> list[tuple[Relationship, list[tuple[str, str]]]]:
        """Each with its answers beside the questions."""
        return [(row, list(zip(self.figure.questions, row.answers, strict=True))) for row in self.figure.rows]


def show(figure: Comparison, layout: Layout, asked: Mapping[str, str]) -> ComparisonShown:
    drawings = tuple(
        Drawing(name, plan, tuple(DrawnBar(bar, figure.rows[bar.row]) for bar in plan.bars))
        for name, plan in (("wide", layout.wide), ("narrow", layout.narrow))
    )
    return ComparisonShown(figure, drawings)
