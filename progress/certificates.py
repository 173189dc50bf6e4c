"""Who has earned a certificate, and what becomes of it afterwards.

A certificate says what was so on its day. A regrade that takes a learner below the line later on revokes nothing: that
is for people to do, with a reason.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from courses import certifying, standing
from courses.certifying import Needs
from courses.folder.schemas import Certificate as Asked
from courses.models import Course, Lesson
from courses.standing import NEW, LessonStanding
from progress.models import Certificate
from quizzes.engine import rules
from quizzes.models import Attempt, Quiz
from quizzes.results import share_seen
from quizzes.sittings import Visitor


class NotEarned(Exception):
    """Something is missing still, or the certificate was revoked for good."""


class Replaced(Exception):
    """The learner has another valid certificate of the course by now."""


class DerivedNeeds:
    """What courses asks of us. Three queries, however many courses; one for a stranger."""

    def needs(
        self,
        visitor: Visitor,
        courses: Sequence[Course],
        lessons: Sequence[Lesson],
        standings: Mapping[int, LessonStanding],
    ) -> dict[int, Needs]:
        asked = {course.pk: (course, asks) for course in courses if (asks := certifying.asked_by(course))}
        quizzes = _quizzes([(course.collection_id, asks.quiz) for course, asks in asked.values() if asks.quiz])
        learner = visitor if isinstance(visitor, User) else None
        reached = _reached(learner, quizzes.values()) if learner and quizzes else {}
        held = set(learner.certificates.valid().values_list("course_id", flat=True)) if learner and asked else set()
        return {
            pk: _needs(
                course,
                asks,
                [standings.get(lesson.pk, NEW) for lesson in lessons if _is_asked(lesson, course, asks)],
                quizzes.get((course.collection_id, asks.quiz)),
                reached,
                is_held=pk in held,
            )
            for pk, (course, asks) in asked.items()
        }


def _is_asked(lesson: Lesson, course: Course, asks: Asked) -> bool:
    return lesson.course_id == course.pk and (not asks.lessons or lesson.slug in asks.lessons)


def _needs(
    course: Course,
    asks: Asked,
    lessons: Sequence[LessonStanding],
    quiz: Quiz | None,
    reached: Mapping[int, float],
    *,
    is_held: bool,
) -> Needs:
    return Needs(
        course,
        lessons=len(lessons),
        done=sum(one.is_done for one in lessons),
        asks_quiz=bool(asks.quiz),
        quiz=quiz,
        needed=asks.mark or 0,
        reached=reached.get(quiz.pk) if quiz else None,
        is_held=is_held,
    )


def _quizzes(named: Iterable[tuple[int, str]]) -> dict[tuple[int, str], Quiz]:
    """By collection and slug; those that are open to learners."""
    conditions = [Q(collection=collection, slug=slug) for collection, slug in named]
    if not conditions:
        return {}
    quizzes = Quiz.objects.published().select_related("collection").filter(Q(*conditions, _connector=Q.OR))
    return {(quiz.collection_id, quiz.slug): quiz for quiz in quizzes}


def _reached(learner: User, quizzes: Iterable[Quiz]) -> dict[int, float]:
    """By quiz, the share of the full mark that counts for its learner, as far as it may be seen."""
    attempts = Attempt.objects.finished().made_here().filter(learner=learner, quiz__in=list(quizzes), in_review=False)
    shares: dict[Quiz, list[float]] = {}
    for attempt in attempts.order_by("number").select_related("quiz", "edition").defer("edition__document"):
        if (share := share_seen(attempt)) is not None:
            shares.setdefault(attempt.quiz, []).append(share)
    return {quiz.pk: counts for quiz, own in shares.items() if (counts := _counting(quiz, own)) is not None}


def _counting(quiz: Quiz, shares: Sequence[float]) -> float | None:
    """Rounded, since marks are sums of rounded parts."""
    counting = rules.counting_mark(quiz.counts, shares)
    return None if counting is None else round(counting, 5)


def needs_of(visitor: Visitor, course: Course) -> Needs | None:
    """None where the course gives no certificate."""
    lessons = list(course.lessons.outline().defer("text"))
    return certifying.needs(visitor, course, lessons, standing.of_lessons(visitor, lessons))


def towards(learner: User, lessons: Sequence[Lesson], standings: Mapping[int, LessonStanding]) -> list[Needs]:
    """What the certificates of these lessons' courses ask for, for courses that give one. Three queries."""
    courses = {lesson.course_id: lesson.course for lesson in lessons}
    return list(DerivedNeeds().needs(learner, list(courses.values()), lessons, standings).values())


