"""Text that comes in is UTF-8."""

import codecs
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase


def only_utf8(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Refuses what says that it is in another encoding, as Django does for some forms only. No page of ours sends such,
    and of what Python knows by these names some is no encoding of text at all, and some yields halves of characters,
    which no database stores."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.encoding and codecs.lookup(request.encoding).name != "utf-8":
            raise BadRequest
        return get_response(request)

    return answer
