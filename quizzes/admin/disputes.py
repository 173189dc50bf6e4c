"""Learners' challenges, for teachers to answer, and the public list of corrections."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from quizzes import disputes
from quizzes.admin.history import asked as asked_now
from quizzes.admin.history import given
from quizzes.engine.document import Question as Asked
from quizzes.forms import DisputeAnswerForm
from quizzes.models import Correction, Dispute, Question, Quiz
from sources.authoring import AuthoringAdmin, ConditionFilter, HistoryAdmin, shortened
from sources.evidence import evidence
from sources.permissions import authored_by


class AnsweredFilter(ConditionFilter):
    title = _("state")
    parameter_name = "state"

    def conditions(self) -> dict[str, Any]:
        return {state.value: (state.label, Q(state=state)) for state in Dispute.State}


@admin.register(Dispute)
class DisputeAdmin(HistoryAdmin):
    """What a learner wrote is read only; it is answered by a form of its own."""

    class Media:
        css = {"all": ["sources/authoring.css", "quizzes/marking.css"]}

    change_form_template = "admin/quizzes/dispute/change_form.html"
    list_display = ["question", "said", "state", "quiz", "learner", "made_at", "answered_at", "answered_by"]
    list_filter = [AnsweredFilter, "response__attempt__quiz__collection", "made_at"]
    list_select_related = ["response__learner", "response__attempt__quiz", "answered_by"]
    search_fields = ["response__question_key", "reason", "reply", "response__attempt__quiz__title"]
    fields = ["learner", "quiz", "made_at", "asked", "answer", "reason", "address", "state"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Dispute]:
        ours = super().get_queryset(request).filter(response__attempt__quiz__collection__in=authored_by(request.user))
        return ours.select_related("response__attempt__edition").defer("response__attempt__edition__document")

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

    @admin.display(description=_("the question, as it was asked"))
    def asked(self, dispute: Dispute) -> SafeString:
        question = disputes.asked(dispute.response)
        known = evidence(dispute.response.attempt.quiz.collection_id, _claims(question))
        context = {"question": question, "legend": disputes.legend(question), "known": known.values()}
        return render_to_string("admin/quizzes/dispute/asked.html", context)

    @admin.display(description=_("the answer given"))
    def answer(self, dispute: Dispute) -> str:
        return given(asked_now(dispute.response), dispute.response.answer)

    @admin.display(description=_("link"))
    def address(self, dispute: Dispute) -> SafeString | str:
        if not dispute.link:
            return str(_("None was given."))
        return format_html('<a href="{0}" rel="nofollow noopener noreferrer">{0}</a>', dispute.link)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.answer_view)
        return [path("<path:object_id>/answer/", view, name="quizzes_dispute_answer"), *super().get_urls()]

    def answer_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        dispute = self._own(request, object_id)
        form = DisputeAnswerForm(request.POST if request.method == "POST" else None, initial=_values_of(dispute))
        if not form.is_valid():
            return self._page(request, dispute, form)
        _answer(dispute, form.cleaned_data, by=request.user)  # type: ignore[arg-type]
        self.log_change(request, dispute, dispute.get_state_display())
        self.message_user(request, _("Your answer is saved, and the learner sees it."), messages.SUCCESS)
        return redirect("admin:quizzes_dispute_change", dispute.pk)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        dispute = self._own(request, object_id)
        if request.method == "POST":
            return super().change_view(request, object_id, form_url, extra_context)
        return self._page(request, dispute, DisputeAnswerForm(initial=_values_of(dispute)))

    def _own(self, request: HttpRequest, object_id: str) -> Dispute:
        """Raises Http404, also for a challenge to a question of others."""
        dispute: Dispute | None = self.get_object(request, unquote(object_id))
        if dispute is None:
            raise Http404
        return dispute

    def _page(self, request: HttpRequest, dispute: Dispute, form: DisputeAnswerForm) -> HttpResponse:
        context = {"answering": form, "steps": _steps(dispute) if dispute.state == Dispute.State.MENDED else None}
        response = super().change_view(request, str(dispute.pk), extra_context=context)
        if isinstance(response, TemplateResponse) and form.is_bound:
            response.status_code = 422
        return response


def _claims(question: Asked) -> set[str]:
    return {*question.claims, *(claim for option in question.options for claim in option.claims)}


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


def _steps(dispute: Dispute) -> dict[str, Any]:
    """Where a question is mended, published and regraded: its row in the bank, and the quizzes that ask it."""
    response = dispute.response
    quiz = response.attempt.quiz
    question = Question.objects.filter(collection=quiz.collection_id, key=response.question_key).first()
    quizzes = Quiz.objects.filter(slots__question=question) if question else Quiz.objects.none()
    return {"question": question, "quizzes": [quiz, *quizzes.exclude(pk=quiz.pk).distinct()]}


@admin.register(Correction)
class CorrectionAdmin(AuthoringAdmin):
    """The public list of corrections; what was not challenged by anybody can be put there too."""

    list_display = ["corrected_on", shortened("question", _("question")), shortened("wrong", _("what was wrong")), "collection"]
    list_filter = ["collection", "corrected_on"]
    list_select_related = ["collection"]
    search_fields = ["question", "wrong", "changed"]
    autocomplete_fields = ["collection"]
    fields = ["collection", "corrected_on", "question", "wrong", "changed"]
    lasting = ("collection",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(collection__in=authored_by(request.user))