def latest(learner: User, course: Course) -> Certificate | None:
    """Valid or revoked."""
    return learner.certificates.filter(course=course).select_related("course").order_by("-issued_at", "-pk").first()


@transaction.atomic
def claim(*, learner: User, course: Course, name: str, shows_mark: bool) -> Certificate:
    """Once: claiming again gives the same one, as it is. Raises NotEarned."""
    User.objects.select_for_update().get(pk=learner.pk)  # two clicks at once take turns
    before = latest(learner, course)
    if before and before.is_valid:
        return before
    needs = needs_of(learner, course)
    if learner.is_guest or needs is None or not needs.is_earned or (before and not before.claimable_again):
        raise NotEarned
    return Certificate.objects.create(
        learner=learner,
        course=course,
        name=name,
        title=course.title,
        lessons=needs.lessons,
        shows_mark=shows_mark and needs.asks_quiz,
        **_of_quiz(learner, needs),
    )


def _of_quiz(learner: User, needs: Needs) -> dict[str, object]:
    if needs.quiz is None:
        return {}
    last = learner.attempts.finished().made_here().filter(quiz=needs.quiz, in_review=False).order_by("number").last()
    return {
        "quiz": needs.quiz,
        "quiz_title": needs.quiz.title,
        "edition": last.edition.number if last else None,
        "needed": needs.needed,
        "mark": needs.reached,
    }


def revoke(*, certificate: Certificate, by: User, reason: str, claimable_again: bool) -> None:
    certificate.revoked_at, certificate.revoked_by = timezone.now(), by
    certificate.reason, certificate.claimable_again = reason, claimable_again
    certificate.save(update_fields=["revoked_at", "revoked_by", "reason", "claimable_again"])


def restore(*, certificate: Certificate) -> None:
    """Raises Replaced."""
    certificate.revoked_at = certificate.revoked_by = None
    certificate.reason, certificate.claimable_again = "", False
    try:
        with transaction.atomic():
            certificate.save(update_fields=["revoked_at", "revoked_by", "reason", "claimable_again"])
    except IntegrityError as clash:
        raise Replaced from clash


def fallen_short(certificates: Iterable[Certificate]) -> set[int]:
    """Of some certificates those whose learner's mark, after a regrade or another attempt, is below what was needed on
    the day. One query."""
    judged = [one for one in certificates if one.quiz_id and one.needed is not None]
    attempts = (
        Attempt.objects.finished()
        .made_here()
        .filter(
            learner__in={one.learner_id for one in judged}, quiz__in={one.quiz_id for one in judged}, in_review=False
        )
    )
    shares: dict[tuple[int, int], list[float]] = {}
    counts: dict[int, Quiz] = {}
    for attempt in attempts.order_by("number").select_related("quiz", "edition").defer("edition__document"):
        counts[attempt.quiz_id] = attempt.quiz
        share = float(attempt.mark) / attempt.weight if attempt.weight else 0.0
        shares.setdefault((attempt.learner_id, attempt.quiz_id), []).append(share)
    return {one.pk for one in judged if _is_short(one, counts, shares)}


def _is_short(
    certificate: Certificate, quizzes: Mapping[int, Quiz], shares: Mapping[tuple[int, int], Sequence[float]]
) -> bool:
    quiz_id = certificate.quiz_id or 0
    if quiz_id not in quizzes:
        return True
    counting = _counting(quizzes[quiz_id], shares.get((certificate.learner_id, quiz_id), []))
    return counting is None or counting < (certificate.needed or 0)
