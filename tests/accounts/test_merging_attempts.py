from decimal import Decimal

import pytest

from accounts.guests import merge
from quizzes.merging import ASIDE
from quizzes.models import Quiz
from quizzes.taking import start
from tests.accounts import given
from tests.accounts.given import answered, attempt, edition

pytestmark = pytest.mark.django_db


def numbers(learner):
    return {made.pk: made.number for made in learner.attempts.all()}


def test_attempts_at_other_quizzes_move_as_they_are(ada, gus):
    mine = attempt(learner=ada, edition=edition(given.quiz()), started=0, answers={0: [1]})
    guests = attempt(learner=gus, edition=edition(given.quiz()), started=5, answers={0: [6]})
    merge(guest=gus, account=ada)
    assert numbers(ada) == {mine.pk: 1, guests.pk: 1}
    assert set(ada.attempts.running()) == {mine, guests}


def test_attempts_are_numbered_in_the_order_they_were_started(ada, gus):
    asked = edition(given.quiz())
    second = attempt(learner=ada, edition=asked, started=20, finished=29, answers={0: [21]})
    third = attempt(learner=ada, edition=asked, started=30, finished=39, answers={0: [31]})
    first = attempt(learner=gus, edition=asked, started=10, finished=19, answers={0: [11]})
    last = attempt(learner=gus, edition=asked, started=40, answers={0: [41]})
    merge(guest=gus, account=ada)
    assert numbers(ada) == {first.pk: 1, second.pk: 2, third.pk: 3, last.pk: 4}


def test_two_that_run_become_the_one_started_first(ada, gus):
    asked = edition(given.quiz())
    later = attempt(learner=ada, edition=asked, started=10, answers={0: [11, 12]})
    earlier = attempt(learner=gus, edition=asked, started=5, answers={1: [6]})
    merge(guest=gus, account=ada)
    (only,) = ada.attempts.all()
    assert only == earlier
    assert answered(only) == {0: [11, 12], 1: [6]}
    assert only.mark == earlier.mark + later.mark
    assert only.seed == earlier.seed


def test_where_both_answered_the_first_answer_counts_and_the_other_is_set_aside(ada, gus):
    asked = edition(given.quiz())
    attempt(learner=ada, edition=asked, started=0, answers={0: [1], 1: [2, 3]})
    attempt(learner=gus, edition=asked, started=10, answers={1: [11], 2: [12]})
    merge(guest=gus, account=ada)
    counted, aside = ada.attempts.get(set_aside=False), ada.attempts.get(set_aside=True)
    assert (answered(counted), answered(aside)) == ({0: [1], 1: [2, 3], 2: [12]}, {1: [11]})
    assert (counted.number, aside.number) == (1, ASIDE)
    assert list(ada.attempts.running()) == [counted]


def test_the_first_answer_counts_even_if_its_attempt_was_started_later(ada, gus):
    asked = edition(given.quiz())
    kept = attempt(learner=ada, edition=asked, started=0, answers={0: [30, 31], 1: [1]})
    attempt(learner=gus, edition=asked, started=10, answers={0: [20], 1: [21]})
    merge(guest=gus, account=ada)
    kept.refresh_from_db()
    assert answered(kept) == {0: [20], 1: [1]}
    assert answered(ada.attempts.get(set_aside=True)) == {0: [30, 31], 1: [21]}


def test_a_mark_is_the_sum_of_the_responses_it_counts(ada, gus):
    asked = edition(given.quiz())
    attempt(learner=ada, edition=asked, started=0, answers={0: [1], 1: [30]})
    attempt(learner=gus, edition=asked, started=10, answers={1: [11], 2: [12]})
    merge(guest=gus, account=ada)
    for made in ada.attempts.all():
        assert made.mark == sum((response.mark for response in made.responses.all()), Decimal(0))


def test_an_attempt_without_answers_gives_way(ada, gus):
    asked = edition(given.quiz())
    attempt(learner=ada, edition=asked, started=0)
    guests = attempt(learner=gus, edition=asked, started=10, answers={1: [11]})
    merge(guest=gus, account=ada)
    assert list(ada.attempts.all()) == [guests]


