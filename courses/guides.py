"""What a course has for those who write its questions: its wording guide, and the objectives of its lessons."""

import msgspec

from courses.models import Course, Lesson
from courses.objectives import objectives
from quizzes.engine.voice import Wording
from quizzes.guides import Objectives


def guide_of(collection_id: int) -> tuple[Wording, ...]:
    """One query."""
    rows = Course.objects.filter(collection=collection_id).values_list("wording", flat=True).first()
    return msgspec.convert(rows or [], tuple[Wording, ...])


def objectives_of(collection_id: int) -> Objectives:
    """Those with a key, by lesson. One query."""
    lessons = Lesson.objects.filter(course__collection=collection_id, retired=False).order_by("position", "pk")
    found = [
        (title, [(one.key, one.text) for one in objectives(lines) if one.key])
        for title, lines in lessons.values_list("title", "objectives")
    ]
    return [(title, keyed) for title, keyed in found if keyed]
