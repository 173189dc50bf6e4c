from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import for_the_signed_in
from accounts.models import User
from quizzes import disputes
from quizzes.forms import DisputeForm
from quizzes.models import Dispute, Response
from quizzes.showing import Challenge, shown
from quizzes.sittings import sitting_of
from quizzes.wording import said
from ui.htmx import page


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_signed_in
@never_cache
def challenge(request: HttpRequest, response: int) -> HttpResponse:
    """Why a learner thinks that a question is wrong, or what became of that."""
    found = _own(request, response)
    sent = request.POST if request.method == "POST" else None
    form = None if found.known_dispute else DisputeForm(sent, auto_id=f"challenge-{found.pk}-%s")
    if form and form.is_valid():
        try:
            disputes.challenge(response=found, **form.cleaned_data)
        except disputes.NotTaken as refused:
            form.add_error(None, said(refused.message))
    if request.method == "POST" and not (form and form.errors):
        return redirect("quizzes:challenge", found.pk)
    context = {
        "quiz": found.attempt.quiz,
        "attempt": found.attempt,
        "legend": disputes.legend(disputes.asked(found)),
        "key": found.question_key,
        "challenge": Challenge(found.pk, found.known_dispute),
        "form": form,
    }
    return page(request, "quizzes/challenge.html", context, partial="challenge", form=form)


def _own(request: HttpRequest, pk: int) -> Response:
    """The learner's response, with its dispute. Raises Http404 also while its question may not be challenged yet."""
    assert isinstance(request.user, User)
    mine = request.user.responses.filter(attempt__set_aside=False)
    about = ("attempt__quiz__collection", "attempt__edition", "dispute")
    response = get_object_or_404(mine.select_related(*about).defer("attempt__edition__document"), pk=pk)
    if not response.known_dispute and not _may_challenge(response):
        raise Http404
    return response


def _may_challenge(response: Response) -> bool:
    verdict = shown(sitting_of(response.attempt), response.slot).verdict
    return bool(verdict and verdict.challenge and verdict.challenge.response == response.pk)


@require_safe
@for_the_signed_in
@never_cache
def challenges(request: HttpRequest) -> HttpResponse:
    """The learner's own, the latest first."""
    assert isinstance(request.user, User)
    found = disputes.with_their_questions(Dispute.objects.filter(response__learner=request.user))
    rows: list[dict[str, Any]] = [
        {"dispute": one, "legend": disputes.legend(disputes.asked(one.response))} for one in found
    ]
    return page(request, "quizzes/challenges.html", {"rows": rows})
