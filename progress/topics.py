"""The questions of lessons and of their objectives."""

from collections.abc import Iterable, Mapping

from courses.models import Lesson
from progress.asking import Origin
from progress.cards import Key
from quizzes.models import Question


def by_objective(places: Mapping[Key, Origin], collection: int) -> dict[str, list[Key]]:
    """The questions in these places that test an objective of the collection's course, by its key. One query."""
    tested = Question.objects.filter(collection=collection).exclude(objective="").order_by()
    found: dict[str, list[Key]] = {}
    for key, objective in tested.values_list("key", "objective"):
        if (collection, key) in places:
            found.setdefault(objective, []).append((collection, key))
    return found


def by_lesson(places: Mapping[Key, Origin], lessons: Iterable[Lesson]) -> dict[int, list[Key]]:
    """The questions of each of these lessons, by its primary key."""
    shown = {lesson.pk for lesson in lessons}
    found: dict[int, list[Key]] = {}
    for key, origin in places.items():
        if origin.lesson and (lesson := origin.lesson.id) in shown:
            found.setdefault(lesson, []).append(key)
    return found
