from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.limits import limited
from accounts.models import User
from courses.certifying import Needs
from courses.models import Course
from progress import certificates, codes
from progress.forms import ClaimForm
from progress.models import Certificate
from ui.errors import conflict
from ui.htmx import page


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def certificate(request: HttpRequest, course: str) -> HttpResponse:
    """What the course's certificate asks for; once that is there, the way to claim it; then the certificate itself."""
    found = get_object_or_404(Course, slug=course)
    learner = request.user if isinstance(request.user, User) and not request.user.is_guest else None
    held = certificates.latest(learner, found) if learner else None
    if held and held.is_valid:
        return redirect(request.path) if request.method == "POST" else _sheet(request, held)
    needs = None if found.retired else certificates.needs_of(request.user, found)
    if needs is None and held is None:
        raise Http404
    context: dict[str, Any] = {
        "course": found,
        "needs": needs,
        "revoked": held,
        "is_open": not held or held.claimable_again,
    }
    if learner and needs and request.method == "POST":
        return _claim(request, learner, needs, context)
    if learner and needs and needs.is_earned:
        context["form"] = ClaimForm(initial={"name": learner.name}, has_mark=needs.asks_quiz)
    return page(request, "progress/claim.html", context)


def _sheet(request: HttpRequest, held: Certificate) -> HttpResponse:
    context = {
        "course": held.course,
        "certificate": held,
        "check_address": request.build_absolute_uri(reverse("certificates:check")),
        "qr": _qr(request.build_absolute_uri(held.get_absolute_url())),
    }
    return page(request, "progress/certificate.html", context)


def _claim(request: HttpRequest, learner: User, needs: Needs, context: dict[str, Any]) -> HttpResponse:
    form = ClaimForm(request.POST, has_mark=needs.asks_quiz)
    if not form.is_valid():
        return page(request, "progress/claim.html", {**context, "form": form}, form=form)
    shows_mark = form.cleaned_data.get("shows_mark", False)
    try:
        certificates.claim(learner=learner, course=needs.course, name=form.cleaned_data["name"], shows_mark=shows_mark)
    except certificates.NotEarned:
        message = _("Something is missing for this certificate by now, so none was made. What you did is kept.")
        return conflict(request, message, url=request.path, link=_("What is missing"))
    return redirect(request.path)


@require_GET
@never_cache
@limited("check_certificate")
def check(request: HttpRequest) -> HttpResponse:
    """Takes a code. What is no code at all is told from the letters alone, and not looked up."""
    typed = request.GET.get("code", "")
    if typed and not codes.has_slip(typed):
        return redirect("certificates:verify", codes.grouped(codes.normal(typed)))
    return _unlisted(page(request, "progress/check.html", {"typed": typed}, status=422 if typed else 200))


@require_GET
@never_cache
@limited("check_certificate")
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Says no more than whoever holds the certificate shows them anyway. What is erased was never there."""
    found = Certificate.objects.with_code(code)
    return _unlisted(page(request, "progress/verify.html", {"certificate": found}, status=200 if found else 404))


def _unlisted(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _qr(address: str) -> SafeString:
    drawn = segno.make(address, error="m", micro=False)
    return mark_safe(drawn.svg_inline(border=4, omitsize=True, svgclass="qr", lineclass=None))  # noqa: S308
