"""What is wrong with a figure beyond the shape of its data, each fault with the path to its place in the file."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from courses.figures.data import Comparison, Event, Figure, Map, Network, Tie, Timeline
from courses.figures.dates import first_day, is_date, last_day
from courses.figures.projection import Projection, countries
from courses.figures.timeline import is_inside

Path = tuple[str | int, ...]
Fault = tuple[Path, str]


def check(
    figure: Figure, known_claims: Collection[str], known_lessons: Collection[str], *, sourced: bool = False
) -> list[Fault]:
    """In a sourced course every tie, event and relationship names a claim. A figure without faults can be laid out."""
    faults = list(CHECKS[type(figure)](figure))
    for path, claims in _claims(figure):
        faults += _unknown(claims, known_claims, "claim", (*path, "claims"))
        if sourced and not claims:
            faults.append((path, "It names no claim, and the course is sourced."))
    if isinstance(figure, Timeline):
        for number, event in enumerate(figure.events):
            if event.lesson not in known_lessons:
                faults.append((("events", number, "lesson"), _there_is_no("lesson", event.lesson, known_lessons)))
    return faults


def _claims(figure: Figure) -> Iterator[tuple[Path, Sequence[str]]]:
    for field in ("ties", "events", "rows"):
        for number, item in enumerate(getattr(figure, field, ())):
            yield (field, number), item.claims


# network


def _of_network(figure: Network) -> Iterator[Fault]:
    actors = {actor.key for actor in figure.actors}
    yield from _twice(figure.actors, "actors")
    yield from _twice(figure.kinds, "kinds")
    yield from _twice(figure.moments, "moments")
    yield from _of_moments(figure)
    if figure.centre not in actors:
        yield ("centre",), _there_is_no("actor", figure.centre, actors)
    yield from _of_groups(figure, actors)
    if not figure.ties:
        yield ("ties",), "A network needs at least one tie."
    for number, tie in enumerate(figure.ties):
        yield from _of_tie(figure, tie, ("ties", number))


def _of_moments(figure: Network) -> Iterator[Fault]:
    keys = [moment.key for moment in figure.moments]
    if figure.first not in keys:
        yield ("first",), _there_is_no("moment", figure.first, keys)
    days = []
    for number, moment in enumerate(figure.moments):
        if not is_date(moment.date):
            yield ("moments", number, "date"), f"{moment.date} is no day of the calendar."
        else:
            days.append(last_day(moment.date))
            if days != sorted(days):
                yield ("moments", number, "date"), "Moments stand in the order of time, and this one is earlier."
                days.sort()


def _of_groups(figure: Network, actors: set[str]) -> Iterator[Fault]:
    places: Counter[str] = Counter()
    for number, group in enumerate(figure.groups):
        for index, actor in enumerate(group.actors):
            path = ("groups", number, "actors", index)
            places[actor] += 1
            if actor not in actors:
                yield path, _there_is_no("actor", actor, actors)
            elif actor == figure.centre:
                yield path, "The centre stands between the groups, and in none of them."
            elif places[actor] > 1:
                yield path, f'"{actor}" stands in a group already.'


def _of_tie(figure: Network, tie: Tie, path: Path) -> Iterator[Fault]:
    sides = {actor: group.side for group in figure.groups for actor in group.actors}
    known = {actor.key for actor in figure.actors}
    kinds = [kind.key for kind in figure.kinds]
    for field, actor in (("who", tie.who), ("whom", tie.whom)):
        if actor not in known:
            yield (*path, field), _there_is_no("actor", actor, known)
        elif actor != figure.centre and actor not in sides:
            yield (*path, field), f'"{actor}" has a tie, so it needs a place in one of the groups.'
    if tie.who == tie.whom:
        yield (*path, "whom"), "A tie joins two actors, and this is the same one twice."
    elif len({sides[actor] for actor in tie.pair if actor in sides}) > 1:
        yield path, "A tie between two others than the centre can be drawn only on one side; put both groups on one."
    if tie.kind not in kinds:
        yield (*path, "kind"), _there_is_no("kind", tie.kind, kinds)
    yield from _of_time(tie, path)


def _of_time(tie: Tie, path: Path) -> Iterator[Fault]:
    start, end = tie.start or tie.since, tie.end or tie.until
    for field, text, words in (("start", start, tie.since), ("end", end, tie.until)):
        if text and not is_date(text):
            if text != words:
                yield (*path, field), f"{text} is no day of the calendar."
            else:
                said = "since" if field == "start" else "until"
                yield (*path, said), f'"{words}" is no date; say in `{field}` what it is to be compared by.'
    if is_date(start) and end and is_date(end) and last_day(end) < first_day(start):
        yield path, "It ends before it starts."


# time line


def _of_timeline(figure: Timeline) -> Iterator[Fault]:
    yield from _twice(figure.events, "events")
    dated = [
        (("spans", number, field), getattr(span, field))
        for number, span in enumerate(figure.spans)
        for field in ("start", "end")
    ]
    dated += [(("events", number, "date"), event.date) for number, event in enumerate(figure.events)]
    wrong = [(path, f"{text} is no day of the calendar.") for path, text in dated if not is_date(text)]
    yield from wrong or _of_spans(figure)


def _of_spans(figure: Timeline) -> Iterator[Fault]:
    if not figure.spans:
        yield ("spans",), "A time line needs at least one span."
    for number, span in enumerate(figure.spans):
        if first_day(span.end) <= first_day(span.start):
            yield ("spans", number), "It ends before it starts."
        if number and first_day(span.start) < first_day(figure.spans[number - 1].end):
            yield ("spans", number, "start"), "It starts before the span above it is over."
    for number, event in enumerate(figure.events):
        if not _is_shown(event, figure):
            yield ("events", number, "date"), f"{event.date} is in none of the spans."


def _is_shown(event: Event, figure: Timeline) -> bool:
    return any(is_inside(event, span) for span in figure.spans)


# map


def _of_map(figure: Map) -> Iterator[Fault]:
    yield from _twice(figure.points, "points")
    yield from _twice(figure.views, "views")
    yield from _unknown(figure.outlined, countries(), "country", ("outlined",))
    if not figure.views:
        yield ("views",), "A map needs at least one view."
    for number, view in enumerate(figure.views):
        if view.west >= view.east or view.south >= view.north:
            yield ("views", number), "west must be less than east, and south less than north."
            return
    for number, point in enumerate(figure.points):
        latitude, longitude = point.latitude, point.longitude
        if (latitude is None) != (longitude is None):
            yield ("points", number), "A place needs both latitude and longitude, or neither."
        elif latitude is not None and longitude is not None and not _is_in_view(figure, longitude, latitude):
            yield ("points", number), "It is in none of the views."


def _is_in_view(figure: Map, longitude: float, latitude: float) -> bool:
    return any(Projection(view, 1000).holds(longitude, latitude) for view in figure.views)


# comparison


def _of_comparison(figure: Comparison) -> Iterator[Fault]:
    yield from _twice(figure.steps, "steps")
    yield from _twice(figure.rows, "rows")
    steps = [step.key for step in figure.steps]
    if len(steps) < 2:
        yield ("steps",), "A scale needs at least two steps."
    for number, row in enumerate(figure.rows):
        if row.step not in steps:
            yield ("rows", number, "step"), _there_is_no("step", row.step, steps)
        if len(row.answers) != len(figure.questions):
            count = len(figure.questions)
            yield ("rows", number, "answers"), f"There are {count} questions, and {len(row.answers)} answers."


CHECKS: dict[type[Figure], Callable[[Any], Iterable[Fault]]] = {
    Network: _of_network,
    Timeline: _of_timeline,
    Map: _of_map,
    Comparison: _of_comparison,
}


def _twice(items: Sequence[Any], field: str) -> Iterator[Fault]:
    keys = [item.key for item in items]
    for number, key in enumerate(keys):
        if key in keys[:number]:
            yield (field, number, "key"), f'"{key}" stands here twice.'


def _unknown(keys: Sequence[str], known: Collection[str], what: str, path: Path) -> Iterator[Fault]:
    for index, key in enumerate(keys):
        if key not in known:
            yield (*path, index), _there_is_no(what, key, known)


def _there_is_no(what: str, key: str, known: Collection[str]) -> str:
    close = get_close_matches(key, known, n=1, cutoff=0.8)
    return f'There is no {what} "{key}".' + (f' Is it "{close[0]}"?' if close else "")
