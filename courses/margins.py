"""What a learner marked in a lesson, and what stands beside it. The room above, progress, knows and registers itself;
without it there is nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from accounts.models import User
from courses.models import Lesson
from courses.passages import Span
from quizzes.sittings import Visitor


@dataclass(frozen=True)
class Margin:
    """Of one passage: the words to mark, how many highlights and notes there are, and what is to be shown beside and
    below it, as safe HTML."""

    spans: tuple[Span, ...] = ()
    count: int = 0
    beside: str = ""
    below: str = ""


NOTHING = Margin()


class Margins(Protocol):
    def of_lesson(self, learner: User, lesson: Lesson) -> Mapping[str, Margin]:
        """By the passage's address."""


_registered: list[Margins] = []


def register(margins: Margins) -> None:
    _registered[:] = [margins]


def of_lesson(visitor: Visitor, lesson: Lesson) -> Mapping[str, Margin]:
    return _registered[0].of_lesson(visitor, lesson) if _registered and isinstance(visitor, User) else {}
