"""Cards follow from answers: replaying all answers to a question gives its card, in whichever order things came about.
That is how answers, marks, merged guests and mended keys all come to cards. Answers to questions of the bank are
responses; those to the learner's own questions have a table of their own, and are replayed as soon as they are given.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, OuterRef, Prefetch, Q, Subquery
from django.dispatch import receiver

from accounts.models import User
from progress import exams, scheduling
from progress.models import Card, OwnAnswer, OwnQuestion, ReviewSettings
from progress.models.highlights import OWN
from progress.scheduling import Answer, Memory
from quizzes.engine.document import EXAM
from quizzes.models import Attempt, Response, ResponseQuerySet
from quizzes.signals import attempt_finished, attempts_imported, marks_changed
from quizzes.sittings import dealt

Key = tuple[int, str]
"""A collection, and the key of a question about it: one of its own, or one of the learner's."""

AT_ONCE = timedelta(seconds=1)
"""An attempt started so shortly before an answer began with it."""

OVERLAP = timedelta(minutes=1)
"""For so long before the latest answer another one may have been under way, and come to light after it."""

_derived = ("answered_at", "stability", "difficulty", "reviewed_on", "sure_but_wrong", "due_on", "exam_due_on")


def sync(*, learner: User, also: Collection[Key] = ()) -> None:
    """Brings the cards in line with what was answered since the latest answer that they know, and with all that is said
    of the questions in `also`: not with those alone, for then answers given before theirs would not be found any more.
    Answering itself does not pay for it: whoever shows cards calls this first. Three queries where there is nothing
    new, and no transaction, which would make readers wait for writers on SQLite."""
    of_bank = learner.cards.filter(own=None)
    latest = of_bank.aggregate(latest=Max("answered_at"))["latest"]
    lately = Q(answered_at__gt=latest - OVERLAP) if latest else Q()
    known = of_bank.filter(lately).values_list("collection", "question_key", "answered_at")
    known_at = {(collection, key): at for collection, key, at in known}
    given = learner.responses.filter(lately).order_by().values_list("attempt__quiz__collection", "question_key")
    new = {
        (collection, key)
        for collection, key, at in given.annotate(at=Max("answered_at"))
        if (collection, key) not in known_at or known_at[collection, key] < at
    }
    if keys := new.union(also):
        _replay(learner, keys)


def replay(*, learner: User) -> None:
    """Makes all cards anew from the learner's answers."""
    _replay(learner, None)


@transaction.atomic
def _replay(learner: User, keys: Collection[Key] | None) -> None:
    """Makes the cards of these questions, or of all, what the learner's answers say. Three queries, two more where a
    card has to go, and two for the learner's own questions where all or one of them are asked for."""
    settings = _locked_settings(learner)
    own = {one.card_key: one for one in _own_questions(learner, keys)}
    histories = _histories(_responses(learner, keys)) | {key: _own_history(one) for key, one in own.items()}
    memories = {key: memory for key, answers in histories.items() if (memory := scheduling.remembered(answers))}
    _save(
        _card(learner, key, memory, settings, max(one.at for one in histories[key]), own.get(key))
        for key, memory in memories.items()
    )
    if keys is None or memories.keys() != set(keys):
        stale = [card.pk for card in learner.cards.filter(_about(keys)) if _key(card) not in memories]
        Card.objects.filter(pk__in=stale).delete()


@transaction.atomic
def reschedule(*, learner: User) -> None:
    """Sets the days of all cards anew, after the learner's settings changed."""
    settings = _locked_settings(learner)
    _save(_card(learner, _key(card), card.memory, settings, card.answered_at) for card in learner.cards.all())


def settings_of(learner: User) -> ReviewSettings:
    """As they were chosen, or as they are for everybody. One query."""
    chosen = ReviewSettings.objects.select_related("exam_course").filter(learner=learner).first()
    return chosen or ReviewSettings(learner=learner)


def _locked_settings(learner: User) -> ReviewSettings:
    """Whoever writes cards of this learner takes turns."""
    learners = User.objects.select_for_update(of=("self",)).select_related("review_settings__exam_course")
    chosen: ReviewSettings | None = getattr(learners.get(pk=learner.pk), "review_settings", None)
    return chosen or ReviewSettings(learner=learner)


def _key(card: Card) -> Key:
    return card.collection_id, card.question_key


def _about(keys: Iterable[Key] | None, collection: str = "collection") -> Q:
    """Rows of these questions; of all where none are named."""
    wanted: dict[int, list[str]] = {}
    for collection_id, key in keys or ():
        wanted.setdefault(collection_id, []).append(key)
    conditions = [Q(**{collection: pk, "question_key__in": found}) for pk, found in wanted.items()]
    nothing = Q() if keys is None else Q(pk__in=[])
    return Q(*conditions, _connector=Q.OR) if conditions else nothing


