from typing import Any, cast

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.guests import guest_of
from sources.authoring import AuthoringAdmin


class Offered(AutocompleteJsonView):
    """Autocomplete for authors: what may be linked from where they are."""

    def get_queryset(self) -> QuerySet[Any]:
        rows = super().get_queryset()
        if isinstance(self.model_admin, AuthoringAdmin):
            return self.model_admin.offered(rows, self.request.GET.get("collection", ""))
        return rows


class FootnoteAdminSite(AdminSite):
    site_header = _("Footnote: authoring")
    site_title = _("Footnote")
    index_title = _("Courses, questions and what they stand on")

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return cast("HttpResponse", Offered.as_view(admin_site=self)(request))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The site's own sign-in: it has rate limits, and what a guest answered comes along."""
        if request.user.is_authenticated and not guest_of(request):
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))
