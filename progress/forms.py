import re
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User, today
from courses.models import Course
from progress import scheduling
from progress.models import Opinion, ReviewSettings
from ui.fields import Prose

LONGEST = 10_000
EXAM_WITHIN = timedelta(days=3653)
NO_NAME = _("Write the name that is to stand on the certificate.")

_unseen = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
"""Signs that turn letters round or hide between them. Those that join and part letters, as Persian names need, stay."""


class NoteForm(forms.Form):
    """A note, and the stamp of the one that stood on the page when it was opened."""

    text = Prose(
        label=_("Your note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        help_text=_("Only you can read it. To delete it, empty the field and save."),
    )
    written_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if (over := len(text) - LONGEST) > 0:
            message = ngettext(
                "It is one character too long, so it was not saved. Your text is still in the field.",
                "It is %(over)d characters too long, so it was not saved. Your text is still in the field.",
                over,
            )
            raise forms.ValidationError(message % {"over": over})
        return text


class OpinionForm(forms.Form):
    """One of the course's options, for the moment that the page asked for."""

    moment = forms.ChoiceField(choices=Opinion.Moment, widget=forms.HiddenInput)
    choice = forms.TypedChoiceField(
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )

    def __init__(self, *args: Any, options: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = list(enumerate(options))  # type: ignore[attr-defined]


class HindsightForm(forms.Form):
    knew = forms.TypedChoiceField(choices=[(1, 1), (0, 0)], coerce=int)


class NumberField(forms.IntegerField):
    """Whatever is wrong with it, it says what to write."""

    def __init__(self, *, lowest: int, highest: int, **kwargs: Any) -> None:
        message = format_lazy(_("Write a whole number from {} to {}."), lowest, highest)
        messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), message)
        super().__init__(min_value=lowest, max_value=highest, error_messages=messages, **kwargs)


class PercentField(NumberField):
    """A share from 0 to 1, written in percent. The limits are shares too."""

    def __init__(self, *, lowest: float, highest: float, **kwargs: Any) -> None:
        super().__init__(lowest=round(lowest * 100), highest=round(highest * 100), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return round(value * 100) if isinstance(value, float) else value

    def clean(self, value: Any) -> float:
        percent: int = super().clean(value)
        return percent / 100


class PlanForm(forms.Form):
    """How a learner wants to review."""

    retention = PercentField(
        label=_("How well you want to know things, in percent"),
        lowest=scheduling.LOWEST,
        highest=scheduling.HIGHEST,
        help_text=_(
            "From 80 to 97. A question comes up when the chance that you still know it has fallen to this. More means "
            "more reviews: at 95 more than twice as many as at 90."
        ),
    )
    session_size = NumberField(label=_("Questions in a session"), lowest=1, highest=100)
    daily_cap = NumberField(
        label=_("Most questions in a day"),
        lowest=1,
        highest=1000,
        help_text=_("What is above that waits for the next day."),
    )
    exam_on = forms.DateField(
        label=_("Date of an exam"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Reviews are set so that you are ready on that day. Left empty: no exam."),
    )
    exam_target = PercentField(
        label=_("How well you want to know things then, in percent"), lowest=scheduling.LOWEST, highest=0.99
    )
    exam_course = forms.ModelChoiceField(
        label=_("What the exam is about"),
        queryset=Course.objects.none(),
        required=False,
        empty_label=_("All that I learn"),
    )

    def __init__(self, *args: Any, courses: QuerySet[Course], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["exam_course"].queryset = courses  # type: ignore[attr-defined]

    @classmethod
    def values_of(cls, settings: ReviewSettings) -> dict[str, Any]:
        """What the fields show. An exam that is over is not shown again."""
        values = {name: getattr(settings, name) for name in cls.base_fields}
        is_over = settings.exam_on is not None and settings.exam_on <= today()
        return values | ({"exam_on": None, "exam_course": None} if is_over else {})

    def clean_exam_on(self) -> Any:
        exam_on = self.cleaned_data["exam_on"]
        if exam_on and exam_on <= today():
            raise forms.ValidationError(_("Choose a day to come, from tomorrow on."))
        if exam_on and exam_on > today() + EXAM_WITHIN:
            raise forms.ValidationError(_("Choose a day in the next ten years."))
        return exam_on

    def as_settings(self, learner: User) -> ReviewSettings:
        return ReviewSettings(learner=learner, **self.cleaned_data)


class ClaimForm(forms.Form):
    """What is to stand on a certificate."""

    name = forms.CharField(
        label=_("Name on the certificate"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
        help_text=_("It can not be changed afterwards, so look at it twice."),
        error_messages={"required": NO_NAME},
    )
    shows_mark = forms.BooleanField(label=_("Show my mark on it"), required=False)

    def __init__(self, *args: Any, has_mark: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_mark:
            del self.fields["shows_mark"]

    def clean_name(self) -> str:
        """As strangers will read it: nothing in it makes it look like another one."""
        name = " ".join(_unseen.sub("", self.cleaned_data["name"]).split())
        if not any(map(str.isalnum, name)):
            raise forms.ValidationError(NO_NAME)
        return name


class RevokeForm(forms.Form):
    reason = Prose(
        label=_("Why it is revoked"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("The learner reads this. Whoever checks the certificate only sees that it was revoked."),
    )
    claimable_again = forms.BooleanField(
        label=_("The learner may claim a new one"),
        required=False,
        help_text=_("For a name with a slip in it. Left out, the learner gets none for this course again."),
    )
