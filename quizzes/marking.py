"""Marks that teachers give, to answers that no rule can mark."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.db.models import F, prefetch_related_objects

from accounts.models import User
from quizzes.engine import behaviour
from quizzes.engine.kinds import KINDS
from quizzes.engine.kinds.essay import by_rubric
from quizzes.engine.words import Message, gettext_noop
from quizzes.models import Attempt, HandMark, Response
from quizzes.signals import marks_changed
from quizzes.sittings import Sitting, sitting_of


class NotMarkable(Exception):
    """A mark that can not be given; the message says why."""

    def __init__(self, text: str, **values: object) -> None:
        self.message = Message(text, values)
        super().__init__(str(self.message))


@transaction.atomic
def mark_by_hand(*, response: Response, credits: Sequence[float], comment: str, by: User) -> HandMark:
    """Gives a response its mark, or another one, by a credit from 0 to 1 for each criterion of the rubric.

    The same mark once more changes nothing. Of teachers who mark at once, the last one's mark holds. Raises
    NotMarkable.
    """
    sitting = sitting_of(_locked(response))
    now = next(one for one in sitting.responses[response.slot] if one.pk == response.pk)
    fraction = _fraction(sitting, now, credits)
    newest = now.hand_marks.first()
    if newest and newest.credits == list(credits) and newest.comment == comment:
        return newest
    _move(sitting, now, fraction)
    told = partial(marks_changed.send, sender=HandMark, learners={now.learner_id}, keys={now.question_key})
    transaction.on_commit(told)
    return HandMark.objects.create(response=now, credits=list(credits), comment=comment, marked_by=by)


def hand_marks_of(responses: Iterable[Response]) -> dict[int, HandMark]:
    """The newest mark of each response that has one, by its primary key. One query, none for those asked before."""
    responses = list(responses)
    prefetch_related_objects(responses, "hand_marks")
    return {response.pk: marks[0] for response in responses if (marks := response.hand_marks.all())}


def _locked(response: Response) -> Attempt:
    """Its attempt as it is now, until the transaction ends."""
    attempts = Attempt.objects.select_for_update(of=("self",)).select_related("edition").defer("edition__document")
    return attempts.get(responses=response)


def _fraction(sitting: Sitting, response: Response, credits: Sequence[float]) -> Decimal:
    question = sitting.question(response.slot)
    if not KINDS[question.kind].by_hand:
        raise NotMarkable(gettext_noop("This question is not marked by hand."))
    if not sitting.is_settled(response.slot):
        raise NotMarkable(gettext_noop("This answer can still be changed. Mark it when the attempt is finished."))
    if len(credits) != len(question.options):
        raise NotMarkable(
            gettext_noop("The rubric has %(rows)s criteria, so it takes %(rows)s credits and not %(given)s."),
            rows=len(question.options),
            given=len(credits),
        )
    if not all(0 <= credit <= 1 for credit in credits):
        raise NotMarkable(gettext_noop("The credit for a criterion is a number from 0 to 1."))
    return behaviour.rounded(by_rubric(question, credits))


def _move(sitting: Sitting, response: Response, fraction: Decimal) -> None:
    """Moves the mark of the response and of its attempt by what the slot earns now and did not before."""
    tries = sitting.responses[response.slot]
    before = sum((one.mark for one in tries), Decimal(0))
    response.fraction = fraction
    moved = behaviour.slot_mark(sitting.quiz, sitting.slot(response.slot), sitting.tries(response.slot)) - before
    response.mark += moved
    response.save(update_fields=["fraction", "mark"])
    if not sitting.ruling(response.slot):
        Attempt.objects.filter(pk=response.attempt_id).update(mark=F("mark") + moved)
