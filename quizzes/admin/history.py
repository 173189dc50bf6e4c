"""What was answered: to be read, never to be changed."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from quizzes.engine import behaviour, document, rules
from quizzes.engine.kinds import KINDS, Answer
from quizzes.models import Attempt, HandMark, Response
from quizzes.sittings import dealt
from sources.authoring import ConditionFilter, HistoryAdmin, LinkedSearch, links, number_of, shortened
from ui.templatetags.ui import mark, percent

CONFIDENCE = {1: _("not sure"), 2: _("fairly sure"), 3: _("very sure")}


def given(question: document.Question, answer: Answer) -> str:
    return KINDS[question.kind].field.say(question, answer)


def asked(response: Response) -> document.Question:
    """Of a response that came with its attempt and its edition's digest."""
    attempt = response.attempt
    return dealt(attempt, attempt.edition.digest).slots[response.slot].question


def sureness(response: Response) -> str:
    return str(CONFIDENCE.get(response.confidence or 0, ""))


@dataclass(frozen=True)
class Given:
    """An answer as an attempt's page shows it."""

    response: Response
    question: str
    given: str
    confidence: str
    weight: float


class StateFilter(ConditionFilter):
    title = _("state")
    parameter_name = "state"

    def conditions(self) -> dict[str, Any]:
        return {
            "running": (_("Running"), Q(finished_at=None, set_aside=False, in_review=False)),
            "finished": (_("Finished"), Q(finished_at__isnull=False, set_aside=False)),
            "review": (_("A day's review"), Q(in_review=True, set_aside=False)),
            "aside": (_("Set aside"), Q(set_aside=True)),
            "imported": (_("From a learner's file"), Q(imported=True)),
        }


class AnswersFilter(ConditionFilter):
    title = _("answers")
    parameter_name = "answers"

    def conditions(self) -> dict[str, Any]:
        late, waiting = Response.objects.filter(late=True), Response.objects.filter(fraction=None, late=False)
        return {
            "late": (_("Some came late"), Q(pk__in=late.values("attempt"))),
            "waiting": (_("Some wait for a mark"), Q(pk__in=waiting.values("attempt"))),
        }


