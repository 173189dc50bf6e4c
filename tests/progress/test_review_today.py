"""GET /review/: the next question, or how it went."""

from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from progress.models import ReviewSettings
from quizzes.models import Attempt
from tests import make
from tests.conftest import HTMX
from tests.pages import normal
from tests.progress.conftest import quiz_of
from tests.quizzes.conftest import Taker


@pytest.fixture
def pond(rivers):
    """A quiz of twelve questions."""
    return quiz_of(rivers, "pond", *(f"k{number:02}" for number in range(12)))


@pytest.fixture
def twelve(ada_reviews, pond):
    """Ada, the day after she got all of them wrong."""
    return ada_reviews.takes(pond, *["Wrong"] * 12).on(1)


def test_a_stranger_is_told_what_it_is_for(client, db):
    response = client.get("/review/")
    assert "Nothing is here yet." in response.text
    assert User.objects.count() == 0


def test_a_guest_whose_session_is_gone_is_known_again(client, reviewer, eve, brook):
    """The browser's secret brings the guest back."""
    reviews = reviewer(eve)
    reviews.client = client
    reviews.does(lambda: Taker(client, brook).answer(1, "Wrong"))
    reviews.on(1)
    client.cookies.pop("sessionid")
    assert "1 due today" in reviews.get().text


def test_it_says_how_many_are_due_and_asks_the_first(twelve):
    response = twelve.get()
    assert "12 due today" in response.text
    assert "Review: question 1 of 10" in response.text
    assert "What of k00?" in response.text


def test_looking_creates_nothing_and_shows_the_same_again(twelve):
    before = Attempt.objects.count()
    first, second = twelve.get(), twelve.get()
    assert normal(first.text) == normal(second.text)
    assert Attempt.objects.count() == before


def test_what_htmx_gets_is_that_part_of_the_page(twelve):
    fragment = twelve.get(headers=HTMX).text
    assert fragment.lstrip().startswith('<div id="review"')
    assert normal(fragment) in normal(twelve.get().text)


def test_nothing_is_due_on_the_day_it_was_learned(ada_reviews, brook):
    text = ada_reviews.takes(brook, "Right").get().text
    assert "Nothing is due today." in text
    assert "Sun, 3 May" in text


def test_options_come_in_another_order_on_another_day(twelve):
    orders = {tuple(twelve.on(number).form()["options"]) for number in range(1, 9)}
    assert len(orders) > 1


def test_a_session_ends_after_ten_and_goes_on_when_asked(twelve):
    for _ in range(10):
        twelve.reviews("Right")
    end = twelve.get()
    assert "A good place to stop" in end.text
    assert "You answered 10 questions today, 10 of them right." in end.text
    assert "Go on: 2 more questions" in end.text
    assert "?on=10" in end.text
    assert "Review: question 1 of 2" in twelve.get("/review/?on=10").text
    twelve.reviews("Wrong", "/review/?on=10")
    assert "Review: question 2 of 2" in twelve.get().text
    twelve.reviews("Right")
    assert "Done for today" in twelve.get().text
    assert "You answered 12 questions today, 11 of them right." in twelve.get().text


@pytest.mark.parametrize(("choice", "told"), [("Right", "and it was right."), ("Wrong", "and it was not right yet.")])
def test_one_answer_is_told_as_one(ada_reviews, brook, choice, told):
    ada_reviews.takes(brook, "Wrong").on(1).reviews(choice)
    assert f"You answered one question today, {told}" in ada_reviews.get().text


def test_no_more_than_the_cap_comes_up_in_a_day(twelve):
    ReviewSettings.objects.create(learner=twelve.user, daily_cap=3)
    assert "3 due today" in twelve.get().text
    for _ in range(3):
        twelve.reviews("Right")
    text = twelve.get("/review/?on=3").text
    assert "Done for today" in text
    assert "9 more wait until tomorrow" in text
    assert "3 due today" in twelve.on(2).get().text


def test_the_size_of_a_session_is_the_learners(twelve):
    ReviewSettings.objects.create(learner=twelve.user, session_size=2)
    assert "Review: question 1 of 2" in twelve.get().text
    twelve.reviews("Right")
    twelve.reviews("Right")
    assert "A good place to stop" in twelve.get().text


def test_between_sessions_nothing_waits_until_tomorrow_yet(twelve):
    ReviewSettings.objects.create(learner=twelve.user, session_size=2, daily_cap=3)
    twelve.reviews("Wrong")
    twelve.reviews("Wrong")
    text = twelve.get().text
    assert "Go on: one more question" in text
    assert "tomorrow" not in text
    assert "You answered 2 questions today, none of them right yet." in text


def test_lessons_and_courses_take_turns(ada_reviews, rivers):
    quizzes = [quiz_of(rivers, "a", "a0", "a1"), quiz_of(rivers, "b", "b0", "b1")]
    quizzes.append(quiz_of(make.collection(slug="lakes"), "c", "c0", "c1"))
    for quiz in quizzes:
        ada_reviews.takes(quiz, "Wrong", "Wrong")
    ada_reviews.on(1)
    asked = []
    for _ in range(6):
        asked.append(ada_reviews.reviews("Right").text.split("What of ")[1][0])
    assert all(one != following for one, following in pairwise(asked))


def test_what_is_most_at_risk_comes_first(ada_reviews, brook):
    ada_reviews.takes(brook, "Right", "Wrong", "Right")
    assert "What of q1?" in ada_reviews.on(5).get().text


def test_a_mistake_of_somebody_who_was_sure_comes_before_that(ada_reviews, rivers):
    quiz = quiz_of(rivers, "sure", "k0", "k1", "k2", confidence="asked")
    ada_reviews.takes(quiz, "Wrong")
    ada_reviews.on(2).takes_at(quiz, 2, "Wrong", confidence=3)
    assert "What of k1?" in ada_reviews.on(5).get().text


def test_a_guest_reviews_too(gus, reviewer, brook):
    gus_reviews = reviewer(gus).takes(brook, "Wrong").on(1)
    assert "1 due today" in gus_reviews.get().text


def test_it_costs_the_same_however_much_there_is_and_whatever_others_do(twelve, eve, reviewer, rivers, pond):
    twelve.reviews("Right")
    other = quiz_of(rivers, "other", *(f"o{number}" for number in range(8)))
    twelve.get()  # editions are read once in each process
    few = cost(twelve)
    reviewer(eve).takes(pond, *["Wrong"] * 12).takes(other, *["Wrong"] * 8)
    assert cost(twelve) == few
    twelve.takes(other, *["Wrong"] * 8).on(2)
    twelve.reviews("Right")
    assert cost(twelve) <= few <= 16


def cost(learner) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert "due today" in learner.get().text
    return len(queries)


def test_progress_links_to_it(ada_reviews, brook):
    link = 'class="button quiet" href="/review/"'
    assert link not in ada_reviews.get("/progress/").text
    make.lesson(course=make.course(collection=brook.collection), quiz=brook)
    ada_reviews.takes(brook, "Right").finishes(brook)
    assert link in ada_reviews.get("/progress/").text


def test_every_page_of_a_learner_links_to_it(client, ada_client, db):
    assert 'href="/review/"' not in client.get("/").text
    assert 'href="/review/"' in ada_client.get("/").text
