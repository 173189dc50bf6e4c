"""What authors write in forms: quizzes, more time for a learner; and which of their choices go together."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminRadioSelect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from msgspec.structs import asdict

from accounts.models import User
from quizzes.engine import document
from quizzes.models import Allowance, Quiz
from sources.authoring_forms import OrderedFormSet, ProseField
from sources.keys import free_key

YEARS = range(2000, 2101)
LONGEST = 10_000
"""Of a time limit, in minutes: about a week."""


def usual(setting: str) -> document.Sees:
    """From when on learners see what, where nothing but the setting is chosen."""
    return document.Quiz("", setting=setting).visibility


def visibility_of(quiz: Quiz) -> document.Sees:
    """As it is saved now, whether chosen or left to the setting."""
    return quiz.sees or usual(quiz.setting)


def contradictions(
    *,
    setting: str,
    tries: int,
    confidence: str,
    sees: document.Sees,
    opens_at: datetime | None,
    closes_at: datetime | None,
) -> Iterator[tuple[str, str]]:
    """What of a quiz can not be meant together: a field, and what to do about it."""
    for field, moment in {"opens_at": opens_at, "closes_at": closes_at}.items():
        if moment and moment.year not in YEARS:
            yield field, gettext("Choose a date between 2000 and 2100.")
    if opens_at and closes_at and closes_at <= opens_at:
        yield "closes_at", gettext("The quiz closes before it opens. Choose a later time.")
    if setting == document.PRACTICE and confidence == document.COUNTED and tries != 1:
        yield "tries", gettext("Where confidence counts there is one try. Set the tries to 1.")
    chosen = set(asdict(sees).values())
    if document.CLOSED in chosen and not closes_at:
        yield "closes_at", gettext("Learners see something once the quiz is closed, so it needs a closing date.")
    if document.DURING in chosen and setting == document.EXAM:
        message = gettext(
            "In an exam answers may be changed until the end, so nothing can be shown at once. Choose a later time, or "
            "the exam with immediate marks."
        )
        yield "sees", message


class PercentField(forms.FloatField):
    """A share, 0 to 1, written as a percentage."""

    def prepare_value(self, value: Any) -> Any:
        return f"{round(value * 100, 8):.10g}" if isinstance(value, float) else value

    def clean(self, value: Any) -> float | None:
        percent = super().clean(value)
        return None if percent is None else round(percent / 100, 10)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class MomentField(forms.DateTimeField):
    """A day and a time of day in one native input."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M:%S", attrs={"type": "datetime-local", "step": 1})


OPEN = document.Sees("", "", "", "")
"""Nothing chosen."""
PRESETS = {"learning": document.LEARNING, "testing": document.TESTING}
OWN = "own"
PRESET_LABELS = {
    "learning": _("Learning: everything at once"),
    "testing": _("Testing: everything at the end"),
    OWN: _("My own table, under “More”"),
}


def preset_of(sees: document.Sees) -> str:
    return next((name for name, preset in PRESETS.items() if preset == sees), OWN)


SEEN = {"mark": _("Mark"), "right": _("Right answer"), "feedback": _("Feedback"), "evidence": _("Evidence")}
"""What learners may see, in the order of document.Sees."""


class SeesTable(forms.MultiWidget):
    """A row of radio buttons for each thing that learners may see."""

    template_name = "admin/quizzes/sees_table.html"
    use_fieldset = True

    def __init__(self) -> None:
        super().__init__({what: forms.RadioSelect(choices=Quiz.When.choices) for what in SEEN})

    def decompress(self, value: Any) -> list[str]:
        return list(asdict(value).values()) if value else [""] * len(self.widgets)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["rows"] = list(zip(SEEN.values(), context["widget"]["subwidgets"], strict=True))
        context["columns"] = Quiz.When.labels
        return context


