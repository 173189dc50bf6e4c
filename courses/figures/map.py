"""The map: views of the world, a dot for each place, and its actors' names beside it, once, in the closest view."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from courses.figures.data import Map, MapView, Point, Sea
from courses.figures.labels import Outline, Placed, Rect, Scene
from courses.figures.lettering import LEADING, base_lines, width, wrap
from courses.figures.paths import XY, polyline
from courses.figures.projection import Projection, countries, land

TOGETHER = 0.15
"""Degrees; places nearer to each other are one."""


class Name(msgspec.Struct, frozen=True):
    actor: str
    lines: tuple[tuple[str, float], ...]


class Words(msgspec.Struct, frozen=True):
    """What stands beside a dot; `title`, the place's name, may be empty."""

    x: float
    anchor: str
    title: str
    title_y: float
    names: tuple[Name, ...]
    leader: str


class Place(msgspec.Struct, frozen=True):
    actors: tuple[str, ...]
    x: float
    y: float
    words: Words | None


class SeaName(msgspec.Struct, frozen=True):
    name: str
    x: float
    y: float


class Panel(msgspec.Struct, frozen=True):
    key: str
    title: str
    x: float
    y: float
    width: float
    height: float
    land: str
    outlined: str
    frames: tuple[str, ...]
    """Edges of the views that show a part more closely."""
    seas: tuple[SeaName, ...]
    places: tuple[Place, ...]

    @property
    def title_y(self) -> float:
        return round(self.y - 7, 1)


class Plan(msgspec.Struct, frozen=True):
    width: float
    height: float
    size: float
    small: float
    dot: float
    panels: tuple[Panel, ...]


class Layout(msgspec.Struct, frozen=True):
    wide: Plan
    narrow: Plan


@dataclass(frozen=True)
class Sheet:
    """`room` is for names, which are broken where they are longer. `in_rows`: views share a row as their data say; else
    each has a row of its own. `titled`: with names of places."""

    width: float
    size: float
    small: float
    dot: float
    room: float
    in_rows: bool
    titled: bool


WIDE = Sheet(1104, 14, 12, 4, 150, in_rows=True, titled=True)
NARROW = Sheet(344, 12.5, 11.5, 3.2, 96, in_rows=False, titled=False)
GAP = 24.0
APART = 0.2
"""Between names, in parts of their size."""


def lay_out(figure: Map) -> Layout:
    return Layout(wide=_plan(figure, WIDE), narrow=_plan(figure, NARROW))


def _plan(figure: Map, sheet: Sheet) -> Plan:
    panels: list[Panel] = []
    y = 0.0
    for row in _rows(figure.views, sheet):
        room = sheet.width - GAP * (len(row) - 1)
        x, top = 0.0, y + sheet.small * LEADING + 6
        for view in row:
            projection = Projection(view, room * _share(view, sheet))
            panels.append(_Drawing(figure, projection, sheet).panel(x, top))
            x += projection.width + GAP
            y = max(y, top + projection.height)
        y += GAP
    return Plan(sheet.width, round(y - GAP, 1), sheet.size, sheet.small, sheet.dot, tuple(panels))


def _share(view: MapView, sheet: Sheet) -> float:
    return view.share if sheet.in_rows else 1


def _rows(views: Sequence[MapView], sheet: Sheet) -> list[list[MapView]]:
    rows: list[list[MapView]] = []
    for view in views:
        if rows and sum(_share(one, sheet) for one in [*rows[-1], view]) <= 1:
            rows[-1].append(view)
        else:
            rows.append([view])
    return rows


@dataclass(frozen=True)
class Cluster:
    """Actors that share a dot, which is where the first of them is."""

    points: tuple[Point, ...]
    longitude: float
    latitude: float

    def is_near(self, longitude: float, latitude: float) -> bool:
        return math.dist((self.longitude, self.latitude), (longitude, latitude)) < TOGETHER


def clusters(points: Sequence[Point]) -> list[Cluster]:
    """In the order of the first actor of each; without those that have no place."""
    found: list[Cluster] = []
    for point in points:
        longitude, latitude = point.longitude, point.latitude
        if longitude is None or latitude is None:
            continue
        near = next((number for number, one in enumerate(found) if one.is_near(longitude, latitude)), None)
        if near is None:
            found.append(Cluster((point,), longitude, latitude))
        else:
            found[near] = replace(found[near], points=(*found[near].points, point))
    return found


