"""The daily review: what comes up today, and what a learner does with it.

An answer given in a review is a response like any other. It hangs on an attempt that is kept for the reviews of one
edition on one day, and that counts as no attempt at the quiz (docs/decisions/0009-review.md).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from statistics import fmean
from typing import NamedTuple

from django.db import transaction
from django.db.models import BigIntegerField, Max, Value

from accounts.models import User, today
from progress import cards, exams, ordering, own_questions, scheduling
from progress.asking import Origin, OwnOrigin, origins, topic_of
from progress.models import Card, Hindsight, OwnAnswer, OwnQuestion, ReviewSettings
from quizzes.engine.seeds import seed_from
from quizzes.models import Attempt, Response
from quizzes.sittings import Sitting, dealt, sitting_of

FORECAST = 14
"""Days."""


class DueCard(NamedTuple):
    """As much of a card as tells its turn: after a long break there are thousands."""

    pk: int
    collection_id: int
    question_key: str
    stability: float
    reviewed_on: date
    sure_but_wrong: bool
    own: OwnQuestion | None = None


@dataclass(frozen=True)
class Asked:
    """A card that may come up, and where its question is taken from."""

    card: Card | DueCard
    origin: Origin | OwnOrigin

    @property
    def topic(self) -> str:
        return self.origin.topic

    @property
    def sure_but_wrong(self) -> bool:
        return self.card.sure_but_wrong

    @cached_property
    def recall(self) -> float:
        return scheduling.recall_after((today() - self.card.reviewed_on).days, self.card.stability)


@dataclass(frozen=True)
class Done:
    """What was answered in reviews today."""

    answered: int
    right: int
    last: cards.Key | None = None
    last_lesson: int | None = None
    """The one that the last question was about, if that was of the learner's own."""

    def topic(self, places: Mapping[cards.Key, Origin]) -> str:
        """Of the last question."""
        if self.last_lesson:
            return topic_of(self.last_lesson)
        origin = places.get(self.last) if self.last else None
        return origin.topic if origin else ""


@dataclass(frozen=True)
class Day:
    """A learner's review as it stands."""

    settings: ReviewSettings
    due: list[Asked]
    done: Done
    last_topic: str

    @property
    def left(self) -> int:
        """How many more come up today."""
        return min(len(self.due), self.settings.left(self.done.answered))

    @property
    def is_capped(self) -> bool:
        return self.left < len(self.due)

    @property
    def number(self) -> int:
        """Of the next question, in its session."""
        return self.done.answered % self.settings.session_size + 1

    @property
    def session(self) -> int:
        """How many questions this session has, as far as there are any."""
        return min(self.settings.session_size, self.number - 1 + self.left)

    @property
    def is_between(self) -> bool:
        """Whether a session has just come to its end."""
        return self.done.answered > 0 and self.number == 1

    def queue(self) -> Iterator[Asked]:
        return ordering.in_order(self.due, self.last_topic)


def day_of(learner: User) -> Day:
    """Eleven queries, whatever there is, and those of what was answered since the last time."""
    cards.sync(learner=learner)
    settings = cards.settings_of(learner)
    due = _due(learner, settings)
    places = origins(learner, {card.collection_id for card in due})
    done = done_today(learner)
    return Day(settings, _asked(due, places), done, done.topic(places))


def _due(learner: User, settings: ReviewSettings) -> list[Card | DueCard]:
    """Two queries."""
    due = learner.cards.due(settings.exam_on)
    of_bank = [DueCard(*row) for row in due.filter(own=None).values_list(*DueCard._fields[:-1])]
    return sorted([*of_bank, *due.exclude(own=None).with_own()], key=lambda card: card.pk)


def asked(learner: User, card: Card) -> Asked | None:
    """A card, due or not; None while its question pauses."""
    return next(iter(_asked([card], origins(learner, [card.collection_id]))), None)


def _asked(found: Iterable[Card | DueCard], places: Mapping[cards.Key, Origin]) -> list[Asked]:
    return [Asked(card, origin) for card in found if (origin := _origin(card, places))]


def _origin(card: Card | DueCard, places: Mapping[cards.Key, Origin]) -> Origin | OwnOrigin | None:
    if card.own is None:
        return places.get((card.collection_id, card.question_key))
    origin = OwnOrigin(card.own)
    return None if origin.pauses else origin


def done_today(learner: User) -> Done:
    """One query."""
    midnight = datetime.combine(today(), time(), UTC)
    given = learner.responses.filter(attempt__in_review=True, answered_at__gte=midnight).order_by()
    own = OwnAnswer.objects.filter(question__learner=learner, answered_at__gte=midnight).order_by()
    no_lesson = Value(None, output_field=BigIntegerField())
    rows = given.values_list("fraction", "attempt__quiz__collection", "question_key", no_lesson, "answered_at", "pk")
    about = ("question__collection", "question__question_key", "question__highlight__lesson")
    done = list(
        rows.union(own.values_list("fraction", *about, "answered_at", "pk"), all=True).order_by("-answered_at", "-pk")
    )
    if not done:
        return Done(0, 0)
    _fraction, collection, key, lesson, _at, _pk = done[0]
    right = sum(row[0] is not None and row[0] >= 1 for row in done)
    return Done(len(done), right, (collection, key), lesson)


