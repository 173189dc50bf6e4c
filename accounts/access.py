"""Whom a page is for. A guest is signed in too, but has no address and no password."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.utils import get_login_redirect_url
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.guests import guest_of
from ui.errors import signed_out
from ui.htmx import is_htmx

View = Callable[..., HttpResponseBase]


def for_newcomers(view: View) -> View:
    """For strangers and guests. An account goes where signing in would have led it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not guest_of(request):
            return HttpResponseRedirect(get_login_redirect_url(request))
        return view(request, *args, **kwargs)

    return guarded


def for_accounts(view: View) -> View:
    """For accounts. A stranger is led to sign in, a guest to sign up, and both come back afterwards."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if guest_of(request):
            return redirect_to_login(request.get_full_path(), reverse("account_signup"))
        return view(request, *args, **kwargs)

    return guarded


def for_the_signed_in(view: View) -> View:
    """For accounts and guests. Others are led to sign in and come back; htmx gets a note over the page, so that
    nothing typed is lost."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        back = request.get_full_path()
        if is_htmx(request):
            return signed_out(request, _("You are signed out, so nothing was sent. Sign in, then send it."), back=back)
        return redirect_to_login(back)

    return guarded
