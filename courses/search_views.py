from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_htmx.http import replace_url

from courses.models import Course, SearchEntry
from courses.search.finding import OWN, find
from courses.search.query import parse
from ui.htmx import is_htmx, page

MOST_PAGES = 50
KINDS = {
    SearchEntry.Kind.LESSON: gettext_lazy("Lessons"),
    SearchEntry.Kind.TERM: gettext_lazy("Glossary"),
    SearchEntry.Kind.CLAIM: gettext_lazy("Claims"),
    SearchEntry.Kind.SOURCE: gettext_lazy("Sources"),
    OWN: gettext_lazy("My notes"),
}


@require_safe
@never_cache
def search(request: HttpRequest) -> HttpResponse:
    """What is taught and what the visitor has noted, by words. What is chosen and is not there counts as not chosen."""
    query = parse(request.GET.get("q", ""))
    courses = list(Course.objects.filter(retired=False).order_by("title"))
    course = next((one for one in courses if one.slug == request.GET.get("course")), None)
    kind = request.GET["kind"] if request.GET.get("kind") in KINDS else ""
    number = _page_number(request.GET.get("page", ""))
    chosen = {"q": query.typed, "course": course.slug if course else "", "kind": kind}
    context: dict[str, Any] = {"query": query, "courses": courses, "course": course, "kind": kind, "page": number}
    if query.ways:
        found = find(query, visitor=request.user, kind=kind, course=course, page=number)
        more = found.next_page if found.next_page <= MOST_PAGES else 0
        context |= {
            "found": found,
            "kinds": [
                (name, label, found.numbers.get(name, 0), _url(**chosen | {"kind": name}))
                for name, label in KINDS.items()
            ],
            "all_url": _url(**chosen | {"kind": ""}),
            "own_url": _url(**chosen | {"kind": OWN}),
            "more_url": _url(**chosen, page=str(more)) if more else "",
        }
    response = page(request, "courses/search.html", context, partial="hits" if number > 1 else "results")
    return replace_url(response, _url(**chosen)) if is_htmx(request) else response


def _url(**chosen: str) -> str:
    asked = urlencode({name: value for name, value in chosen.items() if value})
    return reverse("courses:search") + (f"?{asked}" if asked else "")


def _page_number(text: str) -> int:
    """1 for what is no number of a page."""
    return min(int(text), MOST_PAGES) if text.isascii() and text.isdecimal() and 0 < len(text) < 6 and int(text) else 1
