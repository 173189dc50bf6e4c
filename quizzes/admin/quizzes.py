from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from quizzes.admin.publish import PublishingAdmin
from quizzes.authoring import QuizForm, SlotForm, SlotFormSet
from quizzes.models import Edition, Quiz, Slot
from sources.authoring import InlineWithinCollection, number


class SlotInline(InlineWithinCollection, admin.TabularInline):  # type: ignore[type-arg]
    model = Slot
    form = SlotForm
    formset = SlotFormSet
    fields = ["position", "question", "tag", "count", "weight"]
    autocomplete_fields = ["question"]
    extra = 1


@admin.register(Quiz)
class QuizAdmin(PublishingAdmin):
    """The quiz of a lesson's checks follows from the lesson's text, so it is only shown and published here."""

    form = QuizForm
    inlines = [SlotInline]
    change_form_template = "admin/quizzes/quiz/change_form.html"
    list_display = [
        "title",
        "slug",
        "short_setting",
        number("slots", _("questions")),
        "latest_edition",
        "in_lesson",
        "collection",
        "retired",
    ]
    list_filter = ["collection", "setting", "in_lesson", "retired"]
    list_select_related = ["collection"]
    search_fields = ["slug", "title"]
    autocomplete_fields = ["collection"]
    fields = ["collection", "slug", "title", "setting", "tries", "retired"]
    actions = ["publish_selected"]
    counted = ("slots",)
    lasting = ("collection",)

    def get_queryset(self, request: HttpRequest) -> Any:
        latest = Edition.objects.filter(quiz=OuterRef("pk")).order_by("-number")
        quizzes = super().get_queryset(request)
        return quizzes.annotate(
            edition_number=Subquery(latest.values("number")[:1]),
            edition_published_at=Subquery(latest.values("published_at")[:1]),
        )

    @admin.display(description=_("setting"), ordering="setting")
    def short_setting(self, quiz: Quiz) -> str:
        return quiz.get_setting_display().partition(":")[0]

    @admin.display(description=_("latest edition"), ordering="edition_published_at")
    def latest_edition(self, quiz: Any) -> str:
        if not quiz.edition_number:
            return str(_("not published"))
        return f"{quiz.edition_number}, {date_format(quiz.edition_published_at)}"

    def get_readonly_fields(self, request: HttpRequest, obj: Quiz | None = None) -> list[Any]:
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "slug"] if obj and obj.attempts.exists() else fields

    def has_change_permission(self, request: HttpRequest, obj: Quiz | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.in_lesson)

    def offered(self, rows: QuerySet[Any], collection: str) -> QuerySet[Any]:
        return super().offered(rows, collection).filter(in_lesson=False)

    def quiz_of(self, row: Quiz) -> Quiz:
        return row

    @admin.action(description=_("Publish the selected quizzes"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Quiz]) -> HttpResponse | None:
        return self.publish_and_say(request, queryset, back=request.get_full_path())
