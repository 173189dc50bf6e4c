from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from quizzes.engine.document import Option
from ui.fields import Prose

BIGGEST = 2**31 - 1


class MarkForm(forms.Form):
    """A credit for each criterion of a rubric, by a choice or by a number, and a comment."""

    CREDITS = [("0", _("None")), ("0.5", _("Half")), ("1", _("Full"))]

    comment = Prose(
        label=_("Comment"), required=False, max_length=5000, help_text=_("The learner reads it with the mark.")
    )
    marks = forms.IntegerField(min_value=0, max_value=BIGGEST, widget=forms.HiddenInput)
    """How many the answer had when the page was opened."""

    def __init__(self, data: Mapping[str, Any] | None, *, criteria: Sequence[Option], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.criteria = criteria
        for number, criterion in enumerate(criteria):
            self.fields[f"credit-{number}"] = forms.ChoiceField(
                label=criterion.text, required=False, choices=self.CREDITS, widget=forms.RadioSelect
            )
            self.fields[f"exact-{number}"] = forms.FloatField(
                label=_("or exactly, from 0 to 1"),
                required=False,
                min_value=0,
                max_value=1,
                widget=forms.NumberInput(attrs={"step": "any", "min": "0", "max": "1"}),
            )

    @classmethod
    def values_of(cls, credits: Sequence[float]) -> dict[str, Any]:
        """What the fields show for credits that were given."""
        plain = {float(value): value for value, _label in cls.CREDITS}
        return {
            f"credit-{number}" if credit in plain else f"exact-{number}": plain.get(credit, credit)
            for number, credit in enumerate(credits)
        }

    def clean(self) -> dict[str, Any]:
        for number in range(len(self.criteria)):
            chosen, exact = (self.cleaned_data.get(f"{name}-{number}") for name in ("credit", "exact"))
            if not chosen and exact is None and f"exact-{number}" not in self.errors:
                self.add_error(f"credit-{number}", _("Choose none, half or full, or write a number."))
            elif chosen and exact is not None and float(chosen) != exact:
                self.add_error(f"credit-{number}", _("You have chosen one credit and written another. Keep one."))
        return self.cleaned_data

    @property
    def credits(self) -> list[float]:
        pairs = [
            (self.cleaned_data[f"exact-{number}"], self.cleaned_data[f"credit-{number}"])
            for number in range(len(self.criteria))
        ]
        return [float(chosen) if exact is None else exact for exact, chosen in pairs]

    def rows(self) -> Iterator[tuple[Option, forms.BoundField, forms.BoundField]]:
        """The criteria, each with its two fields."""
        for number, criterion in enumerate(self.criteria):
            yield criterion, self[f"credit-{number}"], self[f"exact-{number}"]


class WebAddress(forms.URLField):
    default_validators = [URLValidator(schemes=["http", "https"])]


class DisputeForm(forms.Form):
    """Why a learner thinks that a question is wrong."""

    reason = Prose(
        label=_("What is wrong with it, and how do you know?"),
        min_length=10,
        max_length=2000,
        error_messages={
            "required": _("Say what is wrong, so that your teacher can look into it."),
            "min_length": _("Say a little more: what is wrong, and how do you know?"),
        },
    )
    link = WebAddress(
        label=_("A page that says so"),
        required=False,
        max_length=600,
        assume_scheme="https",
        help_text=_("If there is one: its address, such as https://example.org/page."),
        error_messages={"invalid": _("Write the whole address, such as https://example.org/page.")},
    )


class DisputeAnswerForm(forms.Form):
    """What a teacher decides about a challenge. What is for the public list is asked for only if it goes there."""

    KEEP, MEND = "keep", "mend"

    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=[
            (KEEP, _("Keep the question as it is")),
            (MEND, _("Mend it: the challenge is right")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the question is kept or mended.")},
    )
    reply = Prose(
        label=_("Your reply"),
        max_length=2000,
        help_text=_("The learner reads it beside the question. Say why."),
        error_messages={"required": _("Write a reply: the learner waits for the reason.")},
    )
    public = forms.BooleanField(
        label=_("Put it on the public list of corrections"),
        required=False,
        help_text=_("When the question is mended. The list shows the date, the question and your words, and no name."),
    )
    wrong = Prose(
        label=_("What was wrong"),
        required=False,
        max_length=2000,
        help_text=_("Also those read it who have not answered yet: do not give the answer away."),
    )
    changed = Prose(label=_("What has changed"), required=False, max_length=2000)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("decision") == self.MEND and self.cleaned_data.get("public"):
            for name in ("wrong", "changed"):
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.add_error(name, _("The public list needs this. Or take the tick away."))
        return self.cleaned_data
