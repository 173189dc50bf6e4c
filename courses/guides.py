"""The wording guides of courses, for those who write questions."""

import msgspec

from courses.models import Course
from quizzes.engine.voice import Wording


def guide_of(collection_id: int) -> tuple[Wording, ...]:
    """One query."""
    rows = Course.objects.filter(collection=collection_id).values_list("wording", flat=True).first()
    return msgspec.convert(rows or [], tuple[Wording, ...])
