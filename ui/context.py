from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """What every page needs to know of the site."""
    return {"contact": settings.CONTACT_EMAIL}
