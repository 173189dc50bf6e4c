from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from courses.figures import portraits, showing
from courses.figures.viewing import NoSuchView
from courses.models import Course, Figure
from sources.models import Claim
from ui.htmx import page


@require_GET
def figures(request: HttpRequest, course: str) -> HttpResponse:
    found = get_object_or_404(Course, slug=course, retired=False)
    rows = found.figures.filter(retired=False).order_by("position").select_related("course").defer("data", "layout")
    return page(request, "courses/figures/figures.html", {"course": found, "figures": rows})


@require_GET
def figure(request: HttpRequest, course: str, figure: str) -> HttpResponse:
    rows = Figure.objects.select_related("course").filter(course__retired=False, retired=False)
    row = get_object_or_404(rows, course__slug=course, key=figure)
    try:
        view = showing.show(row, request.GET)
    except NoSuchView as error:
        raise Http404 from error
    context = {
        "course": row.course,
        "figure": row,
        "view": view,
        "statuses": _statuses(row.course, view.claims),
        "lessons": {lesson.slug: lesson for lesson in row.course.lessons.outline().only("slug", "title")},
    }
    return page(request, showing.template_of(row), context, partial="drawing")


@require_GET
def actor(request: HttpRequest, course: str, actor: str) -> HttpResponse:
    found = get_object_or_404(Course, slug=course, retired=False)
    portrait = portraits.portrait(found, actor)
    if portrait is None:
        raise Http404
    context = {
        "course": found,
        "portrait": portrait,
        "statuses": _statuses(found, portrait.claims),
        "mentions": portraits.mentions(found, portrait.claims),
    }
    return page(request, "courses/figures/actor.html", context)


def _statuses(course: Course, keys: frozenset[str]) -> dict[str, str]:
    """By claim; what is not there can not be linked."""
    claims = Claim.objects.filter(collection=course.collection_id, key__in=keys, retired=False)
    return dict(claims.values_list("key", "status"))
