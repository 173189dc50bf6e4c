"""What a learner has written. The room above, progress, knows and registers itself; without it there is nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from accounts.models import User
from courses.models import Course
from courses.search.folding import indexed
from courses.search.query import Query
from quizzes.sittings import Visitor


@dataclass(frozen=True)
class OwnText:
    """`label` says what it is, such as “My note”; `title` what it was written on."""

    label: str
    title: str
    text: str
    course: Course
    url: str


class OwnTexts(Protocol):
    def of(self, learner: User) -> Iterable[OwnText]:
        """All of a learner's texts on what is shown, latest first, in a bounded number and in as few queries."""


_registered: list[OwnTexts] = []


def register(texts: OwnTexts) -> None:
    _registered[:] = [texts]


def found(visitor: Visitor, query: Query) -> list[OwnText]:
    """They are few and private, so they are looked through as they are, and nobody's index holds them."""
    if not _registered or not isinstance(visitor, User):
        return []
    return [one for one in _registered[0].of(visitor) if query.finds(indexed(one.text), beside=indexed(one.title))]
