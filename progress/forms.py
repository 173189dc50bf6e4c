from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from progress.models import Opinion

LONGEST = 10_000


class NoteForm(forms.Form):
    """A note, and the stamp of the one that stood on the page when it was opened."""

    text = forms.CharField(
        label=_("Your note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        help_text=_("Only you can read it. To delete it, empty the field and save."),
    )
    written_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """Not limited by the browser, which would cut off what is pasted without a word."""
        text: str = self.cleaned_data["text"].replace("\r\n", "\n")
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
