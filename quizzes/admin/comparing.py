"""Differences between documents of a quiz, laid out for a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext_lazy as _

from quizzes.engine.differences import Difference, Group
from quizzes.engine.differences.base import Value
from quizzes.engine.differences.rewording import Piece
from quizzes.engine.document import Question
from quizzes.engine.words import Message
from quizzes.wording import said

LABELS = {
    Group.KEYS: (_("What is right"), _("These changes decide what an answer earns.")),
    Group.ASKED: (_("Which questions are asked"), ""),
    Group.MARKS: (_("Weights and costs"), ""),
    Group.WORDS: (_("Words"), _("They move no mark.")),
    Group.SETTINGS: (_("Settings"), ""),
}


@dataclass(frozen=True)
class Line:
    """One difference in words. Where it has `pieces`, they say all that `before` and `after` do."""

    what: str
    of: str
    before: str
    after: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Changed:
    """A question with what is different in it; None for the quiz."""

    question: Question | None
    lines: list[Line]


@dataclass(frozen=True)
class Section:
    label: str
    help: str
    changed: list[Changed]


def sections_of(differences: Iterable[Difference]) -> list[Section]:
    """Of differences in their order."""
    return [
        Section(str(LABELS[group][0]), str(LABELS[group][1]), _by_question(found))
        for group, found in groupby(differences, key=lambda one: one.group)
    ]


def _by_question(differences: Iterable[Difference]) -> list[Changed]:
    by_question = groupby(differences, key=lambda one: one.question)
    return [Changed(question, [_line(one) for one in found]) for question, found in by_question]


def _line(one: Difference) -> Line:
    return Line(said(one.what), one.of, _told(one.before), _told(one.after), one.pieces)


def _told(value: Value) -> str:
    return said(value) if isinstance(value, Message) else value or ""
