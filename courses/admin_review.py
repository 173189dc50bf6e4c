"""The admin page with all that needs review since its claim came into doubt."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.review_forms import ReviewForm
from courses.reviewing import Confirmed, claims_to_review, confirm, doubts, under
from quizzes.models import Question
from sources.authoring import AuthoringAdmin
from sources.models import Collection

CLAIMS_ON_A_PAGE = 20


class ReviewPages(AuthoringAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.needs_review_view)
        return [path("needs-review/", view, name="courses_needs_review"), *super().get_urls()]

    def needs_review_view(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm("sources.change_claim"):
            raise PermissionDenied
        within = list(Collection.objects.authored_by(request.user).values_list("pk", flat=True))
        if request.method != "POST":
            return self._review_page(request, ReviewForm(within=within), within)
        form = ReviewForm(request.POST, within=within)
        if not form.is_valid():
            return self._review_page(request, form, within, status=422)
        confirmed = confirm(**form.cleaned_data)
        self._log(request, confirmed)
        self.message_user(request, _told(confirmed), messages.SUCCESS if confirmed else messages.WARNING)
        return HttpResponseRedirect(request.get_full_path())

    def _review_page(
        self, request: HttpRequest, form: ReviewForm, within: list[int], *, status: int = 200
    ) -> HttpResponse:
        today = timezone.localdate()
        claims = claims_to_review(within=within, today=today)
        question = _question(request, within)
        if question:
            claims = claims.filter(under(question.pk))
        shown = claims.select_related("collection").prefetch_related("sources")
        page = Paginator(shown, CLAIMS_ON_A_PAGE).get_page(request.GET.get("page"))
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": _("Needs review"),
            "opts": self.opts,
            "form": form,
            "ticked": form.ticked,
            "question": question,
            "page": page,
            "doubts": doubts(claims=page, within=within, today=today),
        }
        return TemplateResponse(request, "admin/courses/needs_review.html", context, status=status)

    def _log(self, request: HttpRequest, confirmed: Confirmed) -> None:
        for claim in confirmed.claims:
            self.log_change(request, claim, _("Confirmed: the claim still holds."))
        for row in (*confirmed.questions, *confirmed.passages):
            self.log_change(request, row, _("Confirmed: still right by its claims."))


def _question(request: HttpRequest, within: list[int]) -> Question | None:
    """Whose claims alone are asked for."""
    pk = request.GET.get("question", "")
    return Question.objects.filter(pk=int(pk), collection__in=within).first() if pk.isdecimal() else None


def _told(confirmed: Confirmed) -> str:
    if not confirmed:
        return str(_("Nothing was confirmed: it was changed meanwhile. Look again."))
    counts = {
        "claims": len(confirmed.claims),
        "questions": len(confirmed.questions),
        "passages": len(confirmed.passages),
    }
    return _("Confirmed: claims %(claims)d, questions %(questions)d, passages %(passages)d.") % counts
