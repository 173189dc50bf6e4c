"""A network as it stood at one of its moments, for a page: what is drawn, and the same as rows."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses.figures.bundles import BOND, day_of, ended, started
from courses.figures.data import Actor, Moment, Network, Tie
from courses.figures.lettering import LEADING
from courses.figures.network import Box, Heading, Layout, Line, Plan
from courses.figures.viewing import NoSuchView

BINDING = "binding"
"""The filter that leaves only the ties that bind to defend, or may, beside the figure's own kinds."""


@dataclass(frozen=True)
class Row:
    """A tie that is there at the moment, or is over by then. `is_new`: it was not there at the moment before."""

    number: int
    tie: Tie
    who: Actor
    whom: Actor
    ended: bool
    is_new: bool


@dataclass(frozen=True)
class DrawnLine:
    line: Line
    ended: bool
    words: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class DrawnBox:
    box: Box
    actor: Actor
    ended: bool


@dataclass(frozen=True)
class Drawing:
    """What is shown of a plan; `name` tells the wide one from the narrow one."""

    name: str
    plan: Plan
    centre: DrawnBox
    boxes: tuple[DrawnBox, ...]
    headings: tuple[Heading, ...]
    lines: tuple[DrawnLine, ...]


@dataclass(frozen=True)
class NetworkAt:
    figure: Network
    moment: Moment
    before: Moment | None
    kind: str
    rows: tuple[Row, ...]
    drawings: tuple[Drawing, ...]

    @property
    def centre(self) -> Actor:
        return next(actor for actor in self.figure.actors if actor.key == self.figure.centre)

    @property
    def claims(self) -> frozenset[str]:
        return frozenset(claim for row in self.rows for claim in row.tie.claims)

    @property
    def going_on(self) -> list[Row]:
        return [row for row in self.rows if not row.ended]

    @property
    def bonds(self) -> list[Row]:
        return [row for row in self.going_on if row.tie.binding == "yes"]

    @property
    def bonds_of_centre(self) -> list[Row]:
        return [row for row in self.bonds if self.figure.centre in row.tie.pair]

    @property
    def unclear_of_centre(self) -> list[Actor]:
        """Who may be bound to the centre."""
        rows = [row for row in self.going_on if row.tie.binding == "unclear" and self.figure.centre in row.tie.pair]
        return [row.whom if row.who == self.centre else row.who for row in rows]

    @property
    def shows_bonds(self) -> bool:
        """Under another filter, that no tie binds says nothing."""
        return self.kind in ("", BINDING)

    @property
    def filters(self) -> list[tuple[str, str, str]]:
        """Key, words and line of each; the first, without a line, leaves all."""
        kinds = [(kind.key, kind.label, kind.line) for kind in self.figure.kinds]
        return [("", _("All ties"), ""), (BINDING, _("Bound to defend each other"), BOND), *kinds]

    @property
    def has_unclear(self) -> bool:
        return any(one.line.unclear for one in self.drawings[0].lines)

    @property
    def has_ended(self) -> bool:
        return any(one.ended for one in self.drawings[0].lines)

    @property
    def absent(self) -> list[Actor]:
        """Actors without a tie at this moment and of this kind."""
        tied = {actor for row in self.rows for actor in row.tie.pair}
        return [actor for actor in self.figure.actors if actor.key not in tied and actor.key != self.figure.centre]


def show(figure: Network, layout: Layout, asked: Mapping[str, str]) -> NetworkAt:
    """`at` a moment, by its key, with the ties of one `kind`; first as the figure itself says. Raises NoSuchView."""
    wanted, kind = asked.get("at") or figure.first, asked.get("kind", "")
    moment = next((moment for moment in figure.moments if moment.key == wanted), None)
    if moment is None or kind not in {"", BINDING, *(one.key for one in figure.kinds)}:
        raise NoSuchView
    return at(figure, layout, moment, kind)


def at(figure: Network, layout: Layout, moment: Moment, kind: str = "") -> NetworkAt:
    number = figure.moments.index(moment)
    before = figure.moments[number - 1] if number else None
    rows = tuple(_rows(figure, day_of(moment), day_of(before) if before else None, kind))
    drawings = tuple(
        _drawing(name, plan, figure, moment, {row.number: row for row in rows})
        for name, plan in (("wide", layout.wide), ("narrow", layout.narrow))
    )
    return NetworkAt(figure, moment, before, kind, rows, drawings)


def of_actor(figure: Network, actor: str) -> tuple[Row, ...]:
    """All ties of one actor, as they stand at the last moment."""
    last = day_of(figure.moments[-1])
    return tuple(row for row in _rows(figure, last, None, "") if actor in row.tie.pair)


def _rows(figure: Network, day: dt.date, before: dt.date | None, kind: str) -> Iterator[Row]:
    actors = {actor.key: actor for actor in figure.actors}
    for number, tie in enumerate(figure.ties):
        if started(tie, day) and _is_shown(tie, kind):
            is_new = before is not None and not started(tie, before)
            yield Row(number, tie, actors[tie.who], actors[tie.whom], ended(tie, day), is_new)


def _is_shown(tie: Tie, kind: str) -> bool:
    return tie.binding != "no" if kind == BINDING else kind in ("", tie.kind)


def _drawing(name: str, plan: Plan, figure: Network, moment: Moment, rows: dict[int, Row]) -> Drawing:
    lines = tuple(
        DrawnLine(line, all(row.ended for row in shown), _placed(line, line.labels[moment.key], plan.small))
        for line in plan.lines
        if (shown := [rows[number] for number in line.ties if number in rows])
    )
    boxes = tuple(_boxes(plan, figure, rows))
    actors = {actor.key: actor for actor in figure.actors}
    there = {one.actor.key for one in boxes}
    return Drawing(
        name=name,
        plan=plan,
        centre=DrawnBox(plan.centre, actors[figure.centre], ended=False),
        boxes=boxes,
        headings=tuple(heading for heading in plan.headings if there.intersection(heading.actors)),
        lines=lines,
    )


def _boxes(plan: Plan, figure: Network, rows: dict[int, Row]) -> Iterator[DrawnBox]:
    actors = {actor.key: actor for actor in figure.actors}
    for box in plan.boxes:
        own = [row for row in rows.values() if box.actor in row.tie.pair]
        if own:
            yield DrawnBox(box, actors[box.actor], all(row.ended for row in own))


def _placed(line: Line, words: Sequence[str], size: float) -> tuple[tuple[str, float], ...]:
    """Words over a level line stand on it; beside a bracket they are centred."""
    if line.anchor == "middle":
        return tuple((text, line.y) for text in words if text)
    top = line.y - (len(words) - 1) / 2 * size * LEADING + size * 0.35
    return tuple((text, round(top + number * size * LEADING, 1)) for number, text in enumerate(words))
