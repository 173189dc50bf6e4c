"""GET /review/answered/RESPONSE/: what was answered, and why it is right or wrong."""

import re
from typing import NamedTuple

import pytest

from accounts.models import User
from courses.deriving import derive
from courses.models import Lesson
from quizzes.publishing import publish
from sources.models import Collection
from tests import make
from tests.conftest import HTMX, client_of
from tests.kept import kept, parts_of
from tests.pages import normal
from tests.progress.conftest import reviewing


class Reviewed(NamedTuple):
    ada: User
    rivers: Collection
    springs: Lesson
    answered: str


@kept
def reviewed() -> Reviewed:
    rivers = make.collection(slug="rivers")
    springs = lesson_of(rivers)
    ada = make.ada()
    response = reviewing(ada).takes(springs.quiz, "Wrong").on(1).reviews("Right")
    return Reviewed(ada, rivers, springs, response.request["PATH_INFO"])


ada, rivers = parts_of("reviewed", "ada", "rivers")


@pytest.fixture
def springs(request, rivers) -> Lesson:
    """A lesson with a check and a quiz that ask the same."""
    return request.getfixturevalue("reviewed").springs if "reviewed" in request.fixturenames else lesson_of(rivers)


def lesson_of(rivers: Collection) -> Lesson:
    asked = make.question(collection=rivers, key="slope", text="Which way?")
    quiz = make.quiz(collection=rivers, slug="springs", questions=[asked])
    made = make.lesson(course=make.course(collection=rivers), slug="springs", text="A.\n\n:::check slope\n", quiz=quiz)
    derive(lesson=made)
    publish(quiz=made.checks)
    return made


@pytest.fixture
def answered(reviewed, ada_reviews) -> str:
    """Ada's page after her answer."""
    ada_reviews.on(1)
    return reviewed.answered


def test_it_leads_back_to_the_passage_that_asks_it(ada_reviews, answered):
    text = ada_reviews.get(answered).text
    assert 'href="/courses/rivers/lessons/springs/#q-slope"' in text


def test_it_offers_the_next_and_to_look_back(ada_reviews, answered):
    text = ada_reviews.get(answered).text
    assert "Next" in text
    assert re.search(r'name="knew"\s+value="1"\s+data-key="k"', text)
    assert re.search(r'name="knew"\s+value="0"\s+data-key="g"', text)
    assert "I knew it" in text


def test_after_a_wrong_answer_one_may_have_been_sure(ada_reviews, springs):
    ada_reviews.takes(springs.quiz, "Wrong").on(1)
    text = ada_reviews.reviews("Wrong").text
    assert "I was sure" in text
    assert "k says you were sure" in text
    assert "k says you knew it" not in text


def test_what_htmx_gets_is_that_part_of_the_page(ada_reviews, answered):
    fragment = ada_reviews.get(answered, headers=HTMX).text
    assert fragment.lstrip().startswith('<div id="review"')
    assert normal(fragment) in normal(ada_reviews.get(answered).text)


def test_htmx_puts_its_address_into_the_browser_so_that_back_leads_here(ada_reviews, answered):
    assert ada_reviews.get(answered, headers=HTMX)["HX-Replace-Url"] == answered
    assert ada_reviews.get("/review/?on=1", headers=HTMX)["HX-Replace-Url"] == "/review/?on=1"
    assert "HX-Replace-Url" not in ada_reviews.get(answered).headers


def test_it_opens_when_the_question_is_not_asked_any_more(ada_reviews, answered, rivers):
    rivers.questions.update(retired=True)
    assert "Right." in ada_reviews.get(answered).text


def test_nobody_else_sees_it(answered, eve):
    assert client_of(eve).get(answered).status_code == 404


def test_a_stranger_is_asked_to_sign_in(answered, client):
    assert client.get(answered)["Location"].startswith("/accounts/login/")


def test_an_answer_to_a_quiz_is_not_shown_here(ada_reviews, springs):
    ada_reviews.takes(springs.quiz, "Wrong")
    (given,) = ada_reviews.user.responses.all()
    assert ada_reviews.get(f"/review/answered/{given.pk}/").status_code == 404
