"""One actor of a course: what its figures say of it, and which lessons do."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from courses.figures import map, moments
from courses.figures.data import Actor, Map, Network
from courses.figures.showing import data_of, layout_of
from courses.models import Citation, Course, Figure, Lesson

KINDS = {
    "state": _("State"),
    "movement": _("Political and military movement"),
    "armed-group": _("Armed group"),
    "organisation": _("International organisation"),
}


@dataclass(frozen=True)
class InNetwork:
    figure: Figure
    actor: Actor
    rows: tuple[moments.Row, ...]

    @property
    def kind(self) -> str:
        return str(KINDS[self.actor.kind])


@dataclass(frozen=True)
class OnMap:
    figure: Figure
    place: str
    panel: map.Panel | None


@dataclass(frozen=True)
class Portrait:
    key: str
    name: str
    networks: tuple[InNetwork, ...]
    maps: tuple[OnMap, ...]

    @property
    def claims(self) -> frozenset[str]:
        return frozenset(claim for one in self.networks for row in one.rows for claim in row.tie.claims)


def portrait(course: Course, key: str) -> Portrait | None:
    """None for an actor that is in no figure. One query."""
    name = ""
    networks, maps = [], []
    for figure in course.figures.filter(retired=False, kind__in=["network", "map"]).order_by("position"):
        data = data_of(figure)
        if isinstance(data, Network):
            for actor in data.actors:
                if actor.key == key:
                    name = actor.name
                    networks.append(InNetwork(figure, actor, moments.of_actor(data, key)))
        elif isinstance(data, Map):
            for point in data.points:
                if point.key == key:
                    name = name or point.name
                    maps.append(OnMap(figure, point.place, map.panel_of(layout_of(figure), key)))
    return Portrait(key, name, tuple(networks), tuple(maps)) if name else None


@dataclass(frozen=True)
class Mention:
    """A lesson that cites some claims, with the first passage that does."""

    lesson: Lesson
    anchor: str
    passages: int

    @property
    def url(self) -> str:
        return f"{self.lesson.get_absolute_url()}#{self.anchor}"


def mentions(course: Course, claims: Iterable[str]) -> list[Mention]:
    """In the order of the course. One query."""
    citations = Citation.objects.filter(lesson__course=course, lesson__retired=False, claim__key__in=claims)
    found: dict[Lesson, dict[str, None]] = {}
    for citation in citations.select_related("lesson__course").order_by("lesson__position", "position"):
        found.setdefault(citation.lesson, {})[citation.anchor] = None
    return [Mention(lesson, next(iter(anchors)), len(anchors)) for lesson, anchors in found.items()]
