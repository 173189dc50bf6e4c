"""What a form field must say for itself."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from quizzes.engine.document import Question
from quizzes.engine.seeds import Hand

Answer = Any
"""A JSON value; each kind says which."""

Sent = Mapping[str, Sequence[str]]
"""A form's values by name. Anybody can send anything."""

NAME = "answer"
"""Of the input; where there are several, each has `answer-` and its token."""


def first(sent: Sent, name: str) -> str:
    """The first value under a name, or nothing; no answer holds the character NUL, which PostgreSQL can not store."""
    return next(iter(sent.get(name, ())), "").replace("\0", "")


def paragraphs(text: str) -> list[str]:
    """Of a longer text: they have empty lines between them."""
    return [lines.strip() for lines in re.split(r"\n\s*\n", "\n".join(text.splitlines())) if lines.strip()]


@dataclass(frozen=True)
class Seen:
    """How far a learner may see. What is not to be told is not here, so a field can not tell it."""

    answers: tuple[Answer, ...] = ()
    """In the order of tries."""
    sent: Sent | None = None
    """Of a form that could not be read: shown again as it was."""
    settled: bool = False
    parts: tuple[float, ...] | None = None
    """What each part of the last answer earned."""
    right: Answer | None = None
    cleared: bool = False
    """Whether wrong parts of the last answer are to be taken out."""

    @property
    def last(self) -> Answer | None:
        return self.answers[-1] if self.answers else None

    @property
    def told_wrong(self) -> bool:
        """Whether the last answer is known not to be right as a whole."""
        return self.parts is not None and not all(part >= 1 for part in self.parts)


def state_of(part: float) -> str:
    """A class name and a word: right, partly or wrong."""
    return "right" if part >= 1 else "partly" if part > 0 else "wrong"


@dataclass(frozen=True)
class Paper:
    """What paper shows of a field: text, boxes to tick, rows with a line to write on, what to choose from for the rows.
    With neither boxes nor rows there is room to write, unless there is no `space`."""

    boxes: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    """In paragraphs; what the legend says is not repeated."""
    space: bool = True


def moved(was: Sequence[str], now: Sequence[str]) -> dict[int, int]:
    """Where each text stands now: by its wording, and where as many texts were reworded as are new, by its place."""
    found = {place: now.index(text) for place, text in enumerate(was) if text in now}
    if len(was) == len(now):
        found |= {place: place for place in range(len(was)) if place not in found and place not in found.values()}
    return found


class Field(Protocol):
    def read(self, question: Question, hand: Hand, sent: Sent) -> Answer:
        """The answer in what a form sent. Raises Unreadable, and nothing else whatever was sent."""

    def show(self, question: Question, hand: Hand, seen: Seen) -> Any:
        """What the field's template needs: the same for every key that `seen` does not tell."""

    def fill(self, question: Question, hand: Hand, answer: Answer) -> dict[str, list[str]]:
        """What a form sends for this answer: `read` gives it back."""

    def say(self, question: Question, answer: Answer) -> str:
        """The answer in words, for teachers and lists."""

    def paper(self, question: Question, hand: Hand) -> Paper: ...

    def carry(self, answer: Answer, was: Question, now: Question) -> Answer | None:
        """The same answer to a question that was mended since; None where what was chosen is not there any more."""
