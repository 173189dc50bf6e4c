from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from courses.admin_folder import FolderPages
from courses.admin_lesson import LessonPages
from courses.admin_review import ReviewPages
from courses.authoring import CourseForm, LessonForm, TermForm
from courses.deriving import derive
from courses.models import Citation, Course, Coverage, Figure, Lesson, Term
from quizzes.models import Quiz
from sources.authoring import (
    AuthoringAdmin,
    HistoryAdmin,
    InlineWithinCollection,
    OrderedFormSet,
    number,
    shortened,
)
from ui.templatetags.ui import direction


class LessonInline(InlineWithinCollection, admin.TabularInline):  # type: ignore[type-arg]
    """The order of the lessons; each is written on its own page."""

    model = Lesson
    formset = OrderedFormSet
    fields = ["position", "page", "slug", "retired"]
    readonly_fields = ["page", "slug"]
    ordering = ["position"]
    can_delete = False
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("lesson"))
    def page(self, lesson: Lesson) -> SafeString:
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:courses_lesson_change", args=[lesson.pk]), lesson.title
        )


@admin.register(Course)
class CourseAdmin(FolderPages, ReviewPages):
    form = CourseForm
    inlines = [LessonInline]
    list_display = [
        "title",
        "slug",
        "language",
        number("lessons", _("lessons")),
        number("terms", _("terms")),
        "sources_end",
        "collection",
        "retired",
    ]
    list_filter = ["language", "retired"]
    list_select_related = ["collection"]
    search_fields = ["title", "slug"]
    autocomplete_fields = ["collection"]
    readonly_fields = ["who_may_edit"]
    fields = [
        *("collection", "slug", "who_may_edit", "title", "language", "summary", "about", "sources_end"),
        *("opinion", "retired"),
    ]
    counted = ("lessons", "terms")
    lasting = ("collection", "slug")
    deleted_along = (Citation,)

    @admin.display(description=_("who may edit it"))
    def who_may_edit(self, course: Course) -> SafeString | str:
        if not course.pk:
            return str(_("Whoever may edit its collection."))
        owner, teachers = course.collection.owner, course.collection.teachers.all()
        people = [_("every teacher")] if course.collection.open_to_teachers else [*filter(None, [owner]), *teachers]
        address = reverse("admin:sources_collection_change", args=[course.collection_id])
        who = ", ".join(map(str, people)) or _("administrators")
        return format_html('{} · <a href="{}">{}</a>', who, address, _("Look, or share it"))


@admin.register(Lesson)
class LessonAdmin(LessonPages):
    """Saving a lesson brings its citations and its checks in line with the text."""

    collection_path = "course__collection"
    form = LessonForm
    change_form_template = "admin/courses/lesson/change_form.html"
    list_display = [
        "title",
        "course",
        "position",
        "slug",
        number("citations", _("citations")),
        number("checks__slots", _("checks")),
        "quiz",
        "retired",
    ]
    list_filter = ["course", "retired"]
    list_select_related = ["course", "quiz"]
    search_fields = ["title", "slug", "text"]
    autocomplete_fields = ["course", "quiz"]
    fields = ["course", "slug", "position", "title", "lede", "objectives", "text", "reflect", "quiz", "retired"]
    counted = ("citations", "checks__slots")
    lasting = ("course", "slug")
    deleted_along = (Citation,)

    def collection_of(self, row: Lesson | None) -> int | None:
        return row.course.collection_id if row else None

    def quiz_of(self, row: Lesson) -> Quiz | None:
        return row.checks

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        derive(lesson=form.instance)


@admin.register(Term)
class TermAdmin(AuthoringAdmin):
    collection_path = "course__collection"
    form = TermForm
    list_display = ["term", "in_its_script", "key", shortened("meaning", _("meaning")), "course", "position", "retired"]
    list_filter = ["course", "retired"]
    list_select_related = ["course"]
    search_fields = ["term", "key", "meaning"]
    autocomplete_fields = ["course"]
    fields = ["course", "key", "position", "term", "script", "meaning", "retired"]
    lasting = ("course", "key")

    def uses(self, row: Term) -> Iterable[str]:
        lessons = row.course.lessons.filter(text__contains=f"(term:{row.key})")
        return [_("Lesson %(lesson)s") % {"lesson": lesson} for lesson in lessons]

    @admin.display(description=_("in its own script"))
    def in_its_script(self, term: Term) -> SafeString:
        words = [(word["lang"], direction(word["lang"]), word["text"]) for word in term.script]
        return format_html_join(" ", '<span lang="{}" dir="{}">{}</span>', words)


@admin.register(Citation)
class CitationAdmin(HistoryAdmin):
    """Follows from the lessons' texts."""

    collection_path = "lesson__course__collection"
    list_display = ["lesson", "anchor", "claim_key", "claim_status", "course"]
    list_filter = ["lesson__course", "claim__status"]
    list_select_related = ["lesson__course", "claim"]
    search_fields = ["claim__key", "lesson__title", "lesson__slug", "anchor"]
    fields = ["lesson", "anchor", "claim"]

    @admin.display(description=_("claim"), ordering="claim__key")
    def claim_key(self, citation: Citation) -> str:
        return str(citation.claim.key)

    @admin.display(description=_("status"), ordering="claim__status")
    def claim_status(self, citation: Citation) -> str:
        return citation.claim.get_status_display()

    @admin.display(description=_("course"), ordering="lesson__course")
    def course(self, citation: Citation) -> Course:
        return citation.lesson.course


@admin.register(Figure)
class FigureAdmin(HistoryAdmin):
    """Figures come from the course folder; here they are shown."""

    collection_path = "course__collection"
    list_display = ["title", "key", "kind", "course", "retired"]
    list_filter = ["course", "kind", "retired"]
    list_select_related = ["course"]
    search_fields = ["key", "title", "caption"]
    fields = ["course", "key", "kind", "title", "description", "caption", "retired"]


@admin.register(Coverage)
class CoverageAdmin(HistoryAdmin):
    """Which statements of a source text a course teaches comes from the course folder; here it is shown."""

    collection_path = "course__collection"
    list_display = ["title", "source", "course", "retired"]
    list_filter = ["course", "retired"]
    list_select_related = ["course"]
    search_fields = ["title", "source"]
    fields = ["course", "source", "title", "retired"]
