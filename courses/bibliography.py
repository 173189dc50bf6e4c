"""The sources of a course, lesson by lesson."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from courses.models import Citation, Course, Lesson
from sources.models import Source


@dataclass(frozen=True)
class Listing:
    """`claims` is how many rest on the source, `is_first` says that it was not listed before."""

    source: Source
    claims: int
    is_first: bool


@dataclass(frozen=True)
class Group:
    """What the passages of a lesson rest on or, without a lesson, what no passage rests on."""

    lesson: Lesson | None
    listings: tuple[Listing, ...]


def groups(course: Course, lessons: Sequence[Lesson | None]) -> list[Group]:
    """In this order, each by title, without those that have nothing in them. Two queries."""
    of_lesson = _sources_of_lessons(course)
    cited = set().union(*of_lesson.values())
    counted = Count("claims", filter=Q(claims__retired=False))
    sources = course.collection.sources.filter(retired=False).annotate(claim_count=counted)
    by_title = sorted(sources, key=lambda source: source.title.casefold())
    listed: set[int] = set()
    found = []
    for lesson in lessons:
        here = of_lesson.get(lesson.pk, set()) if lesson else {source.pk for source in by_title} - cited
        listings = [Listing(one, one.claim_count, one.pk not in listed) for one in by_title if one.pk in here]
        listed |= here
        if listings:
            found.append(Group(lesson, tuple(listings)))
    return found


def _sources_of_lessons(course: Course) -> dict[int, set[int]]:
    """Sources that the claims cited in a lesson rest on, by the lesson; both as primary keys."""
    citations = Citation.objects.filter(
        lesson__course=course, lesson__retired=False, claim__retired=False, claim__sources__retired=False
    )
    found: dict[int, set[int]] = {}
    for lesson, source in citations.order_by().values_list("lesson", "claim__sources").distinct():
        found.setdefault(lesson, set()).add(source)
    return found
