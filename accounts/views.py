from allauth.account import views as allauth_views
from allauth.account.mixins import LogoutFunctionalityMixin
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.forms import NameForm, PreferencesForm
from accounts.guests import guest_of
from accounts.preferences import save
from ui.htmx import page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def me(request: HttpRequest) -> HttpResponse:
    """The account; a guest is told what a guest is, and has nothing to change."""
    if request.method != "POST" or guest_of(request):
        return page(request, "accounts/me.html", {"form": NameForm(instance=request.user)})
    form = NameForm(request.POST, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("accounts:me")
    return page(request, "accounts/me.html", {"form": form}, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def preferences(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        form = PreferencesForm(instance=request.preferences)  # type: ignore[attr-defined]
        return page(request, "accounts/preferences.html", {"form": form, "saved": "saved" in request.GET})
    form = PreferencesForm(request.POST)
    if not form.is_valid():
        return page(request, "accounts/preferences.html", {"form": form}, form=form)
    response = HttpResponseRedirect(reverse("accounts:preferences") + "?saved")
    save(request, response, form.instance)
    return response


class GuestStays(LogoutFunctionalityMixin):  # type: ignore[misc]
    """allauth signs out whoever opens the link in an e-mail to another account. A guest would lose every answer by
    that, so a guest stays signed in, and signing in to the account merges them."""

    def logout(self) -> None:
        if not guest_of(self.request):
            super().logout()


class ConfirmAddress(GuestStays, allauth_views.ConfirmEmailView):  # type: ignore[misc]
    pass


class ResetPassword(GuestStays, allauth_views.PasswordResetFromKeyView):  # type: ignore[misc]
    pass
