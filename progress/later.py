"""Delayed checks: 7 and 30 days after a lesson, three of its questions that the learner has never answered.

Each is offered once: until it is finished, or the next one is due. Which one is due, which questions are left and what
came of it follow from responses; only what was dealt is kept, from the first answer on. An answer is recorded as one of
the day's review: it feeds its card, counts among the day's reviews, and is merged and regraded like any other. Reviews
ask only what was answered before, so a question whose very first answer was given in a review was asked by a delayed
check, and that answer is the check's.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from decimal import Decimal
from typing import NamedTuple

from accounts.models import User, today
from courses import standing
from courses.models import Lesson
from courses.standing import LessonStanding
from progress import cards, topics
from progress.asking import Origin, origins
from progress.cards import Key
from progress.models import DelayedCheck
from quizzes.engine.seeds import seed_from

DAYS, QUESTIONS = (7, 30), 3


def turn(finished_on: date, on: date) -> int | None:
    """Which check has its turn on a day: the last of those whose time has come, None before the first."""
    return max((days for days in DAYS if finished_on + timedelta(days=days) <= on), default=None)


def is_right(fraction: Decimal | None) -> bool:
    """Not in part."""
    return fraction is not None and fraction >= 1


class First(NamedTuple):
    """The first answer that a learner ever gave to a question."""

    response: int
    in_review: bool
    counts: bool
    is_right: bool


@dataclass(frozen=True)
class Check:
    """A delayed check of one lesson: dealt, or as it would be."""

    lesson: Lesson
    days: int
    after: int
    """How many days after the lesson it was dealt, or would be today."""
    questions: tuple[str, ...]
    """All that it asks, or asked: not what was answered elsewhere since, nor what can not be asked any more."""
    answers: Mapping[str, First]
    has_turn: bool

    @property
    def open(self) -> list[str]:
        """What it still asks."""
        return [key for key in self.questions if key not in self.answers] if self.has_turn else []

    @property
    def right(self) -> int:
        return sum(answer.is_right for answer in self.answers.values())


@dataclass(frozen=True)
class Stayed:
    """What was right of a lesson's checks, each at its first answer, and then of each delayed check."""

    lesson: Lesson
    right: int
    answered: int
    checks: list[Check]

    @property
    def by_days(self) -> list[Check | None]:
        found = {check.days: check for check in self.checks}
        return [found.get(days) for days in DAYS]


def offered(checks: Iterable[Check]) -> list[Check]:
    """Those that still ask something, the lesson finished first at the front."""
    return sorted((check for check in checks if check.open), key=lambda check: (-check.after, check.lesson.position))


def offers(learner: User, lessons: Sequence[Lesson]) -> list[Check]:
    """Of lessons from `standings.taken_lessons`. The cards are in line with the answers. Ten queries at most."""
    standings = standing.of_lessons(learner, lessons)
    waiting = [lesson for lesson in lessons if _turn(standings[lesson.pk])]
    return offered(checks_of(learner, waiting, standings)) if waiting else []


def checks_of(
    learner: User,
    lessons: Sequence[Lesson],
    standings: Mapping[int, LessonStanding],
    places: Mapping[Key, Origin] | None = None,
    known: Collection[Key] | None = None,
) -> list[Check]:
    """Every check dealt of these lessons, and those to deal today. `places` are where questions can be asked, `known`
    those with a card; both are looked up where the caller does not have them. Two queries then."""
    if places is None:
        places = origins(learner, {lesson.course.collection_id for lesson in lessons})
    if known is None:
        known = set(learner.cards.values_list("collection", "question_key"))
    dealt = list(learner.delayed_checks.filter(lesson__in=lessons).order_by("days"))
    of_lesson = topics.by_lesson(places, lessons)
    begun = {(one.lesson_id, one.days) for one in dealt}
    to_deal = [
        (lesson, days, [key for key in of_lesson.get(lesson.pk, ()) if key not in known])
        for lesson in lessons
        if (days := _turn(standings[lesson.pk])) and (lesson.pk, days) not in begun
    ]
    by_pk = {lesson.pk: lesson for lesson in lessons}
    asked = [(by_pk[one.lesson_id].course.collection_id, key) for one in dealt for key in one.questions]
    firsts = _firsts(learner, [*asked, *(key for _lesson, _days, keys in to_deal for key in keys)])
    found = [_dealt(one, by_pk[one.lesson_id], standings[one.lesson_id], places, firsts) for one in dealt]
    for lesson, days, keys in to_deal:
        unseen = [key for _collection, key in keys if (_collection, key) not in firsts]
        found.append(_to_deal(learner, lesson, standings[lesson.pk], days, unseen, places))
    return found


