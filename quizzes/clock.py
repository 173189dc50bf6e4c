"""Deadlines: how they come about, and what happens when one has passed. The clock is the server's."""

from datetime import datetime

from accounts.models import User
from quizzes.engine import document, rules
from quizzes.models import Allowance, Attempt, AttemptQuerySet, Quiz
from quizzes.sittings import contents


def deadline(*, quiz: Quiz, edition: document.Quiz, learner: User, started: datetime) -> datetime | None:
    """When an attempt that starts at a time is due. One query, none for a quiz without a clock."""
    if edition.time_limit is None and quiz.closes_at is None:
        return None
    return rules.due(
        started=started,
        time_limit=edition.time_limit,
        closes_at=quiz.closes_at,
        allowance=allowance_of(learner, quiz),
    )


def allowance_of(learner: User, quiz: Quiz) -> rules.Allowance:
    """The one for this quiz, or else the one for every quiz."""
    found = {one.quiz_id: one for one in Allowance.objects.filter(learner=learner)}
    own = found.get(quiz.pk) or found.get(None)
    return own.rule if own else rules.Allowance()


def set_anew(attempts: AttemptQuerySet) -> int:
    """Brings the deadlines of running attempts in line with allowances and closing dates as they are now. How many
    moved."""
    moved = []
    for attempt in attempts.running().select_related("quiz", "edition", "learner").defer("edition__document"):
        edition = contents(attempt.edition_id, attempt.edition.digest)
        due_at = deadline(quiz=attempt.quiz, edition=edition, learner=attempt.learner, started=attempt.started_at)
        if due_at != attempt.due_at:
            attempt.due_at = due_at
            moved.append(attempt)
    Attempt.objects.bulk_update(moved, ["due_at"], batch_size=500)
    return len(moved)
