"""How a question does with learners, from the newest attempts at the quiz that asked it most."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.db.models import Count, Q

from quizzes.engine import document, statistics
from quizzes.engine.coach.answers import ENOUGH
from quizzes.engine.coach.base import is_choice
from quizzes.engine.drawing import pooled
from quizzes.engine.fields.base import moved
from quizzes.engine.fields.options import texts_of
from quizzes.models import Attempt, Question, Quiz, Response
from quizzes.sittings import contents

MOST = 300
"""Attempts that are looked at."""
QUIZZES = 20
"""Of those that ask the question, how many are looked at."""


def statistics_of(question: Question, now: document.Question) -> statistics.ItemStatistics | None:
    """None where too few attempts are finished. The options counted are those of `now`; none where the edition that was
    answered has others. Four queries, and one more where an edition is read for the first time."""
    asking = Q(slots__question=question) | Q(slots__tag__in=question.tags, collection=question.collection_id)
    quizzes = Quiz.objects.published().filter(asking).distinct()[:QUIZZES]
    editions = {quiz.edition_id: quiz.edition_digest for quiz in quizzes}
    finished = Attempt.objects.finished().made_here().filter(edition__in=editions, in_review=False).order_by()
    counts = dict(finished.values_list("edition").annotate(Count("pk")))
    most = max(counts, key=lambda edition: counts[edition], default=None)
    if most is None or counts[most] < ENOUGH:
        return None
    quiz = contents(most, editions[most])
    was = next((one for one in pooled(quiz) if one.key == question.key), None)
    if was is None:
        return None
    attempts = finished.filter(edition=most).order_by("-pk")[:MOST]
    return _of(was, now, quiz, list(attempts.only("number", "drawn")))


def _of(
    was: document.Question, now: document.Question, quiz: document.Quiz, attempts: list[Attempt]
) -> statistics.ItemStatistics:
    items = {item.key: item for item in _items(quiz)}
    marks: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    chosen: dict[int, list[int]] = {}
    places = _places(was, now)
    responses = Response.objects.filter(attempt__in=[attempt.pk for attempt in attempts], late=False)
    for attempt, key, answer, mark in responses.order_by("try_number").values_list(
        "attempt", "question_key", "answer", "mark"
    ):
        marks[attempt][key] += float(mark)
        if key == was.key and places:
            chosen.setdefault(attempt, [places[number] for number in answer if number in places])
    items[was.key] = replace(items[was.key], options=len(places))
    fixed = {slot.question.key for slot in quiz.slots}
    rows = [
        statistics.Attempt(
            marks=[marks[row.pk][key] if key in fixed.union(row.drawn) else None for key in items],
            chosen=[chosen.get(row.pk, ()) if key == was.key else () for key in items],
            first=row.number == 1,
        )
        for row in attempts
    ]
    found = statistics.quiz_statistics(list(items.values()), rows).items
    return next(item for item in found if item.key == was.key)


def _items(quiz: document.Quiz) -> Iterator[statistics.Item]:
    for draw in quiz.draws:
        yield from (statistics.item_of(document.Slot(one, draw.weight)) for one in draw.pool)
    yield from (statistics.item_of(slot) for slot in quiz.slots if slot.asks)


def _places(was: document.Question, now: document.Question) -> Mapping[int, int]:
    """Where each option stands now; empty unless there are the same ones to choose from."""
    if not (is_choice(was) and is_choice(now) and len(was.options) == len(now.options)):
        return {}
    found = moved(texts_of(was), texts_of(now))
    return found if len(found) == len(now.options) else {}
