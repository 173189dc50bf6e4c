from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.guests import browser_secret
from courses import bibliography, certifying, covering, printing, reading, standing, where
from courses.models import Course, Lesson
from courses.text import parse
from quizzes.answering import Refused, SignedOut, take
from quizzes.models import Quiz
from quizzes.showing import evidence_keys
from sources.evidence import evidence
from sources.models import Claim, Collection
from ui.errors import conflict, signed_out
from ui.htmx import is_htmx, page


@require_GET
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    lessons = Prefetch("lessons", Lesson.objects.outline().defer("text"), to_attr="outline")
    courses = Course.objects.filter(retired=False).prefetch_related(lessons)
    return page(request, "courses/home.html", {"courses": courses, "place": standing.place(request.user)})


@require_GET
@never_cache
def course(request: HttpRequest, course: str) -> HttpResponse:
    found = get_object_or_404(Course, slug=course, retired=False)
    lessons = list(found.lessons.outline())
    standings = standing.of_lessons(request.user, lessons)
    rows = [Row(lesson, parse(lesson.text).minutes, standings.get(lesson.pk, standing.NEW)) for lesson in lessons]
    context = {
        "course": found,
        "rows": rows,
        "ahead": next((row for row in rows if not row.standing.is_done), None),
        "done": sum(row.standing.is_done for row in rows),
        "started": any(row.standing.state != "new" for row in rows),
        "quizzes": Quiz.objects.published()
        .select_related("collection")
        .filter(collection=found.collection_id, in_lesson=False, lesson_of_quiz=None),
        "needs": certifying.needs(request.user, found, lessons, standings),
    }
    return page(request, "courses/course.html", context)


@dataclass(frozen=True)
class Row:
    """A lesson in the list of a course."""

    lesson: Lesson
    minutes: int
    standing: standing.LessonStanding


def _lesson(course: str, slug: str) -> Lesson:
    lessons = Lesson.objects.select_related("course__collection").filter(course__retired=False, retired=False)
    return get_object_or_404(lessons, course__slug=course, slug=slug)


