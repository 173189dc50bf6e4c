"""Questions on claims in doubt leave random draws, and come back."""

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from quizzes.engine import document
from quizzes.engine.drawing import draw
from quizzes.models import Quiz, Slot
from quizzes.publishing import publish
from quizzes.taking import start
from sources.models import Claim
from tests import make

BEFORE, LAST_DAY, AFTER = "2026-06-01 12:00", "2026-06-15 12:00", "2026-06-16 12:00"


@pytest.fixture
def claim(rivers):
    return make.claim(collection=rivers, key="slope", recheck_by="2026-06-15")


@pytest.fixture
def pool(rivers, claim):
    """Two questions on the claim (one by its key, one by an option), and three on nothing."""
    with time_machine.travel(BEFORE, tick=False):
        made = [make.question(collection=rivers, key=f"q{n}", tags=["springs"]) for n in range(5)]
        made[0].claims.add(claim)
        made[1].options.last().claims.add(claim)
    return made


@pytest.fixture
def drawing(rivers, pool):
    def drawing(count=2):
        quiz = make.quiz(collection=rivers, slug="final", setting="exam")
        Slot.objects.create(quiz=quiz, tag="springs", count=count)
        publish(quiz=quiz)
        return quiz

    return drawing


def drawn(quiz, learners=30) -> set[str]:
    """All that so many attempts come up with. That thirty draws of two from five leave one out: once in a million."""
    published = Quiz.objects.published().select_related("collection").get(pk=quiz.pk)
    keys = set()
    with transaction.atomic():
        for number in range(learners):
            learner = User.objects.create(email=f"learner{number}@example.org")
            keys.update(start(quiz=published, learner=learner).drawn)
        transaction.set_rollback(True)
    return keys


ALL, CERTAIN = {"q0", "q1", "q2", "q3", "q4"}, {"q2", "q3", "q4"}


def test_they_are_drawn_up_to_the_last_day(drawing):
    with time_machine.travel(LAST_DAY, tick=False):
        assert drawn(drawing()) == ALL


def test_from_the_day_after_they_are_not(drawing):
    with time_machine.travel(AFTER, tick=False):
        assert drawn(drawing()) == CERTAIN


def test_they_come_back_when_the_claim_is_given_another_date(drawing, claim):
    with time_machine.travel(AFTER, tick=False):
        Claim.objects.update(recheck_by="2027-06-15")
        assert drawn(drawing()) == ALL


def test_a_question_comes_back_when_it_is_saved(drawing, pool):
    with time_machine.travel(AFTER, tick=False):
        pool[0].save()
        assert drawn(drawing()) == CERTAIN | {"q0"}


def test_they_leave_when_the_claim_is_changed(drawing, claim):
    with time_machine.travel("2026-06-02 12:00", tick=False):
        Claim.objects.filter(pk=claim.pk).put_in_doubt()
        quiz = drawing()
        assert drawn(quiz) == CERTAIN
        Claim.objects.filter(pk=claim.pk).take_out_of_doubt()
        assert drawn(quiz) == ALL


def test_a_question_that_was_written_after_the_change_stays(drawing, claim, pool):
    with time_machine.travel("2026-06-02 12:00", tick=False):
        Claim.objects.filter(pk=claim.pk).put_in_doubt()
    with time_machine.travel("2026-06-02 12:01", tick=False):
        pool[1].save()
        assert drawn(drawing()) == CERTAIN | {"q1"}


def test_where_too_few_others_are_left_they_are_drawn_all_the_same(drawing):
    with time_machine.travel(AFTER, tick=False):
        found = drawn(drawing(count=4), learners=8)
    assert found == ALL


def test_another_collections_claims_do_not_matter(drawing):
    with time_machine.travel(BEFORE, tick=False):
        elsewhere = make.collection(slug="hills")
        claim = make.claim(collection=elsewhere, recheck_by="2026-05-01")
        make.question(collection=elsewhere, key="q2", claims=[claim])
        assert drawn(drawing()) == ALL


def test_a_question_asked_by_name_stays_in_its_quiz(rivers, pool, ada):
    with time_machine.travel(AFTER, tick=False):
        quiz = make.quiz(collection=rivers, questions=pool[:2])
        published = Quiz.objects.published().get(pk=quiz.pk)
        assert start(quiz=published, learner=ada).drawn == []
    assert quiz.editions.get().questions == 2


def test_starting_costs_one_query_more_and_only_where_questions_are_drawn(drawing, rivers, pool, ada):
    make.quiz(collection=rivers, slug="fixed", questions=pool)
    drawing()
    published = Quiz.objects.published().select_related("collection")
    for slug, times in (("final", 1), ("fixed", 0)):
        with CaptureQueriesContext(connection) as queries:
            start(quiz=published.get(slug=slug), learner=ada)
        assert sum("recheck_by" in one["sql"] for one in queries) == times


def question(key):
    return document.Question(key, "single", "Which?", (document.Option("A", 1), document.Option("B")))


FINAL = document.Quiz("Final", draws=(document.Draw("a", 3, tuple(map(question, "abcdef"))),))


@given(st.text(max_size=8), st.sets(st.sampled_from("abcdef")), st.sets(st.sampled_from("abcdef")))
def test_the_certain_and_unseen_come_first_and_none_is_missing(seed, seen, expired):
    found = draw(FINAL, seed, seen, expired)
    assert len(set(found)) == 3
    fit = set("abcdef") - expired
    assert len(fit & set(found)) == min(3, len(fit))
    fresh = fit - seen
    assert len(fresh & set(found)) == min(3, len(fresh))
