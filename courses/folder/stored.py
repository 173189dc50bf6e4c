"""What the database holds of a course, as the rows a folder would hold."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec.structs import replace

from courses.figures.showing import data_of
from courses.folder import schemas
from courses.folder.schemas import UNDATED, Contents, Row
from courses.guides import objectives_of
from courses.models import Course, Lesson
from quizzes.models import Hint, Option, Question, Quiz, Slot
from sources.models import Claim, Collection, Source, linked_keys


@dataclass(frozen=True)
class Stored:
    """`digest` is that of the row as a folder last loaded it; empty when none did, or when a load retired it."""

    row: Row
    digest: str
    retired: bool


Tables = dict[str, dict[str, Stored]]

OPTION = ("text", "match", "credit", "feedback")
HINT = ("text", "cost", "clear_wrong", "how_many")
"""Columns that are called as in the folder."""


def contents_of(course: Course) -> Contents:
    """All that is not retired."""
    tables = stored(course.collection, course)
    rows: dict[str, dict[str, Any]] = {
        name: {key: found.row for key, found in table.items() if not found.retired} for name, table in tables.items()
    }
    rows["course"] = {course.slug: tables["course"][course.slug].row}
    return Contents(slug=course.slug, course=rows.pop("course")[course.slug], **rows)


def stored(collection: Collection, course: Course | None) -> Tables:
    """Retired rows too. Sixteen queries, however large the course."""
    return {
        "course": _course(course) if course else {},
        "sources": _sources(collection),
        "claims": _claims(collection),
        "terms": _terms(course) if course else {},
        "questions": _questions(collection),
        "lessons": _lessons(course) if course else {},
        "quizzes": _quizzes(collection),
        "coverage": _coverage(course) if course else {},
        "figures": _figures(course) if course else {},
    }


def _course(course: Course) -> dict[str, Stored]:
    lessons = course.lessons.filter(retired=False).order_by("position").values_list("slug", flat=True)
    row = schemas.Course(
        title=course.title,
        language=course.language,
        summary=course.summary,
        sourced=course.collection.sourced,
        sources_end=course.sources_end,
        about=course.about,
        wording=tuple(msgspec.convert(course.wording, list[schemas.Wording])),
        lessons=tuple(lessons),
        opinion=msgspec.convert(course.opinion, schemas.Opinion) if course.opinion else None,
        certificate=msgspec.convert(course.certificate, schemas.Certificate | None),
    )
    return {course.slug: Stored(row, course.loaded_digest, course.retired)}


def _sources(collection: Collection) -> dict[str, Stored]:
    return {
        source.key: _as_stored(
            source,
            schemas.Source(
                key=source.key,
                title=source.title,
                publisher=source.publisher,
                date=source.date or UNDATED,
                url=source.url,
            ),
        )
        for source in Source.objects.filter(collection=collection)
    }


def _claims(collection: Collection) -> dict[str, Stored]:
    claims = Claim.objects.filter(collection=collection)
    sources = linked_keys(Claim.sources.through, "claim", _ids(claims), "source")
    return {
        claim.key: _as_stored(
            claim,
            schemas.Claim(
                key=claim.key,
                text=claim.text,
                status=claim.status,
                attributed_to=claim.attributed_to,
                as_of=claim.as_of,
                checked_on=claim.checked_on,
                recheck_by=claim.recheck_by,
                sources=tuple(sources.get(claim.pk, ())),
            ),
        )
        for claim in claims
    }


def _terms(course: Course) -> dict[str, Stored]:
    return {
        term.key: _as_stored(
            term,
            schemas.Term(
                key=term.key,
                term=term.term,
                script=tuple(schemas.Script(lang=word["lang"], text=word["text"]) for word in term.script),
                aliases=tuple(term.aliases),
                meaning=term.meaning,
            ),
        )
        for term in course.terms.order_by("position", "pk")
    }


def _questions(collection: Collection) -> dict[str, Stored]:
    questions = Question.objects.filter(collection=collection)
    claims = linked_keys(Question.claims.through, "question", _ids(questions), "claim")
    options, hints = _options(collection), _hints(collection)
    known = {key for _lesson, keyed in objectives_of(collection.pk) for key, _text in keyed}
    return {
        question.key: _as_stored(
            question,
            schemas.Question(
                key=question.key,
                kind=question.kind,
                marking=question.marking,
                tags=tuple(question.tags),
                difficulty=question.difficulty,
                objective=question.objective if question.objective in known else "",
                text=question.text,
                units=tuple(question.units),
                confusables=tuple(question.confusables),
                options=tuple(options[question.pk]),
                hints=tuple(hints[question.pk]),
                explanation=question.explanation,
                claims=tuple(claims.get(question.pk, ())),
            ),
        )
        for question in questions
    }


def _options(collection: Collection) -> Mapping[int, list[schemas.Option]]:
    rows = Option.objects.filter(question__collection=collection)
    claims = linked_keys(Option.claims.through, "option", _ids(rows), "claim")
    options: dict[int, list[schemas.Option]] = defaultdict(list)
    for pk, question, *columns in rows.values_list("pk", "question", *OPTION):
        option = schemas.Option(**dict(zip(OPTION, columns, strict=True)), claims=tuple(claims.get(pk, ())))
        options[question].append(option)
    return options


def _hints(collection: Collection) -> Mapping[int, list[schemas.Hint]]:
    hints: dict[int, list[schemas.Hint]] = defaultdict(list)
    rows = Hint.objects.filter(question__collection=collection)
    for question, *columns in rows.values_list("question", *HINT):
        hints[question].append(schemas.Hint(**dict(zip(HINT, columns, strict=True))))
    return hints


def _lessons(course: Course) -> dict[str, Stored]:
    return {
        lesson.slug: _as_stored(
            lesson,
            schemas.Lesson(
                slug=lesson.slug,
                title=lesson.title,
                lede=lesson.lede,
                objectives=tuple(lesson.objectives),
                reflect=tuple(lesson.reflect),
                text=lesson.text,
            ),
        )
        for lesson in course.lessons.order_by("position", "pk")
    }


def _quizzes(collection: Collection) -> dict[str, Stored]:
    """Those of checks follow from the lessons."""
    quizzes = Quiz.objects.filter(collection=collection, in_lesson=False)
    lessons = dict(Lesson.objects.filter(quiz__in=_ids(quizzes), retired=False).values_list("quiz", "slug"))
    slots: dict[int, list[Slot]] = defaultdict(list)
    for slot in Slot.objects.filter(quiz__in=_ids(quizzes)).select_related("question"):
        slots[slot.quiz_id].append(slot)
    return {quiz.slug: _as_stored(quiz, _quiz(quiz, lessons.get(quiz.pk, ""), slots[quiz.pk])) for quiz in quizzes}


def _quiz(quiz: Quiz, lesson: str, slots: Sequence[Slot]) -> schemas.Quiz:
    first, *sections = _parts(slots)
    return schemas.Quiz(
        slug=quiz.slug,
        title=quiz.title,
        lesson=lesson,
        setting=quiz.setting,
        tries=quiz.tries if quiz.setting == Quiz.Setting.PRACTICE else schemas.TRIES,
        shuffled=quiz.shuffled,
        confidence=quiz.confidence,
        sees=schemas.Sees(**{what: getattr(quiz, f"sees_{what}") for what in schemas.Sees.__struct_fields__}),
        opens_at=quiz.opens_at,
        closes_at=quiz.closes_at,
        time_limit=quiz.time_limit,
        attempts=quiz.attempts_allowed,
        wait=quiz.wait,
        counts=quiz.counts,
        pass_mark=quiz.pass_mark,
        questions=first.questions,
        weights={slot.question.key: slot.weight for slot in slots if slot.question},
        draws=first.draws,
        sections=tuple(sections),
    )


def _parts(slots: Iterable[Slot]) -> list[schemas.Part]:
    """As few as hold the slots in their order; the first is under no heading."""
    parts = [schemas.Part()]
    for slot in slots:
        part = _part(slot)
        if part.continues(parts[-1]):
            last = parts[-1]
            parts[-1] = replace(last, questions=last.questions + part.questions, draws=last.draws + part.draws)
        else:
            parts.append(part)
    return parts


def _part(slot: Slot) -> schemas.Part:
    if slot.question:
        return schemas.Part(title=slot.section, questions=(slot.question.key,))
    return schemas.Part(title=slot.section, draws=(schemas.Draw(tag=slot.tag, count=slot.count, weight=slot.weight),))


def _coverage(course: Course) -> dict[str, Stored]:
    return {
        coverage.source: _as_stored(
            coverage,
            schemas.Coverage(
                source=coverage.source,
                title=coverage.title,
                sections=msgspec.convert(coverage.sections, tuple[schemas.Section, ...]),
            ),
        )
        for coverage in course.coverages.all()
    }


def _figures(course: Course) -> dict[str, Stored]:
    """Without those whose data older code wrote and this code does not know: a load writes them anew."""
    found = {}
    for figure in course.figures.order_by("position", "pk"):
        try:
            found[figure.key] = _as_stored(figure, data_of(figure))
        except msgspec.ValidationError:
            continue
    return found


def _as_stored(found: Any, row: Row) -> Stored:
    return Stored(row, found.loaded_digest, found.retired)


def _ids(rows: Any) -> Iterable[int]:
    """As a sub-query, which no number of rows makes too long."""
    ids: Iterable[int] = rows.order_by().values_list("pk", flat=True)
    return ids