class _Drawing:
    """One view on its panel."""

    def __init__(self, figure: Map, projection: Projection, sheet: Sheet) -> None:
        self.figure, self.projection, self.sheet = figure, projection, sheet
        self.inside = [view for view in figure.views if _contains(projection.view, view)]
        """Views that show a part of this one more closely."""

    def panel(self, x: float, y: float) -> Panel:
        world, project = countries(), self.projection
        frames = [project.frame(view) for view in self.inside if not any(_contains(one, view) for one in self.inside)]
        outline = [ring for name in self.figure.outlined for ring in world.get(name, [])]
        seas = [self._sea(sea) for sea in self.figure.seas if self._is_closest(sea.longitude, sea.latitude)]
        rings = [Outline(ring) for ring in [*project.shapes(outline), *frames]]
        return Panel(
            key=project.view.key,
            title=project.view.title,
            x=round(x, 1),
            y=round(y, 1),
            width=round(project.width, 1),
            height=round(project.height, 1),
            land=project.outline(land()),
            outlined=project.outline(outline),
            frames=tuple(polyline(frame, closed=True) for frame in frames),
            seas=tuple(name for name, _ in seas),
            places=tuple(self._places([rect for _, rect in seas], rings)),
        )

    def _sea(self, sea: Sea) -> tuple[SeaName, Rect]:
        x, y = self.projection(sea.longitude, sea.latitude)
        half = width(sea.name, self.sheet.small, bold=False) / 2
        name = SeaName(sea.name, round(x, 1), round(y + self.sheet.small * 0.35, 1))
        return name, Rect(x - half, y - self.sheet.small / 2, x + half, y + self.sheet.small / 2)

    def _is_closest(self, longitude: float, latitude: float) -> bool:
        """Whether a place is in this view and in none that shows it more closely."""
        closer = any(Projection(view, self.sheet.width).holds(longitude, latitude) for view in self.inside)
        return self.projection.holds(longitude, latitude) and not closer

    def _places(self, taken: list[Rect], outlines: list[Outline]) -> Iterator[Place]:
        here = [one for one in clusters(self.figure.points) if self.projection.holds(one.longitude, one.latitude)]
        named = [one for one in here if self._is_closest(one.longitude, one.latitude)]
        size = self.projection.width, self.projection.height
        dots = [self.projection(one.longitude, one.latitude) for one in named]
        scene = Scene(*size, dots, [self._size(one) for one in named], self.sheet.dot, taken, outlines)
        for cluster, placed in zip(named, scene.place(), strict=True):
            yield self._place(cluster, self._words(cluster, placed))
        for cluster in here:
            if cluster not in named:
                yield self._place(cluster, None)

    def _place(self, cluster: Cluster, words: Words | None) -> Place:
        x, y = self.projection(cluster.longitude, cluster.latitude)
        return Place(tuple(point.key for point in cluster.points), round(x, 1), round(y, 1), words)

    def _title(self, cluster: Cluster) -> str:
        """The place's name, unless an actor's name says it already."""
        if not self.sheet.titled:
            return ""
        labels = {point.label for point in cluster.points}
        return ", ".join(dict.fromkeys(point.place for point in cluster.points if point.place not in labels))

    def _lines(self, point: Point) -> tuple[str, ...]:
        return wrap(point.label, self.sheet.room, self.sheet.size)

    def _size(self, cluster: Cluster) -> XY:
        sheet, title = self.sheet, self._title(cluster)
        lines = [line for point in cluster.points for line in self._lines(point)]
        widest = max(width(title, sheet.small, bold=False), *(width(line, sheet.size) for line in lines))
        apart = (len(cluster.points) - 1) * sheet.size * APART
        return widest, len(lines) * sheet.size * LEADING + apart + (sheet.small * LEADING if title else 0)

    def _words(self, cluster: Cluster, placed: Placed) -> Words:
        sheet, rect, title = self.sheet, placed.rect, self._title(cluster)
        y = rect.top + (sheet.small * LEADING if title else 0)
        names = []
        for point in cluster.points:
            lines = self._lines(point)
            names.append(Name(point.key, base_lines(lines, y, sheet.size)))
            y += (len(lines) * LEADING + APART) * sheet.size
        x = {1: rect.left, -1: rect.right, 0: (rect.left + rect.right) / 2}[placed.side]
        anchor = {1: "start", -1: "end", 0: "middle"}[placed.side]
        leader = polyline(placed.leader) if placed.leader else ""
        return Words(round(x, 1), anchor, title, round(rect.top + sheet.small, 1), tuple(names), leader)


def _contains(view: MapView, other: MapView) -> bool:
    across = view.west <= other.west and other.east <= view.east
    along = view.south <= other.south and other.north <= view.north
    return view.key != other.key and across and along


@dataclass(frozen=True)
class MapShown:
    figure: Map
    layout: Layout
    claims: frozenset[str] = frozenset()

    @property
    def plans(self) -> list[tuple[str, Plan]]:
        return [("wide", self.layout.wide), ("narrow", self.layout.narrow)]


def show(figure: Map, layout: Layout, asked: Mapping[str, str]) -> MapShown:
    return MapShown(figure, layout)


def panel_of(layout: Layout, actor: str) -> Panel | None:
    """Where to look for an actor, drawn for narrow screens; None for one without a place."""
    panels = [panel for panel in layout.narrow.panels if any(actor in place.actors for place in panel.places)]
    return closest_outlined(panels)


def closest_outlined(panels: Sequence[Panel]) -> Panel | None:
    """The last, which is the closest, that has something outlined to go by."""
    return next((panel for panel in reversed(panels) if panel.outlined), panels[-1] if panels else None)
