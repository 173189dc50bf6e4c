"""Preferences are a row of whoever is signed in, account or guest, and a cookie of a stranger: reading creates nothing.

An account's own choices come before those of the browser it signs in from; an account that never chose takes over what
the browser had. When guests are merged into it, the choices made last hold, in whatever order they come.
"""

from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts import zones
from accounts.models import Preferences, User

COOKIE = "preferences"
YEAR = 60 * 60 * 24 * 365
CHOSEN = ("theme", "size", "font", "motion", "shortcuts", "language", "time_zone")


def preferences_of(request: HttpRequest) -> Preferences:
    """Of the user's row, or else of the cookie; no row is made. No query beyond the one that finds the user."""
    row: Preferences | None = getattr(request.user, "preferences", None)
    return row or _of_browser(request) or Preferences()


def save(request: HttpRequest, response: HttpResponse, chosen: Preferences) -> None:
    """For whoever asks."""
    if isinstance(request.user, User):
        _store(request.user, chosen, taken_over=False)
    else:
        value = urlencode({name: int(value) if isinstance(value, bool) else value for name, value in _values(chosen)})
        response.set_cookie(COOKIE, value, max_age=YEAR, samesite="Lax", httponly=True)


def take_over(*, request: HttpRequest, account: User) -> None:
    """What the browser had, when an account that never chose signs in."""
    chosen = _of_browser(request)
    if chosen and not Preferences.objects.filter(user=account).exists():
        _store(account, chosen, taken_over=True)


def merge(*, guest: User, account: User) -> None:
    """An account's own choices stay. Of what it took over from guests, the latest stays."""
    if theirs := Preferences.objects.filter(user=guest).first():
        join(account=account, other=theirs)


def join(*, account: User, other: Preferences) -> bool:
    """Whether an account takes choices that were made elsewhere."""
    ours = Preferences.objects.filter(user=account).first()
    if ours and not (ours.taken_over and _age(other) > _age(ours)):
        return False
    values = {**dict(_values(other)), "changed_at": other.changed_at, "taken_over": True}
    Preferences.objects.update_or_create(user=account, defaults=values)
    return True


def _of_browser(request: HttpRequest) -> Preferences | None:
    """What its cookie says, as far as it is something that can be chosen."""
    said = dict(parse_qsl(request.COOKIES.get(COOKIE, "")))
    known = {
        "theme": Preferences.Theme.values,
        "size": Preferences.Size.values,
        "font": Preferences.Font.values,
        "motion": Preferences.Motion.values,
        "language": dict(settings.LANGUAGES),
        "time_zone": zones.names(),
    }
    chosen = {name: said[name] for name, values in known.items() if said.get(name) in values}
    return Preferences(shortcuts=said.get("shortcuts") != "0", **chosen) if said else None


def _store(user: User, chosen: Preferences, *, taken_over: bool) -> None:
    values = {**dict(_values(chosen)), "changed_at": timezone.now(), "taken_over": taken_over}
    Preferences.objects.update_or_create(user=user, defaults=values)


def _values(chosen: Preferences) -> list[tuple[str, str | bool]]:
    return [(name, getattr(chosen, name)) for name in CHOSEN]


def _age(row: Preferences) -> tuple[object, ...]:
    """To tell which was chosen later, and the same of two at once in any order."""
    return row.changed_at, _values(row)
