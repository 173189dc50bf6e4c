"""Which question a review asks, and which it does not."""

from datetime import timedelta

import pytest

from courses.deriving import derive
from progress.models import Card
from quizzes.models import Attempt
from quizzes.publishing import publish
from tests import make
from tests.progress.conftest import NOON


@pytest.fixture
def due(ada_reviews, brook):
    """Ada, the day after she got a question of the brook wrong."""
    return ada_reviews.takes(brook, "Wrong").on(1)


def is_asked(due) -> bool:
    return "1 due today" in due.get().text


def test_the_newest_edition_is_asked(due, rivers, brook):
    rivers.questions.filter(key="q0").update(text="Put better?")
    publish(quiz=brook)
    assert "Put better?" in due.get().text


def test_the_newest_edition_of_any_quiz_that_asks_it(due, rivers, brook):
    rivers.questions.filter(key="q0").update(text="Put better?")
    make.quiz(collection=rivers, slug="later", questions=[rivers.questions.get(key="q0")])
    assert "Put better?" in due.get().text


def test_the_lesson_stays_the_one_whose_text_asks_it(ada_reviews, rivers):
    asked = make.question(collection=rivers, key="slope", text="Which way?")
    lesson = make.lesson(course=make.course(collection=rivers), slug="springs", text="A.\n\n:::check slope\n")
    derive(lesson=lesson)
    publish(quiz=lesson.checks)
    final = make.quiz(collection=rivers, slug="final", questions=[asked])
    ada_reviews.takes(final, "Wrong").on(1)
    assert "#q-slope" in ada_reviews.reviews("Right").text


def test_a_retired_question_pauses_and_comes_back(due, rivers):
    rivers.questions.update(retired=True)
    assert "Nothing is due today." in due.get().text
    rivers.questions.update(retired=False)
    assert is_asked(due)


@pytest.mark.parametrize("where", ["claims", "options"])
def test_a_question_pauses_while_a_claim_that_it_stands_on_is_in_doubt(due, rivers, where):
    claim = make.claim(collection=rivers, recheck_by=NOON.date())
    rivers.questions.update(reviewed_at=NOON - timedelta(days=30))
    asked = rivers.questions.get(key="q0")
    (asked if where == "claims" else asked.options.first()).claims.add(claim)
    assert not is_asked(due)
    claim.recheck_by = NOON.date() + timedelta(days=90)
    claim.save()
    assert is_asked(due)


@pytest.mark.parametrize("what", ["quiz", "course"])
def test_what_was_taken_from_the_site_pauses(due, brook, what):
    course = make.course(collection=brook.collection)
    retired = brook if what == "quiz" else course
    retired.retired = True
    retired.save()
    assert not is_asked(due)


def test_a_question_that_left_its_quiz_pauses(due, brook):
    brook.slots.filter(question__key="q0").delete()
    publish(quiz=brook)
    assert not is_asked(due)


@pytest.mark.parametrize("part", ["sees_mark", "sees_right", "sees_feedback", "sees_evidence"])
def test_a_quiz_that_never_tells_is_not_asked_from(due, brook, part):
    setattr(brook, part, "never")
    brook.save()
    publish(quiz=brook)
    assert not is_asked(due)


def test_a_quiz_that_tells_once_closed_is_asked_from_then_on(due, brook):
    brook.sees_right, brook.closes_at = "closed", NOON + timedelta(days=5)
    brook.save()
    publish(quiz=brook)
    assert not is_asked(due.on(4))
    assert is_asked(due.on(6))


def test_what_an_exam_that_runs_asks_waits_until_it_is_finished(due, rivers):
    exam = make.quiz(collection=rivers, slug="exam", setting="exam", questions=[rivers.questions.get(key="q0")])
    due.takes(exam, "Wrong")
    assert not is_asked(due)
    due.finishes(exam)
    assert is_asked(due.on(2))


def test_an_exam_that_runs_is_not_opened_by_a_card(due, rivers):
    form = due.form()
    exam = make.quiz(collection=rivers, slug="exam", setting="exam", questions=[rivers.questions.get(key="q0")])
    due.takes(exam, "Wrong")
    sent = {**form["hidden"], "answer": form["options"]["Right"]}
    assert due.post(form["action"], sent).status_code == 409
    assert not Attempt.objects.filter(in_review=True).exists()


def test_practice_that_runs_holds_nothing_back(due):
    assert Attempt.objects.running().exists()
    assert is_asked(due)


def test_an_essay_is_not_asked(ada_reviews, rivers):
    essay = make.question(
        collection=rivers, key="essay", kind="essay", options=[{"text": "Clear", "credit": 1, "feedback": ""}]
    )
    make.quiz(collection=rivers, slug="essay", questions=[essay])
    Card.objects.create(
        learner=ada_reviews.user,
        collection=rivers,
        question_key="essay",
        stability=1,
        difficulty=5,
        reviewed_on=NOON.date(),
        answered_at=NOON,
        due_on=NOON.date(),
    )
    assert "Nothing is due today." in ada_reviews.on(1).get().text


def test_before_the_answer_the_page_is_the_same_whatever_is_right(ada_reviews, rivers):
    """Two collections that differ in the key alone."""
    texts = []
    for slug, right in (("ones", "One"), ("twos", "Two")):
        collection = make.collection(slug=slug)
        options = [(text, float(text == right), "") for text in ("One", "Two", "Three")]
        asked = make.question(collection=collection, key="twin", options=options)
        ada_reviews.takes(make.quiz(collection=collection, slug="twin", questions=[asked]), "Three")
    ada_reviews.on(1)
    for collection in ("ones", "twos"):
        card = ada_reviews.user.cards.get(collection__slug=collection)
        ada_reviews.user.cards.exclude(pk=card.pk).update(suspended=True)
        ada_reviews.user.cards.filter(pk=card.pk).update(suspended=False)
        page = ada_reviews.get().text.split("<fieldset")[1].split("</fieldset>")[0]
        texts.append(sorted(page.split()))
    strip = [[word for word in words if not word.startswith("value=")] for words in texts]
    assert strip[0] == strip[1]
