"""Where the words beside a map's dots go: near, and on nothing that is there already."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from courses.figures.paths import XY

RADII = (9, 15, 24, 36, 50, 68, 90, 115, 145)
ANGLES = tuple(
    math.radians(angle) for angle in (0, 180, 315, 45, 225, 135, 270, 90, 338, 22, 202, 158, 112, 68, 248, 292)
)
ROUNDS = 4
FAR = 1.5
"""What a label's distance from its dot costs, by pixel."""
NEAR = 12
"""Pixels; a label that is farther away gets a line to its dot."""


Segment = tuple[XY, XY]


@dataclass(frozen=True)
class Rect:
    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: "Rect", margin: float = 0) -> float:
        across = min(self.right, other.right) - max(self.left, other.left) + margin
        along = min(self.bottom, other.bottom) - max(self.top, other.top) + margin
        return across * along if across > 0 and along > 0 else 0

    def grown(self, by: float) -> "Rect":
        return Rect(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def is_inside(self, width: float, height: float) -> bool:
        return self.left >= 2 and self.top >= 2 and self.right <= width - 2 and self.bottom <= height - 2

    def samples(self) -> Iterator[XY]:
        """Nine points all over it."""
        for across in (0.0, 0.5, 1.0):
            for along in (0.0, 0.5, 1.0):
                yield (
                    self.left + (self.right - self.left) * across,
                    self.top + (self.bottom - self.top) * along,
                )

    def nearest(self, point: XY) -> XY:
        return min(max(point[0], self.left), self.right), min(max(point[1], self.top), self.bottom)


@dataclass(frozen=True)
class Placed:
    """`side` is where the block lies from its dot: -1 left, 0 above or below, 1 right."""

    rect: Rect
    side: int
    cost: float
    leader: Segment | None


class Outline:
    def __init__(self, ring: Sequence[XY]) -> None:
        self.ring = ring
        xs, ys = [x for x, _ in ring], [y for _, y in ring]
        self.rect = Rect(min(xs), min(ys), max(xs), max(ys))

    def holds(self, point: XY) -> bool:
        """A ray to the right crosses the ring an odd number of times."""
        x, y = point
        if not (self.rect.left <= x <= self.rect.right and self.rect.top <= y <= self.rect.bottom):
            return False
        inside = False
        for (x1, y1), (x2, y2) in pairwise([*self.ring[-1:], *self.ring]):
            if (y1 > y) != (y2 > y) and x < x1 + (x2 - x1) * (y - y1) / (y2 - y1):
                inside = not inside
        return inside


@dataclass
class Scene:
    """A panel with dots that get blocks of these `sizes`. Words keep off all dots and off what is `taken`, and rather
    stay on that side of an outline on which their dot is."""

    width: float
    height: float
    dots: Sequence[XY]
    sizes: Sequence[XY]
    radius: float
    taken: Sequence[Rect] = ()
    outlines: Sequence[Outline] = ()
    placed: dict[int, Placed] = field(default_factory=dict)

    def place(self) -> list[Placed]:
        """The largest block chooses first; then each may choose again, knowing the others."""
        order = sorted(
            range(len(self.sizes)), key=lambda number: (-self.sizes[number][0] * self.sizes[number][1], number)
        )
        for _round in range(ROUNDS):
            for number in order:
                self.placed[number] = self._best(number)
        return [self.placed[number] for number in range(len(self.sizes))]

    def _best(self, number: int) -> Placed:
        nearer: list[Placed] = []
        for distance in RADII:
            if nearer and nearer[0].cost <= FAR * distance:
                break  # whatever lies so far off costs more
            nearer = [min((*nearer, *self._around(number, distance)), key=lambda one: one.cost)]
        return nearer[0]

    def _around(self, number: int, distance: float) -> Iterator[Placed]:
        dot = self.dots[number]
        for rank, angle in enumerate(ANGLES):
            rect, side = self._block(dot, self.sizes[number], distance, angle)
            leader = (dot, rect.nearest(dot)) if distance > NEAR else None
            cost = FAR * distance + 0.8 * rank + self._harm(number, rect, leader)
            yield Placed(rect, side, cost, leader)

    def _harm(self, number: int, rect: Rect, leader: Segment | None) -> float:
        """In pixels of distance that it would be worth to avoid it."""
        dot = self.dots[number]
        dots = [one for other, one in enumerate(self.dots) if other != number]
        words = [one for other, one in self.placed.items() if other != number]
        circles = [Rect(x, y, x, y).grown(self.radius) for x, y in dots]
        own = math.dist(dot, rect.nearest(dot))
        harm = 0 if rect.is_inside(self.width, self.height) else 1e6
        harm += sum(1000 + overlap for one in words if (overlap := rect.overlap(one.rect, 3)))
        harm += sum(500 for one in words if _crosses(leader, rect, one))
        harm += sum(100 + overlap for one in (*self.taken, *circles) if (overlap := rect.overlap(one, 2)))
        harm += sum(200 for one in self.taken if leader and _touches(leader, one))
        harm += sum(40 for one in dots if math.dist(one, rect.nearest(one)) < own + 3)
        for outline in self.outlines:
            is_inside = outline.holds(dot)
            harm += sum(30 for point in rect.samples() if outline.holds(point) != is_inside)
        return harm

    def _block(self, dot: XY, size: XY, distance: float, angle: float) -> tuple[Rect, int]:
        """Above and below its dot a block moves sideways to stay on the panel, beside it up and down."""
        (x, y), (wide, high) = dot, size
        across, along = math.cos(angle), math.sin(angle)
        at_x, at_y = x + distance * across, y + distance * along
        top = at_y - high * (1 - along) / 2
        if abs(across) < 0.5:
            left = _between(2, at_x - wide / 2, self.width - 2 - wide)
            return Rect(left, top, left + wide, top + high), 0
        left = at_x if across > 0 else at_x - wide
        top = _between(2, top, self.height - 2 - high)
        return Rect(left, top, left + wide, top + high), 1 if across > 0 else -1


def _between(least: float, value: float, most: float) -> float:
    return max(least, min(value, most))


def _crosses(leader: Segment | None, rect: Rect, other: Placed) -> bool:
    """Whether one's line runs over the other's words, or the lines over each other."""
    if leader and _touches(leader, other.rect):
        return True
    if other.leader and _touches(other.leader, rect):
        return True
    return bool(leader and other.leader and _intersect(leader, other.leader))


def _touches(line: Segment, rect: Rect) -> bool:
    (x1, y1), (x2, y2) = line
    points = ((x1 + (x2 - x1) * step / 12, y1 + (y2 - y1) * step / 12) for step in range(13))
    return any(rect.left < x < rect.right and rect.top < y < rect.bottom for x, y in points)


def _intersect(one: Segment, other: Segment) -> bool:
    def turn(a: XY, b: XY, c: XY) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    (a, b), (c, d) = one, other
    return turn(a, b, c) * turn(a, b, d) < 0 and turn(c, d, a) * turn(c, d, b) < 0
