"""Forms in which authors write questions; which fields they have follows from the kind (quizzes.kind_forms)."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AdminRadioSelect
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from quizzes.guides import objectives_of
from quizzes.kind_forms import KIND_FORMS, KindForm, Rows, Words
from quizzes.models import Hint, Question
from sources.authoring_forms import MemberForm, OrderedFormSet, ProseField, primary_key
from sources.keys import free_key


class WordsField(forms.CharField):
    """Words with commas between them, kept as a list."""

    widget = forms.TextInput(attrs={"class": "vLargeTextField"})

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        words = (word.strip() for word in str(super().clean(value)).split(","))
        return list(dict.fromkeys(filter(None, words)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class TagsField(WordsField):
    def clean(self, value: Any) -> list[str]:
        return super().clean(str(value or "").lower())


class Tick(forms.CheckboxInput):
    """Sends a credit: 1, or nothing."""

    def __init__(self) -> None:
        super().__init__({"value": "1"}, check_test=bool)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return data.get(name) not in {None, "", "0"}


class RightField(forms.BooleanField):
    """A credit that is 1 or 0."""

    widget = Tick

    def clean(self, value: Any) -> float:
        return float(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return float(initial or 0) != float(bool(data))


class AsSent:
    """Of a form that is shown again for another kind of question: it is neither judged nor saved."""

    def full_clean(self) -> None:
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}

    def is_valid(self) -> bool:
        return False


class AllAsSent:
    """The same, of a set of forms."""

    def full_clean(self) -> None:
        self._errors: list[Any] = []
        self._non_form_errors = self.error_class()  # type: ignore[attr-defined]

    def is_valid(self) -> bool:
        return False


class QuestionForm(MemberForm):
    """A question without a key gets one that is made of its words."""

    kind_form: ClassVar[KindForm]
    links = ("claims",)
    kind = forms.CharField(widget=forms.HiddenInput)
    tags = TagsField(
        label=_("Tags"),
        required=False,
        max_length=500,
        help_text=_("Words that a quiz can draw by, with commas between."),
    )
    difficulty = forms.ChoiceField(
        label=_("Difficulty"),
        required=False,
        choices=[("", _("Not said")), *Question.Difficulty.choices],
        help_text=Question._meta.get_field("difficulty").help_text,
    )
    objective = forms.ChoiceField(
        label=_("Objective"), required=False, help_text=Question._meta.get_field("objective").help_text
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _call(self, {"text": self.kind_form.text})
        self._offer_objectives()
        if key := self.fields.get("key"):
            key.required = False
            key.help_text = _("What quizzes and folders know it by. Left empty, it is made of the question's words.")
        if "marking" in self.fields:
            self.initial["marking"] = self.initial.get("marking") or next(iter(self.kind_form.markings))
        if self.instance._state.adding and not self.is_bound:
            first = "text" if self.initial.get("collection") else "collection"
            self.fields[first].widget.attrs["autofocus"] = True

    def _offer_objectives(self) -> None:
        """Those of the collection's lessons; none before the collection is chosen."""
        field = self.fields["objective"]
        assert isinstance(field, forms.ChoiceField)
        collection = self.instance.collection_id or self._chosen_collection()
        offered = objectives_of(collection) if collection else ()
        field.choices = [("", _("None in particular")), *offered]
        if not offered:
            field.widget = forms.HiddenInput()

    def _chosen_collection(self) -> int | None:
        """Of those the author may choose from."""
        open_to_them: Any = self.fields["collection"]
        chosen = primary_key(self.data.get(self.add_prefix("collection")) or self.initial.get("collection"))
        return chosen if open_to_them.queryset.filter(pk=chosen).exists() else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "key" in self.fields and not cleaned.get("key") and "key" not in self.errors:
            bank = Question.objects.filter(collection=cleaned.get("collection"))
            cleaned["key"] = free_key(bank, "key", cleaned.get("text") or "", prefix="q")
        if not cleaned.get("marking") or (not self.instance.marking and "marking" not in self.changed_data):
            cleaned["marking"] = ""
        for name, empty in {"marking": "", "confusables": [], "units": []}.items():
            setattr(self.instance, name, cleaned.get(name) or empty)
        return cleaned


