"""Cards come of answers, wherever they are given."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from courses.deriving import derive
from progress import cards
from progress.models import Card
from quizzes import regrading
from quizzes.marking import mark_by_hand
from quizzes.models import Attempt
from quizzes.publishing import publish
from tests import make
from tests.pages import filled, question_forms
from tests.progress.conftest import day, quiz_of


@pytest.fixture
def river(rivers):
    """A quiz of ten questions."""
    return quiz_of(rivers, "river", *(f"k{number}" for number in range(10)))


def everything():
    return [card | {"answered_at": None} for card in Card.objects.order_by("question_key").values()]


def test_a_quiz_of_ten_questions_makes_ten_cards_with_their_days(ada_reviews, river):
    choices = ["Right", "Wrong", "Right", "Wrong", "Right", "Right", "Also wrong", "Right", "Right", "Wrong"]
    ada_reviews.takes(river, *choices)
    assert ada_reviews.due() == {f"k{n}": 2 if choice == "Right" else 1 for n, choice in enumerate(choices)}
    assert {card.reviewed_on for card in Card.objects.all()} == {day(0)}
    assert ada_reviews.card("k0").stability == pytest.approx(2.3065, abs=1e-4)
    assert ada_reviews.card("k1").stability == pytest.approx(0.212, abs=1e-4)


def test_taking_it_again_makes_none_twice_and_moves_them(ada_reviews, river):
    ada_reviews.takes(river, *["Right"] * 10).finishes(river)
    ada_reviews.on(2).post("/quizzes/rivers/river/start/")
    ada_reviews.takes(river, *["Right"] * 10)
    assert Card.objects.count() == 10
    assert set(ada_reviews.due().values()) == {13}


def test_taking_it_again_on_the_same_day_changes_nothing(ada_reviews, river):
    ada_reviews.takes(river, *["Wrong"] * 10).finishes(river)
    before = everything()
    ada_reviews.after(hours=1).post("/quizzes/rivers/river/start/")
    ada_reviews.takes(river, *["Right"] * 10)
    assert everything() == before


def test_a_new_edition_keeps_the_card(ada_reviews, rivers, brook):
    ada_reviews.takes(brook, "Right").finishes(brook)
    rivers.questions.filter(key="q0").update(text="What of it, put better?")
    publish(quiz=brook)
    ada_reviews.on(2).post("/quizzes/rivers/brook/start/")
    ada_reviews.takes(brook, "Right")
    assert ada_reviews.due() == {"q0": 13}


def test_the_same_key_in_another_collection_is_another_card(ada_reviews, brook):
    other = quiz_of(make.collection(slug="lakes"), "pond", "q0")
    ada_reviews.takes(brook, "Right").takes(other, "Wrong")
    assert Card.objects.filter(question_key="q0").count() == 2


def test_a_check_in_a_lesson_makes_a_card(ada_reviews, rivers):
    make.question(collection=rivers, key="slope")
    lesson = make.lesson(course=make.course(collection=rivers), slug="springs", text="Water.\n\n:::check slope\n")
    derive(lesson=lesson)
    publish(quiz=lesson.checks)
    form = question_forms(ada_reviews.get(lesson.get_absolute_url()))[0]
    ada_reviews.post(form["action"], filled(form, "Right"))
    ada_reviews.get()
    assert ada_reviews.due() == {"slope": 2}


def test_right_on_a_second_try_at_once_is_hard(ada_reviews, brook):
    ada_reviews.takes(brook, "Wrong").after(seconds=30).takes(brook, "Right")
    assert ada_reviews.card("q0").stability == pytest.approx(1.2931, abs=1e-4)


def test_a_second_try_on_another_day_is_hard(ada_reviews, brook):
    ada_reviews.takes(brook, "Wrong").on(3).takes(brook, "Right")
    card = ada_reviews.card("q0")
    assert card.reviewed_on == day(3)
    assert card.difficulty > 6.4133


def test_right_with_a_hint_is_hard(ada_reviews, rivers):
    asked = make.question(collection=rivers, key="hinted", hints=[{"text": "Look up."}])
    quiz = make.quiz(collection=rivers, slug="hinted", questions=[asked])
    form = question_forms(ada_reviews.get("/quizzes/rivers/hinted/1/"))[0]
    ada_reviews.post(form["action"], {**form["hidden"], "hint": "1"})
    ada_reviews.takes(quiz, "Right")
    assert ada_reviews.card("hinted").stability == pytest.approx(1.2931, abs=1e-4)


def test_right_sure_and_quick_is_easy(ada_reviews, rivers):
    quiz = quiz_of(rivers, "sure", "k0", "k1", "k2", confidence="asked")
    ada_reviews.takes(quiz, "Right", confidence=3)
    ada_reviews.after(seconds=15).takes_at(quiz, 2, "Right", confidence=3)
    ada_reviews.after(seconds=25).takes_at(quiz, 3, "Right", confidence=3)
    assert ada_reviews.due() == {"k0": 2, "k1": 8, "k2": 2}


def test_wrong_and_sure_is_noted(ada_reviews, rivers):
    quiz = quiz_of(rivers, "sure", "k0", "k1", confidence="asked")
    ada_reviews.takes(quiz, "Wrong", confidence=3)
    ada_reviews.takes_at(quiz, 2, "Wrong", confidence=1)
    assert ada_reviews.card("k0").sure_but_wrong
    assert not ada_reviews.card("k1").sure_but_wrong


def test_an_exam_makes_cards_when_it_is_finished_by_the_last_answers(ada_reviews, rivers):
    exam = quiz_of(rivers, "exam", "k0", "k1", setting="exam")
    ada_reviews.takes(exam, "Wrong", "Right").after(minutes=1).takes(exam, "Right")
    assert not Card.objects.exists()
    ada_reviews.finishes(exam)
    assert ada_reviews.due() == {"k0": 2, "k1": 2}


def test_an_essay_makes_none_until_it_is_marked(ada_reviews, tom, rivers):
    essay = make.question(
        collection=rivers, key="essay", kind="essay", options=[{"text": "Clear", "credit": 1, "feedback": ""}]
    )
    quiz = make.quiz(collection=rivers, slug="essay", questions=[essay])
    form = question_forms(ada_reviews.get("/quizzes/rivers/essay/1/"))[0]
    ada_reviews.post(form["action"], {**form["hidden"], "answer": "Rivers run downhill."})
    assert not Card.objects.exists()
    (response,) = ada_reviews.user.responses.all()
    ada_reviews.does(lambda: mark_by_hand(response=response, credits=[1], comment="", by=tom))
    assert quiz.attempts.get().mark == 1
    assert ada_reviews.due() == {"essay": 2}


def test_an_answer_that_came_too_late_makes_none(ada_reviews, rivers):
    quiz = quiz_of(rivers, "timed", "k0", time_limit=10)
    ada_reviews.post("/quizzes/rivers/timed/start/")
    form = question_forms(ada_reviews.get("/quizzes/rivers/timed/1/"))[0]
    ada_reviews.after(minutes=30).post(form["action"], filled(form, "Right"))
    assert ada_reviews.user.responses.get().late
    assert quiz.attempts.exists()
    assert not Card.objects.exists()


def test_a_guest_has_cards_too(gus, reviewer, brook):
    assert reviewer(gus).takes(brook, "Right").due() == {"q0": 2}


def test_rebuilding_gives_the_same_cards_and_leaves_what_was_put_off(ada_reviews, brook):
    ada_reviews.takes(brook, "Right", "Wrong", "Right").on(1).takes_at(brook, 2, "Right")
    ada_reviews.card("q1").suspend()
    before = everything()
    call_command("rebuild_cards")
    assert everything() == before
    Card.objects.exclude(question_key="q1").delete()
    call_command("rebuild_cards")
    assert [{**row, "id": 0} for row in everything()] == [{**row, "id": 0} for row in before]


def test_rebuilding_takes_away_cards_without_an_answer(ada_reviews, brook, capsys):
    ada_reviews.takes(brook, "Right", "Right")
    Attempt.objects.get().responses.filter(question_key="q0").delete()
    call_command("rebuild_cards")
    assert ada_reviews.due() == {"q1": 2}
    assert "There are 1 cards." in capsys.readouterr().out


def test_an_answer_taken_back_takes_its_card_along(ada_reviews, brook):
    ada_reviews.takes(brook, "Right", "Right")
    ada_reviews.user.responses.filter(question_key="q0").delete()
    cards.sync(learner=ada_reviews.user, also=[(brook.collection_id, "q0")])
    assert ada_reviews.due() == {"q1": 2}


def test_a_card_costs_six_statements_whatever_else_there_is(
    ada_reviews, eve, reviewer, brook, river, django_assert_num_queries
):
    key = (brook.collection_id, "q0")
    ada_reviews.takes(brook, "Right")
    with django_assert_num_queries(8):  # six, and the savepoint's two
        cards.sync(learner=ada_reviews.user, also=[key])
    reviewer(eve).takes(brook, "Right", "Right", "Right").takes(river, *["Right"] * 10)
    ada_reviews.after(days=9).takes(river, *["Right"] * 10)
    with django_assert_num_queries(8):
        cards.sync(learner=ada_reviews.user, also=[key])


def test_how_long_an_answer_took_is_reckoned_from_the_one_before(ada_reviews, rivers):
    """From the attempt's start where that came later, as when it is taken again."""
    quiz = quiz_of(rivers, "sure", "k0", confidence="asked")
    ada_reviews.takes(quiz, "Right", confidence=3).finishes(quiz)
    ada_reviews.on(2).post("/quizzes/rivers/sure/start/")
    ada_reviews.after(seconds=10).takes(quiz, "Right", confidence=3)
    easy = ada_reviews.card("k0").due_on
    ada_reviews.user.attempts.filter(number=2).update(started_at=ada_reviews.now - timedelta(minutes=5))
    cards.replay(learner=ada_reviews.user)
    assert ada_reviews.card("k0").due_on < easy


