"""What a kind of question must say for itself, and what kinds that choose among options share."""

from collections.abc import Sequence
from typing import Any, Protocol

from quizzes.engine.document import Question
from quizzes.engine.seeds import shuffled
from quizzes.engine.words import Message, Unreadable, gettext_noop

Answer = Any
"""A JSON value; each kind says which. For kinds that choose: a sorted list of option indexes."""


class Kind(Protocol):
    name: str
    label: str

    def problems(self, question: Question) -> list[Message]:
        """What an author got wrong; an empty list means the question can be marked."""

    def order(self, question: Question, seed: str) -> list[int]:
        """The options' indexes in the order they are shown in."""

    def read(self, question: Question, sent: Sequence[str], tokens: Sequence[str]) -> Answer:
        """The answer in what a form sent. Raises Unreadable."""

    def mark(self, question: Question, answer: Answer) -> float:
        """The fraction earned, 0 to 1."""

    def correct(self, question: Question) -> Answer:
        """An answer that earns 1."""

    def guess(self, question: Question) -> float:
        """The fraction that random answers earn on average."""

    def tries(self, question: Question, allowed: int) -> int:
        """How many tries make sense: one that could not fail is not offered."""


class Choice:
    """Shared by the kinds whose answer is a choice among options."""

    name: str
    at_least = 2

    def order(self, question: Question, seed: str) -> list[int]:
        return shuffled(seed, question.key, len(question.options))

    def read(self, question: Question, sent: Sequence[str], tokens: Sequence[str]) -> list[int]:
        index = {token: number for number, token in enumerate(tokens)}
        if not sent:
            raise Unreadable(gettext_noop("Choose an answer first."))
        if any(token not in index for token in sent):
            raise Unreadable(
                gettext_noop("That option is not one of this question's. Reload the page and answer again.")
            )
        return sorted({index[token] for token in sent})

    def problems(self, question: Question) -> list[Message]:
        found = []
        if len(question.options) < self.at_least:
            found.append(Message(gettext_noop("It needs at least %(count)s options."), {"count": self.at_least}))
        if any(not option.text.strip() for option in question.options):
            found.append(Message(gettext_noop("An option has no text.")))
        texts = [option.text.strip().casefold() for option in question.options]
        if len(set(texts)) < len(texts):
            found.append(Message(gettext_noop("Two options have the same text.")))
        if any(option.credit not in (0, 1) for option in question.options):
            found.append(Message(gettext_noop("The credit of an option is 1 (right) or 0 (wrong).")))
        return found

    def correct(self, question: Question) -> list[int]:
        return [number for number, option in enumerate(question.options) if option.credit == 1]
