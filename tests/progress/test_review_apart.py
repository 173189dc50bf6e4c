"""What is answered in a review counts for nothing elsewhere."""

from typing import NamedTuple

import pytest

from accounts.models import User
from courses.deriving import derive
from courses.models import Lesson
from progress.standings import DerivedStandings
from quizzes.models import Attempt
from quizzes.publishing import publish
from sources.models import Collection
from tests import make
from tests.kept import kept, parts_of
from tests.progress.conftest import reviewing


class Reviewed(NamedTuple):
    ada: User
    rivers: Collection
    springs: Lesson


@kept
def reviewed_by_ada() -> Reviewed:
    rivers = make.collection(slug="rivers")
    springs = lesson_of(rivers)
    ada = make.ada()
    reviewing(ada).takes(springs.quiz, "Wrong").finishes(springs.quiz).on(1).reviews("Right")
    assert Attempt.objects.filter(in_review=True).exists()
    return Reviewed(ada, rivers, springs)


ada, rivers = parts_of("reviewed_by_ada", "ada", "rivers")


@pytest.fixture
def springs(request, rivers) -> Lesson:
    """A lesson with a check, and a quiz of another question."""
    if "reviewed_by_ada" in request.fixturenames:
        return request.getfixturevalue("reviewed_by_ada").springs
    return lesson_of(rivers)


def lesson_of(rivers: Collection) -> Lesson:
    make.question(collection=rivers, key="slope", text="Which way?")
    quiz = make.quiz(collection=rivers, slug="springs", questions=[make.question(collection=rivers, key="more")])
    lesson = make.lesson(
        course=make.course(collection=rivers), slug="springs", text="A.\n\n:::check slope\n", quiz=quiz
    )
    derive(lesson=lesson)
    publish(quiz=lesson.checks)
    return lesson


@pytest.fixture
def reviewed(reviewed_by_ada, ada_reviews):
    """Ada, who took the quiz and reviewed its question the day after."""
    return ada_reviews.on(1)


def test_the_quiz_shows_the_attempts_at_it_alone(reviewed):
    text = reviewed.get("/quizzes/rivers/springs/").text
    assert "See attempt 1" in text
    assert "See attempt 2" not in text


def test_the_quiz_can_be_taken_again_and_the_attempts_are_numbered_on(reviewed, springs):
    reviewed.post("/quizzes/rivers/springs/start/")
    reviewed.takes(springs.quiz, "Right").finishes(springs.quiz)
    assert list(springs.quiz.attempts.finished().order_by("pk").values_list("number", flat=True)) == [1, 2]


def test_a_review_has_no_result_page(reviewed):
    attempt = Attempt.objects.get(in_review=True)
    assert reviewed.get(f"/quizzes/attempts/{attempt.pk}/").status_code == 404


def test_who_only_reviewed_has_not_begun_the_quiz(ada_reviews, rivers, springs):
    """The card comes from elsewhere."""
    other = make.quiz(collection=rivers, slug="other", questions=[rivers.questions.get(key="more")])
    ada_reviews.takes(other, "Wrong").on(1)
    publish(quiz=springs.quiz)
    ada_reviews.reviews("Right")
    assert "Go on where you were" not in ada_reviews.get("/quizzes/rivers/springs/").text
    assert not ada_reviews.user.attempts.running().filter(quiz=springs.quiz).exists()


def test_progress_is_what_it_was(reviewed, springs):
    lessons = list(springs.course.lessons.outline())
    one = DerivedStandings().of_lessons(reviewed.user, lessons)[springs.pk]
    assert (one.answered, one.best, one.last) == (0, 0, 0)


def test_where_a_learner_was_is_not_in_a_review(reviewed):
    place = DerivedStandings().place(reviewed.user)
    assert place.at.date().day == 1


def test_a_check_that_was_only_reviewed_is_still_open_in_its_lesson(ada_reviews, rivers, springs):
    other = make.quiz(collection=rivers, slug="other", questions=[rivers.questions.get(key="slope")])
    ada_reviews.takes(other, "Wrong").on(1)
    rivers.questions.filter(key="slope").update(text="Which way now?")
    publish(quiz=springs.checks)
    ada_reviews.reviews("Right")
    assert Attempt.objects.get(in_review=True).quiz == springs.checks
    assert "Right." not in ada_reviews.get(springs.get_absolute_url()).text
    assert (
        DerivedStandings().of_lessons(ada_reviews.user, list(springs.course.lessons.outline()))[springs.pk].answered
        == 0
    )