@require_GET
@never_cache
def lesson(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    found = _lesson(course, lesson)
    secret = browser_secret(request)
    quizzes = Quiz.objects.published().in_bulk([pk for pk in (found.checks_id, found.quiz_id) if pk])
    outline = list(found.course.lessons.outline().defer("text"))
    at = next(number for number, other in enumerate(outline) if other.pk == found.pk)
    context = {
        "course": found.course,
        "lesson": found,
        "reading": reading.read(
            lesson=found, checks=quizzes.get(found.checks_id or 0), visitor=request.user, secret=secret
        ),
        "outline": outline,
        "standings": standing.of_lessons(request.user, outline),
        "number": at + 1,
        "previous": outline[at - 1] if at else None,
        "next": outline[at + 1] if at + 1 < len(outline) else None,
        "quiz": quizzes.get(found.quiz_id or 0),
    }
    return page(request, "courses/lesson.html", context)


@require_POST
def answer(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """An answer to a check in the lesson's text."""
    checks = Quiz.objects.with_edition().select_related("lesson_of_checks__course__collection").filter(in_lesson=True)
    quiz = get_object_or_404(
        checks, lesson_of_checks__slug=lesson, lesson_of_checks__course__slug=course, lesson_of_checks__retired=False
    )
    found = quiz.lesson_of_checks
    try:
        taken = take(request, quiz)
    except SignedOut as gone:
        return signed_out(request, str(gone), back=found.get_absolute_url())
    except Refused as refused:
        return conflict(request, str(refused), url=found.get_absolute_url(), link=_("Back to the lesson"))
    key = taken.shown.question.key
    if not is_htmx(request) and not taken.shown.error:
        return redirect(f"{found.get_absolute_url()}#q-{key}")
    context = {
        "course": found.course,
        "lesson": found,
        "check": taken.shown,
        "checks": None if taken.shown.error else reading.count_after_answer(lesson=found, sitting=taken.sitting),
        "known": evidence(found.course.collection_id, evidence_keys([taken.shown])),
    }
    return page(request, "courses/answer.html", context, partial="check", status=422 if taken.shown.error else 200)


@require_GET
def claim(request: HttpRequest, course: str, claim: str) -> HttpResponse:
    collection = get_object_or_404(Collection, slug=course)
    found = get_object_or_404(collection.claims.filter(retired=False).prefetch_related("sources"), key=claim)
    context = {
        "course": collection,
        "claim": found,
        "passages": where.passages(found),
        "quizzes": where.quizzes(found),
    }
    return page(request, "courses/claim.html", context)


@require_GET
def passage(request: HttpRequest, course: str, claim: str) -> HttpResponse:
    """To the first passage that cites a claim, or to the claim's page when none does."""
    found = get_object_or_404(Claim, collection__slug=course, key=claim, retired=False)
    passages = where.passages(found)
    return redirect(passages[0].url) if passages else redirect("courses:claim", course, claim)


@require_GET
def glossary(request: HttpRequest, course: str) -> HttpResponse:
    found = get_object_or_404(Course, slug=course, retired=False)
    used: dict[str, list[Lesson]] = {}
    for lesson in found.lessons.outline().select_related("course"):
        for use in parse(lesson.text).terms:
            used.setdefault(use.key, []).append(lesson)
    terms = sorted(found.terms.filter(retired=False), key=lambda term: term.term.casefold())
    rows = [{"term": term, "lessons": used.get(term.key, [])} for term in terms]
    return page(request, "courses/glossary.html", {"course": found, "rows": rows})


@require_GET
def about(request: HttpRequest, course: str) -> HttpResponse:
    found = get_object_or_404(Course, slug=course, retired=False)
    context = {
        "course": found,
        "blocks": parse(found.about).blocks,
        "coverage": found.coverages.filter(retired=False).first(),
    }
    return page(request, "courses/about.html", context)


@require_GET
def corrections(request: HttpRequest, course: str) -> HttpResponse:
    """What was found wrong in questions and put right, in the teachers' words."""
    found = get_object_or_404(Course.objects.select_related("collection"), slug=course, retired=False)
    return page(request, "courses/corrections.html", {"course": found, "rows": found.collection.corrections.all()})


@require_GET
def print(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """A lesson for paper."""
    found = _lesson(course, lesson)
    checks = Quiz.objects.published().filter(lesson_of_checks=found).first()
    order = list(found.course.lessons.outline().values_list("pk", flat=True))
    context = {
        "course": found.course,
        "lesson": found,
        "number": order.index(found.pk) + 1,
        "count": len(order),
        "printed": printing.printed(lesson=found, checks=checks),
        "site": request.build_absolute_uri("/").rstrip("/"),
    }
    return page(request, "courses/print.html", context)


@require_GET
def sources(request: HttpRequest, course: str) -> HttpResponse:
    """All sources by lesson, or those of `?lesson=`."""
    found = get_object_or_404(Course.objects.select_related("collection"), slug=course, retired=False)
    lessons = list(found.lessons.filter(retired=False).order_by("position").defer("text"))
    slug = request.GET.get("lesson", "")
    chosen = next((lesson for lesson in lessons if lesson.slug == slug), None)
    if slug and not chosen:
        raise Http404
    context = {
        "course": found,
        "lessons": lessons,
        "chosen": chosen,
        "groups": bibliography.groups(found, [chosen] if chosen else [*lessons, None]),
    }
    return page(request, "courses/sources.html", context, partial="list")


@require_GET
def coverage(request: HttpRequest, course: str) -> HttpResponse:
    """How far the course covers the text it is about."""
    found = get_object_or_404(Course, slug=course, retired=False)
    row = found.coverages.filter(retired=False).first()
    if row is None:
        raise Http404
    context = {"course": found, "coverage": row, "overview": covering.overview(found, row)}
    return page(request, "courses/coverage.html", context)
