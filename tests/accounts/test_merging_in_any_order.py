"""Whatever guests and an account did, and in whichever order the guests are merged."""

from collections import Counter
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.guests import merge
from accounts.models import User
from quizzes.models import Attempt, Response
from tests.accounts import given as did
from tests.cases import cases_in_database

SLOTS, EDITIONS, MINUTES = 3, 2, st.integers(1, 12)
tries = st.dictionaries(st.integers(0, SLOTS - 1), st.lists(MINUTES, min_size=1, max_size=2).map(sorted))
attempts = st.fixed_dictionaries(
    {
        "edition": st.integers(1, EDITIONS),
        "started": MINUTES,
        "answers": tries,
        "finished": st.sampled_from([0, 0, 0, 20]),
    }
)
histories = st.tuples(*[st.lists(attempts, max_size=3)] * 3)
"""What the account and two guests did at one quiz. More than one attempt may run: that is for the merge to settle."""


def counted(account):
    """All that counts, row by row but for primary keys of responses."""
    return [
        (made.pk, made.edition_id, made.number, made.started_at, made.finished_at, made.seed, made.mark, rows(made))
        for made in account.attempts.filter(set_aside=False).order_by("number")
    ]


def aside(account):
    """What does not count: every try that is kept, of which edition. In which of the attempts set aside it lies may
    differ, since an attempt that has nothing left is not kept."""
    return Counter(row for made in account.attempts.filter(set_aside=True) for row in rows(made))


def rows(attempt):
    return tuple(
        (attempt.edition_id, response.slot, response.try_number, response.pk, response.mark)
        for response in attempt.responses.order_by("pk")
    )


def merged(quiz, account, guests):
    """What comes of merging in this order, looked at and then undone."""
    with transaction.atomic():
        for guest in guests:
            took_part = guest.attempts.exists()
            assert merge(guest=User.objects.get(pk=guest.pk), account=account)
            check_counts(account)
            if took_part:
                check_running(quiz, account)
        result = counted(account), aside(account)
        transaction.set_rollback(True)
    return result


def check_counts(account):
    for made in account.attempts.all():
        assert made.mark == sum((response.mark for response in made.responses.all()), Decimal(0))
        assert set(made.responses.values_list("learner", flat=True)) <= {account.pk}
    numbers = list(account.attempts.filter(set_aside=False).order_by("number").values_list("number", flat=True))
    assert numbers == [*range(1, len(numbers) + 1)]


def check_running(quiz, account):
    editions = list(account.attempts.running().values_list("edition", flat=True))
    assert len(editions) == len(set(editions))
    assert quiz.in_lesson or len(editions) <= 1


@pytest.mark.django_db
@pytest.mark.parametrize("in_lesson", [False, True])
@cases_in_database(60, outside_ci=4)
@given(histories=histories)
def test_either_order_gives_the_same_and_loses_nothing(in_lesson, histories):
    with transaction.atomic():
        quiz = did.quiz(slots=SLOTS, editions=EDITIONS, in_lesson=in_lesson)
        account = User.objects.create_user("ada@example.org")
        one, two = User.objects.guest("one"), User.objects.guest("two")
        for learner, history in zip((account, one, two), histories, strict=True):
            for made in history:
                did.attempt(learner=learner, **{**made, "edition": did.edition(quiz, made["edition"])})
        before = set(Response.objects.values_list("pk", flat=True))
        first, second = merged(quiz, account, (one, two)), merged(quiz, account, (two, one))
        assert first == second
        assert {row[3] for made in first[0] for row in made[-1]} | {row[3] for row in first[1]} == before
        transaction.set_rollback(True)
    assert not Attempt.objects.exists()
