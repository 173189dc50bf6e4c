"""Learners who answer on one day and review on another. What follows a commit is done at once."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import pytest
import time_machine
from django.test import TestCase

from accounts.models import User
from progress import cards
from progress.models import Card
from quizzes import taking
from quizzes.answering import confidence_of
from quizzes.models import Quiz
from quizzes.sittings import Sitting, resume
from sources.models import Collection
from tests import make
from tests.conftest import client_of
from tests.kept import kept
from tests.pages import filled, question_forms
from tests.quizzes.conftest import Taker

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
"""Of the day that tests call day 0."""


def day(number: int) -> date:
    return (NOON + timedelta(days=number)).date()


def record(learner, sitting: Sitting, slot: int, choice: str, confidence: int | None = None) -> None:
    """As the page of a question does."""
    taking.answer(
        sitting=sitting,
        learner=learner,
        slot=slot,
        try_number=len(sitting.responses.get(slot, [])) + 1,
        value=[[option.text for option in sitting.question(slot).options].index(choice)],
        confidence=confidence_of(sitting, confidence),
    )


class Reviewer:
    """A learner in a browser; `on` is the day, `seconds` pass between one request and the next."""

    def __init__(self, user, committing: Callable):
        self.user, self.client, self.committing = user, client_of(user), committing
        self.now = NOON

    def on(self, number: int) -> "Reviewer":
        self.now = NOON + timedelta(days=number)
        return self

    def after(self, **time: float) -> "Reviewer":
        self.now += timedelta(**time)
        return self

    def does(self, work: Callable):
        with time_machine.travel(self.now, tick=False), self.committing(execute=True):
            return work()

    def get(self, url: str = "/review/", **kwargs):
        return self.does(lambda: self.client.get(url, **kwargs))

    def post(self, url: str, data=None, *, follow: bool = False, **kwargs):
        response = self.does(lambda: self.client.post(url, data or {}, **kwargs))
        return self.get(response["Location"], **kwargs) if follow and response.status_code == 302 else response

    def takes(self, quiz, *choices: str, **changes) -> "Reviewer":
        """Answers the questions of a quiz in order."""
        for place, choice in enumerate(choices, 1):
            self.takes_at(quiz, place, choice, **changes)
        return self

    def takes_at(self, quiz, place: int, choice: str, *, confidence: int | None = None) -> "Reviewer":
        """As the page of a quiz records it, at the cost of no page."""

        def answer() -> None:
            sitting = resume(quiz=Quiz.objects.with_edition().get(pk=quiz.pk), visitor=self.user, secret="")
            record(self.user, sitting, sitting.slot_at(place), choice, confidence)

        self.does(answer)
        cards.sync(learner=self.user)  # as any page with cards does
        return self

    def finishes(self, quiz) -> "Reviewer":
        self.does(Taker(self.client, quiz).finish)
        return self

    def form(self, url: str = "/review/") -> dict | None:
        """Of the question that the review asks now."""
        return next(iter(question_forms(self.get(url))), None)

    def reviews(self, choice: str, url: str = "/review/"):
        form = self.form(url)
        return self.post(form["action"], filled(form, choice), follow=True)

    def card(self, key: str) -> Card:
        return self.user.cards.get(question_key=key)

    def due(self) -> dict[str, int]:
        """By question, how many days after day 0 it is due."""
        return {card.question_key: (card.due_on - day(0)).days for card in self.user.cards.order_by("question_key")}


class Taken(NamedTuple):
    ada: User
    rivers: Collection
    brook: Quiz


@kept
def taken() -> Taken:
    """Ada got the three questions of the brook wrong on day 0."""
    ada = make.ada()
    rivers = make.collection(slug="rivers")
    brook = quiz_of(rivers, "brook", *(f"q{number}" for number in range(3)))
    reviewing(ada).takes(brook, "Wrong", "Wrong", "Wrong")
    return Taken(ada, rivers, brook)


def reviewing(user: User) -> Reviewer:
    """For what is kept, which is built without fixtures."""
    return Reviewer(user, TestCase.captureOnCommitCallbacks)


@pytest.fixture
def reviewer(django_capture_on_commit_callbacks):
    return lambda user: Reviewer(user, django_capture_on_commit_callbacks)


@pytest.fixture
def ada_reviews(ada, reviewer) -> Reviewer:
    return reviewer(ada)


@pytest.fixture
def rivers(db):
    return make.collection(slug="rivers")


@pytest.fixture
def brook(rivers):
    """A quiz of three questions, q0 to q2."""
    return quiz_of(rivers, "brook", *(f"q{number}" for number in range(3)))


def quiz_of(collection, slug: str, *keys: str, **fields):
    """A quiz that asks these, each with one right option called Right."""
    asked = [make.question(collection=collection, key=key, text=f"What of {key}?") for key in keys]
    return make.quiz(collection=collection, slug=slug, title=slug.title(), questions=asked, **fields)
