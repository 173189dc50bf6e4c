"""What the files of the four kinds of figure hold. Unknown fields are refused, and every fault has a place."""

from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta

from courses.figures.dates import PARTIAL
from courses.folder.schemas import Key, Name100, Name200, Row, SomeText, UpTo100, YesNo, plain


def _one_of(*names: str) -> Meta:
    *others, last = names
    return Meta(pattern=rf"^({'|'.join(names)})\Z", description=f"{', '.join(others)} or {last}")


# A description completes the sentence "It must be ...".
Kind = Annotated[str, _one_of("network", "timeline", "map", "comparison")]
PartialDate = Annotated[str, Meta(pattern=rf"^({PARTIAL})\Z", description="a date such as 2025, 2025-06 or 2025-06-13")]
MaybeDate = Annotated[str, Meta(pattern=rf"^({PARTIAL})?\Z", description="a date such as 2025, 2025-06 or 2025-06-13")]
Name40 = Annotated[str, Meta(min_length=1, max_length=40, description="text")]
MomentKey = Annotated[str, Meta(pattern=r"^[a-z0-9-]{1,20}\Z", description="digits, lower-case letters and hyphens")]
LineStyle = Annotated[str, _one_of("heavy", "plain", "dotted", "dashdot", "zigzag")]
Side = Annotated[str, _one_of("left", "right")]
ActorKind = Annotated[str, _one_of("state", "movement", "armed-group", "organisation")]
Binding = Annotated[str, _one_of("no", "yes", "unclear")]
Published = Annotated[str, _one_of("yes", "no", "none")]
Latitude = Annotated[float, Meta(ge=-90, le=90, description="degrees north, from -90 to 90")]
Longitude = Annotated[float, Meta(ge=-180, le=180, description="degrees east, from -180 to 180")]
Share = Annotated[float, Meta(ge=0.2, le=1, description="a part of the figure's width, from 0.2 to 1")]
Claims = tuple[Key, ...]


class Figure(Row, frozen=True, kw_only=True):
    """What every figure has. `description` says the point to whoever does not see the picture."""

    key: Key
    kind: Kind
    title: Name200
    description: SomeText
    caption: SomeText

    COMMON: ClassVar[tuple[str, ...]] = ("key", "kind", "title", "description", "caption")

    @property
    def data(self) -> str:
        """What this kind holds beside the common fields, as JSON."""
        return msgspec.json.encode(
            {name: value for name, value in plain(self).items() if name not in self.COMMON}
        ).decode()


class Moment(Row, frozen=True, kw_only=True):
    """The network as it stood at the end of a day, a month or a year."""

    key: MomentKey
    label: Name40
    date: PartialDate


class TieKind(Row, frozen=True, kw_only=True):
    key: Key
    label: Name100
    line: LineStyle


class Group(Row, frozen=True, kw_only=True):
    """Actors under one another on a side of the centre, in this order."""

    title: Name100
    side: Side
    actors: tuple[Key, ...]


class Actor(Row, frozen=True, kw_only=True):
    """`since` says, in words or as a date, how long there have been ties with the centre."""

    key: Key
    name: Name100
    short: UpTo100 = ""
    kind: ActorKind
    place: UpTo100 = ""
    text: SomeText
    since: UpTo100 = ""

    @property
    def label(self) -> str:
        return self.short or self.name


class Tie(Row, frozen=True, kw_only=True):
    """Who gives what to whom. `since` and `until` are dates, or words with `start` and `end` to be compared by.

    `mutual` ties have no direction. `binding` says whether a known text obliges the two to defend each other, and
    `terms` what there is to say about that.
    """

    who: Key
    whom: Key
    kind: Key
    what: Name100
    note: UpTo100 = ""
    mutual: YesNo = False
    binding: Binding = "no"
    terms: UpTo100 = ""
    since: UpTo100
    start: MaybeDate = ""
    until: UpTo100 = ""
    end: MaybeDate = ""
    claims: Claims = ()

    @property
    def label(self) -> str:
        return f"{self.what} ({self.note})" if self.note else self.what

    @property
    def pair(self) -> tuple[str, str]:
        first, second = sorted((self.who, self.whom))
        return first, second


class Network(Figure, frozen=True, kw_only=True):
    centre: Key
    first: MomentKey
    moments: tuple[Moment, ...]
    kinds: tuple[TieKind, ...]
    groups: tuple[Group, ...]
    actors: tuple[Actor, ...]
    ties: tuple[Tie, ...]


class Span(Row, frozen=True, kw_only=True):
    """A strip of the time line with a scale of its own, up to but without `end`."""

    start: PartialDate
    end: PartialDate


class Event(Row, frozen=True, kw_only=True):
    key: Key
    date: PartialDate
    title: Name100
    text: SomeText
    lesson: Key
    claims: Claims = ()


class Timeline(Figure, frozen=True, kw_only=True):
    spans: tuple[Span, ...]
    events: tuple[Event, ...]


class MapView(Row, frozen=True, kw_only=True):
    """A part of the world; `share` is its part of the width of a row on wide screens."""

    key: Key
    title: Name100
    west: Longitude
    east: Longitude
    south: Latitude
    north: Latitude
    share: Share = 1.0


class Sea(Row, frozen=True, kw_only=True):
    name: Name40
    latitude: Latitude
    longitude: Longitude


class Point(Row, frozen=True, kw_only=True):
    """An actor's place; without coordinates it is only named in the list."""

    key: Key
    name: Name100
    short: UpTo100 = ""
    place: Name100
    latitude: Annotated[Latitude | None, Meta(description="degrees north, from -90 to 90")] = None
    longitude: Annotated[Longitude | None, Meta(description="degrees east, from -180 to 180")] = None

    @property
    def label(self) -> str:
        return self.short or self.name


class Map(Figure, frozen=True, kw_only=True):
    """`outlined` names countries, as Natural Earth does, whose land is marked out; no other border is drawn."""

    note: SomeText
    outlined: tuple[Name100, ...] = ()
    seas: tuple[Sea, ...] = ()
    views: tuple[MapView, ...]
    points: tuple[Point, ...]


class Step(Row, frozen=True, kw_only=True):
    """A place on the scale; from the first that `binds`, a duty is owed."""

    key: Key
    label: Name100
    binds: YesNo = False


class Relationship(Row, frozen=True, kw_only=True):
    """`answers` are to the figure's questions, in their order; `centre` marks what the figure is about."""

    key: Key
    name: Name100
    centre: YesNo = False
    step: Key
    published: Published
    answers: tuple[SomeText, ...]
    claims: Claims = ()


class Comparison(Figure, frozen=True, kw_only=True):
    steps: tuple[Step, ...]
    questions: tuple[Name100, ...]
    rows: tuple[Relationship, ...]
