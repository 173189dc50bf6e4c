"""What a course asks for before it gives a certificate. How far a learner has come the room above, progress, knows: it
registers itself, and without it no course gives one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec

from courses.folder import schemas
from courses.models import Course, Lesson
from courses.standing import LessonStanding
from quizzes.models import Quiz
from quizzes.sittings import Visitor


@dataclass(frozen=True)
class Needs:
    """What a certificate asks for, and how much of it a learner has. Marks are shares of the full mark."""

    course: Course
    lessons: int
    done: int
    asks_quiz: bool = False
    quiz: Quiz | None = None
    """The one that is asked for, unless it is not open to learners."""
    needed: float = 0
    reached: float | None = None
    """What counts of the learner's attempts; None where there is none to be seen."""
    is_held: bool = False
    """Whether the learner has a valid certificate already."""

    @property
    def lessons_met(self) -> bool:
        return self.done >= self.lessons

    @property
    def quiz_met(self) -> bool:
        return not self.asks_quiz or (self.reached is not None and self.reached >= self.needed)

    @property
    def is_earned(self) -> bool:
        return self.lessons_met and self.quiz_met and bool(self.lessons or self.asks_quiz)


class Certifying(Protocol):
    def needs(
        self,
        visitor: Visitor,
        courses: Sequence[Course],
        lessons: Sequence[Lesson],
        standings: Mapping[int, LessonStanding],
    ) -> dict[int, Needs]:
        """By the primary key of a course, of those that give a certificate; `lessons` are those of all of them."""


_registered: list[Certifying] = []


def register(certifying: Certifying) -> None:
    _registered[:] = [certifying]


def asked_by(course: Course) -> schemas.Certificate | None:
    """None where the course gives no certificate."""
    return None if course.certificate is None else msgspec.convert(course.certificate, schemas.Certificate)


def needs(
    visitor: Visitor, course: Course, lessons: Sequence[Lesson], standings: Mapping[int, LessonStanding]
) -> Needs | None:
    if not _registered or course.certificate is None:
        return None
    return _registered[0].needs(visitor, [course], lessons, standings)[course.pk]
