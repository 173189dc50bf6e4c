"""Where a claim is used."""

from dataclasses import dataclass

from django.db.models import Count, Q

from courses.models import Citation, Course, Lesson
from courses.text import parse
from quizzes.models import Question, Quiz
from sources.models import Claim


@dataclass(frozen=True)
class Passage:
    lesson: Lesson
    section: str
    anchor: str

    @property
    def url(self) -> str:
        return f"{self.lesson.get_absolute_url()}#{self.anchor}"


def passages(claim: Claim) -> list[Passage]:
    """The passages that cite a claim, in the order of the course. One query."""
    citations = Citation.objects.filter(claim=claim, lesson__retired=False).select_related("lesson__course")
    found = {(one.lesson_id, one.anchor): one for one in citations.order_by("lesson__position", "position")}
    return [Passage(one.lesson, parse(one.lesson.text).section_of(one.anchor), one.anchor) for one in found.values()]


def passages_of(course: Course) -> dict[Passage, set[str]]:
    """Every passage that cites claims, in the order of the course, with their keys. Two queries."""
    lessons = course.lessons.filter(retired=False).in_bulk()
    citations = Citation.objects.filter(lesson__in=lessons).order_by("lesson__position", "position")
    found: dict[Passage, set[str]] = {}
    for pk, anchor, claim in citations.values_list("lesson", "anchor", "claim__key"):
        section = parse(lessons[pk].text).section_of(anchor)
        found.setdefault(Passage(lessons[pk], section, anchor), set()).add(claim)
    return found


def questions_by_claim(collection_id: int) -> dict[str, set[int]]:
    """Primary keys of the questions whose key, explanation or options rest on a claim, by its key. Two queries."""
    questions = Question.objects.filter(collection=collection_id, retired=False)
    found: dict[str, set[int]] = {}
    for claim in ("claims__key", "options__claims__key"):
        resting = questions.filter(**{f"{claim}__isnull": False}).order_by()
        for key, pk in resting.values_list(claim, "pk").distinct():
            found.setdefault(key, set()).add(pk)
    return found


def quizzes(claim: Claim) -> list[Quiz]:
    """Quizzes and lessons whose questions rest on a claim, with how many do (`resting`). Which ones is not told: that
    would give answers away."""
    rests = Q(slots__question__options__claims=claim) | Q(slots__question__claims=claim)
    return list(
        Quiz.objects.filter(rests, retired=False)
        .annotate(resting=Count("slots__question", distinct=True))
        .select_related("collection", "lesson_of_checks__course", "lesson_of_quiz__course")
        .order_by("title", "in_lesson")
    )
