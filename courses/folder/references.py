"""What leads nowhere in a folder, and what can not be asked."""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Any

from msgspec.structs import asdict

from courses.deriving import checks_slug
from courses.figures.checking import check as check_figure
from courses.figures.data import Figure
from courses.folder import schemas
from courses.folder.data import Path
from courses.folder.entries import Entry, Reading, Table, TextPlace, closest
from courses.folder.faults import Fault
from courses.objectives import objectives
from quizzes.authoring import contradictions
from quizzes.engine import document
from quizzes.engine.drawing import shortfall
from quizzes.publishing import problems_of_question


def dangling(reading: Reading) -> Iterator[Fault]:
    yield from _of_course(reading)
    for claim in reading.claims.entries.values():
        yield from _of_claim(claim, reading)
    known = {one.key for row in reading.lessons.rows().values() for one in objectives(row.objectives)}
    for question in reading.questions.entries.values():
        yield from _of_question(question, reading)
        yield from _of_objective(question, known, reading)
    yield from _of_lessons(reading)
    yield from _of_quizzes(reading)
    for coverage in reading.coverage.entries.values():
        yield from _of_coverage(coverage, reading)
    for figure in reading.figures.entries.values():
        yield from _of_figure(figure, reading)


def _of_course(reading: Reading) -> Iterator[Fault]:
    if reading.course is None:
        return
    lessons = reading.course.row.lessons
    if not lessons:
        yield reading.course.fault("The course has no lessons.", "lessons")
    yield from _named(reading.course, lessons, reading.lessons, "file for the lesson", "lessons")
    yield from _of_opinion(reading.course)
    yield from _of_certificate(reading.course, reading)


def _of_opinion(course: Entry[schemas.Course]) -> Iterator[Fault]:
    options = course.row.opinion.options if course.row.opinion else ()
    if course.row.opinion and len(options) < 2:
        yield course.fault("A closing question has two or more options.", "opinion", "options")
    for index, option in enumerate(options):
        if option in options[:index]:
            yield course.fault(f'"{option}" stands here twice.', "opinion", "options", index)


def _of_certificate(course: Entry[schemas.Course], reading: Reading) -> Iterator[Fault]:
    asked = course.row.certificate
    if asked is None:
        return
    yield from _named(course, asked.lessons, reading.lessons, "lesson", "certificate", "lessons")
    if asked.quiz and asked.mark is None:
        yield course.fault("mark is missing; say which share of the full mark earns the certificate.", "certificate")
    if asked.mark is not None and not asked.quiz:
        yield course.fault("quiz is missing; say in which quiz the mark is to be earned.", "certificate", "mark")
    if asked.quiz and reading.quizzes.lacks(asked.quiz):
        message = f'There is no quiz "{asked.quiz}".{reading.quizzes.closest(asked.quiz)}'
        yield course.fault(message, "certificate", "quiz")
    elif (quiz := reading.quizzes.entries.get(asked.quiz)) and quiz.row.visibility.mark == document.NEVER:
        message = f"The quiz {asked.quiz} never shows its mark, and the certificate would tell it."
        yield course.fault(message, "certificate", "quiz")


def _of_claim(claim: Entry[schemas.Claim], reading: Reading) -> Iterator[Fault]:
    yield from _named(claim, claim.row.sources, reading.sources, "source", "sources")
    if claim.row.status == "attributed" and not claim.row.attributed_to.strip():
        yield claim.fault("attributed_to is missing; an attributed claim names who says so.", "status")
    if reading.is_sourced and not claim.row.sources:
        yield claim.fault("It names no source, and the course is sourced.")


def _of_question(question: Entry[schemas.Question], reading: Reading) -> Iterator[Fault]:
    yield from _named(question, question.row.claims, reading.claims, "claim", "claims")
    for index, option in enumerate(question.row.options):
        yield from _named(question, option.claims, reading.claims, "claim", "options", index, "claims")
        if not (option.text or option.match):
            yield question.fault("text is missing.", "options", index)
    for problem in problems_of_question(as_document(question.row), sourced=reading.is_sourced):
        yield question.fault(str(problem))


def _of_objective(question: Entry[schemas.Question], known: Collection[str], reading: Reading) -> Iterator[Fault]:
    key, all_read = question.row.objective, reading.lessons.entries.keys() == reading.lessons.keys
    if key and key not in known and all_read and reading.lessons.complete:
        message = f'No lesson has an objective with the key "{key}".{closest(key, known)}'
        yield question.fault(message, "objective")


