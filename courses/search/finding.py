"""One page of what a search finds."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from courses.models import Course, SearchEntry
from courses.search import engines, own
from courses.search.excerpts import Marked, excerpt, marked
from courses.search.query import Query
from quizzes.sittings import Visitor

PAGE = 20
OWN = "own"
"""The kind of what the visitor has written."""
OWN_FIRST = 3
"""So many of them stand above the others when all kinds are shown."""


@dataclass(frozen=True)
class Hit:
    """`script` is a term in its own scripts, with the language of each; `aliases` are those of its other names that are
    looked for. A claim stands there whole."""

    entry: SearchEntry
    title: Marked
    script: tuple[tuple[str, Marked], ...]
    aliases: tuple[Marked, ...]
    text: Marked


@dataclass(frozen=True)
class OwnHit:
    own: own.OwnText
    title: Marked
    text: Marked


@dataclass(frozen=True)
class Found:
    """`numbers` are how many there are of each kind, whichever is chosen; `next_page` is 0 when there is none."""

    hits: tuple[Hit, ...]
    own: tuple[OwnHit, ...]
    numbers: Mapping[str, int]
    number: int
    next_page: int


def find(query: Query, *, visitor: Visitor, kind: str, course: Course | None, page: int) -> Found:
    """`kind` and `course` may be empty: all. Three queries, and those for what the visitor has written."""
    texts = [one for one in own.found(visitor, query) if not course or one.course.pk == course.pk]
    numbers = Counter({OWN: len(texts)})
    for of_kind, of_course, number in engines.counts(query):
        if not course or of_course == course.pk:
            numbers[of_kind] += number
    total = numbers[kind] if kind else numbers.total()
    paged = total if kind else total - len(texts)
    start = (page - 1) * PAGE
    return Found(
        hits=_hits(query, kind=kind, course=course, start=start) if kind != OWN and start < paged else (),
        own=tuple(_own_hit(text, query) for text in _own_shown(texts, kind, page)),
        numbers=numbers,
        number=total,
        next_page=page + 1 if start + PAGE < paged else 0,
    )


def _own_shown(texts: list[own.OwnText], kind: str, page: int) -> list[own.OwnText]:
    if kind == OWN:
        return texts[(page - 1) * PAGE : page * PAGE]
    return texts[:OWN_FIRST] if not kind and page == 1 else []


def _own_hit(text: own.OwnText, query: Query) -> OwnHit:
    return OwnHit(text, marked(text.title, query), excerpt(text.text, query))


def _hits(query: Query, *, kind: str, course: Course | None, start: int) -> tuple[Hit, ...]:
    """What was retired behind the index's back is left out."""
    best = engines.best(query, kind=kind, course=course.pk if course else None, first=start, number=PAGE)
    selected = SearchEntry.objects.shown().select_related("course__collection", "lesson", "term", "claim", "source")
    entries = selected.in_bulk(best)
    return tuple(_hit(entries[pk], query) for pk in best if pk in entries)


def _hit(entry: SearchEntry, query: Query) -> Hit:
    term = entry.term
    return Hit(
        entry=entry,
        title=marked(term.term if term else entry.title, query),
        script=tuple((word["lang"], marked(word["text"], query)) for word in (term.script if term else ())),
        aliases=tuple(marked(name, query) for name in (term.aliases if term else ()) if query.spans(name)),
        text=marked(entry.text, query) if entry.claim else excerpt(entry.text, query),
    )
