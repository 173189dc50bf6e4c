"""What learners did, minute by minute from noon."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from accounts.models import User
from quizzes.models import Attempt, Edition, Quiz, Response
from quizzes.publishing import publish
from tests import make

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def at(minute: int) -> datetime:
    return NOON + timedelta(minutes=minute)


def quiz(*, slots: int = 3, editions: int = 1, **fields) -> Quiz:
    collection = make.collection()
    made = make.quiz(
        collection=collection, questions=[make.question(collection=collection) for _ in range(slots)], **fields
    )
    for number in range(2, editions + 1):
        made.title = f"A quiz, put right {number}"
        publish(quiz=made)
    return made


def edition(of: Quiz, number: int = 1) -> Edition:
    return of.editions.get(number=number)


def attempt(
    *, learner: User, edition: Edition, started: int, answers: dict[int, list[int]] | None = None, finished: int = 0
) -> Attempt:
    """`answers` are, by slot, the minutes of its tries. No two tries have the same mark: a sum tells who is in it."""
    made = Attempt.objects.create(
        learner=learner,
        quiz=edition.quiz,
        edition=edition,
        number=learner.attempts.filter(quiz=edition.quiz).count() + 1,
        seed=f"seed{started}",
        finished_at=at(finished) if finished else None,
    )
    for slot, minutes in (answers or {}).items():
        for try_number, minute in enumerate(minutes, 1):
            _respond(made, slot, try_number, minute)
    made.started_at = at(started)
    made.mark = sum((response.mark for response in made.responses.all()), Decimal(0))
    made.save()
    return made


def _respond(attempt: Attempt, slot: int, try_number: int, minute: int) -> None:
    response = Response.objects.create(
        learner=attempt.learner,
        attempt=attempt,
        slot=slot,
        try_number=try_number,
        question_key=f"q{slot}",
        answer=[minute],
        fraction=Decimal(0),
        mark=Decimal(minute) / 100 + Decimal(attempt.pk) / 10_000,
    )
    Response.objects.filter(pk=response.pk).update(answered_at=at(minute))


def answered(attempt: Attempt) -> dict[int, list[int]]:
    """By slot, the minutes of its tries: the shape that `attempt` takes."""
    minutes: dict[int, list[int]] = {}
    for response in attempt.responses.order_by("slot", "try_number"):
        minutes.setdefault(response.slot, []).append(response.answer[0])
    return minutes
