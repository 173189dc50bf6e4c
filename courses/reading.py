"""A lesson as one visitor reads it: text, notes in the margin, checks with what was answered."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from courses import margins
from courses.margins import NOTHING, Margin
from courses.models import Course, Figure, Lesson
from courses.passages import addresses, marked
from courses.text import Block, LessonText, parse, with_meanings
from quizzes.models import Quiz
from quizzes.showing import Shown, evidence_keys, shown
from quizzes.sittings import Sitting, Visitor, all_sittings, unsaved
from sources.evidence import Evidence, evidence


@dataclass(frozen=True)
class Note:
    """A footnote at one passage; `again` when an earlier passage has it too."""

    id: str
    number: int
    claim: Evidence
    again: bool


@dataclass(frozen=True)
class ReadBlock:
    kind: str
    html: SafeString | str = ""
    claims: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    check: Shown | None = None
    figure: Figure | None = None
    blocks: "tuple[ReadBlock, ...]" = ()
    address: str = ""
    """Of a passage."""
    margin: Margin = NOTHING


@dataclass(frozen=True)
class CheckCount:
    """How many of a lesson's checks have an answer, and the key of the first that has none, or empty."""

    total: int
    answered: int
    waiting: str


def count(keys: Collection[str], answered: Collection[str]) -> CheckCount:
    waiting = [key for key in keys if key not in answered]
    return CheckCount(len(keys), len(keys) - len(waiting), waiting[0] if waiting else "")


@dataclass(frozen=True)
class Reading:
    text: LessonText
    blocks: tuple[ReadBlock, ...]
    checks: CheckCount
    known: Mapping[str, Evidence]


def read(*, lesson: Lesson, checks: Quiz | None, visitor: Visitor, secret: str) -> Reading:
    """`checks` is the quiz of the lesson's checks with its edition. Three queries, one more with figures and one for
    what a learner marked, whatever the lesson's length and its number of checks; one more on the first view of an
    edition."""
    text = parse(lesson.text)
    shown_checks = checks_of(lesson=lesson, quiz=checks, visitor=visitor, secret=secret) if checks else {}
    known = evidence(lesson.course.collection_id, {*text.numbers, *evidence_keys(shown_checks.values())})
    figures = _figures(lesson.course, {use.key for use in text.figures})
    pieces = _pieces(lesson, margins.of_lesson(visitor, lesson), known, checks=shown_checks, figures=figures)
    blocks = tuple(_blocks(text.blocks, pieces))
    answered = {key for key, one in shown_checks.items() if one.try_number > 1}
    return Reading(text, blocks, count(shown_checks, answered), known)


def passage(*, lesson: Lesson, address: str, beside: Mapping[str, Margin]) -> ReadBlock | None:
    """One passage as it stands in its lesson, None where there is none of that address. Two queries."""
    text = parse(lesson.text)
    pieces = _pieces(lesson, beside, evidence(lesson.course.collection_id, set(text.numbers)))
    return next((block for block in _flat(_blocks(text.blocks, pieces)) if block.address == address), None)


def _flat(blocks: Iterable[ReadBlock]) -> Iterator[ReadBlock]:
    for block in blocks:
        yield block
        yield from _flat(block.blocks)


def checks_of(*, lesson: Lesson, quiz: Quiz, visitor: Visitor, secret: str) -> dict[str, Shown]:
    """The lesson's checks by question key, in the order of the text, each as far as this visitor has come."""
    sittings = all_sittings(quiz=quiz, visitor=visitor)
    if not any(sitting.attempt.edition_id == quiz.edition_id for sitting in sittings):
        sittings.insert(0, unsaved(quiz, secret))
    found = {}
    for check in parse(lesson.text).checks:
        if sitting := _sitting_for(check.key, sittings):
            slot = sitting.slot_of(check.key)
            assert slot is not None
            found[check.key] = shown(sitting, slot)
    return found


def count_after_answer(*, lesson: Lesson, sitting: Sitting) -> CheckCount:
    """The count once more, for the part of the page that an answer changes. One query."""
    asked = [check.key for check in parse(lesson.text).checks if sitting.slot_of(check.key) is not None]
    given = sitting.attempt.learner.responses.filter(attempt__quiz=sitting.attempt.quiz_id, attempt__in_review=False)
    return count(asked, set(given.values_list("question_key", flat=True)))


def _sitting_for(key: str, sittings: list[Sitting]) -> Sitting | None:
    """Where a check was answered last, or else where it would be: the newest edition that asks it."""
    asking = [sitting for sitting in sittings if sitting.slot_of(key) is not None]
    answered = (sitting for sitting in asking if sitting.slot_of(key) in sitting.responses)
    return next(answered, asking[0] if asking else None)


def _meanings(course: Course, keys: set[str]) -> dict[str, SafeString]:
    terms = course.terms.filter(key__in=keys, retired=False)
    return {
        term.key: SafeString(render_to_string("courses/_meaning.html", {"term": term, "course": course}).strip())
        for term in terms
    }


def _figures(course: Course, keys: set[str]) -> dict[str, Figure]:
    return {figure.key: figure for figure in course.figures.filter(key__in=keys, retired=False)} if keys else {}


@dataclass(frozen=True)
class Pieces:
    """What a lesson's blocks are put together from, by key; `seen` gathers the claims that have had their note."""

    text: LessonText
    checks: Mapping[str, Shown]
    figures: Mapping[str, Figure]
    known: Mapping[str, Evidence]
    meanings: Mapping[str, SafeString]
    margins: Mapping[str, Margin]
    addresses: Iterator[str]
    """Of the blocks of text to come."""
    seen: set[str] = field(default_factory=set)


def _pieces(
    lesson: Lesson,
    beside: Mapping[str, Margin],
    known: Mapping[str, Evidence],
    *,
    checks: Mapping[str, Shown] | None = None,
    figures: Mapping[str, Figure] | None = None,
) -> Pieces:
    """One query."""
    text = parse(lesson.text)
    meanings = _meanings(lesson.course, {use.key for use in text.terms})
    return Pieces(text, checks or {}, figures or {}, known, meanings, beside, iter(addresses(lesson.text)))


def _blocks(blocks: tuple[Block, ...], pieces: Pieces) -> Iterator[ReadBlock]:
    last_anchor = ""
    for block in blocks:
        last_anchor = block.anchor or last_anchor
        if block.kind == "check":
            if check := pieces.checks.get(block.check):
                yield ReadBlock("check", check=check)
        elif block.kind == "figure":
            if figure := pieces.figures.get(block.figure):
                yield ReadBlock("figure", figure=figure)
        elif block.kind == "since":
            yield ReadBlock("since", blocks=tuple(_blocks(block.blocks, pieces)))
        else:
            yield _passage(block, last_anchor, pieces)


def _passage(block: Block, anchor: str, pieces: Pieces) -> ReadBlock:
    numbers = pieces.text.numbers
    notes = tuple(
        Note(f"{anchor}-{numbers[key]}", numbers[key], pieces.known[key], key in pieces.seen)
        for key in block.claims
        if key in pieces.known
    )
    pieces.seen.update(block.claims)
    address = next(pieces.addresses)
    margin = pieces.margins.get(address, NOTHING)
    html = marked(block.html, margin.spans) if margin.spans else block.html
    return ReadBlock("text", with_meanings(html, pieces.meanings), block.claims, notes, address=address, margin=margin)
