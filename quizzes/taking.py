"""Taking a quiz: start, answer, finish. Each is safe to repeat."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from secrets import token_hex

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from quizzes import clock
from quizzes.engine import behaviour, document, drawing, rules
from quizzes.engine.behaviour import Try
from quizzes.engine.kinds import KINDS, Answer
from quizzes.engine.words import Message
from quizzes.models import Attempt, AttemptQuerySet, Question, Quiz, Response
from quizzes.signals import attempt_finished, response_recorded
from quizzes.sittings import Sitting, attempts_of, contents


class NotOpen(Exception):
    """No attempt may be started now; the message says why, and the time it is about is in `at`."""

    def __init__(self, message: Message, at: datetime | None) -> None:
        self.message, self.at = message, at
        super().__init__(message.text)


class AttemptClosed(Exception):
    """The attempt is finished, or the slot takes no further try."""


class TryOutOfTurn(Exception):
    """The page is behind: another try has to come first, or has come."""


class NoHint(Exception):
    """There is no such hint to take now."""


@dataclass(frozen=True)
class Recorded:
    response: Response
    differs: bool = False
    """Another answer had been recorded for this try already, so this one was not."""


def start(*, quiz: Quiz, learner: User) -> Attempt:
    """A further attempt at the quiz's latest edition, which the quiz came with, or the one that is running. Raises
    NotOpen."""
    earlier = attempts_of(learner, quiz)
    if running := next((attempt for attempt in earlier if not attempt.is_finished), None):
        return running
    made = _next_attempt(quiz, learner, earlier, seed=token_hex(16))
    return _create(made, or_else=learner.attempts.running().filter(quiz=quiz))


def _next_attempt(quiz: Quiz, learner: User, earlier: list[Attempt], *, seed: str) -> Attempt:
    """Not saved yet. `earlier` are the learner's attempts at the quiz, latest first."""
    assert quiz.edition_id is not None
    now = timezone.now()
    ends = [attempt.finished_at for attempt in earlier if attempt.finished_at and not attempt.imported]
    if refused := rules.refusal(quiz.rules, finished=ends, now=now):
        raise NotOpen(*refused)
    edition = contents(quiz.edition_id, quiz.edition_digest)
    return Attempt(
        learner=learner,
        quiz=quiz,
        edition_id=quiz.edition_id,
        number=earlier[0].number + 1 if earlier else 1,
        seed=seed,
        started_at=now,
        drawn=drawing.draw(edition, seed, _seen(learner, edition), _expired(quiz)) if edition.draws else [],
        due_at=clock.deadline(quiz=quiz, edition=edition, learner=learner, started=now),
    )


def _seen(learner: User, edition: document.Quiz) -> set[str]:
    """Questions that the learner has answered before, anywhere."""
    pool = {question.key for one in edition.draws for question in one.pool}
    return pool.intersection(learner.responses.values_list("question_key", flat=True).distinct())


def _expired(quiz: Quiz) -> set[str]:
    """Questions of the bank whose facts may no longer be so."""
    waiting = Question.objects.needing_review(timezone.localdate(), within=[quiz.collection_id])
    return set(waiting.values_list("key", flat=True))


def save(*, sitting: Sitting, learner: User) -> Attempt:
    """The sitting's attempt, saved for the learner if it was not yet. Two first answers at once save one. Raises
    NotOpen."""
    attempt = sitting.attempt
    if attempt.pk:
        return attempt
    earlier = attempts_of(learner, attempt.quiz)
    if saved := next((one for one in reversed(earlier) if one.edition_id == attempt.edition_id), None):
        return saved
    mine = learner.attempts.filter(quiz=attempt.quiz, edition_id=attempt.edition_id, set_aside=False, in_review=False)
    return _create(_next_attempt(attempt.quiz, learner, earlier, seed=attempt.seed), or_else=mine)