def _of_objectives(reading: Reading) -> Iterator[Fault]:
    """A key is that of one objective of the course."""
    lessons: dict[str, str] = {}
    for slug, lesson in reading.lessons.entries.items():
        for index, one in enumerate(objectives(lesson.row.objectives)):
            if one.key and one.key in lessons:
                message = f'An objective of {lessons[one.key]} has the key "{one.key}" already.'
                yield lesson.fault(message, "objectives", index)
            lessons.setdefault(one.key, slug)


def _of_lessons(reading: Reading) -> Iterator[Fault]:
    yield from _of_objectives(reading)
    asked: dict[str, str] = {}
    for slug, place in reading.texts.items():
        for line, message in place.text.faults:
            yield place.fault(line, message)
        for check in place.text.checks:
            line = place.first_line + check.line - 1
            if check.key in asked:
                yield Fault(place.file, line, f'The check "{check.key}" stands in {asked[check.key]} already.')
            asked.setdefault(check.key, f"{place.file}:{line}")
            yield from _of_check(check.key, check.line, slug, place, reading)
        yield from _of_text(place, reading)


def _of_check(key: str, line: int, slug: str, place: TextPlace, reading: Reading) -> Iterator[Fault]:
    if reading.questions.lacks(key):
        yield place.fault(line, f'There is no question "{key}".{reading.questions.closest(key)}')
    elif reading.homes.get(key, slug) != slug:
        where = reading.questions.entries[key].place
        yield place.fault(line, f'The question "{key}" stands in {where}; a check is a question of its own lesson.')


def _of_text(place: TextPlace, reading: Reading) -> Iterator[Fault]:
    text = place.text
    faulty = {line for line, _message in text.faults}
    for citation in text.citations:
        if reading.claims.lacks(citation.claim):
            yield place.fault(
                citation.line, f'There is no claim "{citation.claim}".{reading.claims.closest(citation.claim)}'
            )
        if not citation.anchor and citation.line not in faulty:
            yield place.fault(citation.line, "This cites a claim, and no {#anchor} stands here or before.")
    for term in text.terms:
        if reading.terms.lacks(term.key):
            yield place.fault(term.line, f'The glossary has no term "{term.key}".{reading.terms.closest(term.key)}')
    for figure in text.figures:
        if reading.figures.lacks(figure.key):
            yield place.fault(figure.line, f'There is no figure "{figure.key}".{reading.figures.closest(figure.key)}')
    anchors = {anchor.name for anchor in text.anchors}
    for line, address in text.links:
        if address.startswith("#") and address[1:] not in anchors:
            yield place.fault(line, f'There is no anchor "{address[1:]}" in this lesson.')


def _of_quizzes(reading: Reading) -> Iterator[Fault]:
    lessons: dict[str, str] = {}
    of_checks: dict[str, str] = {}
    for lesson, place in reading.texts.items():
        slug = checks_slug(lesson)
        if place.text.checks and of_checks.setdefault(slug, lesson) != lesson:
            yield Fault(place.file, 0, f"The slug is too much like {of_checks[slug]}: both have checks called {slug}.")
    for slug, quiz in reading.quizzes.entries.items():
        row = quiz.row
        yield from _of_quiz(quiz, reading)
        if slug in of_checks:
            yield quiz.fault(f"This is the slug of the checks of the lesson {of_checks[slug]}.", "slug")
        if row.lesson in lessons:
            yield quiz.fault(f"The lesson {row.lesson} has a quiz already, {lessons[row.lesson]}.", "lesson")
        elif row.lesson:
            lessons[row.lesson] = slug


def _of_quiz(quiz: Entry[schemas.Quiz], reading: Reading) -> Iterator[Fault]:
    row = quiz.row
    yield from _of_parts(quiz, reading)
    if not row.drawn and all(_is_to_read(key, reading) for key in row.asked):
        yield quiz.fault("The quiz has no questions.", "questions")
    if row.drawn and reading.questions.complete:
        yield from _of_draws(quiz, reading)
    if row.lesson and reading.lessons.lacks(row.lesson):
        yield quiz.fault(f'There is no lesson "{row.lesson}".{reading.lessons.closest(row.lesson)}', "lesson")
    if not row.is_practice and row.tries != schemas.TRIES:
        yield quiz.fault("tries are for practice only.", "tries")
    for field, message in contradictions(
        setting=row.setting,
        tries=row.tries,
        confidence=row.confidence,
        sees=row.visibility,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
    ):
        yield quiz.fault(message, field)
    for key in row.weights:
        if key not in row.asked:
            yield quiz.fault(f'"{key}" is not one of this quiz\'s questions.', "weights", key)


