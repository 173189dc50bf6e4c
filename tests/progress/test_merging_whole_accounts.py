"""Whatever an account and its guests did, and in whichever order they are merged: what comes of it is the same."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import combinations

import pytest
from django.db import transaction
from django.db.models import IntegerField, Max, Q, QuerySet
from django.db.models.functions import Cast
from hypothesis import given
from hypothesis import strategies as st

from accounts.guests import merge
from accounts.models import User
from progress import cards
from progress.models import Card, ReviewSettings
from quizzes.models import Attempt, Edition, Response
from quizzes.publishing import publish
from tests import make
from tests.cases import cases_in_database
from tests.progress.conftest import NOON, day

KEYS = ("q0", "q1", "q2")
QUIZZES = {"checks": ("q0", "q1"), "practice": ("q1", "q2"), "exam": ("q2", "q0")}
"""What each asks. The first two are published twice, so there are five editions."""

Try = tuple[datetime, float, int | None]
"""When, what it earned, and how sure the learner was."""


@dataclass(frozen=True)
class Sat:
    """An attempt at one of two editions, with the tries at each slot."""

    edition: int
    state: str
    started_at: datetime
    tries: tuple[list[Try], ...]


@dataclass(frozen=True)
class Life:
    """What somebody did. Who looked at the cards has some, and put off one: until a day, or for good, which is 0."""

    sat: list[Sat]
    looked: bool
    put_off: tuple[str, int]
    plan: tuple[datetime, float] | None
    """When a retention was chosen, and which."""


times = st.builds(
    lambda days, quarters: NOON + timedelta(days=days, seconds=15 * quarters), st.integers(0, 9), st.integers(0, 9)
)
"""Few, so that people answer on the same days, at once and quickly one after the other."""
END = NOON + timedelta(days=10)

tries = st.lists(
    st.tuples(times, st.sampled_from([0.0, 0.5, 1.0]), st.sampled_from([None, 1, 3])),
    max_size=2,
    unique_by=lambda one: one[0],
).map(sorted)
attempts = st.builds(
    Sat,
    edition=st.integers(0, 1),
    state=st.sampled_from(["running", "running", "finished", "in review"]),
    started_at=times,
    tries=st.tuples(tries, tries),
)
lives = st.builds(
    Life,
    sat=st.lists(attempts, max_size=2),
    looked=st.booleans(),
    put_off=st.tuples(st.sampled_from(KEYS), st.sampled_from([0, 0, 5, 12])),
    plan=st.none() | st.tuples(times, st.sampled_from([0.8, 0.95])),
)
pairs = st.sampled_from([*combinations(range(5), 2)])
"""Of editions, so that many sit the same."""


@pytest.fixture
def editions(rivers) -> list[Edition]:
    bank = {key: make.question(collection=rivers, key=key) for key in KEYS}
    settings = {"checks": {"in_lesson": True}, "practice": {}, "exam": {"setting": "exam"}}
    quizzes = [
        make.quiz(collection=rivers, slug=slug, questions=[bank[key] for key in asked], **settings[slug])
        for slug, asked in QUIZZES.items()
    ]
    for quiz in quizzes[:2]:
        quiz.title += ", put right"
        publish(quiz=quiz)
    return list(Edition.objects.select_related("quiz").order_by("quiz", "number"))


def live(learners: Sequence[User], lives: Sequence[Life], editions: Sequence[Edition]) -> None:
    """Writes rows as pages leave them, all of a table at once."""
    sat = [(learner, one) for learner, life in zip(learners, lives, strict=True) for one in life.sat]
    made = [_attempt(learner, one, editions[one.edition], number) for number, (learner, one) in enumerate(sat, 1)]
    Attempt.objects.bulk_create(made)
    Response.objects.bulk_create(
        response for attempt, (_learner, one) in zip(made, sat, strict=True) for response in _responses(attempt, one)
    )
    for learner, life in zip(learners, lives, strict=True):
        _plan(learner, life)


def _attempt(learner: User, one: Sat, edition: Edition, number: int) -> Attempt:
    return Attempt(
        learner=learner,
        quiz=edition.quiz,
        edition=edition,
        number=number,
        seed=f"seed {number}",
        started_at=one.started_at,
        finished_at=END if one.state == "finished" else None,
        in_review=one.state == "in review",
        mark=sum(_mark(at) for slot in one.tries for at, *_rest in slot),
    )


def _responses(attempt: Attempt, one: Sat) -> Iterator[Response]:
    for slot, (key, tries) in enumerate(zip(QUIZZES[attempt.quiz.slug], one.tries, strict=True)):
        for number, (at, fraction, confidence) in enumerate(tries, 1):
            yield Response(
                learner=attempt.learner,
                attempt=attempt,
                slot=slot,
                try_number=number,
                question_key=key,
                answer=[0],
                fraction=fraction,
                confidence=confidence,
                mark=_mark(at),
                answered_at=at,
            )


def _mark(at: datetime) -> Decimal:
    """Another one at any time, so that a sum tells what is in it."""
    return Decimal((at - NOON).total_seconds()) / 1000


def _plan(learner: User, life: Life) -> None:
    if life.plan:
        chosen_at, retention = life.plan
        ReviewSettings.objects.create(learner=learner, retention=retention)
        no_two_at_once = chosen_at + timedelta(milliseconds=learner.pk)
        ReviewSettings.objects.filter(learner=learner).update(changed_at=no_two_at_once)
    if life.looked:
        cards.replay(learner=learner)
        key, number = life.put_off
        changes = {"buried_until": day(number)} if number else {"suspended": True}
        learner.cards.filter(question_key=key).update(**changes)


@contextmanager
def merged(account: User, guests: Sequence[User]) -> Iterator[tuple[list, ...]]:
    """What has come of merging in this order, the first guest a second time at the end; undone afterwards."""
    with transaction.atomic():
        for guest in guests:
            assert merge(guest=copy(guest), account=account)
        assert not merge(guest=copy(guests[0]), account=account)
        counting = account.attempts.filter(set_aside=False)
        yield rows(account.cards, "id"), rows(account.responses, "attempt_id"), rows(counting)
        transaction.set_rollback(True)


def put_off(learners: Sequence[User]) -> list[tuple]:
    """Questions, whether they are suspended and how long they are buried, by any of these people."""
    found = Card.objects.filter(Q(suspended=True) | Q(buried_until__isnull=False), learner__in=learners)
    by_question = found.values_list("question_key").order_by("question_key")
    suspended = Max(Cast("suspended", IntegerField()))  # PostgreSQL has no greatest of booleans
    return list(by_question.annotate(suspended_by_any=suspended, longest=Max("buried_until")))


def rows(found: QuerySet, *but: str) -> list[tuple]:
    names = [field.attname for field in found.model._meta.concrete_fields if field.attname not in but]
    return sorted(found.order_by().values_list(*names), key=repr)


def check(editions: Sequence[Edition], lives: Sequence[Life], order: Sequence[int]) -> None:
    """The lives of an account and its guests, and another order of the guests than theirs."""
    with transaction.atomic():
        guests = [User(is_guest=True, guest_key=f"{number}") for number in range(1, len(lives))]
        account, *guests = learners = User.objects.bulk_create([User(email="ada@example.org"), *guests])
        live(learners, lives, editions)
        answers, away = Response.objects.count(), put_off(learners)
        with merged(account, guests) as first:
            assert put_off([account]) == away
            cards.replay(learner=account)
            assert rows(account.cards, "id") == first[0]
        with merged(account, [guests[place] for place in order]) as second:
            assert second == first
        assert len(first[1]) == answers
        transaction.set_rollback(True)


@pytest.mark.django_db
@cases_in_database(1000, outside_ci=8)
@given(pair=pairs, lives=st.tuples(lives, lives, lives))
def test_two_guests_come_to_the_same_in_either_order(editions, pair, lives):
    """The same cards with the same days on which they are due, the same answers, and the same attempts that count."""
    check([editions[one] for one in pair], lives, [1, 0])


@pytest.mark.django_db
@cases_in_database(60, outside_ci=3)
@given(pair=pairs, lives=st.tuples(lives, lives, lives, lives), order=st.permutations(range(3)))
def test_three_guests_come_to_the_same_in_any_order(editions, pair, lives, order):
    check([editions[one] for one in pair], lives, order)
