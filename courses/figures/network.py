"""The network: a centre as a spine, actors in columns at its sides, and a line for each bundle of ties.

Ties with the centre run straight from an actor to the spine, so that none crosses another; ties between others are
brackets at the outer edge. What is bound to defend whom is seen at once: a double line, and where it is. Places are the
same at all moments, so that only what changed moves.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import msgspec

from courses.figures.bundles import Bundle, Words, bundles, day_of, first_that_fits, started, words_of, wrapped
from courses.figures.data import Actor, Group, Network
from courses.figures.lettering import LEADING, base_lines, wrap
from courses.figures.paths import XY, arrow_head, bracket, cross, polyline, straight, zigzag


class Box(msgspec.Struct, frozen=True):
    actor: str
    kind: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[tuple[str, float], ...]
    """Each with its base line."""

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def radius(self) -> float:
        """A shape for each kind: corners for states, a pill for movements."""
        pill = min(self.height / 2, 22)
        return {"state": 3, "organisation": 11}.get(self.kind, pill)


class Heading(msgspec.Struct, frozen=True):
    """Over these actors."""

    actors: tuple[str, ...]
    x: float
    lines: tuple[tuple[str, float], ...]


class Line(msgspec.Struct, frozen=True):
    """A bundle of ties. `labels` has the words by moment, empty where there is no room."""

    ties: tuple[int, ...]
    style: str
    path: str
    head: str
    cross: str
    unclear: tuple[float, float] | None
    x: float
    y: float
    anchor: str
    labels: dict[str, tuple[str, ...]]


class Plan(msgspec.Struct, frozen=True):
    """One drawing; sizes are those of its letters."""

    width: float
    height: float
    size: float
    small: float
    centre: Box
    boxes: tuple[Box, ...]
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]


class Layout(msgspec.Struct, frozen=True):
    wide: Plan
    narrow: Plan


def lay_out(figure: Network) -> Layout:
    return Layout(wide=_Drawing(figure, WIDE).plan(), narrow=_Drawing(figure, NARROW).plan())


@dataclass(frozen=True)
class Frame:
    """Measures in pixels. `lane` is the room of one line at a box, `rim` that of one bracket. Where there are more
    brackets than fit beside the least gap, the drawing gets wider than `width`."""

    width: float
    box: float
    spine: float
    lane: float
    rim: float
    row_gap: float
    group_gap: float
    pad: float
    size: float
    small: float
    head: float
    least_gap: float
    labelled: bool


WIDE = Frame(1104, 140, 66, 27, 92, 14, 26, 11, 15, 12, 9, 120, labelled=True)
NARROW = Frame(344, 94, 46, 12, 14, 12, 20, 8, 12.5, 11.5, 6.5, 24, labelled=False)


@dataclass
class _Column:
    """The groups of one side, and where their boxes are."""

    side: str
    groups: list[Group]
    x: float = 0
    boxes: dict[str, Box] = field(default_factory=dict)
    headings: list[Heading] = field(default_factory=list)
    lanes: dict[Bundle, int] = field(default_factory=dict)

    @property
    def actors(self) -> list[str]:
        return [actor for group in self.groups for actor in group.actors]

    @property
    def lane_count(self) -> int:
        return max(self.lanes.values(), default=-1) + 1


class _Drawing:
    def __init__(self, figure: Network, frame: Frame) -> None:
        self.figure, self.frame = figure, frame
        self.bundles = bundles(figure)
        tied = {actor for bundle in self.bundles for actor in (bundle.who, bundle.whom)}
        self.left, self.right = (self._column(side, tied) for side in ("left", "right"))

    def plan(self) -> Plan:
        height = max(self._natural_height(column) for column in self.columns)
        self._place_across()
        for column in self.columns:
            self._place_down(column, height)
        return Plan(
            width=self.width,
            height=height,
            size=self.frame.size,
            small=self.frame.small,
            centre=self._spine(),
            boxes=tuple(box for column in self.columns for box in column.boxes.values()),
            headings=tuple(heading for column in self.columns for heading in column.headings),
            lines=tuple(self._lines()),
        )

    @property
    def columns(self) -> tuple[_Column, _Column]:
        return self.left, self.right

    @cached_property
    def actors(self) -> dict[str, Actor]:
        return {actor.key: actor for actor in self.figure.actors}

    def _column(self, side: str, tied: set[str]) -> _Column:
        """Actors without any tie have no place in the drawing."""
        groups = [
            Group(title=group.title, side=side, actors=tuple(actor for actor in group.actors if actor in tied))
            for group in self.figure.groups
            if group.side == side
        ]
        column = _Column(side, [group for group in groups if group.actors])
        rows = {actor: row for row, actor in enumerate(column.actors)}
        column.lanes = _lanes(
            {b: (rows[b.who], rows[b.whom]) for b in self.bundles if b.who in rows and b.whom in rows}
        )
        return column

    def spokes(self, actor: str) -> list[Bundle]:
        centre = self.figure.centre
        return [one for one in self.bundles if actor in (one.who, one.whom) and centre in (one.who, one.whom)]

    # across

    def _rim(self, column: _Column) -> float:
        return column.lane_count * self.frame.rim + self.frame.pad * 0.5

    def _place_across(self) -> None:
        frame, rims = self.frame, [self._rim(column) for column in self.columns]
        taken = sum(rims) + 2 * frame.box + frame.spine
        self.width = max(frame.width, taken + 2 * frame.least_gap)
        self.gap = (self.width - taken) / 2
        self.left.x = rims[0]
        self.spine_x = rims[0] + frame.box + self.gap
        self.right.x = self.spine_x + frame.spine + self.gap

    # down

    def _heading(self, group: Group) -> tuple[str, ...]:
        return wrap(group.title, self.frame.box * 1.35, self.frame.small, bold=True)

    def _heading_height(self, group: Group) -> float:
        return len(self._heading(group)) * self.frame.small * LEADING + self.frame.pad * 0.7

    def _box_lines(self, actor: str) -> tuple[str, ...]:
        return wrap(self.actors[actor].label, self.frame.box - self.frame.pad, self.frame.size)

    def _box_height(self, actor: str) -> float:
        letters = len(self._box_lines(actor)) * self.frame.size * LEADING + self.frame.pad * 1.2
        return max(letters, len(self.spokes(actor)) * self.frame.lane + self.frame.pad * 0.4)

    def _natural_height(self, column: _Column) -> float:
        boxes = sum(self._box_height(actor) for actor in column.actors)
        headings = sum(self._heading_height(group) for group in column.groups)
        return boxes + headings + self._gaps(column) + self.frame.pad * 0.5

    def _gaps(self, column: _Column) -> float:
        between = sum(len(group.actors) - 1 for group in column.groups)
        return between * self.frame.row_gap + max(0, len(column.groups) - 1) * self.frame.group_gap

    def _place_down(self, column: _Column, height: float) -> None:
        """The shorter column is spread to the height of the longer one."""
        slack = height - self._natural_height(column)
        stretch = 1 + slack / self._gaps(column) if self._gaps(column) else 1
        y = 0.0
        for number, group in enumerate(column.groups):
            y += self.frame.group_gap * stretch if number else 0
            lines = base_lines(self._heading(group), y, self.frame.small)
            column.headings.append(Heading(group.actors, round(column.x, 1), lines))
            y += self._heading_height(group)
            for row, actor in enumerate(group.actors):
                y += self.frame.row_gap * stretch if row else 0
                column.boxes[actor] = self._box(actor, column.x, y)
                y += column.boxes[actor].height

    def _box(self, actor: str, x: float, y: float) -> Box:
        height = self._box_height(actor)
        return self._boxed(actor, (x, y), (self.frame.box, height), self._box_lines(actor))

    def _boxed(self, actor: str, corner: XY, size: XY, words: tuple[str, ...]) -> Box:
        letters = len(words) * self.frame.size * LEADING
        lines = base_lines(words, corner[1] + (size[1] - letters) / 2, self.frame.size)
        x, y, wide, high = (round(value, 1) for value in (*corner, *size))
        return Box(actor, self.actors[actor].kind, x, y, wide, high, lines)

    def _spine(self) -> Box:
        boxes = [box for column in self.columns for box in column.boxes.values()]
        top, bottom = min(box.y for box in boxes), max(box.y + box.height for box in boxes)
        centre = self.figure.centre
        words = wrap(self.actors[centre].label, self.frame.spine - self.frame.pad, self.frame.size)
        return self._boxed(centre, (self.spine_x, top), (self.frame.spine, bottom - top), words)

    # lines

    def _lines(self) -> Iterator[Line]:
        for column in self.columns:
            for actor, box in column.boxes.items():
                spokes = self.spokes(actor)
                for number, bundle in enumerate(spokes):
                    y = box.y + box.height / 2 + (number - (len(spokes) - 1) / 2) * self.frame.lane
                    yield self._spoke(bundle, actor, column, y)
            for bundle, lane in column.lanes.items():
                yield self._bracket(bundle, column, lane)

    def _spoke(self, bundle: Bundle, actor: str, column: _Column, y: float) -> Line:
        frame, box = self.frame, column.boxes[actor]
        if column.side == "left":
            at_actor, at_spine, inwards = box.x + box.width, self.spine_x, 1
        else:
            at_actor, at_spine, inwards = box.x, self.spine_x + frame.spine, -1
        leaves = bundle.who == actor and not bundle.mutual
        tail, tip, onwards = (at_actor, at_spine, inwards) if leaves else (at_spine, at_actor, -inwards)
        y += frame.lane * 0.14 if frame.labelled else 0  # words and line together in the middle of the lane
        near = frame.head * 1.3
        return Line(
            ties=bundle.ties,
            style=bundle.style,
            path=self._straight(bundle, (tail, y), (tip - (0 if bundle.mutual else onwards * frame.head * 0.8), y)),
            head="" if bundle.mutual else arrow_head((tip, y), to_right=onwards > 0, size=frame.head),
            cross=cross((tail + onwards * near, y), frame.head * 0.5),
            unclear=self._unclear(bundle, at_actor + inwards * near, y),
            x=round((tail + tip) / 2, 1),
            y=round(y - frame.small * 0.55, 1),
            anchor="middle",
            labels=self._labels(bundle, lambda words: first_that_fits(words, self.gap - 2 * near, frame.small)),
        )

    def _straight(self, bundle: Bundle, start: XY, end: XY) -> str:
        if bundle.style == "zigzag":
            return polyline(zigzag(start, end, tooth=self.frame.small * 0.3))
        return straight(start, end)

    def _bracket(self, bundle: Bundle, column: _Column, lane: int) -> Line:
        frame = self.frame
        outwards = -1 if column.side == "left" else 1
        edge = column.x if column.side == "left" else column.x + frame.box
        x = edge + outwards * (lane + (0.22 if frame.labelled else 0.75)) * frame.rim
        start, tip = ((edge, self._rim_y(bundle, actor, column)) for actor in (bundle.who, bundle.whom))
        end = tip if bundle.mutual else (edge + outwards * frame.head * 0.8, tip[1])
        middle = (start[1] + end[1]) / 2
        return Line(
            ties=bundle.ties,
            style=bundle.style,
            path=self._bent(bundle, start, end, x),
            head="" if bundle.mutual else arrow_head(tip, to_right=outwards < 0, size=frame.head),
            cross=cross((x, middle), frame.head * 0.5),
            unclear=self._unclear(bundle, x, middle),
            x=round(x + outwards * frame.head, 1),
            y=round(middle, 1),
            anchor="end" if outwards < 0 else "start",
            labels=self._labels(bundle, lambda words: wrapped(words, frame.rim * 0.8, frame.small)),
        )

    def _bent(self, bundle: Bundle, start: XY, end: XY, x: float) -> str:
        if bundle.style == "zigzag":
            upright = zigzag((x, start[1]), (x, end[1]), tooth=self.frame.small * 0.3)
            return polyline([start, *upright, end])
        return bracket(start, end, x, self.frame.rim * 0.1 + 2)

    def _rim_y(self, bundle: Bundle, actor: str, column: _Column) -> float:
        """Brackets that go up leave above those that go down, and nested ones do not cross."""
        rows = column.actors
        at = rows.index(actor)

        def place(one: Bundle) -> tuple[int, int]:
            reach = rows.index(one.other(actor)) - at
            return (1, -column.lanes[one]) if reach > 0 else (-1, column.lanes[one])

        touching = sorted((one for one in column.lanes if actor in (one.who, one.whom)), key=place)
        box = column.boxes[actor]
        return box.y + box.height * (touching.index(bundle) + 1) / (len(touching) + 1)

    def _unclear(self, bundle: Bundle, x: float, y: float) -> tuple[float, float] | None:
        if all(self.figure.ties[number].binding != "unclear" for number in bundle.ties):
            return None
        return round(x, 1), round(y + self.frame.small * 0.35, 1)

    def _labels(self, bundle: Bundle, fit: Callable[[Words], tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """By the key of each moment at which the line is there."""
        labels = {}
        for moment in self.figure.moments:
            day = day_of(moment)
            there = [tie for number in bundle.ties if started(tie := self.figure.ties[number], day)]
            if there:
                labels[moment.key] = fit(words_of(there, day)) if self.frame.labelled else ()
        return labels


def _lanes(rows: Mapping[Bundle, tuple[int, int]]) -> dict[Bundle, int]:
    """How far out each bracket runs: short ones inside, and none on another."""
    lanes: dict[Bundle, int] = {}
    for bundle in sorted(rows, key=lambda one: (abs(rows[one][0] - rows[one][1]), rows[one], one.order)):
        top, bottom = sorted(rows[bundle])
        taken = {lane for one, lane in lanes.items() if max(top, min(rows[one])) < min(bottom, max(rows[one]))}
        lanes[bundle] = min(set(range(len(taken) + 1)) - taken)
    return lanes
