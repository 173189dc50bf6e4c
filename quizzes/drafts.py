"""A question as its author has it on the page, and what is to be said of it: problems, which keep it from being
published, and advice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from quizzes.engine import coach, document
from quizzes.engine.statistics import ItemStatistics
from quizzes.guides import guide_of
from quizzes.models import Question
from quizzes.publishing import problems_of_question, questions_as_documents
from quizzes.wording import said
from sources.models import Collection


@dataclass(frozen=True)
class Draft:
    """`rows` and `hints` name the forms on the page that hold options and hints, in the question's order."""

    question: document.Question
    collection: Collection | None
    rows: Sequence[str]
    hints: Sequence[str]


@dataclass(frozen=True)
class Remark:
    """`where` is a place as the coach and quizzes.engine.places call it."""

    message: str
    where: str


@dataclass(frozen=True)
class Remarks:
    problems: tuple[Remark, ...] = ()
    advice: tuple[Remark, ...] = ()


def as_saved(question: Question) -> Draft:
    contents = questions_as_documents([question])[question.pk]
    rows = [f"options-{number}" for number in range(len(contents.options))]
    hints = [f"hints-{number}" for number in range(len(contents.hints))]
    return Draft(contents, question.collection, rows, hints)


def as_written(form: "forms.ModelForm[Question]", formsets: Iterable[Any]) -> Draft:
    """Of bound forms, as far as they can be read."""
    by_prefix = {formset.prefix: _in_order(formset.forms) for formset in formsets if formset.is_bound}
    rows, hints = by_prefix.get("options", []), by_prefix.get("hints", [])
    form.is_valid()
    sent = form.cleaned_data
    question: Question = form.instance
    contents = document.Question(
        key=sent.get("key") or question.key or "",
        kind=sent.get("kind") or "",
        text=sent.get("text") or "",
        marking=sent.get("marking") or "",
        explanation=sent.get("explanation") or "",
        claims=_keys(sent.get("claims")),
        confusables=tuple(sent.get("confusables") or ()),
        units=tuple(sent.get("units") or ()),
        options=tuple(_option(row.cleaned_data) for row in rows),
        hints=tuple(_hint(row.cleaned_data) for row in hints),
    )
    collection = question.collection if question.collection_id else sent.get("collection")
    return Draft(contents, collection, [row.prefix for row in rows], [row.prefix for row in hints])


def _in_order(rows: Iterable[Any]) -> list[Any]:
    """The forms that hold something, by position; those without one come after the others."""
    held = [row for row in rows if row.has_changed() or row.instance.pk]
    kept = [row for row in held if not (row.is_valid() and row.cleaned_data.get("DELETE"))]
    places = {row: row.cleaned_data.get("position") for row in kept}
    return sorted(kept, key=lambda row: (places[row] is None, places[row] or 0))


def _keys(claims: Iterable[Any] | None) -> tuple[str, ...]:
    return tuple(claim.key for claim in claims or ())


def _option(sent: dict[str, Any]) -> document.Option:
    return document.Option(
        text=sent.get("text") or "",
        credit=sent.get("credit") or 0,
        match=sent.get("match") or "",
        feedback=sent.get("feedback") or "",
        claims=_keys(sent.get("claims")),
    )


def _hint(sent: dict[str, Any]) -> document.Hint:
    return document.Hint(
        text=sent.get("text") or "",
        cost=sent.get("cost") or 0,
        clear_wrong=bool(sent.get("clear_wrong")),
        how_many=bool(sent.get("how_many")),
    )


def remarks_on(draft: Draft, stats: ItemStatistics | None = None) -> Remarks:
    collection = draft.collection
    sourced = bool(collection and collection.sourced)
    context = coach.Context(
        language=collection.language if collection else "en",
        sourced=sourced,
        wording=guide_of(collection.pk) if collection else (),
        stats=stats,
    )
    problems = problems_of_question(draft.question, sourced=sourced)
    told = [] if draft.question.text.strip() == "" else coach.advice(draft.question, context)
    return Remarks(
        tuple(Remark(problem.message, problem.where) for problem in problems),
        tuple(Remark(said(advice.message), advice.where) for advice in told if not _is_told(advice, problems)),
    )


def _is_told(advice: coach.Advice, problems: Iterable[Any]) -> bool:
    """Whether a problem says the same."""
    return advice.rule == "no_claim" and any(problem.where == "claims" for problem in problems)
