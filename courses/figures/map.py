"""The map: views of the world, a dot for each place, and its actors' names beside it, once, in the closest view."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

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


class _Drawing:
    """One view on its panel."""

    def __init__(self, figure: Map, projection: Projection, sheet: Sheet) -> None:
        self.figure, self.projection, self.sheet = figure, projection, sheet
        self.clusters = [
            cluster for cluster in clusters(figure.points) if projection.holds(*_position(figure, cluster))
        ]

    def panel(self, x: float, y: float) -> Panel:
        world, project = countries(), self.projection
        inside = self._views_inside()
        frames = [project.frame(view) for view in inside if not any(_contains(other, view) for other in inside)]
        outline = [ring for name in self.figure.outlined for ring in world.get(name, [])]
        seas = [self._sea(sea) for sea in self.figure.seas if self._is_closest(sea.longitude, sea.latitude)]
        places = self._places(
            taken=[rect for _, rect in seas], outlines=[Outline(ring) for ring in [*project.shapes(outline), *frames]]
        )
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
            places=tuple(places),
        )

    def _views_inside(self) -> list[MapView]:
        """Those that show a part of this one more closely."""
        return [view for view in self.figure.views if _contains(self.projection.view, view)]

    def _sea(self, sea: Sea) -> tuple[SeaName, Rect]:
        x, y = self.projection(sea.longitude, sea.latitude)
        half = width(sea.name, self.sheet.small, bold=False) / 2
        name = SeaName(sea.name, round(x, 1), round(y + self.sheet.small * 0.35, 1))
        return name, Rect(x - half, y - self.sheet.small / 2, x + half, y + self.sheet.small / 2)

    def _is_closest(self, longitude: float, latitude: float) -> bool:
        """Whether a place is in this view and in none that shows it more closely."""
        views = [Projection(view, self.sheet.width) for view in self._views_inside()]
        return self.projection.holds(longitude, latitude) and not any(view.holds(longitude, latitude) for view in views)

    def _places(self, taken: list[Rect], outlines: list[Outline]) -> Iterator[Place]:
        named = [cluster for cluster in self.clusters if self._is_closest(*_position(self.figure, cluster))]
        others = [cluster for cluster in self.clusters if cluster not in named]
        dots = {cluster: self.projection(*_position(self.figure, cluster)) for cluster in self.clusters}
        sizes = [self._size(cluster) for cluster in named]
        size = self.projection.width, self.projection.height
        scene = Scene(*size, [dots[cluster] for cluster in named], sizes, self.sheet.dot, taken, outlines)
        for cluster, placed in zip(named, scene.place(), strict=True):
            yield self._place(cluster, dots[cluster], self._words(cluster, placed))
        for cluster in others:
            yield self._place(cluster, dots[cluster], None)

    def _place(self, cluster: tuple[int, ...], dot: XY, words: Words | None) -> Place:
        actors = tuple(self.figure.points[number].key for number in cluster)
        return Place(actors, round(dot[0], 1), round(dot[1], 1), words)

    def _title(self, cluster: tuple[int, ...]) -> str:
        """The place's name, unless an actor's name says it already."""
        if not self.sheet.titled:
            return ""
        points = [self.figure.points[number] for number in cluster]
        labels = {point.label for point in points}
        return ", ".join(dict.fromkeys(point.place for point in points if point.place not in labels))

    def _lines(self, number: int) -> tuple[str, ...]:
        return wrap(self.figure.points[number].label, self.sheet.room, self.sheet.size)

    def _size(self, cluster: tuple[int, ...]) -> tuple[float, float]:
        sheet, title = self.sheet, self._title(cluster)
        lines = [line for number in cluster for line in self._lines(number)]
        widest = max(width(title, sheet.small, bold=False), *(width(line, sheet.size) for line in lines))
        apart = (len(cluster) - 1) * sheet.size * APART
        return widest, len(lines) * sheet.size * LEADING + apart + (sheet.small * LEADING if title else 0)

    def _words(self, cluster: tuple[int, ...], placed: Placed) -> Words:
        sheet, rect, title = self.sheet, placed.rect, self._title(cluster)
        y = rect.top + (sheet.small * LEADING if title else 0)
        names = []
        for number in cluster:
            lines = self._lines(number)
            names.append(Name(self.figure.points[number].key, base_lines(lines, y, sheet.size)))
            y += (len(lines) * LEADING + APART) * sheet.size
        x = {1: rect.left, -1: rect.right, 0: (rect.left + rect.right) / 2}[placed.side]
        anchor = {1: "start", -1: "end", 0: "middle"}[placed.side]
        leader = polyline(placed.leader) if placed.leader else ""
        return Words(round(x, 1), anchor, title, round(rect.top + sheet.small, 1), tuple(names), leader)


def _contains(view: MapView, other: MapView) -> bool:
    across = view.west <= other.west and other.east <= view.east
    along = view.south <= other.south and other.north <= view.north
    return view.key != other.key and across and along


def clusters(points: Sequence[Point]) -> list[tuple[int, ...]]:
    """The numbers of the points that share a place, in the order of the first of each."""
    found: list[list[int]] = []
    for number, point in enumerate(points):
        if point.latitude is None or point.longitude is None:
            continue
        for cluster in found:
            first = points[cluster[0]]
            if math.dist((first.longitude or 0, first.latitude or 0), (point.longitude, point.latitude)) < TOGETHER:
                cluster.append(number)
                break
        else:
            found.append([number])
    return [tuple(cluster) for cluster in found]


def _position(figure: Map, cluster: tuple[int, ...]) -> tuple[float, float]:
    """Longitude and latitude."""
    point = figure.points[cluster[0]]
    return point.longitude or 0, point.latitude or 0


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
