"""What was published and what was answered: to be read, never to be changed."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from quizzes.engine import document
from quizzes.engine.kinds import KINDS, Answer
from quizzes.models import Attempt, Edition, Response
from quizzes.sittings import contents, dealt
from sources.authoring import ConditionFilter, HistoryAdmin
from ui.templatetags.ui import mark, percent


@admin.register(Edition)
class EditionAdmin(HistoryAdmin):
    list_display = ["quiz", "number", "published_at", "published_by", "questions", "full_mark"]
    list_filter = ["quiz__collection", "quiz__setting", "published_at"]
    list_select_related = ["quiz", "published_by"]
    search_fields = ["quiz__title", "quiz__slug"]
    fields = ["quiz", "number", "published_at", "published_by", "questions", "full_mark", "digest", "contents"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("document")

    @admin.display(description=_("full mark"), ordering="weight")
    def full_mark(self, edition: Edition) -> str:
        return mark(edition.weight)

    @admin.display(description=_("contents"))
    def contents(self, edition: Edition) -> SafeString:
        quiz = contents(edition.pk, edition.digest)
        questions = [slot.question for slot in quiz.slots]
        kinds = [(KINDS[question.kind].label, question.marking.replace("_", " ")) for question in questions]
        slots = zip(quiz.slots, kinds, strict=True)
        return render_to_string("admin/quizzes/_contents.html", {"quiz": quiz, "slots": slots})


def given(question: document.Question, answer: Answer) -> str:
    return KINDS[question.kind].field.say(question, answer)


class StateFilter(ConditionFilter):
    title = _("state")
    parameter_name = "state"

    def conditions(self) -> dict[str, Any]:
        return {
            "running": (_("Running"), Q(finished_at=None, set_aside=False)),
            "finished": (_("Finished"), Q(finished_at__isnull=False, set_aside=False)),
            "aside": (_("Set aside"), Q(set_aside=True)),
        }


@admin.register(Attempt)
class AttemptAdmin(HistoryAdmin):
    list_display = ["learner", "quiz", "edition_number", "number", "marked", "state", "started_at", "finished_at"]
    list_filter = [StateFilter, "quiz__collection", "quiz__setting", "started_at"]
    list_select_related = ["learner", "quiz", "edition"]
    search_fields = ["learner__email", "learner__name", "quiz__title", "quiz__slug"]
    ordering = ["-pk"]
    fields = ["learner", "quiz", "edition", "number", "marked", "state", "started_at", "finished_at", "responses"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("edition__document")

    @admin.display(description=_("edition"), ordering="edition__number")
    def edition_number(self, attempt: Attempt) -> int:
        return attempt.edition.number

    @admin.display(description=_("mark"), ordering="mark")
    def marked(self, attempt: Attempt) -> str:
        return _("%(mark)s of %(weight)s") % {"mark": mark(attempt.mark), "weight": mark(attempt.edition.weight)}

    @admin.display(description=_("state"))
    def state(self, attempt: Attempt) -> str:
        if attempt.set_aside:
            return str(_("set aside"))
        return str(_("finished") if attempt.is_finished else _("running"))

    @admin.display(description=_("responses"))
    def responses(self, attempt: Attempt) -> SafeString:
        slots = dealt(attempt, attempt.edition.digest).slots
        asked = [(response, slots[response.slot]) for response in attempt.responses.order_by("slot", "try_number")]
        rows = [(response, slot, given(slot.question, response.answer)) for response, slot in asked]
        return render_to_string("admin/quizzes/_responses.html", {"rows": rows})


class FractionFilter(ConditionFilter):
    title = _("answer")
    parameter_name = "right"

    def conditions(self) -> dict[str, Any]:
        return {
            "right": (_("Right"), Q(fraction=1)),
            "partly": (_("Partly right"), Q(fraction__gt=0, fraction__lt=1)),
            "wrong": (_("Wrong"), Q(fraction=0)),
            "waits": (_("Waits for a mark"), Q(fraction=None)),
            "late": (_("Late"), Q(late=True)),
        }


@admin.register(Response)
class ResponseAdmin(HistoryAdmin):
    list_display = ["learner", "quiz", "question_key", "try_number", "earned", "answered_at"]
    list_filter = [FractionFilter, "attempt__quiz__collection", "answered_at"]
    list_select_related = ["learner", "attempt__quiz"]
    search_fields = ["learner__email", "learner__name", "question_key"]
    fields = ["learner", "attempt", "question_key", "question", "given", "try_number", "earned", "mark", "answered_at"]
    ordering = ["-pk"]

    @admin.display(description=_("quiz"), ordering="attempt__quiz__title")
    def quiz(self, response: Response) -> str:
        return response.attempt.quiz.title

    @admin.display(description=_("earned"), ordering="fraction")
    def earned(self, response: Response) -> str:
        return str(_("waits")) if response.fraction is None else percent(float(response.fraction))

    @admin.display(description=_("question"))
    def question(self, response: Response) -> str:
        return self._asked(response).text

    @admin.display(description=_("answer"))
    def given(self, response: Response) -> str:
        return given(self._asked(response), response.answer)

    def _asked(self, response: Response) -> document.Question:
        attempt = response.attempt
        return dealt(attempt, attempt.edition.digest).slots[response.slot].question
