from typing import Any

from django.http import HttpRequest

from accounts.models import Preferences


def preferences(request: HttpRequest) -> dict[str, Any]:
    """How whoever looks at a page wants it; as it is for everybody where an error came before that was known."""
    return {"preferences": getattr(request, "preferences", None) or Preferences()}
