from typing import Any

from django.conf import settings
from django.http import HttpRequest

SHORTCUTS_COOKIE = "shortcuts"


def site(request: HttpRequest) -> dict[str, Any]:
    """What every page needs to know of whoever looks at it."""
    return {"shortcuts": request.COOKIES.get(SHORTCUTS_COOKIE) != "off", "contact": settings.CONTACT_EMAIL}
