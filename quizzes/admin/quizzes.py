from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from msgspec.structs import asdict

from quizzes.admin.allowances import reschedule
from quizzes.admin.editions import editions_of
from quizzes.admin.publish import PublishingAdmin, UnpublishedFilter
from quizzes.admin.regrades import Regrading
from quizzes.authoring import OWN, PRESET_LABELS, SEEN, QuizForm, SlotForm, SlotFormSet, preset_of, visibility_of
from quizzes.models import Edition, Quiz, Slot
from quizzes.publishing import unpublished, unpublished_among
from sources.authoring import InlineWithinCollection, number
from sources.permissions import likely_collection


class SlotInline(InlineWithinCollection, admin.TabularInline):  # type: ignore[type-arg]
    model = Slot
    form = SlotForm
    formset = SlotFormSet
    fields = ["position", "question", "tag", "count", "weight", "section"]
    autocomplete_fields = ["question"]
    extra = 1

    class Media:
        js = ["quizzes/authoring/slots.js"]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """A question is not deleted from where it is asked."""
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.base_fields["question"].widget.can_delete_related = False
        return formset


WHAT_IT_IS = (_("What it is"), {"fields": ["collection", "title", "slug", "retired"]})
HOW_IT_IS_TAKEN = (
    _("How it is taken"),
    {
        "description": _("Learners get a change once the quiz is published."),
        "fields": ["setting", "tries", "shuffled", "confidence", "time_limit", "pass_mark"],
    },
)
WHEN_AND_HOW_OFTEN = (
    _("When and how often"),
    {
        "description": _("This holds as soon as it is saved."),
        "fields": ["opens_at", "closes_at", "attempts_allowed", "wait", "counts", "more_time"],
    },
)
WHAT_LEARNERS_SEE = (
    _("What learners see, and when"),
    {"description": _("Learners get a change once the quiz is published."), "fields": ["preset"]},
)
TABLE = {
    "description": _("From when on learners see what. A row left open follows the setting."),
    "fields": ["sees"],
}


class UnpublishedQuizzes(UnpublishedFilter):
    def changed(self, rows: QuerySet[Quiz]) -> set[int]:
        return unpublished_among(Quiz.objects.filter(pk__in=rows.order_by().values("pk")))


class QuizList(ChangeList):
    """Knows of the quizzes of its page which have unpublished changes, for all of them at once."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        changed = unpublished(self.result_list)
        for quiz in self.result_list:
            quiz.is_unpublished = quiz.pk in changed


@admin.register(Quiz)
class QuizAdmin(Regrading, PublishingAdmin):
    """The quiz of a lesson's checks follows from the lesson's text, so it is only shown and published here."""

    list_help = _(
        "Learners take the latest edition. What was saved since is an unpublished change: publish it when it is ready."
    )
    help_texts = {
        "title": _("As learners find it."),
        "setting": _("When answers are marked, and whether they may be changed."),
        "counts": _("Where somebody takes it more than once."),
    }
    form = QuizForm
    inlines = [SlotInline]
    change_form_template = "admin/quizzes/quiz/change_form.html"
    list_display = [
        "title",
        "latest_edition",
        "unpublished_changes",
        "short_setting",
        number("slots", _("slots")),
        "opens_at",
        "closes_at",
        "in_lesson",
        "collection",
        "retired",
    ]
    list_filter = ["collection", "setting", "in_lesson", "retired", UnpublishedQuizzes]
    list_select_related = ["collection"]
    search_fields = ["slug", "title"]
    autocomplete_fields = ["collection"]
    readonly_fields = ["more_time"]
    actions = ["publish_selected"]
    counted = ("slots",)
    lasting = ("collection",)

    def get_fieldsets(self, request: HttpRequest, obj: Quiz | None = None) -> Any:
        """The table is open where it is what holds."""
        if obj and obj.in_lesson:
            return [WHAT_IT_IS]
        classes = [] if obj and preset_of(visibility_of(obj)) == OWN else ["collapse"]
        more = (_("More: my own table"), TABLE | {"classes": classes})
        return [WHAT_IT_IS, HOW_IT_IS_TAKEN, WHEN_AND_HOW_OFTEN, WHAT_LEARNERS_SEE, more]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {**likely_collection(request.user), **super().get_changeform_initial_data(request)}

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

    @admin.display(description=_("unpublished changes"))
    def unpublished_changes(self, quiz: Any) -> str:
        return str(_("yes") if quiz.is_unpublished else _("no"))

    @admin.display(description=_("more time"))
    def more_time(self, quiz: Quiz) -> SafeString | str:
        """Where the allowances for this quiz are."""
        if not quiz.pk:
            return str(_("Save the quiz first; then you can give more time to single learners here."))
        count = quiz.allowances.count()
        text = ngettext("%(count)d learner has more time", "%(count)d learners have more time", count)
        return format_html(
            '<a href="{}?quiz__id__exact={}">{}</a> · <a href="{}?quiz={}">{}</a>',
            reverse("admin:quizzes_allowance_changelist"),
            quiz.pk,
            text % {"count": count},
            reverse("admin:quizzes_allowance_add"),
            quiz.pk,
            _("Give a learner more time"),
        )

    @admin.display(description=_("learners see"))
    def preset(self, quiz: Quiz) -> str:
        """For whoever may only look."""
        return str(PRESET_LABELS[preset_of(visibility_of(quiz))])

    @admin.display(description=_("table"))
    def sees(self, quiz: Quiz) -> str:
        """For whoever may only look."""
        rows = asdict(visibility_of(quiz)).items()
        return "; ".join(f"{SEEN[what]}: {Quiz.When(at).label}" for what, at in rows)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return QuizList

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj:
            context["editions"] = editions_of(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Quiz | None = None) -> list[Any]:
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "slug"] if obj and obj.attempts.exists() else fields

    def has_change_permission(self, request: HttpRequest, obj: Quiz | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.in_lesson)

    def save_model(self, request: HttpRequest, obj: Quiz, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "closes_at" in form.changed_data:
            reschedule(request, obj.attempts.running())

    def offered(self, rows: QuerySet[Any], collection: str) -> QuerySet[Any]:
        return super().offered(rows, collection).filter(in_lesson=False)

    def quiz_of(self, row: Quiz) -> Quiz:
        return row

    @admin.action(description=_("Publish the selected quizzes"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Quiz]) -> HttpResponse | None:
        return self.publish_and_say(request, queryset, back=request.get_full_path())
