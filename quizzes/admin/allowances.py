from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from quizzes.authoring import AllowanceForm
from quizzes.clock import set_anew
from quizzes.models import Allowance, Attempt, AttemptQuerySet, Quiz
from sources.authoring import AuthoringAdmin


def reschedule(request: HttpRequest, attempts: AttemptQuerySet) -> None:
    """Sets deadlines anew and says how many moved."""
    moved = set_anew(attempts)
    none = _("No attempt runs that this is about; it holds for those that begin from now on.")
    some = ngettext(
        "The deadline of %(count)d running attempt has moved.",
        "The deadlines of %(count)d running attempts have moved.",
        moved,
    )
    messages.info(request, some % {"count": moved} if moved else none)


@admin.register(Allowance)
class AllowanceAdmin(AuthoringAdmin):
    """More time in every quiz is for administrators to give: it holds for the quizzes of all teachers."""

    form = AllowanceForm
    collection_path = "quiz__collection"
    list_display = ["learner", "for_quiz", "factor", "minutes"]
    list_filter = ["quiz"]
    list_select_related = ["learner", "quiz"]
    search_fields = ["learner__email", "learner__name", "quiz__title", "quiz__slug"]
    autocomplete_fields = ["quiz"]
    fields = ["learner", "quiz", "factor", "minutes"]
    lasting = ("learner", "quiz")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if "quiz" in form.base_fields:
            field = form.base_fields["quiz"]
            field.required = not request.user.is_superuser
            field.error_messages["required"] = _("Choose a quiz. More time in every quiz is given by administrators.")
        return form

    def get_queryset(self, request: HttpRequest) -> Any:
        allowances = super().get_queryset(request)
        return allowances if request.user.is_superuser else allowances.filter(quiz__isnull=False)

    @admin.display(description=_("quiz"), ordering="quiz__title")
    def for_quiz(self, allowance: Allowance) -> Quiz | str:
        return allowance.quiz or str(_("every quiz"))

    def save_model(self, request: HttpRequest, obj: Allowance, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        reschedule(request, _running_under([obj]))

    def delete_model(self, request: HttpRequest, obj: Allowance) -> None:
        attempts = _running_under([obj])
        super().delete_model(request, obj)
        reschedule(request, attempts)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Allowance]) -> None:
        attempts = _running_under(queryset)
        super().delete_queryset(request, queryset)
        reschedule(request, attempts)


def _running_under(allowances: Iterable[Allowance]) -> AttemptQuerySet:
    """The running attempts of those who have the allowances: one for a quiz may take the place of one for all."""
    learners = [allowance.learner_id for allowance in allowances]
    return Attempt.objects.running().filter(learner__in=learners)
