"""Taking a quiz: start, answer, finish. Each is safe to repeat."""

from dataclasses import dataclass
from functools import partial
from secrets import token_hex

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone

from accounts.models import User
from quizzes.engine import behaviour
from quizzes.engine.kinds import KINDS, Answer
from quizzes.models import Attempt, AttemptQuerySet, Quiz, Response
from quizzes.signals import attempt_finished, response_recorded
from quizzes.sittings import Sitting


class AttemptClosed(Exception):
    """The attempt is finished, or the slot takes no further try."""


class TryOutOfTurn(Exception):
    """The page is behind: another try has to come first, or has come."""


@dataclass(frozen=True)
class Recorded:
    response: Response
    differs: bool = False
    """Another answer had been recorded for this try already, so this one was not."""


def start(*, quiz: Quiz, learner: User) -> Attempt:
    """A further attempt at the quiz's latest edition, which the quiz came with, or the one that is running."""
    assert quiz.edition_id is not None
    running = learner.attempts.running().filter(quiz=quiz)
    if one := running.first():
        return one
    last = learner.attempts.filter(quiz=quiz).aggregate(last=Max("number"))["last"] or 0
    made = Attempt(learner=learner, quiz=quiz, edition_id=quiz.edition_id, number=last + 1, seed=token_hex(16))
    return _create(made, or_else=running)


def save(*, sitting: Sitting, learner: User) -> Attempt:
    """The sitting's attempt, saved for the learner if it was not yet. Two first answers at once save one."""
    attempt = sitting.attempt
    if attempt.pk:
        return attempt
    earlier = list(learner.attempts.filter(quiz=attempt.quiz).order_by("number"))
    for one in earlier:
        if one.edition_id == attempt.edition_id and not one.set_aside:
            return one
    made = Attempt(learner=learner, quiz=attempt.quiz, edition_id=attempt.edition_id, seed=attempt.seed)
    made.number = earlier[-1].number + 1 if earlier else 1
    mine = learner.attempts.filter(quiz=attempt.quiz, edition_id=attempt.edition_id, set_aside=False)
    return _create(made, or_else=mine)


def answer(*, sitting: Sitting, learner: User, slot: int, try_number: int, value: Answer) -> Recorded:
    """Records one try: an INSERT that the unique key guards, and an UPDATE that counts while the attempt is open.

    A repeat of a try returns what was recorded. Raises AttemptClosed, TryOutOfTurn.
    """
    before = sitting.responses.get(slot, [])
    if 1 <= try_number <= len(before):
        return _recorded(before[try_number - 1], value)
    if sitting.is_settled(slot):
        raise AttemptClosed
    if try_number != len(before) + 1:
        raise TryOutOfTurn
    question = sitting.question(slot)
    fraction = behaviour.rounded(KINDS[question.kind].mark(question, value))
    fractions = sitting.fractions(slot)
    asked = sitting.slot(slot)
    gain = behaviour.slot_mark(sitting.quiz, asked, [*fractions, float(fraction)])
    gain -= behaviour.slot_mark(sitting.quiz, asked, fractions)
    try:
        with transaction.atomic():
            attempt = save(sitting=sitting, learner=learner)
            response = Response.objects.create(
                learner=learner,
                attempt=attempt,
                slot=slot,
                try_number=try_number,
                question_key=question.key,
                answer=value,
                fraction=fraction,
                mark=gain,
            )
            if not Attempt.objects.running().filter(pk=attempt.pk).update(mark=F("mark") + gain):
                raise AttemptClosed
            transaction.on_commit(partial(response_recorded.send, sender=Response, response=response))
    except IntegrityError:
        given = learner.responses.filter(attempt__edition=sitting.attempt.edition_id, slot=slot, try_number=try_number)
        stored = given.filter(attempt__set_aside=False).select_related("attempt").first()
        if stored is None:  # no rival answer: the guest became part of an account meanwhile
            raise AttemptClosed from None
        return _recorded(stored, value)
    return Recorded(response)


def finish(*, attempt: Attempt) -> bool:
    """Whether this call finished it; a second one does nothing."""
    with transaction.atomic():
        done = bool(Attempt.objects.running().filter(pk=attempt.pk).update(finished_at=timezone.now()))
        if done:
            transaction.on_commit(partial(attempt_finished.send, sender=Attempt, attempt=attempt))
    return done


def _recorded(response: Response, value: Answer) -> Recorded:
    return Recorded(response, differs=response.answer != value)


def _create(attempt: Attempt, *, or_else: AttemptQuerySet) -> Attempt:
    """Saves it; when another request took its number meanwhile, returns what that one saved."""
    try:
        with transaction.atomic():
            attempt.save()
    except IntegrityError:
        if saved := or_else.first():
            return saved
        raise
    return attempt
