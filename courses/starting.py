"""What waits for a teacher, for the first page of the admin. The number of queries does not depend on how much there
is: of each thing the newest few are looked at."""

from collections.abc import Collection as Keys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from accounts.models import User
from courses.models import Course, Lesson
from courses.reviewing import claims_to_review
from courses.unpublished import quizzes_shown
from quizzes.marking_queue import to_mark
from quizzes.models import Dispute, Question, Quiz, Response
from quizzes.publishing import Problem, problems_of_question, questions_as_documents, unpublished
from sources.models import Claim, Collection
from sources.permissions import within_own

SHOWN = 5
LOOKED_AT = 40
"""Quizzes and questions that are read as a whole, the last that were changed."""


@dataclass(frozen=True)
class Unpublished:
    """A quiz that learners do not get as it is now; `lesson` where it is made of a lesson's checks."""

    quiz: Quiz
    lesson: Lesson | None
    is_published: bool


@dataclass(frozen=True)
class Faulty:
    question: Question
    problems: list[Problem]


@dataclass(frozen=True)
class Today:
    courses: Sequence[Course]
    unpublished: Sequence[Unpublished]
    claims: Sequence[Claim]
    claim_count: int
    faulty: Sequence[Faulty]
    waiting: int
    """Answers that wait for a mark."""
    disputes: int
    answers: Sequence[Response]


def today_of(teacher: User, on: date) -> Today:
    mine = Collection.objects.authored_by(teacher)
    within = list(mine.values_list("pk", flat=True))
    claims = claims_to_review(within=within, today=on)
    return Today(
        courses=_courses(within),
        unpublished=_unpublished(within)[:SHOWN],
        claims=list(claims[:SHOWN]),
        claim_count=claims.count(),
        faulty=_faulty(within)[:SHOWN],
        waiting=to_mark(Response.objects.filter(attempt__quiz__collection__in=within)).count(),
        disputes=Dispute.objects.open().filter(response__attempt__quiz__collection__in=within).count(),
        answers=_answers(teacher),
    )


def _courses(within: Keys[int]) -> list[Course]:
    courses = Course.objects.filter(collection__in=within, retired=False)
    return list(courses.annotate(lesson_count=Count("lessons", filter=Q(lessons__retired=False)))[:SHOWN])


def _unpublished(within: Keys[int]) -> list[Unpublished]:
    """Of quizzes that were touched since they were published, those that really differ."""
    touched = quizzes_shown(within=within).touched().with_edition().select_related("lesson_of_checks")
    found = list(touched.order_by("-pk")[:LOOKED_AT])
    changed = unpublished(found)
    return [
        Unpublished(quiz, getattr(quiz, "lesson_of_checks", None), bool(quiz.edition_id))
        for quiz in found
        if quiz.pk in changed
    ]


def _faulty(within: Keys[int]) -> list[Faulty]:
    rows = Question.objects.filter(collection__in=within, retired=False).select_related("collection")
    newest = list(rows.order_by("-reviewed_at")[:LOOKED_AT])
    contents = questions_as_documents(newest)
    found = (Faulty(row, problems_of_question(contents[row.pk], sourced=row.collection.sourced)) for row in newest)
    return [one for one in found if one.problems]


def _answers(teacher: User) -> list[Response]:
    answers = within_own(Response.objects.filter(attempt__set_aside=False), "attempt__quiz__collection", teacher)
    return list(answers.select_related("learner", "attempt__quiz").order_by("-pk")[:SHOWN])
