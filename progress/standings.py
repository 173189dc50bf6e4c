"""Lesson and course progress, derived from responses, attempts and readings; nothing here is stored."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import Exists, Min, OuterRef, Q, Subquery

from accounts.models import User
from courses.models import Lesson
from courses.standing import LessonStanding, Place
from progress.models import Reading
from quizzes.models import Attempt, AttemptQuerySet, Response, Slot
from quizzes.results import share_seen

_when = ("quiz__opens_at", "quiz__closes_at", "quiz__attempts_allowed", "quiz__wait", "finished_at", "due_at")
_judged_by = (*_when, "mark", "dropped", "edition__weight", "edition__digest")
"""What the share of an attempt follows from, and whether it may be seen."""


class DerivedStandings:
    """What courses asks of us. Three queries, however many lessons; seven for a learner's place."""

    def of_lessons(self, learner: User, lessons: Sequence[Lesson]) -> dict[int, LessonStanding]:
        courses = {lesson.course_id for lesson in lessons}
        answered = _answered(learner, courses)
        shares = _quiz_shares(learner, courses)
        # Only a lesson without checks is marked as read.
        unchecked = [lesson.pk for lesson in lessons if not lesson.check_count]
        readings = learner.readings.filter(lesson__in=unchecked) if unchecked else Reading.objects.none()
        read = dict(readings.values_list("lesson_id", "read_at"))
        return {
            lesson.pk: _standing(
                lesson,
                answered.get(lesson.checks_id or 0, []),
                shares.get(lesson.quiz_id or 0, []),
                read.get(lesson.pk),
            )
            for lesson in lessons
        }

    def place(self, learner: User) -> Place | None:
        last = last_place(learner)
        if last is None or last.lesson is None:
            return last
        lessons = Lesson.objects.outline().with_course().filter(course=last.course)
        return onward(last, self.of_lessons(learner, list(lessons)), lessons)


def last_place(learner: User) -> Place | None:
    """Of the latest answer or reading. Three queries."""
    answered = Response.objects.filter(attempt__in=_attempts_with_a_place(learner)).order_by("-answered_at")
    latest = Response.objects.filter(pk=Subquery(answered.values("pk")[:1]))
    response = latest.select_related("attempt__quiz__collection__course").first()
    readings = learner.readings.filter(lesson__retired=False, lesson__course__retired=False)
    reading = readings.select_related("lesson__course").order_by("-read_at").first()
    if reading and (not response or reading.read_at > response.answered_at):
        return _in_lesson(reading.lesson, reading.read_at)
    return _place_of(response) if response else None


def onward(last: Place, standings: Mapping[int, LessonStanding], lessons: Iterable[Lesson]) -> Place:
    """From a lesson that is done to the next of its course that is not: the first after it, or else the first of all.
    The lessons come in their order."""
    here = standings.get(last.lesson or 0)
    if here is None or not here.is_done:
        return last
    in_order = [lesson for lesson in lessons if lesson.course_id == last.course.pk]
    place = [lesson.pk for lesson in in_order].index(last.lesson or 0)
    others = in_order[place + 1 :] + in_order[:place]
    left = next((lesson for lesson in others if not standings[lesson.pk].is_done), None)
    return replace(_in_lesson(left, last.at), is_next=True) if left else replace(last, is_done=True)


def taken_lessons(learner: User) -> list[Lesson]:
    """Of all courses in which the learner answered, read or noted anything, as `outline` gives them, without their
    text. One query."""
    of_course = learner.readings.values("lesson__course").union(learner.notes.values("lesson__course"))
    is_taken = Q(course__collection__in=learner.attempts.filter(in_review=False).values("quiz__collection")) | Q(
        course__in=of_course
    )
    lessons = Lesson.objects.outline().with_course().filter(is_taken, course__retired=False)
    return list(lessons.order_by("course__title", "course", "position"))


def _attempts_with_a_place(learner: User) -> AttemptQuerySet:
    attempts = learner.attempts.filter(quiz__retired=False, quiz__collection__course__retired=False, in_review=False)
    return attempts.exclude(quiz__lesson_of_checks__retired=True).order_by()


def _standing(lesson: Lesson, answers: list[datetime], shares: list[float], read_at: datetime | None) -> LessonStanding:
    """`answers` are the times of the first answers to its checks, `shares` those earned of the quiz's full mark."""
    all_answered = 0 < lesson.check_count <= len(answers)
    return LessonStanding(
        checks=lesson.check_count,
        answered=min(len(answers), lesson.check_count),
        marked_read=read_at is not None,
        best=max(shares, default=None),
        last=shares[-1] if shares else None,
        done_at=read_at or (max(answers) if all_answered else None),
    )


def _answered(learner: User, courses: Collection[int]) -> dict[int, list[datetime]]:
    """When each question of each lesson's checks was answered first, in whichever edition, by the checks. The query
    begins with the attempts: of somebody's answers most are given in reviews."""
    attempts = learner.attempts.filter(in_review=False, quiz__lesson_of_checks__course__in=courses)
    quiz, collection = OuterRef("attempt__quiz"), OuterRef("attempt__quiz__collection")
    asked = Slot.objects.filter(quiz=quiz, question__collection=collection, question__key=OuterRef("question_key"))
    given = Response.objects.filter(Exists(asked), attempt__in=attempts)
    first = given.order_by().values_list("attempt__quiz", "question_key").annotate(at=Min("answered_at"))
    firsts: dict[int, list[datetime]] = {}
    for quiz_id, _key, at in first:
        firsts.setdefault(quiz_id, []).append(at)
    return firsts


def _quiz_shares(learner: User, courses: Collection[int]) -> dict[int, list[float]]:
    """Shares of the full mark of the finished attempts, in order, by quiz; those that may be seen by now."""
    attempts = Attempt.objects.finished().filter(learner=learner, in_review=False)
    attempts = attempts.filter(quiz__lesson_of_quiz__course__in=courses)
    attempts = attempts.select_related("quiz", "edition").only(*_judged_by).order_by("finished_at")
    shares: dict[int, list[float]] = {}
    for attempt in attempts:
        if (share := share_seen(attempt)) is not None:
            shares.setdefault(attempt.quiz_id, []).append(share)
    return shares


def _place_of(response: Response) -> Place:
    """The check that was answered; the quiz while it runs, and then the lesson it belongs to."""
    quiz = response.attempt.quiz
    lessons = Lesson.objects.select_related("course").defer("text").filter(Q(checks=quiz) | Q(quiz=quiz), retired=False)
    lesson = lessons.first()
    if lesson and quiz.in_lesson:
        return _in_lesson(lesson, response.answered_at, f"#q-{response.question_key}")
    if lesson and response.attempt.is_finished:
        return _in_lesson(lesson, response.answered_at)
    return Place(quiz.title, quiz.collection.course, quiz.get_absolute_url(), response.answered_at)


def _in_lesson(lesson: Lesson, at: datetime, anchor: str = "") -> Place:
    return Place(lesson.title, lesson.course, lesson.get_absolute_url() + anchor, at, lesson.pk)
