import pytest

from quizzes.models import Attempt, Quiz, Response
from tests import make
from tests.pages import filled, question_forms


@pytest.fixture
def rivers(db):
    return make.collection(slug="rivers")


@pytest.fixture
def practice(rivers) -> Quiz:
    """Three questions with three options each; every right option is called Right."""
    return practice_of(rivers)


def practice_of(rivers) -> Quiz:
    return make.quiz(
        collection=rivers,
        slug="springs",
        questions=[make.question(collection=rivers, key=f"q{n}", text=f"Question {n}?") for n in range(3)],
    )


@pytest.fixture
def exam(rivers) -> Quiz:
    return make.quiz(
        collection=rivers,
        slug="final",
        setting="exam",
        questions=[make.question(collection=rivers, key=f"e{n}", text=f"Exam question {n}?") for n in range(2)],
    )


class Taker:
    """Somebody who takes a quiz through its pages."""

    def __init__(self, client, quiz: Quiz):
        self.client, self.quiz = client, quiz
        self.base = f"/quizzes/{quiz.collection.slug}/{quiz.slug}/"

    def start(self):
        return self.client.post(f"{self.base}start/", follow=True)

    def page(self, place: int):
        return self.client.get(f"{self.base}{place}/")

    def form(self, place: int) -> dict:
        return question_forms(self.page(place))[0]

    def answer(self, place: int, *choices: str, **changes):
        form = self.form(place)
        return self.client.post(form["action"], {**filled(form, *choices), **changes}, follow=True)

    def finish(self):
        return self.client.post(f"{self.base}finish/", follow=True)


@pytest.fixture
def take(client):
    return lambda quiz, by=client: Taker(by, quiz)


def counts() -> tuple[int, int]:
    return Attempt.objects.count(), Response.objects.count()
