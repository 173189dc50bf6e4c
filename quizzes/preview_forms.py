from functools import partial
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from quizzes.engine.confidence import LEVELS
from quizzes.forms import BIGGEST
from quizzes.models import Quiz
from quizzes.previewing import Draft

NARROW = "390"
NOT_ASKED = "no"
MOST_DEALS = 9999


def _short(choices: type[TextChoices]) -> list[tuple[str, str]]:
    """Labelled by what stands before the colon."""
    return [(choice.value, str(choice.label).partition(":")[0]) for choice in choices]


def _confidences() -> list[tuple[str, str]]:
    return [(NOT_ASKED, str(_("Not asked"))), *_short(Quiz.Confidence)]


class PreviewForm(forms.Form):
    """How a draft is looked at, by the query of the address. What is not said there is as the draft has it."""

    setting = forms.ChoiceField(label=_("Behaviour"), choices=partial(_short, Quiz.Setting))
    confidence = forms.ChoiceField(label=_("Confidence"), choices=_confidences)
    width = forms.ChoiceField(
        label=_("Width"),
        choices=[("", _("Wide")), (NARROW, _("Narrow"))],
        required=False,
        widget=forms.HiddenInput,
    )
    deal = forms.IntegerField(
        label=_("Deal"), min_value=1, max_value=MOST_DEALS, required=False, widget=forms.HiddenInput
    )

    def __init__(self, query: QueryDict, draft: Draft) -> None:
        self.usual = {"setting": draft.contents.setting, "confidence": draft.contents.confidence or NOT_ASKED}
        super().__init__({**self.usual, "width": "", "deal": "", **query.dict()})

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """What differs from the usual, without what could not be read."""
        self.is_valid()
        usual = {**self.usual, "width": "", "deal": None}
        return {name: value for name, value in self.cleaned_data.items() if value != usual[name]}


class PreviewAnswerForm(forms.Form):
    """What comes beside an answer: `hint` asks for the hint with that number instead."""

    confidence = forms.TypedChoiceField(
        choices=[(level, level) for level in LEVELS], coerce=int, empty_value=None, required=False
    )
    hint = forms.IntegerField(min_value=1, max_value=BIGGEST, required=False)
