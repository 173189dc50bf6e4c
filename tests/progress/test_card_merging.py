"""What becomes of cards and settings when a guest becomes part of an account."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.guests import merge
from accounts.models import User
from progress import cards
from progress.models import Card, ReviewSettings
from quizzes.models import Response
from tests.accounts import given as did
from tests.cases import cases_in_database
from tests.progress.conftest import day


def rows(learner) -> list:
    names = [field.attname for field in Card._meta.concrete_fields if field.attname not in {"id", "learner_id"}]
    return list(learner.cards.order_by("question_key").values_list(*names))


def test_the_guests_answers_go_on_as_cards_of_the_account(ada, gus, reviewer, brook):
    reviewer(gus).takes(brook, "Right", "Wrong")
    reviewer(ada).on(2).takes(brook, "Right")
    merge(guest=gus, account=ada)
    assert {key: card.reviewed_on for key in ("q0", "q1") for card in ada.cards.filter(question_key=key)} == {
        "q0": day(2),
        "q1": day(0),
    }
    assert ada.cards.get(question_key="q0").due_on == day(13)


def test_what_either_put_off_stays_put_off(ada, gus, reviewer, brook):
    guest = reviewer(gus).takes(brook, "Right", "Right", "Right")
    account = reviewer(ada).takes(brook, "Right")
    guest.card("q0").suspend()
    gus.cards.filter(question_key="q1").update(buried_until=day(9))
    gus.cards.filter(question_key="q0").update(buried_until=day(3))
    ada.cards.update(buried_until=day(5))
    merge(guest=gus, account=ada)
    assert (account.card("q0").suspended, account.card("q0").buried_until) == (True, day(5))
    assert (account.card("q1").suspended, account.card("q1").buried_until) == (False, day(9))
    assert account.card("q2").buried_until is None


@pytest.mark.parametrize("newer", ["gus", "ada"])
def test_of_the_settings_those_chosen_last_hold(ada, gus, newer):
    for user, retention in ((ada, 0.8), (gus, 0.95)):
        ReviewSettings.objects.create(learner=user, retention=retention)
    owner = gus if newer == "gus" else ada
    later = ReviewSettings.objects.get(learner=owner).changed_at + timedelta(days=1)
    ReviewSettings.objects.filter(learner=owner).update(changed_at=later)
    merge(guest=gus, account=ada)
    assert ReviewSettings.objects.get().learner == ada
    assert cards.settings_of(ada).retention == (0.95 if newer == "gus" else 0.8)


def test_cards_follow_the_settings_that_hold(ada, gus, reviewer, brook):
    reviewer(ada).takes(brook, "Right")
    ReviewSettings.objects.create(learner=gus, retention=0.8)
    merge(guest=gus, account=ada)
    assert ada.cards.get().due_on == day(8)


SLOTS, EDITIONS, MINUTES = 3, 2, st.integers(0, 60 * 24 * 9)
attempts = st.fixed_dictionaries(
    {
        "edition": st.integers(1, EDITIONS),
        "started": MINUTES,
        "answers": st.dictionaries(
            st.integers(0, SLOTS - 1), st.lists(MINUTES, min_size=1, max_size=2, unique=True).map(sorted)
        ),
        "finished": st.sampled_from([0, 0, 20]),
    }
)
histories = st.tuples(*[st.lists(attempts, max_size=2)] * 3)


def merged(account, guests) -> list:
    """The cards that come of merging in this order, looked at and then undone."""
    with transaction.atomic():
        for guest in guests:
            assert merge(guest=User.objects.get(pk=guest.pk), account=account)
            assert not merge(guest=guest, account=account)
        result = rows(account)
        cards.replay(learner=account)
        assert rows(account) == result
        transaction.set_rollback(True)
    return result


@pytest.mark.django_db
@cases_in_database(40)
@given(histories=histories)
def test_either_order_of_merging_gives_the_same_cards(histories):
    """The thousand cases are those of test_card_scheduling; these go through the database."""
    with transaction.atomic():
        quiz = did.quiz(slots=SLOTS, editions=EDITIONS)
        account = User.objects.create_user("ada@example.org")
        one, two = User.objects.guest("one"), User.objects.guest("two")
        for learner, history in zip((account, one, two), histories, strict=True):
            for made in history:
                did.attempt(learner=learner, **{**made, "edition": did.edition(quiz, made["edition"])})
            cards.replay(learner=learner)
        first, second = merged(account, (one, two)), merged(account, (two, one))
        assert first == second
        assert {row[1] for row in first} == set(Response.objects.values_list("question_key", flat=True))
        transaction.set_rollback(True)