def answer(
    *,
    sitting: Sitting,
    learner: User,
    slot: int,
    try_number: int,
    value: Answer,
    confidence: int | None = None,
) -> Recorded:
    """Records one try: an INSERT that the unique key guards, and an UPDATE that counts while the attempt is open.

    A repeat of a try returns what was recorded. What comes after deadline and grace is recorded as late and does not
    count. Raises AttemptClosed, TryOutOfTurn, NotOpen.
    """
    before = sitting.responses.get(slot, [])
    if 1 <= try_number <= len(before):
        return _recorded(before[try_number - 1], value)
    late = rules.is_over(sitting.attempt.due_at, sitting.now)
    if not late and sitting.is_settled(slot):
        raise AttemptClosed
    if try_number != len(before) + 1:
        raise TryOutOfTurn
    response = marked(sitting, slot, value, confidence, late=late)
    response.learner, response.try_number = learner, try_number
    try:
        with transaction.atomic():
            response.attempt = save(sitting=sitting, learner=learner)
            response.save(force_insert=True)
            if not late and not _count(response):
                raise AttemptClosed
            transaction.on_commit(partial(response_recorded.send_robust, sender=Response, response=response))
    except IntegrityError:
        given = learner.responses.filter(attempt__edition=sitting.attempt.edition_id, slot=slot, try_number=try_number)
        given = given.filter(attempt=sitting.attempt) if sitting.attempt.pk else given.filter(attempt__in_review=False)
        stored = given.filter(attempt__set_aside=False).select_related("attempt").first()
        if stored is None:  # no rival answer: the guest became part of an account meanwhile
            raise AttemptClosed from None
        return _recorded(stored, value)
    return Recorded(response)


def marked(sitting: Sitting, slot: int, value: Answer, confidence: int | None, *, late: bool = False) -> Response:
    """An answer with what it earned: not saved, and not yet anybody's."""
    asked, tries = sitting.slot(slot), sitting.tries(slot)
    earned = KINDS[asked.question.kind].mark(asked.question, value)
    fraction = None if earned is None else behaviour.rounded(earned)
    given = Try(None if fraction is None else float(fraction), sitting.hints_taken(slot), confidence, late)
    gain = behaviour.slot_mark(sitting.quiz, asked, [*tries, given]) - behaviour.slot_mark(sitting.quiz, asked, tries)
    return Response(
        slot=slot,
        question_key=asked.question.key,
        answer=value,
        fraction=fraction,
        mark=gain,
        hints=given.hints,
        confidence=confidence,
        late=late,
    )


def _count(response: Response) -> bool:
    """Adds its mark to the attempt's, if that still takes answers."""
    in_time = Q(due_at=None) | Q(due_at__gte=timezone.now() - rules.GRACE)
    taking_answers = Attempt.objects.open().filter(in_time, pk=response.attempt_id)
    return bool(taking_answers.update(mark=F("mark") + response.mark))


def take_hint(*, sitting: Sitting, learner: User, slot: int, number: int) -> Attempt:
    """Notes that hint `number`, counted from 1, was taken; taking it again does nothing. Raises NoHint, NotOpen."""
    if number <= sitting.hints_taken(slot):
        return sitting.attempt
    taken, tries = sitting.hints_taken(slot), sitting.tries(slot)
    if number != taken + 1 or sitting.is_over:
        raise NoHint
    if not behaviour.offers_hint(sitting.quiz, sitting.slot(slot), tries, taken):
        raise NoHint
    with transaction.atomic():
        attempt = _locked(save(sitting=sitting, learner=learner))
        attempt.hints[str(slot)] = max(number, int(attempt.hints.get(str(slot), 0)))
        attempt.save(update_fields=["hints"])
    return attempt


def flag(*, sitting: Sitting, learner: User, slot: int, on: bool) -> Attempt:
    """Marks a slot to come back to, or takes the mark away. Raises NotOpen."""
    with transaction.atomic():
        attempt = _locked(save(sitting=sitting, learner=learner))
        flags = {number for number in attempt.flags if number != slot}
        attempt.flags = sorted(flags | {slot} if on else flags)
        attempt.save(update_fields=["flags"])
    return attempt


def _locked(attempt: Attempt) -> Attempt:
    """As it is now, until the transaction ends."""
    attempts = Attempt.objects.select_for_update(of=("self",)).select_related("quiz__collection", "edition")
    return attempts.defer("edition__document").get(pk=attempt.pk)


def finish(*, attempt: Attempt) -> bool:
    """Whether this call finished it; a second one does nothing. What is over is finished as of its deadline."""
    now = timezone.now()
    with transaction.atomic():
        end = min(now, attempt.due_at) if attempt.due_at else now
        done = bool(Attempt.objects.running().filter(pk=attempt.pk).update(finished_at=end))
        if done:
            attempt.finished_at = end
            transaction.on_commit(partial(attempt_finished.send_robust, sender=Attempt, attempt=attempt))
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
