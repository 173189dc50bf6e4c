"""A lesson for paper: the same for everybody, without anything that was answered or that tells an answer."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from courses.models import Figure, Lesson, Term
from courses.text import Block, parse, with_meanings
from quizzes.engine import document
from quizzes.engine.fields import Paper
from quizzes.engine.kinds import KINDS
from quizzes.engine.seeds import Hand
from quizzes.models import Question, Quiz
from quizzes.publishing import questions_as_documents
from quizzes.sittings import contents
from sources.evidence import Evidence, evidence

_note_link = re.compile(r'href="#[a-z0-9-]+-([0-9]+)" role="doc-noteref"')


@dataclass(frozen=True)
class PrintedQuestion:
    number: int
    text: str
    paper: Paper


@dataclass(frozen=True)
class PrintedBlock:
    kind: str
    html: SafeString | str = ""
    question: PrintedQuestion | None = None
    figure: Figure | None = None
    blocks: "tuple[PrintedBlock, ...]" = ()


@dataclass(frozen=True)
class Endnote:
    number: int
    claim: Evidence


@dataclass(frozen=True)
class Printed:
    blocks: tuple[PrintedBlock, ...]
    endnotes: tuple[Endnote, ...]
    terms: tuple[Term, ...]


def printed(*, lesson: Lesson, checks: Quiz | None) -> Printed:
    """`checks` is the quiz of the lesson's checks with its edition. Three queries, and one more on the first view of an
    edition."""
    return _put_together(lesson, _published(lesson, checks))


def drafted(lesson: Lesson) -> Printed:
    """As its author has it: a lesson that may not be saved, with its checks as they stand in the bank."""
    keys = {check.key for check in parse(lesson.text).checks}
    rows = Question.objects.filter(collection=lesson.course.collection_id, key__in=keys)
    asked = {question.key: question for question in questions_as_documents(rows).values()}
    return _put_together(lesson, _questions(lesson, asked))


def _put_together(lesson: Lesson, questions: Mapping[str, PrintedQuestion]) -> Printed:
    text = parse(lesson.text)
    drawn = lesson.course.figures.filter(key__in={use.key for use in text.figures}, retired=False)
    figures = {figure.key: figure for figure in drawn.defer("data", "layout")}
    known = evidence(lesson.course.collection_id, text.numbers)
    terms = lesson.course.terms.filter(key__in={use.key for use in text.terms}, retired=False)
    return Printed(
        blocks=tuple(_blocks(text.blocks, questions, figures)),
        endnotes=tuple(Endnote(number, known[key]) for key, number in text.numbers.items() if key in known),
        terms=tuple(sorted(terms, key=lambda term: term.term.casefold())),
    )


def _published(lesson: Lesson, checks: Quiz | None) -> dict[str, PrintedQuestion]:
    if checks is None or checks.edition_id is None:
        return {}
    slots = contents(checks.edition_id, checks.edition_digest).slots
    return _questions(lesson, {slot.question.key: slot.question for slot in slots})


def _questions(lesson: Lesson, asked: Mapping[str, document.Question]) -> dict[str, PrintedQuestion]:
    """By key, numbered in the order of the text."""
    in_text = [asked[check.key] for check in parse(lesson.text).checks if check.key in asked]
    return {question.key: on_paper(number, question, lesson) for number, question in enumerate(in_text, 1)}


def on_paper(number: int, question: document.Question, lesson: Lesson) -> PrintedQuestion:
    """The options stand in the same order for everybody, and nobody can tell from it how their author had them."""
    kind = KINDS[question.kind]
    if kind.problems(question):  # which only its author meets
        return PrintedQuestion(number, question.text or question.key, Paper(space=False))
    hand = Hand(salted_hmac("courses.printing", lesson.slug).hexdigest(), number)
    return PrintedQuestion(number, _(kind.legend(question)), kind.field.paper(question, hand))


def _blocks(
    blocks: Sequence[Block], questions: Mapping[str, PrintedQuestion], figures: Mapping[str, Figure]
) -> Iterator[PrintedBlock]:
    for block in blocks:
        if block.kind == "check":
            if question := questions.get(block.check):
                yield PrintedBlock("check", question=question)
        elif block.kind == "figure":
            if figure := figures.get(block.figure):
                yield PrintedBlock("figure", figure=figure)
        elif block.kind == "since":
            yield PrintedBlock("since", blocks=tuple(_blocks(block.blocks, questions, figures)))
        else:
            html = _note_link.sub(r'href="#note_\1" role="doc-noteref"', block.html)
            yield PrintedBlock("text", with_meanings(html, {}))
