"""Attempts that come in a learner's own file. Anybody can write one, so an attempt becomes rows only where its edition
is here, and every mark is reckoned anew from the answers. What a teacher decided elsewhere can not be checked: an
attempt with such a decision is kept as it is and not counted.

An imported attempt never counts for a certificate, in what teachers see of a class, or among the attempts allowed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.my_data import FROM_THE_FUTURE, HERE, NO_COURSE, TAKEN, Decision, Fate, is_future
from quizzes import merging
from quizzes.engine import behaviour, document, rules
from quizzes.engine.behaviour import Try
from quizzes.engine.kinds import KINDS
from quizzes.engine.seeds import PLAIN
from quizzes.engine.words import Unreadable
from quizzes.looks import Look, looks_of
from quizzes.models import Attempt, Edition, Quiz, Response
from quizzes.signals import attempts_imported
from quizzes.sittings import contents, dealt, holds_nothing_back

if TYPE_CHECKING:
    from quizzes.my_data import Answer, AttemptRecord

BATCH = 500

DECIDED = Decision(
    Fate.KEPT, gettext_noop("A teacher marked it by hand or put it right, which can not be checked here.")
)
NOT_TOLD = Decision(Fate.KEPT, gettext_noop("Its quiz tells nobody here what was right, or not yet."))
UNDER_WAY = Decision(Fate.KEPT, gettext_noop("You are taking this quiz here. Finish it, then load your file again."))
NOT_OPEN = Decision(Fate.KEPT, gettext_noop("Its quiz is not open here yet."))
DIFFERS = Decision(Fate.KEPT, gettext_noop("The same attempt is here already, and differs."))
CONTRADICTS = Decision(Fate.REFUSED, gettext_noop("Its answers do not fit the questions it says they belong to."))

TOO_MANY = Decision(Fate.REFUSED, gettext_noop("Nobody takes one quiz as often as that."))

MOST = 5_000
"""Attempts of a learner at one quiz, which leaves room among the numbers that a merge uses."""

MOST_ALIKE = 50
"""Editions of a quiz that look the same are looked for so far."""

Given = tuple[int, str, datetime]
"""What an answer is known by: the quiz, the question and the time."""


Which = tuple[int, str, bool]
"""What an attempt is known by: the quiz, the seed and whether it is a review's."""


Made = tuple[Attempt, list[Response]]
"""Not saved yet."""


class Contradiction(Exception):
    """What a record says can not have been."""


@dataclass(frozen=True)
class Known:
    """What the learner has here, by what it is known by."""

    answers: set[Given]
    attempts: Mapping[Which, Attempt]
    quizzes: set[int]
    """At which there were attempts before."""
    counts: Counter[int]
    """How many attempts there are at each quiz by now."""
    under_way: set[int]
    """Exams that run."""


def take_attempts(learner: User, records: "Sequence[AttemptRecord]") -> "Iterator[tuple[AttemptRecord, Decision]]":
    editions = _editions(records)
    known = _known(learner)
    made: dict[Which, Made] = {}
    for record in sorted(records, key=lambda one: -len(one.answers)):
        edition = _edition(record, editions)
        decision = _decision(record, edition, known) if edition else NO_COURSE
        if edition and decision == TAKEN:
            decision = _make(learner, edition, record, known, made)
        yield record, decision
    _save(learner, sorted(made.values(), key=lambda one: one[0].started_at), known)


def _make(learner: User, edition: Edition, record: "AttemptRecord", known: Known, made: dict[Which, Made]) -> Decision:
    which = (edition.quiz_id, record.seed, record.in_review)
    if which in made:
        return _again(record)
    if known.counts[edition.quiz_id] >= MOST:
        return TOO_MANY
    try:
        made[which] = _built(learner, edition, record)
    except Contradiction:
        return CONTRADICTS
    known.counts[edition.quiz_id] += 1
    known.answers.update(_given(record, edition))
    return TAKEN


def _again(record: "AttemptRecord") -> Decision:
    """The same attempt at an earlier time, which the file has too."""
    return DIFFERS if record.answers else HERE


def _given(record: "AttemptRecord", edition: Edition) -> set[Given]:
    return {(edition.quiz_id, answer.question, answer.answered_at) for answer in record.answers}


def _editions(records: "Sequence[AttemptRecord]") -> dict[tuple[str, str, Look], Edition]:
    """By collection, quiz and look."""
    quizzes = Quiz.objects.filter(slug__in={record.quiz for record in records})
    quizzes = quizzes.filter(collection__slug__in={record.collection for record in records})
    looks = looks_of(quizzes) if records else {}
    found = Edition.objects.filter(pk__in=looks).select_related("quiz__collection").defer("document")
    return {(one.quiz.collection.slug, one.quiz.slug, looks[one.pk]): one for one in found}


