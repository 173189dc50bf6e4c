"""Which courses hold something that learners do not get as it is now."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from quizzes.models import Quiz, QuizQuerySet, Slot
from quizzes.publishing import unpublished_among


def quizzes_shown(*, within: Iterable[int] | QuerySet[Any]) -> QuizQuerySet:
    """Of some collections: the quizzes that ask something, checks only where a lesson shows them."""
    shown = Q(in_lesson=False) | Q(lesson_of_checks__retired=False)
    asks = Exists(Slot.objects.filter(quiz=OuterRef("pk")))
    return Quiz.objects.filter(shown, asks, collection__in=within, retired=False)


def unpublished_in(collections: Iterable[int] | QuerySet[Any]) -> Counter[int]:
    """How many quizzes of each have unpublished changes or are not published at all; at the cost of
    `unpublished_among`, however many collections."""
    quizzes = quizzes_shown(within=collections)
    changed = unpublished_among(quizzes)
    return Counter(quizzes.filter(pk__in=changed).values_list("collection", flat=True))
