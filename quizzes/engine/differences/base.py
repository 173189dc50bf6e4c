"""A difference, and how values of ours are told in one."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from quizzes.engine.differences import rewording
from quizzes.engine.document import Question
from quizzes.engine.words import Message, gettext_noop


class Group(StrEnum):
    """In the order in which they matter to learners."""

    KEYS = "keys"
    """What decides what an answer earns."""
    ASKED = "asked"
    """Which questions are asked, and where."""
    MARKS = "marks"
    """What questions weigh and hints cost."""
    WORDS = "words"
    SETTINGS = "settings"


Value = str | Message | None
"""Words of the author's, or a value in words of ours; None where there is nothing."""


@dataclass(frozen=True)
class Difference:
    """Without a `question` it is about the quiz; `of` are the words of the option that it is about."""

    group: Group
    what: Message
    before: Value = None
    after: Value = None
    of: str = ""
    question: Question | None = None

    @property
    def is_key(self) -> bool:
        """Whether an answer that was given could earn something else now."""
        return self.group == Group.KEYS

    @property
    def pieces(self) -> tuple[rewording.Piece, ...]:
        """Word by word, where both are words of the author's."""
        if isinstance(self.before, str) and isinstance(self.after, str):
            return rewording.pieces(self.before, self.after)
        return ()


def listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def number(value: float) -> Message:
    return Message("%(number)s", {"number": f"{value:.6g}"})


def percent(share: float) -> Message:
    return Message(gettext_noop("%(share)s%%"), {"share": f"{share * 100:.6g}"})


def yes(value: bool) -> Message:
    return Message(gettext_noop("yes") if value else gettext_noop("no"))
