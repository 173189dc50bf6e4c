"""Forms in which authors write questions and quizzes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.models import Quiz
from sources.authoring import MemberForm, OrderedFormSet


class TagsField(forms.CharField):
    """Words with commas between them, kept as a list."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        words = (word.strip().lower() for word in str(super().clean(value)).split(","))
        return list(dict.fromkeys(filter(None, words)))


class QuestionForm(MemberForm):
    links = ("claims",)
    tags = TagsField(
        label=_("Tags"),
        required=False,
        max_length=500,
        help_text=_("Words that a quiz can draw by, with commas between."),
    )


class OptionForm(forms.ModelForm):  # type: ignore[type-arg]
    credit = forms.FloatField(
        label=_("Credit"), min_value=0, max_value=1, initial=0, help_text=_("1 is right, 0 is wrong.")
    )


class OptionFormSet(OrderedFormSet):
    links = ("claims",)


class QuizForm(forms.ModelForm):  # type: ignore[type-arg]
    tries = forms.TypedChoiceField(
        label=_("Tries"),
        coerce=int,
        choices=[(1, "1"), (2, "2"), (3, "3")],
        initial=3,
        help_text=_(
            "In practice only. A right answer earns 1, 2/3 or 1/3 of the weight on the first, second or third."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """The database's rule on slugs is checked here, since a saved quiz's collection is no field of the form."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("setting") == Quiz.Setting.EXAM:
            cleaned["tries"] = 3
        collection = cleaned.get("collection") or (self.instance.collection if self.instance.pk else None)
        taken = Quiz.objects.filter(collection=collection, slug=cleaned.get("slug")).exclude(pk=self.instance.pk)
        if "slug" in cleaned and taken.exists():
            self.add_error("slug", _("Another quiz of this collection has this slug. Choose a different one."))
        return cleaned


class SlotForm(forms.ModelForm):  # type: ignore[type-arg]
    weight = forms.FloatField(label=_("Weight"), min_value=0.01, max_value=100, initial=1)
    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=500, required=False)

    def clean(self) -> dict[str, Any]:
        """Either a question, or a tag and how many questions to draw by it."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("question")) == bool(cleaned.get("tag")) and "question" not in self.errors:
            raise forms.ValidationError(_("Choose a question, or write a tag to draw by; one of the two."))
        cleaned["count"] = (cleaned.get("count") or 1) if cleaned.get("tag") else 1
        return cleaned


class SlotFormSet(OrderedFormSet):
    links = ("question",)
