"""Which lesson a question belongs to.

Objectives of a lesson are measured by its questions together: nothing in a course says which question tests which
objective, and guessing it from words or claims would claim more than is known.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from courses.models import Lesson
from progress.asking import Origin
from progress.cards import Key
from quizzes.sittings import contents


def by_lesson(places: Mapping[Key, Origin], lessons: Iterable[Lesson]) -> dict[int, list[Key]]:
    """The questions of each of these lessons, by its primary key: those that its text or its quiz asks, and those that
    any quiz draws by the lesson's slug as a tag. The lessons come with their courses."""
    lessons = list(lessons)
    shown = {lesson.pk for lesson in lessons}
    of_slug = {(lesson.course.collection_id, lesson.slug): lesson.pk for lesson in lessons}
    found: dict[int, list[Key]] = {}
    for key, origin in places.items():
        lesson = origin.lesson.pk if origin.lesson else of_slug.get((key[0], _tag(origin, key[1])))
        if lesson in shown:
            found.setdefault(lesson, []).append(key)
    return found


def _tag(origin: Origin, question: str) -> str:
    quiz = origin.quiz
    assert quiz.edition_id is not None
    return _tags(quiz.edition_id, quiz.edition_digest).get(question, "")


@lru_cache(maxsize=1024)
def _tags(edition_id: int, digest: str) -> Mapping[str, str]:
    """By question, the tag by which an edition draws it."""
    return {question.key: one.tag for one in contents(edition_id, digest).draws for question in one.pool}
