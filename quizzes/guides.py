"""What guides those who write a collection's questions. The room above, courses, has wording guides and objectives, and
registers where to read them; without it there are none. Both take the primary key of a collection."""

from collections.abc import Callable, Sequence

from quizzes.engine.voice import Wording

Objectives = Sequence[tuple[str, Sequence[tuple[str, str]]]]
"""Under the title of each lesson, of its objectives the keys and texts."""

GuideOf = Callable[[int], Sequence[Wording]]
ObjectivesOf = Callable[[int], Objectives]

_registered: list[tuple[GuideOf, ObjectivesOf]] = []


def register(guide_of: GuideOf, objectives_of: ObjectivesOf) -> None:
    _registered[:] = [(guide_of, objectives_of)]


def guide_of(collection_id: int) -> Sequence[Wording]:
    """Which words its questions avoid."""
    return _registered[0][0](collection_id) if _registered else ()


def objectives_of(collection_id: int) -> Objectives:
    """Which objectives its questions can test."""
    return _registered[0][1](collection_id) if _registered else ()
