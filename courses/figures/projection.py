"""From the globe to a rectangle: the Equal Earth projection (Šavrič, Patterson, Jenny 2018), clipped to a view."""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from courses.figures.data import MapView
from courses.figures.paths import XY, polyline

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
FINEST = 0.8
"""Pixels; corners nearer to each other are not worth sending."""

Ring = Sequence[int]
"""Hundredths of a degree: longitude, latitude, longitude, ..."""


def land() -> list[Ring]:
    rings: list[Ring] = _world()["land"]
    return rings


def countries() -> dict[str, list[Ring]]:
    """By the names Natural Earth gives them."""
    rings: dict[str, list[Ring]] = _world()["countries"]
    return rings


@lru_cache(maxsize=1)
def _world() -> dict[str, Any]:
    """Made by tools/world.py."""
    world: dict[str, Any] = json.loads(Path(__file__).with_name("world.json").read_text())
    return world


def equal_earth(longitude: float, latitude: float) -> XY:
    """On a globe of radius 1, from degrees. Parallels are straight, so y depends on the latitude alone."""
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    squared = theta * theta
    sixth = squared**3
    stretch = 9 * _A4 * sixth * squared + 7 * _A3 * sixth + 3 * _A2 * squared + _A1
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(theta) / (3 * stretch)
    return x, theta * (_A4 * sixth * squared + _A3 * sixth + _A2 * squared + _A1)


@dataclass(frozen=True)
class Projection:
    """A view on a panel `width` pixels wide, stretched so that shapes are true along its middle parallel."""

    view: MapView
    width: float

    @cached_property
    def middle(self) -> tuple[float, float]:
        return (self.view.west + self.view.east) / 2, (self.view.south + self.view.north) / 2

    @cached_property
    def _scales(self) -> tuple[float, float]:
        latitude = self.middle[1]
        half = math.radians(self.view.east - self.view.west) / 2
        across, along = (
            equal_earth(1, latitude)[0],
            equal_earth(0, latitude + 0.5)[1] - equal_earth(0, latitude - 0.5)[1],
        )
        x_scale = self.width / 2 / (across * math.degrees(half))
        return x_scale, x_scale * across / (along * math.cos(math.radians(latitude)))

    @cached_property
    def height(self) -> float:
        return (equal_earth(0, self.view.north)[1] - equal_earth(0, self.view.south)[1]) * self._scales[1]

    def __call__(self, longitude: float, latitude: float) -> XY:
        x, y = equal_earth(longitude - self.middle[0], latitude)
        x_scale, y_scale = self._scales
        return self.width / 2 + x * x_scale, (equal_earth(0, self.view.north)[1] - y) * y_scale

    def holds(self, longitude: float, latitude: float) -> bool:
        x, y = self(longitude, latitude)
        return 0 <= x <= self.width and 0 <= y <= self.height

    def shapes(self, rings: Sequence[Ring]) -> list[list[XY]]:
        """The parts of the rings that are in view."""
        return [points for ring in rings if (points := self._clipped(ring))]

    def outline(self, rings: Sequence[Ring]) -> str:
        """The same as one path."""
        return "".join(polyline(points, closed=True) for points in self.shapes(rings))

    def frame(self, other: MapView) -> list[XY]:
        """The edges of another view, which are bent here."""
        steps = [number / 8 for number in range(9)]
        wide, high = other.east - other.west, other.north - other.south
        corners = [
            *((other.west + wide * step, other.north) for step in steps),
            *((other.east, other.north - high * step) for step in steps[1:]),
            *((other.east - wide * step, other.south) for step in steps[1:]),
            *((other.west, other.south + high * step) for step in steps[1:]),
        ]
        return [self(*corner) for corner in corners]

    def _clipped(self, ring: Ring) -> list[XY]:
        degrees = zip(ring[::2], ring[1::2], strict=True)
        points = [self(longitude / 100, latitude / 100) for longitude, latitude in degrees]
        for axis, limit, sign in ((0, 0.0, 1), (0, self.width, -1), (1, 0.0, 1), (1, self.height, -1)):
            points = list(_cut(points, axis, limit, sign))
        simple = list(_simplified(points))
        return simple if len(simple) > 2 else []


def _cut(points: list[XY], axis: int, limit: float, sign: int) -> Iterator[XY]:
    """Sutherland and Hodgman's clipping of a ring by one edge."""
    for before, after in pairwise([*points[-1:], *points]):
        was_in, is_in = (sign * (point[axis] - limit) >= 0 for point in (before, after))
        if was_in != is_in:
            share = (limit - before[axis]) / (after[axis] - before[axis])
            yield before[0] + (after[0] - before[0]) * share, before[1] + (after[1] - before[1]) * share
        if is_in:
            yield after


def _simplified(points: list[XY]) -> Iterator[XY]:
    last: XY | None = None
    for point in points:
        if last is None or math.dist(point, last) > FINEST:
            last = point
            yield point
