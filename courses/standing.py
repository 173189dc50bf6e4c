"""How a learner stands in a course. The room above, progress, knows and registers itself; without it every lesson is
new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from accounts.models import User
from courses.models import Course, Lesson
from quizzes.sittings import Visitor


@dataclass(frozen=True)
class LessonStanding:
    """Marks are shares of the full mark, 0 to 1, of the finished attempts at the lesson's quiz."""

    checks: int = 0
    answered: int = 0
    marked_read: bool = False
    best: float | None = None
    last: float | None = None
    done_at: datetime | None = None
    """When it was marked as read, or the last of its checks was answered for the first time."""

    @property
    def is_done(self) -> bool:
        return self.marked_read or (self.checks > 0 and self.answered >= self.checks)

    @property
    def state(self) -> str:
        return "done" if self.is_done else "started" if self.answered or self.best is not None else "new"


NEW = LessonStanding()


@dataclass(frozen=True)
class Place:
    """Where a learner goes on: in a quiz that runs, or in a lesson."""

    title: str
    course: Course
    url: str
    at: datetime
    """When they were there last, or in the lesson before."""
    lesson: int | None = None
    """Its primary key, None in a quiz."""
    is_next: bool = False
    """Whether it is the next lesson, since the one where they were is done."""
    is_done: bool = False
    """Whether that lesson is done, and every other of its course."""

    @property
    def in_quiz(self) -> bool:
        return self.lesson is None


class Standings(Protocol):
    def of_lessons(self, learner: User, lessons: Sequence[Lesson]) -> dict[int, LessonStanding]:
        """By primary key, for lessons that come from `Lesson.objects.outline()`."""

    def place(self, learner: User) -> Place | None: ...


_registered: list[Standings] = []


def register(standings: Standings) -> None:
    _registered[:] = [standings]


def of_lessons(visitor: Visitor, lessons: Sequence[Lesson]) -> dict[int, LessonStanding]:
    return _registered[0].of_lessons(visitor, lessons) if _registered and isinstance(visitor, User) and lessons else {}


def place(visitor: Visitor) -> Place | None:
    return _registered[0].place(visitor) if _registered and isinstance(visitor, User) else None
