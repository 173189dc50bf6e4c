"""By what an edition is known on every site, without telling anything of its keys."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import QuerySet

from quizzes.engine import public
from quizzes.models import Edition, Quiz
from quizzes.sittings import contents


class Look(NamedTuple):
    """`digest` is of what everybody sees; `number` is 1 for the first of the editions of a quiz that look so."""

    digest: str
    number: int


@lru_cache(maxsize=1024)
def _digest(edition_id: int, digest: str) -> str:
    return public.digest(contents(edition_id, digest))


def looks_of(quizzes: QuerySet[Any] | Iterable[Quiz]) -> dict[int, Look]:
    """Of all editions of some quizzes. One query, and one for each edition that this process reads for the first
    time."""
    counted: Counter[tuple[int, str]] = Counter()
    looks = {}
    editions = Edition.objects.filter(quiz__in=quizzes).order_by("number")
    for pk, quiz, digest in editions.values_list("pk", "quiz", "digest"):
        shown = _digest(pk, digest)
        counted[quiz, shown] += 1
        looks[pk] = Look(shown, counted[quiz, shown])
    return looks