def sitting(learner: User, origin: Origin | OwnOrigin, day: date) -> Sitting:
    """For the questions of an edition that come up on a day; its attempt may be one that is not saved yet. Two queries,
    one when it is not. That of a question of the learner's own is never saved, and takes none."""
    if isinstance(origin, OwnOrigin):
        return own_questions.sitting(origin.question, day)
    quiz = origin.quiz
    assert quiz.edition_id is not None
    seed = seed_from("review", learner.pk, quiz.edition_id, day)
    attempt = Attempt(learner=learner, quiz=quiz, edition_id=quiz.edition_id, in_review=True, seed=seed)
    if saved := _saved(attempt):
        return sitting_of(saved)
    return Sitting(attempt, dealt(attempt, quiz.edition_digest))


@transaction.atomic
def begin(of: Sitting) -> Sitting:
    """The same sitting with its attempt saved."""
    attempt = of.attempt
    if attempt.pk:
        return of
    User.objects.select_for_update().get(pk=attempt.learner_id)  # two first answers at once take turns
    if saved := _saved(attempt):
        return sitting_of(saved)
    reviews = attempt.learner.attempts.filter(quiz=attempt.quiz, in_review=True)
    attempt.number = (reviews.aggregate(last=Max("number"))["last"] or 0) + 1
    attempt.save(force_insert=True)
    return of


def _saved(attempt: Attempt) -> Attempt | None:
    mine = attempt.learner.attempts.filter(quiz=attempt.quiz, in_review=True, seed=attempt.seed)
    return mine.select_related("quiz__collection", "edition").defer("edition__document").first()


@transaction.atomic
def look_back(*, response: Response, knew: bool) -> None:
    """Notes whether an answer was known or guessed, and reckons its card anew."""
    Hindsight.objects.update_or_create(response=response, defaults={"knew": knew})
    cards.sync(learner=response.learner, also=[(response.attempt.quiz.collection_id, response.question_key)])


@transaction.atomic
def set_plan(settings: ReviewSettings) -> None:
    """Keeps how a learner wants to review, and sets the days of their cards anew."""
    User.objects.select_for_update().get(pk=settings.learner_id)  # two first plans at once take turns
    settings.save()
    cards.reschedule(learner=settings.learner)


@dataclass(frozen=True)
class ExamOutlook:
    """The chance of knowing a question on the day of the exam, on average: with all reviews until then, and with none.
    `reviews` is how many those are if every answer is right, and `too_many` how many of them the cap of a day puts off
    until it is too late."""

    exam: exams.Exam
    planned: float
    without: float
    reviews: int
    too_many: int


@dataclass(frozen=True)
class Outlook:
    """What comes, in the next 14 days and for the exam."""

    settings: ReviewSettings
    asked: list[Card]
    """All that come up some day."""
    answered: int
    """Today."""
    cards: int
    suspended: int

    @cached_property
    def loads(self) -> list[ordering.Load]:
        return self._loads([comes_up(card, self.settings) for card in self.asked], FORECAST)

    def _loads(self, days: Iterable[date], length: int) -> list[ordering.Load]:
        cap, done = self.settings.daily_cap, self.answered
        return ordering.forecast(days, today=today(), cap=cap, done=done, length=length)

    @property
    def longest(self) -> int:
        """What the longest bar stands for."""
        return max(1, *(load.cards for load in self.loads))

    @cached_property
    def exam(self) -> ExamOutlook | None:
        """Half a second for 5,000 cards."""
        exam = self.settings.exam
        memories = [card.memory for card in self.asked if self.settings.exam_for(card.collection_id)]
        if exam is None or exam.on <= today() or not memories:
            return None
        plans = [[one, *exams.reviews_until(exam, one, self.settings.retention, today())] for one in memories]
        reviews = [after.reviewed_on for plan in plans for after in plan[1:]]
        fitting = self._loads(reviews, (exam.on - today()).days)
        return ExamOutlook(
            exam=exam,
            planned=fmean(scheduling.recall(plan[-1], exam.on) for plan in plans),
            without=fmean(scheduling.recall(plan[0], exam.on) for plan in plans),
            reviews=len(reviews),
            too_many=len(reviews) - sum(load.cards for load in fitting),
        )


def outlook(learner: User, settings: ReviewSettings) -> Outlook:
    """Six queries, whatever there is. The cards are in line with the answers."""
    every = list(learner.cards.with_own())
    places = origins(learner, {card.collection_id for card in every})
    asked = [card for card in every if not card.suspended and _origin(card, places)]
    suspended = sum(card.suspended for card in every)
    return Outlook(settings, asked, done_today(learner).answered, len(every), suspended)


def comes_up(card: Card, settings: ReviewSettings) -> date:
    """The day on which a card is due and not put off."""
    is_ahead = settings.exam_on is not None and settings.exam_on > today()
    due = min(card.due_on, card.exam_due_on) if is_ahead and card.exam_due_on else card.due_on
    return max(due, card.buried_until or due)
