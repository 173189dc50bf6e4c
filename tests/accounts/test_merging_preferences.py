"""Whatever guests and an account chose, and in whichever order the guests are merged."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.guests import merge
from accounts.models import Preferences, User
from tests.cases import THOROUGH, cases_in_database

ORDERS = [*permutations(range(3))][:: 1 if THOROUGH else 2]
"""Of three guests. In half of them, too, each comes first once."""
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
rows = st.none() | st.tuples(st.sampled_from(["", "light", "dark"]), st.booleans(), st.integers(0, 2))
"""Theme, shortcuts, and how many minutes past noon they were chosen; or never."""


def chose(user, row, **fields):
    if row:
        theme, shortcuts, minute = row
        at = NOON + timedelta(minutes=minute)
        Preferences.objects.create(user=user, theme=theme, shortcuts=shortcuts, changed_at=at, **fields)


def values(user):
    return list(Preferences.objects.filter(user=user).values_list("theme", "shortcuts", "changed_at"))


def merged(account, guests):
    with transaction.atomic():
        for guest in guests:
            assert merge(guest=User.objects.get(pk=guest.pk), account=account)
        result = values(account)
        assert Preferences.objects.count() == len(result)
        transaction.set_rollback(True)
    return result


@pytest.mark.django_db
@cases_in_database(60)
@given(own=rows, theirs=st.tuples(rows, rows, rows))
def test_any_order_gives_the_same_and_an_own_choice_stays(own, theirs):
    with transaction.atomic():
        account = User.objects.create_user("ada@example.org")
        guests = [User.objects.guest(str(number)) for number in range(3)]
        chose(account, own)
        for guest, row in zip(guests, theirs, strict=True):
            chose(guest, row)
        before = values(account)
        results = [merged(account, [guests[place] for place in order]) for order in ORDERS]
        assert all(result == results[0] for result in results)
        if own:
            assert results[0] == before
        else:
            times = [NOON + timedelta(minutes=row[2]) for row in theirs if row]
            assert [row[2] for row in results[0]] == ([max(times)] if times else [])
        transaction.set_rollback(True)


def test_merging_a_second_time_changes_nothing(ada, gus):
    chose(gus, ("dark", True, 1))
    assert merge(guest=gus, account=ada)
    before = values(ada)
    assert not merge(guest=gus, account=ada)
    assert values(ada) == before