def _edition(record: "AttemptRecord", editions: Mapping[tuple[str, str, Look], Edition]) -> Edition | None:
    """The one that it was, or else the last that looks so."""
    alike = (editions.get((record.collection, record.quiz, Look(record.digest, n))) for n in _numbers(record.edition))
    return next(filter(None, alike), None)


def _numbers(number: int) -> Iterator[int]:
    """From a number on, downwards, as far as editions are worth looking for."""
    return iter((number, *range(MOST_ALIKE, 0, -1)))


def _known(learner: User) -> Known:
    answers = learner.responses.order_by().values_list("attempt__quiz", "question_key", "answered_at")
    attempts = list(learner.attempts.order_by("pk"))
    return Known(
        answers=set(answers),
        attempts={(one.quiz_id, one.seed, one.in_review): one for one in attempts},
        quizzes={one.quiz_id for one in attempts},
        counts=Counter(one.quiz_id for one in attempts),
        under_way=_exams_under_way(learner),
    )


def _exams_under_way(learner: User) -> set[int]:
    """A file with guesses must not tell which of them are right."""
    running = learner.attempts.running().made_here().exclude(quiz__in_lesson=True).select_related("edition")
    found = [(one.quiz_id, dealt(one, one.edition.digest)) for one in running.defer("edition__document")]
    return {pk for pk, quiz in found if quiz.setting != document.PRACTICE or quiz.visibility != document.LEARNING}


def _decision(record: "AttemptRecord", edition: Edition, known: Known) -> Decision:
    given = _given(record, edition)
    same = known.attempts.get((edition.quiz_id, record.seed, record.in_review))
    if (given and given <= known.answers) or (same and not given):
        return HERE
    if record.regrades or any(answer.by_hand for answer in record.answers):
        return DECIDED
    if edition.quiz.opens_at and timezone.now() < edition.quiz.opens_at:
        return NOT_OPEN
    if edition.quiz_id in known.under_way:
        return UNDER_WAY
    if record.in_review and not holds_nothing_back(edition.quiz, edition.pk, edition.digest):
        return NOT_TOLD
    if is_future(_latest(record)):
        return FROM_THE_FUTURE
    if same and not _goes_on(same, given):
        return DIFFERS
    return TAKEN


def _latest(record: "AttemptRecord") -> datetime:
    times = [record.started_at, record.finished_at, *(answer.answered_at for answer in record.answers)]
    return max(at for at in times if at)


def _goes_on(same: Attempt, given: set[Given]) -> bool:
    """Whether an attempt that was imported before is the same one at an earlier time."""
    here = set(same.responses.values_list("attempt__quiz", "question_key", "answered_at"))
    return same.imported and here <= given


def _built(learner: User, edition: Edition, record: "AttemptRecord") -> Made:
    """Raises Contradiction."""
    quiz = contents(edition.pk, edition.digest)
    if not record.in_review and not _could_be_drawn(quiz, record.drawn):
        raise Contradiction
    attempt = Attempt(
        learner=learner,
        quiz=edition.quiz,
        edition=edition,
        number=record.number,
        seed=record.seed,
        drawn=list(record.drawn),
        started_at=record.started_at,
        due_at=record.due_at,
        finished_at=record.finished_at,
        hints=dict(record.hints),
        flags=sorted(set(record.flags)),
        set_aside=record.set_aside,
        in_review=record.in_review,
        imported=True,
    )
    asked = dealt(attempt, edition.digest)
    if not _fits(asked, record):
        raise Contradiction
    responses = _marked(attempt, asked, record)
    attempt.mark = sum((response.mark for response in responses), Decimal(0))
    return attempt, responses


def _could_be_drawn(quiz: document.Quiz, drawn: Sequence[str]) -> bool:
    left = iter(drawn)
    pools = [(draw.count, {question.key for question in draw.pool}) for draw in quiz.draws]
    by_draw = [(count, pool, list(islice(left, count))) for count, pool in pools]
    fixed = {slot.question.key for slot in quiz.slots}
    return (
        all(len(keys) <= count and pool >= set(keys) for count, pool, keys in by_draw)
        and len(set(drawn)) == len(drawn)
        and not fixed & set(drawn)
        and next(left, None) is None
    )