def test_of_two_without_answers_the_earlier_stays(ada, gus):
    asked = edition(given.quiz())
    mine = attempt(learner=ada, edition=asked, started=0)
    attempt(learner=gus, edition=asked, started=10)
    merge(guest=gus, account=ada)
    assert list(ada.attempts.all()) == [mine]


def test_of_two_editions_without_answers_the_newer_stays(ada, gus):
    asked = given.quiz(editions=2)
    attempt(learner=ada, edition=edition(asked, 1), started=0)
    new = attempt(learner=gus, edition=edition(asked, 2), started=10)
    merge(guest=gus, account=ada)
    assert list(ada.attempts.all()) == [new]


def test_a_finished_attempt_is_left_alone(ada, gus):
    asked = edition(given.quiz())
    done = attempt(learner=ada, edition=asked, started=0, finished=9, answers={0: [1]})
    guests = attempt(learner=gus, edition=asked, started=10, answers={0: [11]})
    merge(guest=gus, account=ada)
    assert list(ada.attempts.finished()) == [done]
    assert list(ada.attempts.running()) == [guests]
    assert answered(guests) == {0: [11]}


def test_of_two_editions_the_newer_goes_on(ada, gus):
    asked = given.quiz(editions=2)
    old = attempt(learner=ada, edition=edition(asked, 1), started=0, answers={0: [1]})
    new = attempt(learner=gus, edition=edition(asked, 2), started=10, answers={0: [11]})
    merge(guest=gus, account=ada)
    assert list(ada.attempts.running()) == [new]
    assert list(ada.attempts.filter(set_aside=True)) == [old]
    assert answered(old) == {0: [1]}


def test_of_two_editions_the_only_one_answered_goes_on(ada, gus):
    asked = given.quiz(editions=2)
    old = attempt(learner=ada, edition=edition(asked, 1), started=0, answers={0: [1]})
    attempt(learner=gus, edition=edition(asked, 2), started=10)
    merge(guest=gus, account=ada)
    assert list(ada.attempts.all()) == [old]
    assert not ada.attempts.get().set_aside


def test_checks_in_a_lesson_run_once_for_each_edition(ada, gus):
    asked = given.quiz(editions=2, in_lesson=True)
    old = attempt(learner=ada, edition=edition(asked, 1), started=0, answers={0: [1]})
    new = attempt(learner=ada, edition=edition(asked, 2), started=5, answers={1: [6]})
    attempt(learner=gus, edition=edition(asked, 2), started=10, answers={2: [11]})
    merge(guest=gus, account=ada)
    assert set(ada.attempts.running()) == {old, new}
    assert answered(new) == {1: [6], 2: [11]}


def test_the_next_attempt_has_the_next_number_whatever_was_set_aside(ada, gus):
    asked = edition(given.quiz())
    attempt(learner=ada, edition=asked, started=0, answers={0: [1]})
    attempt(learner=gus, edition=asked, started=10, answers={0: [11]})
    merge(guest=gus, account=ada)
    ada.attempts.filter(set_aside=False).update(finished_at=given.at(20))
    assert start(quiz=Quiz.objects.with_edition().get(), learner=ada).number == 2


def test_what_was_set_aside_before_stays_aside(ada, gus, make):
    asked = edition(given.quiz())
    attempt(learner=ada, edition=asked, started=0, answers={0: [1]})
    attempt(learner=gus, edition=asked, started=10, answers={0: [11]})
    merge(guest=gus, account=ada)
    ada.attempts.filter(set_aside=False).update(finished_at=given.at(20))
    again = type(gus).objects.guest("another browser")
    attempt(learner=again, edition=asked, started=30, answers={1: [31]})
    merge(guest=again, account=ada)
    assert answered(ada.attempts.running().get()) == {1: [31]}
    assert answered(ada.attempts.get(set_aside=True)) == {0: [11]}
    assert sorted(numbers(ada).values()) == [1, 2, ASIDE]


def test_nobody_elses_attempts_are_touched(ada, gus, eve):
    asked = edition(given.quiz())
    hers = attempt(learner=eve, edition=asked, started=0, answers={0: [1]})
    attempt(learner=gus, edition=asked, started=10, answers={0: [11]})
    merge(guest=gus, account=ada)
    assert list(eve.attempts.all()) == [hers]
    assert answered(hers) == {0: [1]}
