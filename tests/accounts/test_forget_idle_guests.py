from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from quizzes.models import Response
from tests.accounts import given


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-06-30 12:00Z")


def guest(seen):
    made = User.objects.guest(f"browser of {seen}")
    User.objects.filter(pk=made.pk).update(last_seen_on=seen)
    return made


def forget(*options):
    out = StringIO()
    call_command("forget_idle_guests", *options, stdout=out)
    return out.getvalue()


def test_guests_idle_for_more_than_ninety_days_are_forgotten(db):
    idle, recent = guest("2026-03-31"), guest("2026-04-01")
    assert forget() == "Forgot 1 guest idle for more than 90 days.\n"
    assert list(User.objects.all()) == [recent]
    assert idle not in User.objects.all()


def test_the_days_can_be_chosen(db):
    guest("2026-06-20"), guest("2026-06-21")
    assert forget("--days=7") == "Forgot 2 guests idle for more than 7 days.\n"


def test_a_dry_run_only_says_how_many(db):
    guest("2026-01-01")
    assert forget("--dry-run") == "Would forget 1 guest idle for more than 90 days.\n"
    assert User.objects.count() == 1


def test_their_attempts_go_with_them_and_quizzes_stay(ada):
    quiz = given.quiz()
    given.attempt(learner=guest("2026-01-01"), edition=given.edition(quiz), started=0, answers={0: [1], 1: [2]})
    kept = given.attempt(learner=ada, edition=given.edition(quiz), started=0, answers={0: [1]})
    forget()
    assert list(quiz.attempts.all()) == [kept]
    assert Response.objects.count() == 1
    assert quiz.editions.count() == 1


def test_accounts_are_never_forgotten(ada):
    User.objects.update(last_seen_on="2020-01-01")
    assert forget() == "Forgot 0 guests idle for more than 90 days.\n"
    assert User.objects.count() == 1


def test_more_than_a_batch_is_forgotten_in_one_go(db):
    User.objects.bulk_create(
        User(is_guest=True, guest_key=str(number), last_seen_on="2026-01-01") for number in range(1001)
    )
    assert forget().startswith("Forgot 1001 guests")
    assert not User.objects.exists()


@pytest.mark.parametrize("days", ["0", "-1", "soon"])
def test_days_that_make_no_sense_are_refused(db, days):
    guest("2026-01-01")
    with pytest.raises(CommandError):
        forget(f"--days={days}")
    assert User.objects.count() == 1