def _card(
    learner: User,
    key: Key,
    memory: Memory,
    settings: ReviewSettings,
    answered_at: datetime,
    own: OwnQuestion | None = None,
) -> Card:
    collection_id, question_key = key
    exam = settings.exam_for(collection_id)
    return Card(
        learner=learner,
        collection_id=collection_id,
        question_key=question_key,
        own=own,
        stability=memory.stability,
        difficulty=memory.difficulty,
        reviewed_on=memory.reviewed_on,
        answered_at=answered_at,
        sure_but_wrong=memory.sure_but_wrong,
        due_on=scheduling.due(memory, settings.retention),
        exam_due_on=exams.due_for(exam, memory, settings.retention) if exam else None,
    )


def _save(cards: Iterable[Card]) -> None:
    unique = ("learner", "collection", "question_key")
    Card.objects.bulk_create(cards, batch_size=500, update_conflicts=True, unique_fields=unique, update_fields=_derived)


def _responses(learner: User, keys: Collection[Key] | None) -> ResponseQuerySet:
    """What counts of the learner's responses, also in attempts that a merge set aside."""
    earlier = Response.objects.filter(learner=learner, answered_at__lt=OuterRef("answered_at")).order_by("-answered_at")
    return (
        learner.responses.filter(_about(keys, "attempt__quiz__collection"))
        .exclude(Q(late=True) | Q(void=True) | Q(fraction=None))
        .select_related("attempt__quiz", "attempt__edition", "hindsight")
        .defer("attempt__edition__document")
        .annotate(previous=Subquery(earlier.values("answered_at")[:1]))
        .order_by("pk")
    )


def _histories(responses: Iterable[Response]) -> dict[Key, list[Answer]]:
    """By question. One query for each edition that this process reads for the first time."""
    histories: dict[Key, list[Answer]] = {}
    for response in responses:
        if not _may_still_change(response.attempt):
            answer = _answer(response, response.previous)  # type: ignore[attr-defined]
            histories.setdefault(_key_of(response), []).append(answer)
    return histories


def _own_questions(learner: User, keys: Collection[Key] | None) -> Iterable[OwnQuestion]:
    if keys is not None and not any(key.startswith(OWN) for _collection, key in keys):
        return ()
    earlier = learner.responses.filter(answered_at__lt=OuterRef("answered_at")).order_by("-answered_at")
    answers = OwnAnswer.objects.annotate(previous=Subquery(earlier.values("answered_at")[:1])).order_by("answered_at")
    return learner.own_questions.filter(_about(keys)).prefetch_related(Prefetch("answers", answers))


def _own_history(own: OwnQuestion) -> list[Answer]:
    """Whoever makes a question has just read what it asks: that counts as the first review, and as a hard one, so that
    it comes up the next day. No more than that is known of how long an answer took than of any other."""
    made = Answer(at=own.made_at, sitting="made", try_number=1, fraction=0.5)
    return [made, *(_own_answer(one) for one in own.answers.all())]


def _own_answer(given: OwnAnswer) -> Answer:
    previous: datetime | None = given.previous  # type: ignore[attr-defined]
    return Answer(
        at=given.answered_at,
        sitting="own",
        try_number=1,
        fraction=float(given.fraction),
        knew=given.knew,
        took=given.answered_at - previous if previous else None,
    )


def _is_exam(attempt: Attempt) -> bool:
    return dealt(attempt, attempt.edition.digest).setting == EXAM


def _may_still_change(attempt: Attempt) -> bool:
    return not attempt.is_finished and _is_exam(attempt)


def _answer(response: Response, previous: datetime | None) -> Answer:
    """As the scheduler needs it; `previous` is the time of the learner's answer before."""
    attempt, at = response.attempt, response.answered_at
    assert response.fraction is not None
    starts = [start for start in (previous, attempt.started_at) if start and at - start > AT_ONCE]
    is_exam = _is_exam(attempt)
    hindsight = getattr(response, "hindsight", None)
    return Answer(
        at=at,
        sitting=f"attempt {attempt.pk}" if is_exam else f"edition {attempt.edition_id}",
        try_number=response.try_number,
        fraction=float(response.fraction),
        hints=response.hints,
        confidence=response.confidence or 0,
        knew=hindsight.knew if hindsight else None,
        took=at - max(starts) if starts else None,
        is_final=is_exam,
    )


@receiver(attempt_finished)
def _after_attempt(*, attempt: Attempt, **kwargs: Any) -> None:
    """What could be changed until now counts from now on."""
    if _is_exam(attempt):
        answered = attempt.responses.values_list("question_key", flat=True).distinct()
        sync(learner=attempt.learner, also=[(attempt.quiz.collection_id, key) for key in answered])


@receiver(attempts_imported)
def _after_import(*, learner: User, keys: set[Key], **kwargs: Any) -> None:
    sync(learner=learner, also=keys)


@receiver(marks_changed)
def _after_marks(*, learners: set[int], keys: set[str], **kwargs: Any) -> None:
    for learner in User.objects.filter(pk__in=learners):
        given = learner.responses.filter(question_key__in=keys).order_by()
        sync(learner=learner, also=set(given.values_list("attempt__quiz__collection", "question_key")))


def _key_of(response: Response) -> Key:
    return response.attempt.quiz.collection_id, response.question_key
