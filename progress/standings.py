"""Lesson and course progress, derived from responses, attempts and readings; nothing here is stored."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, F, Q

from accounts.models import User
from courses.models import Lesson
from courses.standing import LessonStanding, Place
from progress.models import Reading
from quizzes.models import Attempt, Response
from quizzes.results import share_seen


class DerivedStandings:
    """What courses asks of us. Three queries a course, whatever its size; three for a learner's place."""

    def of_lessons(self, learner: User, lessons: Sequence[Lesson]) -> dict[int, LessonStanding]:
        course_id = lessons[0].course_id
        answered = _answered(learner, course_id)
        shares = _quiz_shares(learner, course_id)
        # Only a lesson without checks is marked as read.
        unchecked = [lesson.pk for lesson in lessons if not lesson.check_count]
        readings = learner.readings.filter(lesson__in=unchecked) if unchecked else Reading.objects.none()
        read = set(readings.values_list("lesson_id", flat=True))
        return {
            lesson.pk: LessonStanding(
                checks=lesson.check_count,
                answered=min(answered.get(lesson.checks_id or 0, 0), lesson.check_count),
                marked_read=lesson.pk in read,
                best=max(own) if (own := shares.get(lesson.quiz_id or 0)) else None,
                last=own[-1] if own else None,
            )
            for lesson in lessons
        }

    def place(self, learner: User) -> Place | None:
        """Of the latest answer or reading."""
        response = (
            learner.responses.filter(attempt__quiz__retired=False, attempt__quiz__collection__course__retired=False)
            .filter(attempt__in_review=False)
            .exclude(attempt__quiz__lesson_of_checks__retired=True)
            .select_related("attempt__quiz__collection__course")
            .order_by("-answered_at")
            .first()
        )
        reading = (
            learner.readings.filter(lesson__retired=False).select_related("lesson__course").order_by("-read_at").first()
        )
        if reading and (not response or reading.read_at > response.answered_at):
            return _in_lesson(reading.lesson, reading.read_at)
        return _place_of(response) if response else None


def _answered(learner: User, course_id: int) -> dict[int, int]:
    """How many questions of each lesson's checks have an answer, in whichever edition it was given."""
    responses = Response.objects.filter(
        learner=learner,
        attempt__in_review=False,
        attempt__quiz__lesson_of_checks__course=course_id,
        attempt__quiz__slots__question__key=F("question_key"),
    )
    return dict(responses.values_list("attempt__quiz").annotate(count=Count("question_key", distinct=True)))


def _quiz_shares(learner: User, course_id: int) -> dict[int, list[float]]:
    """Shares of the full mark of the finished attempts, in order, by quiz; those that may be seen by now."""
    attempts = Attempt.objects.finished().filter(learner=learner, quiz__lesson_of_quiz__course=course_id)
    shares: dict[int, list[float]] = {}
    for attempt in attempts.order_by("finished_at").select_related("quiz", "edition").defer("edition__document"):
        if (share := share_seen(attempt)) is not None:
            shares.setdefault(attempt.quiz_id, []).append(share)
    return shares


def _place_of(response: Response) -> Place:
    """The check that was answered; the quiz while it runs, and then the lesson it belongs to."""
    quiz = response.attempt.quiz
    lesson = Lesson.objects.select_related("course").filter(Q(checks=quiz) | Q(quiz=quiz), retired=False).first()
    if lesson and quiz.in_lesson:
        return _in_lesson(lesson, response.answered_at, f"#q-{response.question_key}")
    if lesson and response.attempt.is_finished:
        return _in_lesson(lesson, response.answered_at)
    return Place(quiz.title, quiz.collection.course, quiz.get_absolute_url(), response.answered_at, in_quiz=True)


def _in_lesson(lesson: Lesson, at: datetime, anchor: str = "") -> Place:
    return Place(lesson.title, lesson.course, lesson.get_absolute_url() + anchor, at)
