"""Guests: learners without an account, known by their browser alone."""

from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.crypto import salted_hmac

from accounts import preferences
from accounts.models import User
from accounts.signals import guest_merged

BACKEND = "accounts.backends.Backend"


def browser_secret(request: HttpRequest) -> str:
    """64 hexadecimal digits that stay the same in this browser until someone signs in to an account or out.

    Drawn from the CSRF cookie, which every page with a form sets anyway.
    """
    get_token(request)
    return _digest("accounts.browser", request.META["CSRF_COOKIE"])


def guest_of(request: HttpRequest) -> User | None:
    """The guest who is signed in, if it is one."""
    return request.user if isinstance(request.user, User) and request.user.is_guest else None


def ensure_learner(request: HttpRequest) -> User:
    """Whoever is signed in, or else this browser's guest, made and signed in now.

    For requests that record something: reading creates nothing.
    """
    if isinstance(request.user, User):
        learner = request.user
    else:
        learner = User.objects.guest(_digest("accounts.guest", browser_secret(request)))
        _sign_in(request, learner)
    learner.seen()
    return learner


def come_back(request: HttpRequest) -> None:
    """Signs this browser's guest in again when the session is gone and the guest is not. Makes nobody."""
    if not isinstance(request.user, User):
        key = _digest("accounts.guest", browser_secret(request))
        if guest := User.objects.filter(guest_key=key, is_guest=True).first():
            _sign_in(request, guest)


@transaction.atomic
def merge(*, guest: User, account: User) -> bool:
    """Moves all that the guest did to the account and deletes the guest; False when that was done before."""
    locked = User.objects.select_for_update().filter(pk__in=[guest.pk, account.pk]).order_by("pk")
    if not any(user == guest and user.is_guest for user in locked):
        return False
    preferences.merge(guest=guest, account=account)
    guest_merged.send(sender=User, guest=guest, account=account)
    guest.delete()
    return True


def _sign_in(request: HttpRequest, guest: User) -> None:
    """Signs in without changing the CSRF secret, which Django's login would.

    A new secret keeps a form that somebody planted before a sign-in from acting with the rights gained by it. A guest
    gains none: the same form could have made the guest itself. A new one would, however, refuse the forms that stand
    open, in this tab and in others, and make a second first answer, sent at the same time, another guest's.
    """
    secret = request.META["CSRF_COOKIE"]
    login(request, guest, backend=BACKEND)
    request.META["CSRF_COOKIE"] = secret


def _digest(purpose: str, value: str) -> str:
    return salted_hmac(purpose, value, algorithm="sha256").hexdigest()
