from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from progress.forms import NoteForm
from progress.own_questions import Draft, words_of
from ui.fields import Prose

LONGEST_QUOTE = 20_000
"""Letters: more than any passage has."""


class HighlightForm(NoteForm):
    """The note on a highlight; it may be empty."""

    def __init__(self, *args: Any, focus: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _shorten(self.fields["text"], focus=focus)


class MarkForm(NoteForm):
    """Words to highlight in a passage, and a note on them. What stood around the words is sent by a script, and tells
    which of the same words are meant."""

    quote = Prose(
        label=_("Words to highlight"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("Copy them from the passage. Left empty: your note is on the whole passage."),
    )
    before = Prose(required=False, strip=False, widget=forms.HiddenInput)
    after = Prose(required=False, strip=False, widget=forms.HiddenInput)
    written_at = None  # type: ignore[assignment]

    field_order = ["quote", "text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _shorten(self.fields["text"])

    def clean_quote(self) -> str:
        quote: str = self.cleaned_data["quote"]
        if len(quote) > LONGEST_QUOTE:
            raise forms.ValidationError(_("That is longer than any passage. Copy only words that stand in this one."))
        return quote

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned["quote"] and not cleaned["text"]:
            raise forms.ValidationError(_("Write a note, or say which words to highlight."))
        return cleaned


def _shorten(text: forms.Field, *, focus: bool = False) -> None:
    """Fits the field beside a passage."""
    text.help_text = _("Only you can read it.")
    text.widget.attrs |= {"rows": 4} | ({"autofocus": True} if focus else {})


class AskForm(forms.Form):
    """Which words of a text become blanks. `about` tells whether it is still the text that the page showed."""

    word = forms.TypedMultipleChoiceField(
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one word that becomes a blank."),
            "invalid_choice": _("The text has changed since the page was opened. Choose once more."),
        },
    )
    about = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        self.fields["word"].choices = [(one.number, one.core) for one in words_of(draft.text) if one.core]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> frozenset[int]:
        """As it was sent, right or wrong."""
        sent = self["word"].value() or ()
        return frozenset(word.number for word in self.draft.words if str(word.number) in sent)

    def clean_about(self) -> str:
        about: str = self.cleaned_data["about"]
        if about != self.draft.stamp:
            raise forms.ValidationError(_("The text has changed since the page was opened. Choose once more."))
        return about