@dataclass(frozen=True)
class OfLesson:
    """The delayed checks of one lesson, and where its questions are taken from."""

    lesson: Lesson
    finished_on: date | None
    checks: list[Check]
    places: Mapping[Key, Origin]

    @property
    def current(self) -> Check | None:
        return next((check for check in self.checks if check.has_turn), None)

    @property
    def number(self) -> int:
        """Of the next question."""
        return len(self.current.answers) + 1 if self.current else 0

    @property
    def is_used_up(self) -> bool:
        """Whether the current check found nothing to ask."""
        return self.current is not None and not self.current.questions

    @property
    def next_on(self) -> date | None:
        """When the next check comes, None where the last has come or the lesson is not finished."""
        days = (self.finished_on + timedelta(days=days) for days in DAYS) if self.finished_on else ()
        return next((day for day in days if day > today()), None)

    def origin(self, question: str) -> Origin:
        return self.places[self.lesson.course.collection_id, question]

    def asked_by(self, edition: int, slot: int) -> str | None:
        """The question of the current check that is taken from there."""
        keys = self.current.questions if self.current else ()
        places = {key: self.places.get((self.lesson.course.collection_id, key)) for key in keys}
        return next((key for key, origin in places.items() if origin and origin.is_asked_by(edition, slot)), None)


def of_lesson(learner: User, lesson: Lesson) -> OfLesson:
    """The lesson comes from `outline` with its course."""
    cards.sync(learner=learner)
    standings = standing.of_lessons(learner, [lesson])
    places = origins(learner, [lesson.course.collection_id])
    checks = checks_of(learner, [lesson], standings, places)
    return OfLesson(lesson, _finished_on(standings[lesson.pk]), checks, places)


def begin(*, learner: User, check: Check) -> None:
    """Keeps what it asks. Doing it again changes nothing."""
    learner.delayed_checks.get_or_create(
        lesson=check.lesson, days=check.days, defaults={"questions": list(check.questions)}
    )


def stayed(learner: User, checks: Iterable[Check]) -> list[Stayed]:
    """Of each lesson with a delayed check that was answered. One query."""
    of_lesson: dict[Lesson, list[Check]] = {}
    for check in checks:
        if check.answers:
            of_lesson.setdefault(check.lesson, []).append(check)
    first = _first_marks(learner, [lesson.checks_id for lesson in of_lesson if lesson.checks_id])
    marks = {lesson: first.get(lesson.checks_id or 0, []) for lesson in of_lesson}
    return [Stayed(lesson, sum(marks[lesson]), len(marks[lesson]), found) for lesson, found in of_lesson.items()]


def _finished_on(one: LessonStanding) -> date | None:
    return one.done_at.astimezone(UTC).date() if one.done_at else None


def _turn(one: LessonStanding) -> int | None:
    finished_on = _finished_on(one)
    return turn(finished_on, today()) if finished_on else None


def _after(one: LessonStanding, days: int, on: date) -> int:
    """A check that came into the lesson since then moves its end; that is why `days` is the least."""
    finished_on = _finished_on(one)
    return max((on - finished_on).days, days) if finished_on else days


def _dealt(
    dealt: DelayedCheck,
    lesson: Lesson,
    one: LessonStanding,
    places: Mapping[Key, Origin],
    firsts: Mapping[Key, First],
) -> Check:
    collection = lesson.course.collection_id
    answers = {key: first for key in dealt.questions if (first := firsts.get((collection, key)))}
    own = {key: first for key, first in answers.items() if first.in_review and first.counts}
    left = [key for key in dealt.questions if key in own or (key not in answers and (collection, key) in places)]
    after = _after(one, dealt.days, dealt.dealt_at.astimezone(UTC).date())
    return Check(lesson, dealt.days, after, tuple(left), own, has_turn=_turn(one) == dealt.days)


def _to_deal(
    learner: User,
    lesson: Lesson,
    one: LessonStanding,
    days: int,
    unseen: Iterable[str],
    places: Mapping[Key, Origin],
) -> Check:
    """By lot, and the same whenever it is looked at, whatever is answered elsewhere meanwhile. First those that neither
    the lesson nor its quiz asks: the quiz would be no news after that."""

    def turn_of(key: str) -> tuple[bool, str]:
        is_drawn = places[lesson.course.collection_id, key].is_drawn
        return not is_drawn, seed_from("delayed check", learner.pk, lesson.pk, days, key)

    drawn = sorted(unseen, key=turn_of)
    return Check(lesson, days, _after(one, days, today()), tuple(drawn[:QUESTIONS]), {}, has_turn=True)


def _firsts(learner: User, keys: Collection[Key]) -> dict[Key, First]:
    """One query; none for no keys."""
    if not keys:
        return {}
    given = learner.responses.filter(question_key__in={key for _collection, key in keys})
    given = given.order_by("answered_at", "pk")
    values = ("attempt__quiz__collection", "question_key", "pk", "attempt__in_review", "fraction", "late", "void")
    firsts: dict[Key, First] = {}
    for collection, key, pk, in_review, fraction, late, void in given.values_list(*values):
        firsts.setdefault((collection, key), First(pk, in_review, not (late or void), is_right(fraction)))
    return firsts


def _first_marks(learner: User, quizzes: Collection[int]) -> dict[int, list[bool]]:
    """By quiz, whether the first answer to each of its questions was right."""
    given = learner.responses.filter(attempt__quiz__in=quizzes, attempt__in_review=False, late=False, void=False)
    given = given.order_by("answered_at", "pk")
    firsts: dict[int, dict[str, bool]] = {}
    for quiz, key, fraction in given.values_list("attempt__quiz", "question_key", "fraction"):
        firsts.setdefault(quiz, {}).setdefault(key, is_right(fraction))
    return {quiz: list(marks.values()) for quiz, marks in firsts.items()}