def _is_to_read(key: str, reading: Reading) -> bool:
    """Whether a question asks nothing."""
    question = reading.questions.entries.get(key)
    return question is not None and question.row.kind == document.DESCRIPTION


def _places(quiz: schemas.Quiz) -> Iterator[tuple[Path, schemas.Part]]:
    """The parts of a quiz, each with where it stands in the file."""
    first, *sections = quiz.parts
    yield (), first
    for index, section in enumerate(sections):
        yield ("sections", index), section


def _of_parts(quiz: Entry[schemas.Quiz], reading: Reading) -> Iterator[Fault]:
    """Slots are to be written in one way only, so that a dump is what was loaded."""
    before: list[str] = []
    for at, part in _places(quiz.row):
        yield from _named(quiz, part.questions, reading.questions, "question", *at, "questions")
        for index, key in enumerate(part.questions):
            if key in before:
                yield quiz.fault(f'"{key}" stands in this quiz already.', *at, "questions", index)
        before += part.questions
        if at and not (part.questions or part.draws):
            yield quiz.fault("This section has no questions.", *at)
    for (_at, first), (at, second) in pairwise(_places(quiz.row)):
        if second.continues(first):
            where = f'the section "{first.title}"' if first.title else "what stands under no heading"
            yield quiz.fault(f"This goes on with {where}; write the two as one.", *at)


def _of_draws(quiz: Entry[schemas.Quiz], reading: Reading) -> Iterator[Fault]:
    checks = {check.key for place in reading.texts.values() for check in place.text.checks}
    rows = reading.questions.rows()
    bank = [row for key, row in rows.items() if key not in checks and not _is_to_read(key, reading)]
    places = [(*at, "draws", index) for at, part in _places(quiz.row) for index in range(len(part.draws))]
    draws = [
        document.Draw(draw.tag, draw.count, tuple(as_document(row) for row in bank if draw.tag in row.tags))
        for draw in quiz.row.drawn
    ]
    asked = [document.Slot(as_document(rows[key])) for key in quiz.row.asked if key in rows]
    for draw, left in shortfall(document.Quiz("", tuple(asked), draws=tuple(draws))):
        message = f'It draws {draw.count} questions by "{draw.tag}", and only {left} are there.'
        yield quiz.fault(message, *places[draws.index(draw)])


def _of_figure(figure: Entry[schemas.Row], reading: Reading) -> Iterator[Fault]:
    assert isinstance(figure.row, Figure)
    if reading.claims.complete and reading.lessons.complete:
        for path, message in check_figure(
            figure.row, reading.claims.keys, reading.lessons.keys, sourced=reading.is_sourced
        ):
            yield figure.fault(message, *path)


def _of_coverage(coverage: Entry[schemas.Coverage], reading: Reading) -> Iterator[Fault]:
    yield from _named(coverage, [coverage.row.source], reading.sources, "source", "source")
    codes: set[str] = set()
    for index, section in enumerate(coverage.row.sections):
        if section.code in codes:
            yield coverage.fault(f'Another section has the code "{section.code}".', "sections", index, "code")
        codes.add(section.code)
        yield from _of_statements(coverage, index, reading)


def _of_statements(coverage: Entry[schemas.Coverage], index: int, reading: Reading) -> Iterator[Fault]:
    sentences: set[str] = set()
    for number, statement in enumerate(coverage.row.sections[index].statements):
        at = ("sections", index, "statements", number)
        yield from _named(coverage, statement.claims, reading.claims, "claim", *at, "claims")
        if statement.sentence in sentences:
            yield coverage.fault(f"This section has a sentence {statement.sentence} already.", *at, "sentence")
        sentences.add(statement.sentence)
        if statement.exempt and statement.claims:
            yield coverage.fault("It has claims, so leave out exempt, which says why it needs none.", *at, "exempt")


def _named(entry: Entry[Any], keys: Sequence[str], table: Table[Any], what: str, *path: str | int) -> Iterator[Fault]:
    """Faults of a list that names things of another file."""
    for index, key in enumerate(keys):
        if table.lacks(key):
            yield entry.fault(f'There is no {what} "{key}".{table.closest(key)}', *path, index)
        if key in keys[:index]:
            yield entry.fault(f'"{key}" stands here twice.', *path, index)


def as_document(question: schemas.Question) -> document.Question:
    return document.Question(
        key=question.key,
        kind=question.kind,
        text=question.text,
        options=tuple(document.Option(**asdict(option)) for option in question.options),
        marking=question.marking,
        explanation=question.explanation,
        claims=question.claims,
        hints=tuple(document.Hint(**asdict(hint)) for hint in question.hints),
        confusables=question.confusables,
        units=question.units,
    )
