"""What is to be said of a question on its page: problems, advice, and how it does with learners."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from quizzes.drafts import Draft, Remark, Remarks, as_saved, as_written, remarks_on
from quizzes.engine.coach.answers import ENOUGH
from quizzes.engine.statistics import ItemStatistics
from quizzes.item_analysis import statistics_of
from quizzes.kind_forms import KindForm, Words
from quizzes.models import Question
from ui.templatetags.ui import percent

SAID_TO_BE: Mapping[str, Any] = {
    Question.Difficulty.EASY: _("Said to be easy."),
    Question.Difficulty.MIDDLE: _("Said to be neither easy nor hard."),
    Question.Difficulty.HARD: _("Said to be hard."),
}


@dataclass(frozen=True)
class Note:
    """A remark for the page: `field` is the id of what it is about, or empty, and `label` what that is called."""

    message: str
    field: str = ""
    label: str = ""


def notes_on_saved(question: Question, kind_form: KindForm) -> dict[str, Any]:
    return _notes(as_saved(question), kind_form, question=question, difficulty=question.difficulty)


def notes_on_forms(form: Any, formsets: Any, kind_form: KindForm, question: Question | None) -> dict[str, Any]:
    draft = as_written(form, formsets)
    difficulty = form.cleaned_data.get("difficulty", "")
    notes = _notes(draft, kind_form, question=question, difficulty=difficulty)
    rows = chain.from_iterable(formset.forms for formset in formsets if formset.is_bound)
    faults = [note for one in (form, *rows) for note in _faults_of(one)]
    return notes | {"problems": [*faults, *notes["problems"]]}


def _faults_of(form: Any) -> Iterator[Note]:
    """What can not be saved as it was sent; a field that is still empty is no fault yet."""
    for name, errors in form.errors.get_json_data().items() if form.has_changed() else ():
        for error in errors:
            if error["code"] != "required" and name in form.fields:
                yield Note(error["message"], form[name].auto_id, capfirst(form[name].label))


def _notes(draft: Draft, kind_form: KindForm, *, question: Question | None, difficulty: str) -> dict[str, Any]:
    """`question` is None as long as it is new."""
    stats = statistics_of(question, draft.question) if question else None
    remarks: Remarks = remarks_on(draft, stats)
    return {
        "checked": True,
        "problems": [_note(remark, draft, kind_form) for remark in remarks.problems],
        "advice": [_note(remark, draft, kind_form) for remark in remarks.advice],
        "measured": list(_measured(stats, difficulty)),
    }


def _measured(stats: ItemStatistics | None, difficulty: str) -> Iterator[Note]:
    """What learners make of a question, beside what its author says of it."""
    if stats is None or stats.facility is None or stats.attempts < ENOUGH:
        return
    about = {"share": percent(stats.facility / 100), "count": stats.attempts}
    found = _("In %(count)d first attempts, learners earned %(share)s of its mark on average.") % about
    message = f"{SAID_TO_BE.get(difficulty, '')} {found}".strip()
    yield Note(message, "id_difficulty", str(_("Difficulty")))


def _note(remark: Remark, draft: Draft, kind_form: KindForm) -> Note:
    part, _dot, rest = remark.where.partition(".")
    if part in {"options", "hints"} and not rest:
        label = kind_form.rows.label if part == "options" and kind_form.rows else _("Hints")
        return Note(remark.message, f"{part}-heading", str(label))
    if part == "options" and kind_form.rows:
        place, _dot, column = rest.partition(".")
        labels = [f"{kind_form.rows.one} {int(place) + 1}"]
        labels += [str(kind_form.rows.columns.get(column, Words(_("Claims"))).label)] if column else []
        return Note(remark.message, f"id_{draft.rows[int(place)]}-{column or 'text'}", ", ".join(labels))
    names = {"text": kind_form.text.label, "explanation": _("Explanation"), "claims": _("Claims")}
    return Note(remark.message, f"id_{part}" if part else "", str(names.get(part, "")))
