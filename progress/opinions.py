"""The closing question of a course: who may answer it when, and what all answers come to."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count

from accounts.models import User
from courses import standing
from courses.models import Course
from progress.models import Opinion

Moment = Opinion.Moment

ENOUGH = 5
"""Answers of one moment before their shares are shown: among fewer, one could guess whose they are."""


class NotAsked(Exception):
    """This answer is not, or no longer, to be given."""


@dataclass(frozen=True)
class Standing:
    """What a learner has answered, by moment, and how many of the course's lessons are done."""

    given: Mapping[str, Opinion]
    done: int
    lessons: int

    @property
    def is_complete(self) -> bool:
        return Moment.AFTER in self.given

    @property
    def asked(self) -> Moment | None:
        """The answer to give now. Whoever has done every lesson can not answer as before the first one."""
        if self.is_complete:
            return None
        if 0 < self.lessons == self.done:
            return Moment.AFTER
        return None if Moment.BEFORE in self.given else Moment.BEFORE

    def answers(self, options: Sequence[str]) -> list[tuple[Opinion, str]]:
        """What was given, in order, each with its option, which is empty when the course has it no more."""
        given = [self.given[moment] for moment in Moment if moment in self.given]
        return [(opinion, "".join(options[opinion.choice : opinion.choice + 1])) for opinion in given]


def standing_of(learner: User, course: Course) -> Standing:
    given = {opinion.moment: opinion for opinion in learner.opinions.filter(course=course)}
    lessons = list(course.lessons.outline().defer("text"))
    standings = standing.of_lessons(learner, lessons)
    return Standing(given, sum(one.is_done for one in standings.values()), len(lessons))


@transaction.atomic
def give(*, learner: User, course: Course, moment: Moment, choice: int) -> None:
    """Once and for good; giving the same answer again changes nothing. Raises NotAsked."""
    User.objects.select_for_update().get(pk=learner.pk)  # two clicks at once take turns
    found = standing_of(learner, course)
    if found.asked == moment:
        Opinion.objects.create(learner=learner, course=course, moment=moment, choice=choice)
    elif moment not in found.given or found.given[moment].choice != choice:
        raise NotAsked


@dataclass(frozen=True)
class Piece:
    """An option's part of a bar that is 1 long; `shade` is how strong it is drawn, 0 to 1."""

    option: str
    shade: float
    start: float
    share: float


@dataclass(frozen=True)
class Bar:
    """All answers of one moment. No pieces where there are too few answers to show."""

    moment: Moment
    answers: int
    pieces: tuple[Piece, ...]


def bars(course: Course) -> list[Bar]:
    """Before and after. One query."""
    options: list[str] = course.opinion["options"]
    counted = course.opinions.values_list("moment", "choice").annotate(answers=Count("pk"))
    answers = Counter({(moment, choice): number for moment, choice, number in counted.filter(choice__lt=len(options))})
    return [_bar(moment, options, [answers[moment, choice] for choice in range(len(options))]) for moment in Moment]


def _bar(moment: Moment, options: list[str], answers: list[int]) -> Bar:
    total = sum(answers)
    if total < ENOUGH:
        return Bar(moment, total, ())
    shares = [number / total for number in answers]
    shades = [1 - 0.85 * place / (len(options) - 1) for place in range(len(options))]
    starts = [sum(shares[:place]) for place in range(len(options))]
    return Bar(moment, total, tuple(map(Piece, options, shades, starts, shares)))
