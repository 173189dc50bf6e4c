from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courses import certificate_form
from courses.admin_folder import FolderPages
from courses.admin_lesson import LessonPages
from courses.admin_review import ReviewPages
from courses.authoring import CourseForm, LessonForm, TermForm
from courses.deriving import derive
from courses.models import Citation, Course, Coverage, Figure, Lesson, Term
from courses.unpublished import unpublished_in
from quizzes.admin.publish import UnpublishedFilter
from quizzes.models import Quiz
from sources.authoring import (
    AuthoringAdmin,
    HistoryAdmin,
    InlineWithinCollection,
    number,
    shortened,
)
from sources.authoring_forms import OrderedFormSet
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


class UnpublishedCourses(UnpublishedFilter):
    def changed(self, rows: QuerySet[Course]) -> set[int]:
        changed = unpublished_in(rows.order_by().values("collection"))
        return set(Course.objects.filter(collection__in=changed).values_list("pk", flat=True))


class CourseList(ChangeList):
    """Knows how many quizzes of each course of its page have unpublished changes, for all of them at once."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        counts = unpublished_in([course.collection_id for course in self.result_list])
        for course in self.result_list:
            course.unpublished_count = counts[course.collection_id]


@admin.register(Course)
class CourseAdmin(FolderPages, ReviewPages):
    list_help = _(
        "A course is lessons in an order, on one collection. Lessons are read as they are saved; questions once "
        "they are published."
    )
    help_texts = {
        "collection": _("Its sources, claims, questions and quizzes."),
        "slug": _("The end of its address. It stays as it is saved."),
        "title": _("As learners find it."),
        "summary": _("One or two sentences for the list of courses."),
        "about": _("Who made it and from which point of view, in Markdown."),
    }
    form = CourseForm
    inlines = [LessonInline]
    list_display = [
        "title",
        "slug",
        "language",
        number("lessons", _("lessons")),
        number("terms", _("terms")),
        "unpublished_changes",
        "sources_end",
        "collection",
        "retired",
    ]
    list_filter = ["language", "retired", UnpublishedCourses]
    list_select_related = ["collection"]
    search_fields = ["title", "slug"]
    autocomplete_fields = ["collection"]
    readonly_fields = ["who_may_edit"]
    fields = [
        *("collection", "slug", "who_may_edit", "title", "language", "summary", "about", "sources_end"),
        *("opinion", *certificate_form.FIELDS, "retired"),
    ]
    counted = ("lessons", "terms")
    lasting = ("collection", "slug")
    deleted_along = (Citation,)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return CourseList

    @admin.display(description=_("unpublished changes"))
    def unpublished_changes(self, course: Any) -> SafeString | str:
        """Lessons are read as they are saved; what is asked has to be published."""
        count = course.unpublished_count
        if not count:
            return str(_("no"))
        text = ngettext("in %(count)d quiz", "in %(count)d quizzes", count) % {"count": count}
        address = reverse("admin:quizzes_quiz_changelist")
        query = {"collection__id__exact": course.collection_id, "retired__exact": 0, "unpublished": "yes"}
        return format_html('<a href="{}?{}">{}</a>', address, urlencode(query), text)

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

    list_help = _(
        "Lessons are read as they are saved. Questions in their text are checks, which learners get once they are "
        "published."
    )
    help_texts = {
        "slug": _("The end of its address. It stays as it is saved."),
        "title": _("As it stands above the text."),
        "lede": _("What the lesson is about, in a sentence or two before the text."),
        "quiz": _("What learners take after reading. Publish it on its own page."),
    }
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
    list_help = _("The words of the glossary. A lesson links to one by its key: [words](term:key).")
    help_texts = {
        "key": _("What texts and course folders know it by. It stays as it is saved."),
        "term": _("As it stands in the glossary."),
        "meaning": _("In a sentence or two that need no other term."),
    }
    collection_path = "course__collection"
    form = TermForm
    list_display = ["term", "in_its_script", "key", shortened("meaning", _("meaning")), "course", "position", "retired"]
    list_filter = ["course", "retired"]
    list_select_related = ["course"]
    search_fields = ["term", "key", "meaning"]
    autocomplete_fields = ["course"]
    fields = ["course", "key", "position", "term", "script", "aliases", "meaning", "retired"]
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