def _fits(asked: document.Quiz, record: "AttemptRecord") -> bool:
    """Whether slots, hints and tries are such as there could be."""
    slots = asked.slots
    hints = [(slots[int(slot)], taken) for slot, taken in record.hints.items() if _is_slot(slot, len(slots))]
    tries = Counter(answer.slot for answer in record.answers)
    numbers = {(answer.slot, answer.try_number) for answer in record.answers}
    return (
        len(hints) == len(record.hints)
        and all(taken <= len(slot.question.hints) for slot, taken in hints)
        and all(slot < len(slots) for slot in (*record.flags, *tries))
        and all(slots[answer.slot].question.key == answer.question for answer in record.answers)
        and all(answer.hints <= len(slots[answer.slot].question.hints) for answer in record.answers)
        and numbers == {(slot, number) for slot, count in tries.items() for number in range(1, count + 1)}
        and len(numbers) == len(record.answers)
    )


def _is_slot(name: str, count: int) -> bool:
    return name in map(str, range(count))


def _marked(attempt: Attempt, quiz: document.Quiz, record: "AttemptRecord") -> list[Response]:
    """Raises Contradiction."""
    tries: dict[int, list[Try]] = defaultdict(list)
    responses = []
    for answer in sorted(record.answers, key=lambda one: (one.slot, one.try_number)):
        response = _response(attempt, quiz, answer, tries[answer.slot])
        tries[answer.slot].append(response.as_try)
        responses.append(response)
    return responses


def _response(attempt: Attempt, quiz: document.Quiz, answer: "Answer", before: Sequence[Try]) -> Response:
    slot = quiz.slots[answer.slot]
    kind = KINDS[slot.question.kind]
    try:
        value = kind.field.read(slot.question, PLAIN, answer.answer)
    except Unreadable as unreadable:
        raise Contradiction from unreadable
    earned = kind.mark(slot.question, value)
    response = Response(
        learner=attempt.learner,
        attempt=attempt,
        slot=answer.slot,
        try_number=answer.try_number,
        question_key=answer.question,
        answer=value,
        fraction=None if earned is None else behaviour.rounded(earned),
        hints=answer.hints,
        confidence=answer.confidence if quiz.confidence else None,
        late=rules.is_over(attempt.due_at, answer.answered_at),
        answered_at=answer.answered_at,
    )
    gained = behaviour.slot_mark(quiz, slot, [*before, response.as_try])
    response.mark = gained - behaviour.slot_mark(quiz, slot, before)
    return response


def _save(learner: User, made: Sequence[Made], known: Known) -> None:
    if not made:
        return
    same = {(one.quiz_id, one.seed, one.in_review) for one, _given in made}
    Attempt.objects.filter(pk__in=[known.attempts[key].pk for key in same & known.attempts.keys()]).delete()
    attempts = [attempt for attempt, _given in made]
    quizzes = {attempt.quiz_id: attempt.quiz for attempt in attempts}
    to_settle = [quiz for quiz in quizzes.values() if quiz.pk in known.quizzes or _clash(attempts, quiz)]
    _park(attempts, to_settle)
    Attempt.objects.bulk_create(attempts, batch_size=BATCH)
    responses = sorted((one for _attempt, given in made for one in given), key=lambda one: one.answered_at)
    Response.objects.bulk_create(responses, batch_size=BATCH)
    for quiz in to_settle:
        merging.settle(learner, quiz)
    keys = {(quizzes[one.attempt.quiz_id].collection_id, one.question_key) for one in responses}
    attempts_imported.send(sender=Attempt, learner=learner, keys=keys)


def _clash(attempts: Sequence[Attempt], quiz: Quiz) -> bool:
    """Whether attempts of one file can not stand as they are: numbers that none has, two of one, or two that run."""
    own = [one for one in attempts if one.quiz_id == quiz.pk]
    running = [one.edition_id for one in own if not (one.is_finished or one.set_aside or one.in_review)]
    numbers = {(one.in_review, one.number) for one in own}
    is_odd = any(one.number - (merging.ASIDE if one.set_aside else 0) not in range(MOST + 1) for one in own)
    return is_odd or len(numbers) < len(own) or len(running) > (len(set(running)) if quiz.in_lesson else 1)


def _park(attempts: Sequence[Attempt], quizzes: Sequence[Quiz]) -> None:
    """Gives the attempts at these numbers that no row has; `settle` counts them anew."""
    for quiz in quizzes:
        own = [attempt for attempt in attempts if attempt.quiz_id == quiz.pk]
        for number, attempt in enumerate(own, merging.PARKED + 1):
            attempt.number = number