def _call(form: forms.BaseForm, words: Mapping[str, Words]) -> None:
    """Gives fields the names and the help that the kind has for them."""
    for name, said in words.items():
        if name in form.fields:
            form.fields[name].label, form.fields[name].help_text = said.label, said.help


def question_form(kind: str, *, as_sent: bool) -> type[QuestionForm]:
    words = KIND_FORMS[kind]
    fields: dict[str, Any] = {"kind_form": words, "__module__": __name__}
    if words.markings:
        fields["marking"] = forms.ChoiceField(
            label=_("How it is marked"),
            required=False,
            choices=list(words.markings.items()),
            widget=AdminRadioSelect(attrs={"class": "radiolist"}),
        )
    if words.confusables:
        fields["confusables"] = WordsField(
            label=_("Not to be taken for"),
            required=False,
            max_length=1000,
            help_text=_(
                "Words that mean something else, however near they are in letters, with commas between. If the answer "
                "is Iran, that is Iraq."
            ),
        )
    if words.units:
        fields["units"] = WordsField(
            label=_("Units"),
            required=False,
            max_length=500,
            help_text=_(
                "The unit of the answer, and others with what they count, with commas between, such as "
                "“km, m = 0.001”. Left empty: a bare number."
            ),
        )
    return type("QuestionForm", (AsSent, QuestionForm) if as_sent else (QuestionForm,), fields)


class RowForm(forms.ModelForm):  # type: ignore[type-arg]
    """A row that is new and says nothing, whatever its place and credit, is none."""

    def has_changed(self) -> bool:
        saying_nothing = {"position", "credit", "DELETE"} if self.instance._state.adding else set()
        return bool({*self.changed_data} - saying_nothing)


class OptionForm(RowForm):
    rows: ClassVar[Rows]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _call(self, self.rows.columns)

    @property
    def unused(self) -> dict[str, Any]:
        """What of an option this kind of question does not look at, as it is left."""
        return {name: empty for name, empty in {"match": "", "credit": 0.0}.items() if name not in self.rows.columns}

    def has_changed(self) -> bool:
        if self.instance._state.adding:
            return bool(self.rows.fixed) or super().has_changed()
        return super().has_changed() or any(getattr(self.instance, name) for name in self.unused)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("text") or cleaned.get("match")):
            self.add_error("text", _("Write what it says."))
        for name, empty in self.unused.items():
            setattr(self.instance, name, empty)
        return cleaned


class OptionFormSet(OrderedFormSet):
    links = ("claims",)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if form.instance._state.adding and index is not None and index < len(form.rows.fixed):
            form.fields["text"].initial = form.rows.fixed[index]


def option_form(kind: str, *, as_sent: bool) -> type[OptionForm]:
    rows = KIND_FORMS[kind].rows
    assert rows is not None
    fields: dict[str, Any] = {"rows": rows, "__module__": __name__}
    fields["text"] = ProseField(required=False, widget=_lines(2))
    if "match" in rows.columns:
        fields["match"] = ProseField(required=False, widget=_lines(1))
    if "credit" in rows.columns:
        share = forms.FloatField(min_value=0, max_value=1, initial=rows.credit)
        fields["credit"] = RightField(required=False) if rows.is_ticked else share
    return type("OptionForm", (AsSent, OptionForm) if as_sent else (OptionForm,), fields)


def _lines(count: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": count, "cols": 80, "dir": "auto"})


def option_formset(*, as_sent: bool) -> type[OptionFormSet]:
    return type("OptionFormSet", (AllAsSent, OptionFormSet), {}) if as_sent else OptionFormSet


class HintForm(RowForm):
    text = ProseField(
        label=_("Hint"),
        required=False,
        widget=_lines(2),
        help_text=_("Help that brings learners nearer without giving it away."),
    )
    cost = forms.FloatField(
        label=_("Cost"),
        min_value=0,
        max_value=1,
        initial=Hint._meta.get_field("cost").default,
        help_text=_("A share of the question's weight: 0.1 is a tenth, 0 nothing."),
    )


class HintFormAsSent(AsSent, HintForm):
    pass


class HintFormSetAsSent(AllAsSent, OrderedFormSet):
    pass
