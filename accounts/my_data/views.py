"""Pages on which somebody takes what is theirs along, brings it, or has it erased."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import for_the_signed_in
from accounts.guests import ensure_learner
from accounts.limits import limited
from accounts.models import DataUpload, User
from accounts.my_data import Fate, Kind, kinds
from accounts.my_data.archive import NotReadable, write
from accounts.my_data.erasing import DEPARTED, NotErasable, hindrances, holdings
from accounts.my_data.erasing import erase as erase_all
from accounts.my_data.forms import EraseForm, LoadForm
from accounts.my_data.taking import Summary, keep, rehearse, take_upload
from ui.htmx import page

ERASED = "erased"
"""In the session that follows one whose learner was erased."""


@require_GET
@never_cache
def data(request: HttpRequest) -> HttpResponse:
    """Open to strangers, who may load an export before they answer anything."""
    context: dict[str, Any] = {"form": LoadForm()}
    if isinstance(request.user, User):
        context["holdings"] = holdings(request.user)
        context["addresses"] = EmailAddress.objects.filter(user=request.user).order_by("email")
        context["imported"] = request.user.attempts.filter(imported=True).count()
        context["groups"] = request.user.groups.order_by("name")
    return page(request, "accounts/data.html", context)


@require_POST
@never_cache
@for_the_signed_in
@limited("export_data")
def export(request: HttpRequest) -> HttpResponseBase:
    assert isinstance(request.user, User)
    answer = FileResponse(write(request.user), as_attachment=True, filename="my-data.zip")
    answer.headers["Content-Encoding"] = "identity"  # compressed already
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@limited("load_data")
def load(request: HttpRequest) -> HttpResponse:
    """Keeps an export until the dry run was seen. A stranger becomes a guest by it."""
    if request.method != "POST":
        return page(request, "accounts/load.html", {"form": LoadForm()})
    form = LoadForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            keep(owner=ensure_learner(request), archive=file.read(), name=file.name)
        except NotReadable as refused:
            form.add_error("file", _told(refused))
        else:
            return redirect("accounts:dry_run")
    return page(request, "accounts/load.html", {"form": form}, form=form)


def _told(refused: NotReadable) -> str:
    message = _(refused.message)
    return f"{refused.name}: {message}" if refused.name else message


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_the_signed_in
def dry_run(request: HttpRequest) -> HttpResponse:
    """What loading would do; and, sent, does it."""
    upload = DataUpload.objects.kept().filter(owner=request.user.pk).select_related("owner").first()
    if upload is None:
        messages.info(request, _("That file was loaded, or kept for an hour and dropped. Choose it again to load it."))
        return redirect("accounts:data")
    try:
        if request.method != "POST":
            return page(request, "accounts/dry_run.html", {"upload": upload, **_shown(rehearse(upload=upload))})
        summary = take_upload(upload=upload)
    except NotReadable as refused:  # this site learned another format meanwhile
        messages.error(request, _told(refused))
        return redirect("accounts:load")
    taken = summary.total(Fate.TAKEN)
    done = ngettext("%(count)d thing was taken from your file.", "%(count)d things were taken from your file.", taken)
    messages.success(request, done % {"count": taken})
    return redirect("accounts:data")


def _shown(summary: Summary) -> dict[str, Any]:
    by_name: dict[str, Kind] = {kind.name: kind for kind in kinds()}
    rows = [(_(kind.label), [summary.count(name, fate) for fate in Fate]) for name, kind in by_name.items()]
    reasons = [(_(by_name[name].label), _(decision.why), decision, count) for name, decision, count in summary.reasons]
    return {
        "rows": [row for row in rows if any(row[1])],
        "taken": summary.total(Fate.TAKEN),
        "kept": [row for row in reasons if row[2].fate == Fate.KEPT],
        "refused": [row for row in reasons if row[2].fate == Fate.REFUSED],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def erase(request: HttpRequest) -> HttpResponseBase:
    """Whoever is nobody any more, by a second click or in another tab, is told so."""
    if not isinstance(request.user, User):
        return redirect("accounts:erased")
    against = hindrances(request.user)
    context = {"holdings": holdings(request.user), "hindrances": against, "departed": DEPARTED}
    if request.method != "POST" or against:
        form = EraseForm(request.user)
        status = 409 if request.method == "POST" else 200
        return page(request, "accounts/erase.html", {**context, "form": form}, status=status)
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        refused: HttpResponse = ratelimit.respond_429(request)
        return refused
    form = EraseForm(request.user, request.POST)
    if not form.is_valid():
        return page(request, "accounts/erase.html", {**context, "form": form}, form=form)
    try:
        erase_all(user=request.user)
    except NotErasable:
        return redirect("accounts:erase")
    logout(request)
    request.session[ERASED] = True
    return redirect("accounts:erased")


@require_GET
@never_cache
def erased(request: HttpRequest) -> HttpResponse:
    if isinstance(request.user, User):
        return redirect("accounts:data")
    return page(request, "accounts/erased.html", {"just_now": ERASED in request.session})
