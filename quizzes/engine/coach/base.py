"""What the coach's rules are given, and what they give."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from quizzes.engine.document import DESCRIPTION, Question
from quizzes.engine.kinds import KINDS
from quizzes.engine.kinds.base import Choice
from quizzes.engine.kinds.true_false import TrueFalse
from quizzes.engine.statistics import ItemStatistics
from quizzes.engine.voice import Wording
from quizzes.engine.words import Message

YEARS = 14.0
"""Of schooling: school and two years more."""


@dataclass(frozen=True)
class Context:
    """What a question stands in: its course's language, whether that demands claims, its wording guide, and how many
    years of schooling the readers have. `stats` is of the options that the question has now, in their order."""

    language: str = "en"
    sourced: bool = False
    wording: Sequence[Wording] = ()
    schooling: float = YEARS
    stats: ItemStatistics | None = None

    @property
    def is_english(self) -> bool:
        return self.language.casefold().startswith("en")


@dataclass(frozen=True)
class Advice:
    """What to do and why. `where` is the field that it is about: "text", "options", "options.2", "options.2.feedback",
    "explanation" or "claims"; options are counted from 0."""

    rule: str
    message: Message
    where: str


class Remark(NamedTuple):
    where: str
    message: Message


class Rule(Protocol):
    """A function that is called as its rule."""

    __name__: str

    def __call__(self, question: Question, context: Context) -> Iterator[Remark]: ...


def asks(question: Question) -> bool:
    return question.kind != DESCRIPTION


def is_choice(question: Question) -> bool:
    return isinstance(KINDS.get(question.kind), Choice)


def is_statement(question: Question) -> bool:
    """Its text is what is true or false, and its options say no more than that."""
    return isinstance(KINDS.get(question.kind), TrueFalse)


def has_options(question: Question) -> bool:
    """Whether it has options that an author writes for this question."""
    return is_choice(question) and not is_statement(question)


def right(question: Question) -> list[int]:
    """The places of the right options."""
    return [number for number, option in enumerate(question.options) if option.credit]


def wrong(question: Question) -> list[int]:
    return [number for number, option in enumerate(question.options) if not option.credit]


def place(number: int) -> str:
    return f"options.{number}"
