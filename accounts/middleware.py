from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from accounts.preferences import preferences_of


def preferring(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answers in the language and the time zone of whoever asks, and notes on the request what else they prefer."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        request.preferences = chosen = preferences_of(request)  # type: ignore[attr-defined]
        language = chosen.known_language or translation.get_language_from_request(request)
        with translation.override(language), timezone.override(chosen.zone):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Accept-Language"])
        return response

    return answer
