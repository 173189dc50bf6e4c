"""Limits on how often an address may ask, as settings.ACCOUNT_RATE_LIMITS has them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit  # its public module leaves GET out
from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]


def limited(action: str) -> Callable[[View], View]:
    """Past the limit a view answers 429, by GET as well."""

    def decorated(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if ratelimit.consume(request, app="allauth.account", action=action, limit_get=True):
                return view(request, *args, **kwargs)
            refused: HttpResponseBase = ratelimit.respond_429(request)
            return refused

        return guarded

    return decorated
