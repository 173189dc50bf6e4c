"""Statements are counted, and what frames a transaction is counted apart."""

from django.db import connection, transaction

from accounts.models import User
from bench.rig.counting import Tally


def test_a_query_and_the_savepoint_around_it_are_counted_apart(db):
    tally = Tally()
    with connection.execute_wrapper(tally), transaction.atomic():
        User.objects.count()
    assert (tally.queries, tally.framing) == (1, 2)


def test_a_begin_counts_for_its_commit_too():
    tally = Tally()
    assert tally(lambda sql, *rest: "done", "BEGIN IMMEDIATE", None, False, {}) == "done"
    assert (tally.queries, tally.framing) == (0, 2)