class SeesField(forms.MultiValueField):
    """A value is a document.Sees, in which what was not chosen is empty."""

    def __init__(self, **kwargs: Any) -> None:
        rows = [forms.ChoiceField(choices=Quiz.When.choices, required=False) for _what in SEEN]
        super().__init__(rows, widget=SeesTable(), require_all_fields=False, required=False, **kwargs)

    def compress(self, data_list: list[str]) -> document.Sees:
        return document.Sees(*data_list) if data_list else OPEN


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
    confidence = forms.ChoiceField(
        label=_("Confidence"),
        required=False,
        choices=[("", _("Not asked")), *Quiz.Confidence.choices],
        help_text=_("How sure learners are of each answer: not sure, fairly sure, very sure."),
    )
    opens_at = MomentField(label=_("Opens"), required=False)
    closes_at = MomentField(
        label=_("Closes"), required=False, help_text=_("Attempts that run then are finished; their answers count.")
    )
    time_limit = forms.IntegerField(
        label=_("Time limit"),
        required=False,
        min_value=1,
        max_value=LONGEST,
        help_text=_("In minutes. Left empty: none. It holds for attempts begun after the quiz is published."),
        error_messages={"min_value": _("Write at least 1 minute, or leave it empty for no limit.")},
    )
    attempts_allowed = forms.IntegerField(
        label=_("Attempts allowed"),
        required=False,
        min_value=0,
        max_value=500,
        help_text=_("Left empty or 0: as many as somebody likes."),
    )
    wait = forms.IntegerField(
        label=_("Waiting time"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text=_("Minutes between the end of an attempt and the next. 1440 is a day."),
    )
    pass_mark = PercentField(
        label=_("Pass mark"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=_("In percent of the full mark. Left empty: nobody passes or fails."),
        error_messages=dict.fromkeys(
            ("min_value", "max_value", "invalid"), _("Write a percentage from 1 to 100, or leave it empty.")
        ),
    )
    preset = forms.ChoiceField(
        label=_("Learners see"),
        required=False,
        choices=list(PRESET_LABELS.items()),
        widget=AdminRadioSelect(attrs={"class": "radiolist"}),
        help_text=_(
            "The mark, the right answer, feedback and evidence. Left open: at the end of an exam, else at once."
        ),
    )
    sees = SeesField(label=_("My own table"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            visibility = visibility_of(self.instance)
            self.initial.update(sees=visibility, preset=preset_of(visibility))
        if slug := self.fields.get("slug"):
            slug.required = False
            slug.help_text = _("The end of the quiz's address. Left empty, it is made of the title.")
        zone = _("Times are in %(zone)s.") % {"zone": timezone.get_current_timezone_name()}
        for name in self.fields.keys() & {"opens_at", "closes_at"}:
            self.fields[name].help_text = f"{self.fields[name].help_text} {zone}".strip()

    def clean(self) -> dict[str, Any]:
        """The database's rule on slugs is checked here, since a saved quiz's collection is no field of the form."""
        cleaned = super().clean() or self.cleaned_data
        setting = cleaned.get("setting", document.PRACTICE)
        if setting != document.PRACTICE:
            cleaned["tries"] = 3
        for name in ("attempts_allowed", "wait"):
            cleaned[name] = cleaned.get(name) or 0
        sees = self._show(setting, cleaned)
        for field, message in contradictions(
            setting=setting,
            tries=cleaned.get("tries", 1),
            confidence=cleaned.get("confidence", ""),
            sees=sees,
            opens_at=cleaned.get("opens_at"),
            closes_at=cleaned.get("closes_at"),
        ):
            self.add_error("preset" if field == "sees" else field, message)
        self._settle_slug(cleaned)
        return cleaned

    def _show(self, setting: str, cleaned: Mapping[str, Any]) -> document.Sees:
        """Notes what learners see by preset or table; what suits the setting anyway is left to it."""
        preset, table = cleaned.get("preset", ""), cleaned.get("sees") or OPEN
        if preset != OWN and "sees" in self.changed_data and table not in (OPEN, PRESETS.get(preset)):
            self.add_error("preset", _("The table under “More” was changed. To use it, choose “My own table”."))
        chosen = asdict(table if preset == OWN else PRESETS.get(preset, OPEN))
        suits = asdict(usual(setting))
        for what, when in chosen.items():
            setattr(self.instance, f"sees_{what}", "" if when == suits[what] else when)
        return document.Sees(**{what: when or suits[what] for what, when in chosen.items()})

    def _settle_slug(self, cleaned: dict[str, Any]) -> None:
        """Makes one of the title, or refuses one that is taken."""
        collection = cleaned.get("collection") or (self.instance.collection if self.instance.pk else None)
        others = Quiz.objects.filter(collection=collection).exclude(pk=self.instance.pk)
        if not cleaned.get("slug", True):
            cleaned["slug"] = free_key(others, "slug", cleaned.get("title") or "", prefix="quiz")
        elif "slug" in cleaned and others.filter(slug=cleaned["slug"]).exists():
            self.add_error("slug", _("Another quiz of this collection has this slug. Choose a different one."))


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


class NoteForm(forms.Form):
    note = ProseField(
        label=_("What changed, and why"),
        required=False,
        max_length=2000,
        help_text=_("A note for authors, kept with the edition. Learners do not see it."),
    )


class LearnerField(forms.EmailField):
    """An account, named by its address: teachers are shown no list of accounts."""

    def clean(self, value: Any) -> User | None:
        address = User.objects.normalize_email(super().clean(value))
        try:
            return User.objects.get(email=address)
        except User.DoesNotExist as unknown:
            raise forms.ValidationError(_("Nobody has an account with this address.")) from unknown


class AllowanceForm(forms.ModelForm):  # type: ignore[type-arg]
    learner = LearnerField(label=_("Learner"), help_text=_("The address that they sign in with."))
    factor = forms.FloatField(
        label=_("Factor"),
        min_value=1,
        max_value=10,
        initial=1,
        help_text=_("On the time limit: 1.25 is a quarter more, 1 leaves it as it is."),
    )
    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=0,
        max_value=LONGEST,
        initial=0,
        help_text=_("On top of the time limit, and after the quiz closes."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("factor") == 1 and cleaned.get("minutes") == 0:
            self.add_error("minutes", _("This gives no more time. Write minutes, or a factor above 1."))
        same = {name: cleaned[name] for name in ("learner", "quiz") if name in cleaned}
        if len(same) == 2 and Allowance.objects.filter(**same).exists():
            self.add_error("learner", _("This learner has an allowance for this quiz already. Change that one."))
        return cleaned
