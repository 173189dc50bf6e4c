"""What a learner did in the first course in the last weeks, written straight into the site's database. Run by
`manage.py shell`, it prints the key of a session."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from accounts.models import User
from courses.models import Lesson
from quizzes.models import Attempt, Quiz, Response
from quizzes.sittings import contents


def middling() -> str:
    """The first lesson with its quiz three weeks ago, the second without its quiz nine days ago, reviews in between."""
    learner = User.objects.create_user(f"middling{User.objects.count()}@example.org")
    first, second = Lesson.objects.select_related("checks", "quiz").order_by("position")[:2]
    for quiz, days in ((first.checks, 21), (first.quiz, 20), (second.checks, 9)):
        _answered(learner, quiz, days=days)
    for days in (17, 12, 8, 3):
        _answered(learner, first.checks, days=days, in_review=True)
    client = Client()
    client.force_login(learner)
    return client.cookies["sessionid"].value


def _answered(learner: User, quiz: Quiz, *, days: int, in_review: bool = False) -> None:
    at = timezone.now() - timedelta(days=days)
    edition = quiz.editions.get()
    number = learner.attempts.filter(quiz=quiz, in_review=in_review).count() + 1
    attempt = Attempt.objects.create(
        learner=learner, quiz=quiz, edition=edition, number=number, seed=f"{days}", in_review=in_review, started_at=at
    )
    for place, slot in enumerate(contents(edition.pk, edition.digest).slots):
        Response.objects.create(
            learner=learner,
            attempt=attempt,
            slot=place,
            try_number=1,
            question_key=slot.question.key,
            answer=[0],
            fraction=place % 4 > 0,
            confidence=None if quiz.in_lesson else 3,
            mark=0,
            answered_at=at + timedelta(minutes=place),
        )
