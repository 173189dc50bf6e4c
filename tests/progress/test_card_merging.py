"""What becomes of cards and settings when a guest becomes part of an account; test_merging_whole_accounts has the rest,
in any order."""

from datetime import timedelta

import pytest

from accounts.guests import merge
from progress import cards
from progress.models import ReviewSettings
from tests.progress.conftest import day


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