@admin.register(Attempt)
class AttemptAdmin(LinkedSearch, HistoryAdmin):
    collection_path = "quiz__collection"
    list_display = [
        "learner",
        "quiz",
        "edition_number",
        "number",
        "marked",
        "state",
        "waiting",
        "late",
        "started_at",
        "due_at",
        "finished_at",
    ]
    list_filter = [StateFilter, AnswersFilter, "quiz__collection", "quiz__setting", "started_at"]
    list_select_related = ["learner", "quiz", "edition"]
    search_fields = ["learner__email", "learner__name", "quiz__title", "quiz__slug"]
    ordering = ["-pk"]
    fields = [
        *("learner", "quiz", "edition", "number", "marked", "state"),
        *("started_at", "due_at", "finished_at", "waiting", "late", "responses"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        attempts: QuerySet[Any] = super().get_queryset(request).defer("edition__document")
        late = number_of(Attempt, "responses", Q(responses__late=True))
        waiting = number_of(Attempt, "responses", Q(responses__fraction=None, responses__late=False))
        return attempts.annotate(late_count=late, waiting_count=waiting)  # type: ignore[no-any-return]

    @admin.display(description=_("edition"), ordering="edition__number")
    def edition_number(self, attempt: Attempt) -> int:
        return attempt.edition.number

    @admin.display(description=_("mark"), ordering="mark")
    def marked(self, attempt: Attempt) -> str:
        return _("%(mark)s of %(weight)s") % {"mark": mark(attempt.mark), "weight": mark(attempt.weight)}

    @admin.display(description=_("state"))
    def state(self, attempt: Attempt) -> str:
        if attempt.imported:
            return str(_("from a learner's file"))
        if attempt.set_aside:
            return str(_("set aside"))
        if attempt.in_review:
            return str(_("a day's review"))
        if attempt.is_finished:
            return str(_("finished"))
        return str(_("time is up") if rules.is_over(attempt.due_at, timezone.now()) else _("running"))

    @admin.display(description=_("late"), ordering="late_count")
    def late(self, attempt: Any) -> int:
        return int(attempt.late_count)

    @admin.display(description=_("to be marked"), ordering="waiting_count")
    def waiting(self, attempt: Any) -> int:
        return int(attempt.waiting_count)

    @admin.display(description=_("responses"))
    def responses(self, attempt: Attempt) -> SafeString:
        quiz = dealt(attempt, attempt.edition.digest)
        rows = [_given(quiz, response) for response in attempt.responses.order_by("slot", "try_number")]
        return render_to_string("admin/quizzes/_responses.html", {"rows": rows})


def _given(quiz: document.Quiz, response: Response) -> Given:
    slot = quiz.slots[response.slot]
    return Given(
        response=response,
        question=slot.question.text,
        given=given(slot.question, response.answer),
        confidence=sureness(response),
        weight=behaviour.full_weight(quiz, slot),
    )


class FractionFilter(ConditionFilter):
    title = _("answer")
    parameter_name = "right"

    def conditions(self) -> dict[str, Any]:
        return {
            "right": (_("Right"), Q(fraction=1)),
            "partly": (_("Partly right"), Q(fraction__gt=0, fraction__lt=1)),
            "wrong": (_("Wrong"), Q(fraction=0)),
            "waiting": (_("Waits for a mark"), Q(fraction=None, late=False)),
            "late": (_("Late"), Q(late=True)),
        }


class ConfidenceFilter(ConditionFilter):
    """Its choices are known, not looked for among all responses."""

    title = _("confidence")
    parameter_name = "confidence"

    def conditions(self) -> dict[str, Any]:
        return {str(value): (label, Q(confidence=value)) for value, label in CONFIDENCE.items()}


@admin.register(Response)
class ResponseAdmin(LinkedSearch, HistoryAdmin):
    collection_path = "attempt__quiz__collection"
    list_display = [
        *("learner", "quiz", "question_key", "try_number", "earned"),
        *("hints", "sure", "late", "answered_at"),
    ]
    list_filter = [FractionFilter, ConfidenceFilter, "attempt__quiz__collection", "answered_at"]
    list_select_related = ["learner", "attempt__quiz"]
    search_fields = ["learner__email", "learner__name", "question_key"]
    fields = [
        *("learner", "attempt", "question", "given", "try_number", "hints", "sure"),
        *("earned", "moved", "late", "due", "answered_at", "by_hand"),
    ]
    ordering = ["-pk"]

    @admin.display(description=_("quiz"), ordering="attempt__quiz__title")
    def quiz(self, response: Response) -> str:
        return response.attempt.quiz.title

    @admin.display(description=_("earned"), ordering="fraction")
    def earned(self, response: Response) -> str:
        if response.fraction is None:
            return str(_("not marked") if response.late else _("waits for a mark"))
        return percent(float(response.fraction))

    @admin.display(description=_("confidence"), ordering="confidence")
    def sure(self, response: Response) -> str:
        return sureness(response)

    @admin.display(description=_("question"))
    def question(self, response: Response) -> str:
        return f"{response.question_key}: {asked(response).text}"

    @admin.display(description=_("answer"))
    def given(self, response: Response) -> str:
        return given(asked(response), response.answer)

    @admin.display(description=_("mark"))
    def moved(self, response: Response) -> str:
        """What the attempt's mark changed by."""
        return mark(response.mark)

    @admin.display(description=_("due"))
    def due(self, response: Response) -> str:
        due_at = response.attempt.due_at
        return date_format(timezone.localtime(due_at), "DATETIME_FORMAT") if due_at else ""

    @admin.display(description=_("marks by hand"))
    def by_hand(self, response: Response) -> SafeString | str:
        marks = response.hand_marks.all()
        return links(marks) if marks else str(_("None."))


@admin.register(HandMark)
class HandMarkAdmin(HistoryAdmin):
    """The newest mark of a response counts."""

    collection_path = "response__attempt__quiz__collection"
    list_display = ["learner", "response", shortened("comment", _("comment")), "marked_by", "marked_at"]
    list_filter = ["response__attempt__quiz__collection", "marked_at"]
    list_select_related = ["response__learner", "marked_by"]
    search_fields = ["response__learner__email", "response__learner__name", "response__question_key", "comment"]
    fields = ["learner", "response", "rubric", "comment", "marked_by", "marked_at"]
    ordering = ["-pk"]

    @admin.display(description=_("learner"), ordering="response__learner")
    def learner(self, given: HandMark) -> str:
        return str(given.response.learner)

    @admin.display(description=_("rubric"))
    def rubric(self, given: HandMark) -> SafeString:
        criteria = [option.text for option in asked(given.response).options]
        rows = zip(criteria, map(percent, given.credits), strict=False)
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}: {}</li>", rows))
