"""The entries that searches find, made from what courses teach."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import models, transaction

from courses.models import Course, Lesson, SearchEntry, Term
from courses.passages import words
from courses.search.folding import indexed
from courses.search.places import places
from sources.models import Claim, Source
from ui.text import inline

Kind = SearchEntry.Kind
_many = 500


def refresh(course: Course, kind: str, rows: Iterable[Any]) -> None:
    """Brings the entries of some rows of a course, all of one kind, in line with what they say and whether they are
    shown. A lesson is many entries, everything else is one."""
    rows = list(rows)
    with transaction.atomic():
        for start in range(0, len(rows), _many):
            some = rows[start : start + _many]
            SearchEntry.objects.filter(**{f"{kind}__in": some}).delete()
            if not course.retired:
                made = (entry for row in some if not row.retired for entry in _makers[kind](course, row))
                SearchEntry.objects.bulk_create(made, batch_size=_many)


def refresh_loaded(course: Course, keys: Mapping[str, Sequence[str]]) -> None:
    """After a course folder was loaded, which writes many rows at a time: `keys` are those that it wrote or retired, by
    table."""
    for kind, (table, name) in _tables.items():
        if keys[table]:
            refresh(course, kind, _rows_of(course, kind).filter(**{f"{name}__in": keys[table]}))


def rebuild(course: Course) -> None:
    """All entries of a course anew."""
    with transaction.atomic():
        SearchEntry.objects.filter(course=course).delete()
        for kind in _makers:
            refresh(course, kind, _rows_of(course, kind))


def keep_in_line(course: Course) -> None:
    """After a course was saved: whether it is shown decides whether it has entries."""
    has_entries = SearchEntry.objects.filter(course=course).exists()
    if has_entries == course.retired:
        rebuild(course)


def _rows_of(course: Course, kind: str) -> models.QuerySet[Any]:
    owner = {"course": course} if kind in {Kind.LESSON, Kind.TERM} else {"collection": course.collection_id}
    rows: models.QuerySet[Any] = _models[kind].objects.filter(**owner).order_by("pk")
    return rows


def _of_lesson(course: Course, lesson: Lesson) -> Iterator[SearchEntry]:
    """Its title with its lede and objectives, and each passage."""
    intro = " · ".join(filter(None, map(_plain, (lesson.lede, *(one.text for one in lesson.keyed_objectives)))))
    yield _entry(course, Kind.LESSON, lesson=lesson, title=lesson.title, text=intro)
    for place in places(lesson.text):
        yield _entry(
            course,
            Kind.LESSON,
            lesson=lesson,
            fragment=place.fragment,
            section=place.section,
            title=place.title,
            text=place.text,
            context=lesson.title if place.title else f"{lesson.title} {place.section}",
        )


def _of_term(course: Course, term: Term) -> Iterator[SearchEntry]:
    title = " ".join([term.term, *(word["text"] for word in term.script), *term.aliases])
    yield _entry(course, Kind.TERM, term=term, title=title, text=term.meaning)


def _of_claim(course: Course, claim: Claim) -> Iterator[SearchEntry]:
    context = f"{claim.attributed_to} {claim.as_of}"
    yield _entry(course, Kind.CLAIM, claim=claim, text=_plain(claim.text), context=context)


def _of_source(course: Course, source: Source) -> Iterator[SearchEntry]:
    yield _entry(course, Kind.SOURCE, source=source, title=source.title, text=source.publisher, context=source.date)


def _plain(text: str) -> str:
    """Of a short text with inline Markdown, the words."""
    return words(inline(text))


def _entry(
    course: Course, kind: Kind, *, title: str = "", text: str = "", context: str = "", **facts: Any
) -> SearchEntry:
    return SearchEntry(
        course=course,
        kind=kind,
        title=title,
        text=text,
        folded_title=indexed(title),
        folded_text=indexed(text),
        folded_context=indexed(context),
        **facts,
    )


_models: dict[str, Any] = {Kind.LESSON: Lesson, Kind.TERM: Term, Kind.CLAIM: Claim, Kind.SOURCE: Source}
_makers: dict[str, Callable[[Course, Any], Iterator[SearchEntry]]] = {
    Kind.LESSON: _of_lesson,
    Kind.TERM: _of_term,
    Kind.CLAIM: _of_claim,
    Kind.SOURCE: _of_source,
}
_tables = {
    Kind.LESSON: ("lessons", "slug"),
    Kind.TERM: ("terms", "key"),
    Kind.CLAIM: ("claims", "key"),
    Kind.SOURCE: ("sources", "key"),
}
"""As a course folder calls them, and what their rows are recognised by."""
