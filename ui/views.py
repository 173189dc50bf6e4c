from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from ui.context import SHORTCUTS_COOKIE
from ui.htmx import page

YEAR = 60 * 60 * 24 * 365


@require_GET
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, 503 when not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database unreachable\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return page(request, "ui/preferences.html", {"saved": "saved" in request.GET})
    response = HttpResponseRedirect(reverse("ui:preferences") + "?saved")
    state = "on" if request.POST.get("shortcuts") == "on" else "off"
    response.set_cookie(SHORTCUTS_COOKIE, state, max_age=YEAR, samesite="Lax", httponly=True)
    return response
