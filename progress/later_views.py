from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.guests import come_back
from accounts.models import User, today
from courses.models import Lesson
from progress import later, reviewing
from progress.later import Check, OfLesson
from progress.review_views import for_learners
from quizzes import answering
from quizzes.models import Response, ResponseQuerySet
from quizzes.showing import Shown, evidence_keys, shown
from quizzes.sittings import sitting_of
from sources.evidence import evidence
from ui.errors import conflict, signed_out
from ui.htmx import addressed, is_htmx, page


def _lesson(course: str, slug: str) -> Lesson:
    lessons = Lesson.objects.outline().select_related("course__collection").filter(course__retired=False)
    return get_object_or_404(lessons.defer("text"), course__slug=course, slug=slug)


def _url(lesson: Lesson) -> str:
    return reverse("review:delayed", args=[lesson.course.slug, lesson.slug])


@require_GET
@for_learners
@never_cache
def delayed(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """The next question of a delayed check; when none is left, what stayed of the lesson."""
    assert isinstance(request.user, User)
    here = later.of_lesson(request.user, _lesson(course, lesson))
    if here.current and here.current.open:
        origin = here.origin(here.current.open[0])
        sitting = reviewing.sitting(request.user, origin, today())
        return addressed(request, _question(request, here, shown(sitting, origin.slot), today()))
    return addressed(request, _result(request, request.user, here))


def _question(request: HttpRequest, here: OfLesson, one: Shown, on: date) -> HttpResponse:
    context = {"here": here, "lesson": here.lesson, "shown": one, "on": on.isoformat()}
    return page(request, "progress/delayed.html", context, partial="review", status=422 if one.error else 200)


def _result(request: HttpRequest, learner: User, here: OfLesson) -> HttpResponse:
    answered = [check for check in here.checks if check.answers]
    seen = _seen(learner, answered)
    context = {
        "here": here,
        "lesson": here.lesson,
        "stayed": later.stayed(learner, answered),
        "results": [(check, [seen[first.response] for first in check.answers.values()]) for check in answered],
        "known": evidence(here.lesson.course.collection_id, evidence_keys(seen.values())),
    }
    return page(request, "progress/delayed.html", context, partial="review")


def _seen(learner: User, checks: list[Check]) -> dict[int, Shown]:
    """By response, its question as answered. One query, and one for each."""
    pks = [first.response for check in checks for first in check.answers.values()]
    return {one.pk: shown(sitting_of(one.attempt), one.slot) for one in _responses(learner).filter(pk__in=pks)}


def _responses(learner: User) -> ResponseQuerySet:
    given = learner.responses.filter(attempt__in_review=True)
    return given.select_related("attempt__quiz__collection", "attempt__edition").defer("attempt__edition__document")


@require_POST
def delayed_answer(request: HttpRequest, course: str, lesson: str, day: str) -> HttpResponse:
    """An answer, or a hint taken. `day` is the one on which the page was opened: its options were dealt for that."""
    form = answering.read(request)
    found, on = _lesson(course, lesson), _day(day)
    come_back(request)
    if not isinstance(request.user, User):
        message = _("You are signed out, so your answer was not recorded. Sign in and answer once more.")
        return signed_out(request, message, back=_url(found))
    here = later.of_lesson(request.user, found)
    question = here.asked_by(form.edition, form.slot)
    if here.current is None or question is None:
        return _refused(
            request,
            found,
            _("This question is not asked here any more, so your answer was not recorded. Nothing is lost."),
        )
    if first := here.current.answers.get(question):
        return _answered(found, first.response)
    later.begin(learner=request.user, check=here.current)
    sitting = reviewing.begin(reviewing.sitting(request.user, here.origin(question), on))
    try:
        taken = answering.record(request, sitting, form)
    except answering.Refused as refused:
        return _refused(request, found, str(refused))
    if taken.shown.is_answered:
        return _answered(found, taken.sitting.responses[form.slot][-1].pk)
    return _question(request, here, taken.shown, on) if taken.shown.error or is_htmx(request) else redirect(_url(found))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


def _answered(lesson: Lesson, response: int) -> HttpResponse:
    return redirect("review:delayed_answered", lesson.course.slug, lesson.slug, response)


def _refused(request: HttpRequest, lesson: Lesson, message: str) -> HttpResponse:
    return conflict(request, message, url=_url(lesson), link=_("Go on"))


@require_GET
@for_learners
@never_cache
def delayed_answered(request: HttpRequest, course: str, lesson: str, response: int) -> HttpResponse:
    """What was answered in a delayed check, and why it is right or wrong."""
    assert isinstance(request.user, User)
    given: Response = get_object_or_404(_responses(request.user), pk=response)
    here = later.of_lesson(request.user, _lesson(course, lesson))
    one = shown(sitting_of(given.attempt), given.slot)
    context: dict[str, Any] = {
        "here": here,
        "lesson": here.lesson,
        "shown": one,
        "known": evidence(given.attempt.quiz.collection_id, evidence_keys([one])),
    }
    return addressed(request, page(request, "progress/delayed_answered.html", context, partial="review"))
