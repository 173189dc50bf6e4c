"""Learners' challenges, for teachers to answer, and the public list of corrections."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from quizzes import disputes
from quizzes.admin.history import asked as asked_now
from quizzes.admin.history import given
from quizzes.forms import DisputeAnswerForm
from quizzes.models import Correction, Dispute, Question, Quiz
from sources.authoring import AuthoringAdmin, ConditionFilter, HistoryAdmin, shortened
from sources.evidence import evidence
from sources.permissions import may_author
from ui.htmx import page


class AnsweredFilter(ConditionFilter):
    title = _("state")
    parameter_name = "state"

    def conditions(self) -> dict[str, Any]:
        return {state.value: (state.label, Q(state=state)) for state in Dispute.State}


@admin.register(Dispute)
class DisputeAdmin(HistoryAdmin):
    """What a learner wrote is read only; it is answered by a form of its own."""

    collection_path = "response__attempt__quiz__collection"
    list_display = ["question", "said", "state", "quiz", "learner", "made_at", "answered_by"]
    list_filter = [AnsweredFilter, "response__attempt__quiz__collection", "made_at"]
    search_fields = ["response__question_key", "reason", "reply", "response__attempt__quiz__title"]

    def get_queryset(self, request: HttpRequest) -> Any:
        about = ("response__learner", "response__attempt__edition__quiz", "answered_by")
        return disputes.with_their_questions(super().get_queryset(request)).select_related(*about)

    @admin.display(description=_("question"), ordering="response__question_key")
    def question(self, dispute: Dispute) -> str:
        return dispute.response.question_key

    @admin.display(description=_("reason"), ordering="reason")
    def said(self, dispute: Dispute) -> str:
        return Truncator(dispute.reason).chars(90)

    @admin.display(description=_("quiz"), ordering="response__attempt__quiz__title")
    def quiz(self, dispute: Dispute) -> str:
        return str(dispute.response.attempt.edition)

    @admin.display(description=_("learner"), ordering="response__learner__name")
    def learner(self, dispute: Dispute) -> str:
        """By the name that they show, never by their address."""
        return dispute.response.learner.name or str(_("A learner without a name"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.answer_view)
        return [path("<path:object_id>/answer/", view, name="quizzes_dispute_answer"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        dispute = self._own(request, object_id)
        if request.method not in {"GET", "HEAD"}:
            raise PermissionDenied
        return self._page(request, dispute, DisputeAnswerForm(initial=_values_of(dispute)))

    def answer_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        dispute = self._own(request, object_id)
        form = DisputeAnswerForm(request.POST if request.method == "POST" else None, initial=_values_of(dispute))
        if not form.is_valid():
            return self._page(request, dispute, form)
        _answer(dispute, form.cleaned_data, by=request.user)  # type: ignore[arg-type]
        self.log_change(request, dispute, dispute.get_state_display())
        self.message_user(request, _("Your answer is saved, and the learner sees it."), messages.SUCCESS)
        return redirect("admin:quizzes_dispute_change", dispute.pk)

    def _own(self, request: HttpRequest, object_id: str) -> Dispute:
        """Raises Http404, also for a challenge to a question of others."""
        dispute: Dispute | None = self.get_object(request, unquote(object_id))
        if dispute is None or not may_author(request.user, dispute.response.attempt.quiz.collection):
            raise Http404
        return dispute

    def _page(self, request: HttpRequest, dispute: Dispute, form: DisputeAnswerForm) -> HttpResponse:
        response, question = dispute.response, disputes.asked(dispute.response)
        claims = {*question.claims, *(claim for option in question.options for claim in option.claims)}
        row = Question.objects.filter(collection=response.attempt.quiz.collection_id, key=question.key).first()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("A challenge"),
            "dispute": dispute,
            "learner": self.learner(dispute),
            "question": question,
            "legend": disputes.legend(question),
            "given": given(asked_now(response), response.answer),
            "known": evidence(response.attempt.quiz.collection_id, claims).values(),
            "form": form,
            "row": row,
            "quizzes": [response.attempt.quiz, *_others_that_ask(row, response.attempt.quiz)],
        }
        return page(request, "admin/quizzes/dispute/answer.html", context, form=form)


def _others_that_ask(question: Question | None, quiz: Quiz) -> Iterable[Quiz]:
    """Where else a mended question is to be published and regraded."""
    return Quiz.objects.filter(slots__question=question).exclude(pk=quiz.pk).distinct() if question else []


def _values_of(dispute: Dispute) -> dict[str, Any]:
    """What the form shows of an answer that was given."""
    if dispute.state == Dispute.State.OPEN:
        return {}
    correction = Correction.objects.filter(dispute=dispute).first()
    mended = dispute.state == Dispute.State.MENDED
    return {
        "decision": DisputeAnswerForm.MEND if mended else DisputeAnswerForm.KEEP,
        "reply": dispute.reply,
        "public": correction is not None,
        "wrong": correction.wrong if correction else "",
        "changed": correction.changed if correction else "",
    }


def _answer(dispute: Dispute, said: dict[str, Any], *, by: User) -> None:
    if said["decision"] == DisputeAnswerForm.KEEP:
        disputes.keep(dispute=dispute, reply=said["reply"], by=by)
        return
    public = disputes.Public(said["wrong"], said["changed"]) if said["public"] else None
    disputes.mend(dispute=dispute, reply=said["reply"], by=by, public=public)


@admin.register(Correction)
class CorrectionAdmin(AuthoringAdmin):
    """The public list of corrections; what was not challenged by anybody can be put there too."""

    list_display = [
        "corrected_on",
        shortened("question", _("question")),
        shortened("wrong", _("what was wrong")),
        "collection",
    ]
    list_filter = ["collection", "corrected_on"]
    list_select_related = ["collection"]
    search_fields = ["question", "wrong", "changed"]
    autocomplete_fields = ["collection"]
    fields = ["collection", "corrected_on", "question", "wrong", "changed"]
    lasting = ("collection",)
