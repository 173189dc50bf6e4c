"""What a kind of question must say for itself, and what kinds share."""

from collections.abc import Sequence
from typing import Protocol

from quizzes.engine.document import Question
from quizzes.engine.fields import Answer, Field
from quizzes.engine.fields.base import moved
from quizzes.engine.fields.options import texts_of
from quizzes.engine.words import Message, gettext_noop

ALL_OR_NOTHING = "all_or_nothing"


class Kind(Protocol):
    name: str
    label: str
    by_hand: bool
    """Whether a teacher marks it."""
    clears: bool
    """Whether a hint can take out the wrong parts of an answer."""
    speaks_early: bool
    """Whether feedback to an answer comes before the slot is settled. Not where it would tell which parts are right."""

    @property
    def field(self) -> Field: ...

    @property
    def markings(self) -> Sequence[str]:
        """Rules an author chooses among; the first holds where none is chosen. Empty: there is one rule only."""

    def problems(self, question: Question) -> list[Message]:
        """What an author got wrong; an empty list means the question can be marked."""

    def legend(self, question: Question) -> str:
        """What the fields are labelled by as a group: words of the author's, or a message to translate."""

    def mark(self, question: Question, answer: Answer) -> float | None:
        """The fraction earned, 0 to 1; None where a teacher has to mark it."""

    def parts(self, question: Question, answer: Answer) -> tuple[float, ...]:
        """What each part of the answer earned, 0 to 1, in the answer's order."""

    def touched(self, question: Question, answer: Answer) -> list[int]:
        """Indexes of the options whose feedback speaks to this answer."""

    def correct(self, question: Question) -> Answer | None:
        """An answer that earns 1; None where there is no such thing."""

    def guess(self, question: Question) -> float:
        """The fraction that random answers earn on average."""

    def tries(self, question: Question, allowed: int) -> int:
        """How many tries make sense: one that could not fail is not offered."""

    def marks_alike(self, was: Question, now: Question) -> bool:
        """Whether every answer to `was` can be carried over to `now`, and earns the same there. Both are of this kind;
        they may have problems."""


class Base:
    """What most kinds have in common."""

    markings: Sequence[str] = ()
    by_hand = False
    clears = True
    speaks_early = True

    def legend(self, question: Question) -> str:
        return question.text

    def guess(self, question: Question) -> float:
        return 0.0

    def tries(self, question: Question, allowed: int) -> int:
        return allowed

    def marks_alike(self, was: Question, now: Question) -> bool:
        """Where nothing counts but the credit of each option."""
        found = moved(texts_of(was), texts_of(now))
        same = (was.options[before].credit == now.options[after].credit for before, after in found.items())
        return len(found) == len(was.options) and all(same)

    def rule(self, question: Question) -> str:
        """How it is marked."""
        return question.marking or self.markings[0]

    def problems(self, question: Question) -> list[Message]:
        """Those that any kind could have."""
        found = []
        if question.marking and question.marking not in self.markings:
            found.append(Message(gettext_noop("Questions of this kind are not marked by the rule that is chosen.")))
        if any(not 0 <= option.credit <= 1 for option in question.options):
            found.append(Message(gettext_noop("The credit of an option is a number from 0 to 1.")))
        return found + list(self._problems_of_hints(question))

    def _problems_of_hints(self, question: Question) -> list[Message]:
        found = []
        for hint in question.hints:
            if not (hint.text.strip() or hint.clear_wrong or hint.how_many):
                found.append(Message(gettext_noop("A hint says nothing and does nothing.")))
            if not 0 <= hint.cost <= 1:
                found.append(Message(gettext_noop("A hint costs a share of the mark from 0 to 1.")))
            if hint.clear_wrong and not self.clears:
                found.append(Message(gettext_noop("A hint can not take out what is wrong in an answer of this kind.")))
        return found


class Choice(Base):
    """The answer is a choice among options, each right or wrong."""

    at_least = 2

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
        return found + super().problems(question)

    def parts(self, question: Question, answer: list[int]) -> tuple[float, ...]:
        """One for each option chosen."""
        return tuple(question.options[number].credit for number in answer)

    def touched(self, question: Question, answer: list[int]) -> list[int]:
        return answer

    def correct(self, question: Question) -> list[int]:
        return [number for number, option in enumerate(question.options) if option.credit == 1]
