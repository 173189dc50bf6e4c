"""Where a review takes a question from: the newest edition that asks it, of a quiz that holds nothing back.

A review shows all there is as soon as it is answered. So nothing is asked from a quiz that never tells its answers, or
not before it is closed, nor what an exam of the learner's that is under way asks. A question pauses while the bank has
it retired, or while a claim that it stands on is in doubt. What a teacher has to mark is never asked.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, NamedTuple

from django.db.models import Q

from accounts.models import User, today
from courses.models import Lesson
from progress.cards import Key
from progress.models import OwnQuestion
from quizzes.engine import document, drawing
from quizzes.engine.kinds import KINDS
from quizzes.models import Question, Quiz
from quizzes.sittings import contents, dealt, holds_nothing_back
from sources.models import Collection as Sources


class Origin(NamedTuple):
    """Of a question: the quiz with its edition, the slot in it as a review deals it, and the lesson it belongs to: the
    one whose text or quiz asks it, or else the one by whose slug as a tag a quiz draws it."""

    quiz: Quiz
    slot: int
    lesson: Lesson | None = None
    anchor: str = ""
    """Where the question stands in the lesson's text."""
    is_drawn: bool = False
    """Whether neither the lesson's text nor its quiz asks it."""

    @property
    def topic(self) -> str:
        """The same for questions of one lesson, or else of one quiz."""
        return topic_of(self.lesson.pk) if self.lesson else f"quiz {self.quiz.pk}"

    @property
    def collection(self) -> Sources:
        """One query."""
        return self.quiz.collection

    def is_asked_by(self, edition: int, slot: int) -> bool:
        """Whether that is where the question is taken from."""
        return (edition, slot) == (self.quiz.edition_id, self.slot)


@dataclass(frozen=True)
class OwnOrigin:
    """Of a question of the learner's own: the lesson with the highlight that it is about. To a form its number stands
    for the edition."""

    question: OwnQuestion
    slot: ClassVar[int] = 0

    @property
    def lesson(self) -> Lesson | None:
        lesson = self.question.highlight.lesson
        return None if lesson.retired else lesson

    @property
    def anchor(self) -> str:
        """Where the passage was when it was marked."""
        return f"#passage-{self.question.highlight.address}"

    @property
    def topic(self) -> str:
        return topic_of(self.question.highlight.lesson_id)

    @property
    def collection(self) -> Sources:
        return self.question.collection

    @property
    def pauses(self) -> bool:
        """While the highlight is deleted, or its course retired."""
        highlight = self.question.highlight
        return highlight.deleted_at is not None or highlight.lesson.course.retired

    def is_asked_by(self, edition: int, slot: int) -> bool:
        return (edition, slot) == (self.question.pk, self.slot)


def topic_of(lesson: int) -> str:
    return f"lesson {lesson}"


def origins(learner: User, collections: Collection[int]) -> dict[Key, Origin]:
    """Of every question of these collections that may be asked now. Four queries, and one for each edition that this
    process reads for the first time."""
    if not collections:
        return {}
    found: dict[Key, Origin] = {}
    lessons = list(Lesson.objects.filter(course__collection__in=collections, retired=False).order_by().with_course())
    of_quiz = {quiz: lesson for lesson in lessons for quiz in (lesson.quiz_id, lesson.checks_id)}
    for quiz in _quizzes(collections):
        newer = _asked_by(quiz, of_quiz.get(quiz.pk))
        again = {place: _newer(found[place], newer[place]) for place in found.keys() & newer.keys()}
        found |= newer | again
    for place in (*_paused(collections), *_in_exams(learner)):
        found.pop(place, None)
    return found | _drawn(found, lessons)


def _asked_by(quiz: Quiz, lesson: Lesson | None) -> dict[Key, Origin]:
    assert quiz.edition_id is not None
    collection, stands_in_text = quiz.collection_id, lesson is not None and quiz.in_lesson
    return {
        (collection, key): Origin(quiz, slot, lesson, f"#q-{key}" if stands_in_text else "")
        for key, slot in _slots(quiz.edition_id, quiz.edition_digest).items()
    }


def _drawn(places: Mapping[Key, Origin], lessons: Iterable[Lesson]) -> dict[Key, Origin]:
    """Those that no lesson asks itself, with the lesson by whose slug they are drawn."""
    by_slug = {(lesson.course.collection_id, lesson.slug): lesson for lesson in lessons}
    return {
        (collection, key): origin._replace(lesson=lesson, is_drawn=True)
        for (collection, key), origin in places.items()
        if origin.lesson is None and (lesson := by_slug.get((collection, _tag(origin, key))))
    }


def _tag(origin: Origin, question: str) -> str:
    assert origin.quiz.edition_id is not None
    return _tags(origin.quiz.edition_id, origin.quiz.edition_digest).get(question, "")


@lru_cache(maxsize=1024)
def _tags(edition_id: int, digest: str) -> Mapping[str, str]:
    """By question, the tag by which an edition draws it."""
    return {question.key: one.tag for one in contents(edition_id, digest).draws for question in one.pool}


def _quizzes(collections: Collection[int]) -> list[Quiz]:
    """Those that hold nothing back, the one published last at the end."""
    quizzes = Quiz.objects.published().filter(collection__in=collections).order_by()
    quizzes = quizzes.exclude(collection__course__retired=True).exclude(lesson_of_checks__retired=True)
    return sorted(filter(_holds_nothing_back, quizzes), key=lambda quiz: quiz.edition_id or 0)


def _holds_nothing_back(quiz: Quiz) -> bool:
    assert quiz.edition_id is not None
    return holds_nothing_back(quiz, quiz.edition_id, quiz.edition_digest)


@lru_cache(maxsize=1024)
def _slots(edition_id: int, digest: str) -> Mapping[str, int]:
    """By key, what of an edition can be asked in a review."""
    slots = drawing.for_review(contents(edition_id, digest)).slots
    asked = {slot.question.key: number for number, slot in enumerate(slots) if slot.asks}
    return {key: number for key, number in asked.items() if not KINDS[slots[number].question.kind].by_hand}


def _newer(before: Origin, origin: Origin) -> Origin:
    """The lesson whose text asks it stays where the question belongs, wherever it was published last."""
    if before.lesson and not origin.anchor and (before.anchor or not origin.lesson):
        return origin._replace(lesson=before.lesson, anchor=before.anchor)
    return origin


def _paused(collections: Collection[int]) -> Iterator[Key]:
    in_doubt = Question.objects.needing_review(today(), within=collections).values("pk")
    paused = Question.objects.filter(Q(retired=True) | Q(pk__in=in_doubt), collection__in=collections)
    yield from paused.order_by().values_list("collection", "key")


def _in_exams(learner: User) -> Iterator[Key]:
    """What running attempts ask, but for practice that tells all of it at once."""
    running = learner.attempts.running().exclude(quiz__in_lesson=True).select_related("quiz", "edition")
    for attempt in running.defer("edition__document"):
        quiz = dealt(attempt, attempt.edition.digest)
        if quiz.setting != document.PRACTICE or quiz.visibility != document.LEARNING:
            for slot in quiz.slots:
                yield attempt.quiz.collection_id, slot.question.key