@pytest.mark.parametrize(("policy", "due"), [("new_key", {"q0": 2}), ("full_marks", {}), ("drop", {})])
def test_a_regrade_moves_the_card_and_undoing_it_moves_it_back(ada_reviews, tom, rivers, brook, policy, due):
    ada_reviews.takes(brook, "Wrong").finishes(brook)
    asked = rivers.questions.get(key="q0")
    for text, credit in (("Right", 0), ("Wrong", 1)):
        asked.options.filter(text=text).update(credit=credit)
    edition, _made = publish(quiz=brook)
    plan = regrading.Plan(brook, edition, ["q0"], policy)
    regrade = ada_reviews.does(lambda: regrading.apply(plan=plan, reason="It was the other one.", by=tom))
    assert ada_reviews.due() == due
    ada_reviews.does(lambda: regrading.undo(regrade=regrade, by=tom))
    assert ada_reviews.due() == {"q0": 1}


def test_answering_does_not_pay_for_the_card(
    ada_reviews, brook, django_capture_on_commit_callbacks, django_assert_num_queries
):
    ada_reviews.takes(brook, "Right")
    form = question_forms(ada_reviews.get("/quizzes/rivers/brook/2/"))[0]
    with django_capture_on_commit_callbacks() as after_commit:
        ada_reviews.client.post(form["action"], filled(form, "Right"))
    with django_assert_num_queries(0):
        for call in after_commit:
            call()
    assert Card.objects.count() == 1
    cards.sync(learner=ada_reviews.user)
    assert Card.objects.count() == 2


def test_an_answer_that_came_to_light_late_is_not_missed(ada_reviews, brook):
    """Its transaction was under way when a later answer had its card already."""
    ada_reviews.takes(brook, "Right", "Right")
    Card.objects.filter(question_key="q0").delete()
    cards.sync(learner=ada_reviews.user)
    assert set(ada_reviews.due()) == {"q0", "q1"}


def test_answers_from_before_an_exam_are_not_missed(ada_reviews, rivers, brook):
    """No page with cards is opened between answering and finishing, and no card is made by the way."""
    exam = quiz_of(rivers, "exam", "k0", setting="exam")
    ada_reviews.takes(brook, "Right", "Right")
    Card.objects.all().delete()
    ada_reviews.after(hours=1).takes(exam, "Right")
    Card.objects.all().delete()
    ada_reviews.finishes(exam)
    cards.sync(learner=ada_reviews.user)
    assert set(ada_reviews.due()) == {"q0", "q1", "k0"}
