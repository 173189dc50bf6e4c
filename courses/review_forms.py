"""The form in which a teacher says what still holds."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import Citation
from quizzes.models import Question
from sources.models import Claim

A_YEAR = timedelta(days=365)
GONE = _("Some of this was changed by somebody else meanwhile, so nothing was confirmed. Look again.")


def in_a_year() -> date:
    return timezone.localdate() + A_YEAR


def moment() -> str:
    """With its zone, so that it can be read back in the night when clocks are set back too."""
    return timezone.now().isoformat()


class ReviewForm(forms.Form):
    """The three lists are written out by the page, each row with its box."""

    recheck_by = forms.DateField(
        label=_("Check the ticked claims again by"),
        required=False,
        initial=in_a_year,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Left empty: never."),
    )
    seen_at = forms.DateTimeField(widget=forms.HiddenInput, initial=moment)
    claims = forms.ModelMultipleChoiceField(Claim.objects.none(), required=False)
    questions = forms.ModelMultipleChoiceField(Question.objects.none(), required=False)
    passages = forms.ModelMultipleChoiceField(Citation.objects.none(), required=False)

    def __init__(self, *args: Any, within: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "claims": Claim.objects.filter(collection__in=within),
            "questions": Question.objects.filter(collection__in=within),
            "passages": Citation.objects.filter(lesson__course__collection__in=within),
        }
        for name, rows in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelMultipleChoiceField)
            field.queryset = rows
            field.error_messages |= dict.fromkeys(("invalid_choice", "invalid_pk_value"), GONE)

    def clean_recheck_by(self) -> date | None:
        day: date | None = self.cleaned_data["recheck_by"]
        if day and day <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day that is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned[name] for name in ("claims", "questions", "passages")):
            self.add_error(None, _("Tick what you have looked at and found to be right still."))
        return cleaned

    @property
    def ticked(self) -> dict[str, set[str]]:
        """What a form that was sent back had ticked."""
        if not isinstance(self.data, QueryDict):
            return {}
        return {name: set(self.data.getlist(name)) for name in ("claims", "questions", "passages")}
