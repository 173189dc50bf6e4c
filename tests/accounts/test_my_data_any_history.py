"""Whatever an account and a guest did before they became one: it comes through another installation byte for byte."""

from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.guests import merge
from accounts.models import User
from accounts.my_data import Fate
from quizzes.models import Attempt, Quiz
from quizzes.sittings import NothingRunning
from quizzes.taking import AttemptClosed
from tests import make
from tests.accounts.lives import ANSWERS, answers, brook, empty_site, exported, finishes, loaded, starts
from tests.cases import cases_in_database

QUIZZES = {"checks": {"in_lesson": True}, "practice": {"shuffled": True}, "exam": {"setting": "exam"}}
answered = st.tuples(st.just("answer"), st.integers(0, 2), st.integers(0, 3), st.integers(0, 1))
finished = st.tuples(st.just("finish"), st.integers(1, 2), st.just(0), st.just(0))
put_off = st.tuples(st.just("suspend"), st.integers(0, 2), st.integers(0, 3), st.just(0))
histories = st.lists(st.one_of(answered, answered, finished, put_off), max_size=7)


def did(learner: User, quizzes: list[Quiz], history, *, from_minute: int) -> None:
    for minute, (what, number, slot, choice) in enumerate(history, from_minute):
        quiz = quizzes[number]
        if what == "suspend":
            key = quiz.slots.all()[slot].question.key
            for card in learner.cards.filter(question_key=key):
                card.suspend()
        elif what == "finish":
            with suppress(Attempt.DoesNotExist):
                finishes(learner, quiz, minute=minute)
        else:
            with suppress(AttemptClosed):
                _answer(learner, quiz, slot, ANSWERS[slot][choice], minute)


def _answer(learner: User, quiz: Quiz, slot: int, value, minute: int) -> None:
    try:
        answers(learner, quiz, slot, value, minute=minute)
    except NothingRunning:
        starts(learner, quiz, minute=minute)
        answers(learner, quiz, slot, value, minute=minute + 0.5)


@pytest.mark.django_db
@pytest.mark.parametrize("has_course", [True, False], ids=["the course is there", "nothing is there"])
@cases_in_database(15, outside_ci=3)
@given(own=histories, guests=histories)
def test_it_comes_through(has_course, own, guests):
    with transaction.atomic():
        rivers = make.collection(slug="rivers")
        quizzes = [brook(rivers, slug=slug, **fields) for slug, fields in QUIZZES.items()]
        ada, gus = User.objects.create_user("ada@example.org"), User.objects.guest("gus")
        did(ada, quizzes, own, from_minute=0)
        did(gus, quizzes, guests, from_minute=20)
        merge(guest=gus, account=ada)
        before = exported(ada)
        User.objects.all().delete()
        if not has_course:
            empty_site()
        other = User.objects.create_user("ada@example.org")
        loaded(other, before)
        assert exported(other) == before
        assert loaded(other, before).total(Fate.TAKEN) == 0
        assert exported(other) == before
        transaction.set_rollback(True)
