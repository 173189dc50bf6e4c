"""What learners did outlives every load."""

import pytest

from courses.folder.loading import load
from quizzes.engine.document import decode
from quizzes.models import Attempt, Quiz, Response


@pytest.fixture
def attempt(loaded, ada) -> Attempt:
    quiz = Quiz.objects.get(slug="floods-checks")
    attempt = Attempt.objects.create(learner=ada, quiz=quiz, edition=quiz.editions.get(), number=1, seed="s")
    Response.objects.create(
        learner=ada, attempt=attempt, slot=0, try_number=1, question_key="floods-much", answer=[1], fraction=0, mark=0
    )
    return attempt


def asked(attempt: Attempt) -> str:
    attempt.refresh_from_db()
    return decode(attempt.edition.document).slots[0].question.text


def test_an_attempt_keeps_the_edition_it_was_made_on(loaded, attempt):
    loaded.change("questions/02-floods.yaml", "What is a flood?", "What is called a flood?")
    load(loaded.path)
    assert asked(attempt) == "What is a flood?"
    assert attempt.responses.get().answer == [1]
    assert attempt.quiz.editions.count() == 2


def test_an_attempt_outlives_the_lesson_and_meets_it_again(loaded, attempt):
    names = [
        "course.yaml",
        "claims.yaml",
        "glossary.yaml",
        "quizzes.yaml",
        "lessons/02-floods.md",
        "questions/02-floods.yaml",
    ]
    before = {name: (loaded.path / name).read_text() for name in names}
    loaded.drop_lesson_two()
    load(loaded.path)
    assert asked(attempt) == "What is a flood?"
    for name, text in before.items():
        loaded.write(name, text)
    load(loaded.path)
    assert attempt.quiz.lesson_of_checks.slug == "floods"
    assert attempt.quiz.editions.count() == 1
    assert attempt.responses.count() == 1
