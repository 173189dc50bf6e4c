from typing import Any, cast

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.guests import guest_of
from accounts.models import User
from courses.starting import today_of
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
    index_template = "admin/courses/start.html"

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """To whoever writes courses, what waits for them comes first."""
        if isinstance(request.user, User) and request.user.has_perm("quizzes.change_question"):
            extra_context = {"today": today_of(request.user, timezone.localdate())} | (extra_context or {})
        return super().index(request, extra_context)

    def get_urls(self) -> list[Any]:
        shown = self.admin_view(self.on_site)
        return [path("r/<int:content_type_id>/<path:object_id>/", shown, name="on_site"), *super().get_urls()]

    def on_site(self, request: HttpRequest, content_type_id: int, object_id: str) -> HttpResponse:
        """To a row's page for learners; to nothing of others, not even its address."""
        kind = get_object_or_404(ContentType, pk=content_type_id)
        rows = self._registry.get(kind.model_class())  # type: ignore[arg-type]
        if rows is None or rows.get_object(request, object_id) is None:
            raise Http404
        return cast("HttpResponse", shortcut(request, content_type_id, object_id))

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return cast("HttpResponse", Offered.as_view(admin_site=self)(request))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The site's own sign-in: it has rate limits, and what a guest answered comes along."""
        if request.user.is_authenticated and not guest_of(request):
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))
