"""Beside a lesson while it is written: how it will read, what is wrong with it, and claims and questions to put in."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from courses.authoring import faults
from courses.models import Course, Lesson
from courses.printing import drafted
from courses.text import parse
from quizzes.admin.publish import PublishingAdmin
from quizzes.models import Question
from sources.models import Claim
from sources.permissions import may_author
from ui.htmx import is_htmx

OFFERED = 12
LONGEST = 100
"""Of what is searched for, in characters."""


class LessonPages(PublishingAdmin):
    change_form_template = "admin/courses/lesson/change_form.html"

    class Media:
        css = {"all": ["courses/authoring.css"]}

    def get_urls(self) -> list[URLPattern]:
        return [
            path("preview/", self.preview_view, name="courses_lesson_preview"),
            path("<int:pk>/preview/", self.preview_view, name="courses_lesson_preview"),
            path("claims/", self.claims_view, name="courses_lesson_claims"),
            path("checks/", self.checks_view, name="courses_lesson_checks"),
            *super().get_urls(),
        ]

    def preview_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """The text as the page sends it, rendered as readers get it. Saves nothing."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        lesson = self._lesson(request, pk)
        if lesson is None:
            return self._answer(request, "preview", {"course": None})
        lesson.text = request.POST.get("text", "").replace("\r\n", "\n")
        found = sorted(set(faults(parse(lesson.text), lesson, lesson.course)))
        context = {
            "course": lesson.course,
            "faults": found,
            "printed": drafted(lesson),
            "minutes": parse(lesson.text).minutes,
        }
        return self._answer(request, "preview", context)

    def claims_view(self, request: HttpRequest) -> HttpResponse:
        return self._offer(request, Claim.objects.all(), "[^{}]", _("claims"))

    def checks_view(self, request: HttpRequest) -> HttpResponse:
        return self._offer(request, Question.objects.all(), ":::check {}", _("questions"))

    def _offer(self, request: HttpRequest, rows: QuerySet[Any], form: str, what: Any) -> HttpResponse:
        """Rows of the course with all the words in key or text, each with what to write for it."""
        course = self._course(request, request.GET.get("course", ""))
        words = request.GET.get("q", "").replace("\0", " ")[:LONGEST].split()
        rows = rows.filter(collection=course.collection_id, retired=False) if course else rows.none()
        for word in words:
            rows = rows.filter(Q(key__icontains=word) | Q(text__icontains=word))
        found = [(form.format(row.key), row.text) for row in rows[:OFFERED]]
        return self._answer(request, "picks", {"course": course, "what": what, "picks": found, "words": words})

    def _lesson(self, request: HttpRequest, pk: int | None) -> Lesson | None:
        """The saved one, or a new one of the course if one is chosen. Raises Http404, PermissionDenied."""
        self._refuse_strangers(request)
        if pk is None:
            course = self._course(request, request.POST.get("course", ""))
            return Lesson(course=course, slug="preview") if course else None
        lesson: Lesson | None = self.get_object(request, str(pk))
        if lesson is None or not self.has_change_permission(request, lesson):
            raise Http404
        return lesson

    def _course(self, request: HttpRequest, pk: str) -> Course | None:
        """None while none is chosen. Raises Http404 for one that is not theirs, PermissionDenied."""
        self._refuse_strangers(request)
        if not pk.isdecimal():
            return None
        course = Course.objects.select_related("collection").filter(pk=int(pk)).first()
        if course is None or not may_author(request.user, course.collection):
            raise Http404
        return course

    def _refuse_strangers(self, request: HttpRequest) -> None:
        """Who is signed out gets 403 and not the sign-in page, since htmx would put that into the page."""
        if not (self.admin_site.has_permission(request) and self.has_view_or_change_permission(request)):
            raise PermissionDenied

    def _answer(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        """A part of the page by htmx, and a page of its own without."""
        template = f"admin/courses/lesson/_{name}.html"
        if is_htmx(request):
            return TemplateResponse(request, template, context)
        whole = self.admin_site.each_context(request) | context | {"title": _("For your lesson"), "opts": self.opts}
        return TemplateResponse(request, "admin/courses/lesson/beside.html", whole | {"part": template})

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Lesson | None = None,
    ) -> HttpResponse:
        context["may_write"] = self.has_add_permission(request) if add else self.has_change_permission(request, obj)
        context["preview_url"] = reverse("admin:courses_lesson_preview", args=[obj.pk] if obj else [])
        context["course"] = obj.course if obj else None
        context["pickers"] = _pickers()
        return super().render_change_form(request, context, add, change, form_url, obj)


def _pickers() -> list[dict[str, Any]]:
    return [
        {
            "name": "claims",
            "url": reverse("admin:courses_lesson_claims"),
            "title": _("Claims"),
            "help": _("What a passage stands on. It goes where your caret is, as [^key]."),
        },
        {
            "name": "checks",
            "url": reverse("admin:courses_lesson_checks"),
            "title": _("Questions"),
            "help": _("To be asked inside the text. It goes on a line of its own, as :::check key."),
        },
    ]
