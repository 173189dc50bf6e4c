"""A course that gives a certificate, and learners who did what it asks for, or nearly."""

from django.utils import timezone

from courses.models import Course
from progress import certificates
from progress.models import Certificate
from quizzes.models import Attempt, Quiz
from tests import make

URL = "/progress/rivers/certificate/"


def course(**certificate) -> Course:
    """Three lessons without checks and a final quiz; asks for every lesson, and for 70% in the quiz."""
    rivers = make.collection(slug="rivers")
    final_quiz(rivers)
    asks = certificate or {"quiz": "final", "mark": 0.7}
    made = make.course(collection=rivers, title="Rivers", certificate=asks)
    for position, slug in enumerate(["springs", "brooks", "deltas"]):
        make.lesson(course=made, slug=slug, position=position, title=slug.title())
    return made


def final_quiz(collection) -> Quiz:
    questions = [make.question(collection=collection, key=f"f{number}") for number in range(10)]
    return make.quiz(collection=collection, slug="final", title="Final quiz", setting="exam", questions=questions)


def read(learner, course, count=3):
    for lesson in course.lessons.order_by("position")[:count]:
        learner.readings.get_or_create(lesson=lesson)


def sat(learner, mark, *, finished=True) -> Attempt:
    """An attempt at the final quiz with so many of its ten marks."""
    quiz = Quiz.objects.get(slug="final")
    return Attempt.objects.create(
        learner=learner,
        quiz=quiz,
        edition=quiz.editions.get(),
        number=learner.attempts.count() + 1,
        seed="0",
        mark=mark,
        finished_at=timezone.now() if finished else None,
    )


def earned(learner, course, mark=8):
    read(learner, course)
    sat(learner, mark)


def claim(client, name="Ada Lovelace", **fields):
    return client.post(URL, {"name": name, **fields}, follow=True)


def held(learner, course, mark=8, *, name="Ada Lovelace", shows_mark=False) -> Certificate:
    """As a claim makes it, at the cost of no page."""
    earned(learner, course, mark)
    return certificates.claim(learner=learner, course=course, name=name, shows_mark=shows_mark)
