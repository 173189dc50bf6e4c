"""An attempt as far as it has come: what is asked, in which order, and what was answered."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils import timezone
from msgspec.structs import astuple, replace

from accounts.models import User
from quizzes.engine import behaviour, document, drawing, rules
from quizzes.engine.behaviour import Try
from quizzes.engine.document import Question, Slot
from quizzes.engine.seeds import Hand, seed_from
from quizzes.models import Attempt, Edition, Quiz, Response

Visitor = User | AnonymousUser


class NothingRunning(Exception):
    """Every attempt of this learner at this quiz is finished."""


class EditionSuperseded(Exception):
    """The page asked from an edition that a newer one has replaced, and nothing was answered on it yet."""


@lru_cache(maxsize=1024)
def contents(edition_id: int, digest: str) -> document.Quiz:
    """An edition's document, read once in each process: it never changes. The digest only makes the key safe where
    primary keys come again, as in tests."""
    return document.decode(Edition.objects.values_list("document", flat=True).get(pk=edition_id))


def holds_nothing_back(quiz: Quiz, edition_id: int, digest: str) -> bool:
    """Whether a learner who has finished an attempt at this edition is told all there is."""
    closed = rules.is_closed(quiz.rules, timezone.now())
    visibility = contents(edition_id, digest).visibility
    return all(behaviour.sees(when, is_finished=True, is_closed=closed) for when in astuple(visibility))


@dataclass(frozen=True)
class Sitting:
    """The attempt may be one that is not saved yet: nothing was answered so far."""

    attempt: Attempt
    quiz: document.Quiz
    """As dealt to this attempt: with slots only."""
    responses: dict[int, list[Response]] = field(default_factory=dict)
    """By slot, in the order of tries."""
    now: datetime = field(default_factory=timezone.now)

    @cached_property
    def order(self) -> list[int]:
        """Slots in the order they are shown."""
        return drawing.order(self.quiz, self.attempt.seed)

    def slot_at(self, place: int) -> int:
        """The slot shown at a place, counted from 1. Raises Http404."""
        if not 1 <= place <= len(self.order):
            raise Http404
        return self.order[place - 1]

    def place_of(self, slot: int) -> int:
        return self.order.index(slot) + 1

    def slot(self, number: int) -> Slot:
        if not 0 <= number < len(self.quiz.slots):
            raise Http404
        return self.quiz.slots[number]

    def question(self, slot: int) -> Question:
        return self.slot(slot).question

    def slot_of(self, key: str) -> int | None:
        """The slot that asks a question, None where this edition does not ask it."""
        return next((n for n, slot in enumerate(self.quiz.slots) if slot.question.key == key), None)

    def tries(self, slot: int) -> list[Try]:
        return [response.as_try for response in self.responses.get(slot, [])]

    @property
    def is_over(self) -> bool:
        """Whether it takes no more answers: finished, or its time is up."""
        return self.attempt.is_finished or rules.is_over(self.attempt.due_at, self.now)

    def is_settled(self, slot: int) -> bool:
        """No further try: earned in full, tries used up, or the attempt is over."""
        return self.is_over or behaviour.is_settled(self.quiz, self.slot(slot), self.tries(slot))

    def ruling(self, slot: int) -> dict[str, Any]:
        """What a regrade decided about a slot; empty where none did."""
        ruling: dict[str, Any] = self.attempt.rulings.get(str(slot), {})
        return ruling

    def is_dropped(self, slot: int) -> bool:
        return "dropped" in self.ruling(slot)

    def mark_of(self, slot: int) -> float:
        if self.is_dropped(slot):
            return 0.0
        if mark := self.ruling(slot).get("mark"):
            return float(mark)
        return float(behaviour.slot_mark(self.quiz, self.slot(slot), self.tries(slot)))

    def hand(self, slot: int) -> Hand:
        return Hand(self.attempt.seed, slot)

    def hints_taken(self, slot: int) -> int:
        return int(self.attempt.hints.get(str(slot), 0))

    def sees(self, what: str) -> bool:
        """Whether the learner sees a thing by now: mark, right, feedback or evidence."""
        closed = rules.is_closed(self.attempt.quiz.rules, self.now)
        return behaviour.sees(getattr(self.quiz.visibility, what), is_finished=self.is_over, is_closed=closed)

    @property
    def asked(self) -> list[int]:
        """Slots with something to answer, in the order they are shown."""
        return [slot for slot in self.order if self.slot(slot).asks]

    @property
    def answered(self) -> int:
        return len(self.responses)

    @property
    def open_place(self) -> int:
        """Where to go on: the first place not settled (in an exam: not answered); 0 when there is none."""
        is_practice = self.quiz.setting == document.PRACTICE
        for place, slot in enumerate(self.order, 1):
            if self.slot(slot).asks and (slot not in self.responses or (is_practice and not self.is_settled(slot))):
                return place
        return 0


def starts_by_hand(quiz: document.Quiz) -> bool:
    """Whether an attempt has to be started, since its clock runs or questions are drawn for it. Others begin with
    their first answer."""
    return bool(quiz.draws) or quiz.time_limit is not None


def dealt(attempt: Attempt, digest: str) -> document.Quiz:
    quiz = contents(attempt.edition_id, digest)
    asked = drawing.for_review(quiz) if attempt.in_review else drawing.deal(quiz, attempt.drawn)
    return _mended(asked, attempt.rulings) if attempt.rulings else asked


def _mended(quiz: document.Quiz, rulings: dict[str, dict[str, Any]]) -> document.Quiz:
    """With the questions that a regrade put in the place of wrong ones."""
    slots = list(quiz.slots)
    for number, ruling in rulings.items():
        if "edition" in ruling:
            slot = slots[int(number)]
            found = drawing.pooled(contents(ruling["edition"], ruling["digest"]))
            question = next(one for one in found if one.key == slot.question.key)
            slots[int(number)] = Slot(question, slot.weight, slot.section)
    return replace(quiz, slots=tuple(slots))


def by_slot(responses: Iterable[Response]) -> dict[int, list[Response]]:
    slots: dict[int, list[Response]] = {}
    for response in sorted(responses, key=lambda response: response.try_number):
        slots.setdefault(response.slot, []).append(response)
    return slots


def sitting_of(attempt: Attempt) -> Sitting:
    """Of a saved attempt that came with its edition and its quiz. One query."""
    return Sitting(attempt, dealt(attempt, attempt.edition.digest), by_slot(attempt.responses.all()))


def all_sittings(*, quiz: Quiz, visitor: Visitor) -> list[Sitting]:
    """Every attempt with an answer, those at the newest edition first. One query."""
    if not isinstance(visitor, User):
        return []
    responses = visitor.responses.filter(attempt__quiz=quiz, attempt__set_aside=False, attempt__in_review=False)
    of_attempt: dict[Attempt, list[Response]] = {}
    for response in responses.select_related("attempt__edition", "dispute").defer("attempt__edition__document"):
        response.attempt.quiz = quiz
        of_attempt.setdefault(response.attempt, []).append(response)
    return [
        Sitting(attempt, dealt(attempt, attempt.edition.digest), by_slot(given))
        for attempt, given in sorted(of_attempt.items(), key=lambda one: (-one[0].edition.number, one[0].number))
    ]


def unsaved(quiz: Quiz, secret: str) -> Sitting:
    """What whoever has not answered yet sees: the order follows from the browser's secret, so that it stays the same
    when the first answer saves the attempt. Raises Http404 for a quiz that is not published."""
    if quiz.edition_id is None:
        raise Http404
    attempt = Attempt(quiz=quiz, edition_id=quiz.edition_id, number=1, seed=seed_from(secret, quiz.edition_id))
    return Sitting(attempt, contents(quiz.edition_id, quiz.edition_digest))


def resume(*, quiz: Quiz, visitor: Visitor, secret: str) -> Sitting:
    """The running attempt, also when its time is up, or an unsaved first one. Raises NothingRunning."""
    attempts = attempts_of(visitor, quiz)
    if running := next((attempt for attempt in attempts if not attempt.is_finished), None):
        return sitting_of(running)
    if attempts:
        raise NothingRunning
    first = unsaved(quiz, secret)
    if starts_by_hand(first.quiz):
        raise NothingRunning
    return first


def attempts_of(visitor: Visitor, quiz: Quiz) -> list[Attempt]:
    """Latest first, with the quiz, and their editions but not their documents. One query."""
    if not isinstance(visitor, User):
        return []
    attempts = visitor.attempts.filter(quiz=quiz, set_aside=False, in_review=False).select_related("edition")
    found = list(attempts.defer("edition__document").order_by("-number"))
    for attempt in found:
        attempt.quiz = quiz
    return found


def named(*, learner: User, attempt_id: int, of: Callable[[Quiz], bool]) -> Sitting:
    """What a form that names its attempt was rendered from; `of` says whether it is one of the right quiz. Two queries,
    and plain ones, since most answers come so. Raises Http404 for another's."""
    mine = learner.attempts.filter(pk=attempt_id).select_related("quiz__collection", "edition")
    for attempt in mine.defer("edition__document").order_by():
        if of(attempt.quiz) and not (attempt.set_aside or attempt.in_review):
            return Sitting(attempt, dealt(attempt, attempt.edition.digest), by_slot(attempt.responses.order_by()))
    raise Http404


def asked_by(*, quiz: Quiz, visitor: Visitor, secret: str, edition_id: int) -> Sitting:
    """What a form that names no attempt was rendered from: there was none then. Raises EditionSuperseded, and Http404
    where an attempt has to be started."""
    attempts = attempts_of(visitor, quiz)
    if first := next((attempt for attempt in reversed(attempts) if attempt.edition_id == edition_id), None):
        return sitting_of(first)
    if edition_id != quiz.edition_id:
        raise EditionSuperseded
    new = unsaved(quiz, secret)
    if starts_by_hand(new.quiz):
        raise Http404
    return new
