from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from progress import certificates, codes
from progress.forms import RevokeForm
from progress.models import Certificate
from sources.authoring import ConditionFilter, HistoryAdmin
from sources.permissions import may_author
from ui.htmx import page


class StateFilter(ConditionFilter):
    title = _("state")
    parameter_name = "state"

    def conditions(self) -> dict[str, Any]:
        return {
            "valid": (_("valid"), Q(revoked_at=None)),
            "revoked": (_("revoked"), Q(revoked_at__isnull=False)),
        }


class CertificateList(ChangeList):
    """Knows whose conditions are no longer met, for all rows of its page at once."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        short = certificates.fallen_short(self.result_list)
        for certificate in self.result_list:
            certificate.is_short = certificate.pk in short


@admin.register(Certificate)
class CertificateAdmin(HistoryAdmin):
    """What a certificate says stays as it was issued. It is revoked, and made valid again, by whoever may author the
    course."""

    collection_path = "course__collection"
    list_display = ["name", "title", "issued_at", "state", "grouped_code"]
    list_filter = [StateFilter, "course", "issued_at"]
    list_select_related = ["course"]
    search_fields = ["name", "title", "learner__email"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """A code is looked up however it is typed."""
        if search_term and not codes.has_slip(search_term):
            return queryset.filter(code=codes.normal(search_term)), False
        return super().get_search_results(request, queryset, search_term)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return CertificateList

    @admin.display(description=_("state"), ordering="revoked_at")
    def state(self, certificate: Any) -> str:
        if not certificate.is_valid:
            return str(_("revoked"))
        return str(_("valid; conditions no longer met") if certificate.is_short else _("valid"))

    @admin.display(description=_("code"))
    def grouped_code(self, certificate: Certificate) -> str:
        return certificate.grouped_code

    def get_urls(self) -> list[URLPattern]:
        verbs = {"revoke": self.revoke_view, "restore": self.restore_view}
        own = [
            path(f"<path:object_id>/{verb}/", self.admin_site.admin_view(view), name=f"progress_certificate_{verb}")
            for verb, view in verbs.items()
        ]
        return [*own, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        certificate = self._own(request, object_id)
        if request.method not in {"GET", "HEAD"}:
            raise PermissionDenied
        return self._page(request, certificate, RevokeForm())

    def revoke_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        certificate = self._own(request, object_id)
        form = RevokeForm(request.POST if request.method == "POST" else None)
        if certificate.is_valid and not form.is_valid():
            return self._page(request, certificate, form)
        if certificate.is_valid:
            certificates.revoke(certificate=certificate, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
            self.log_change(request, certificate, _("Revoked: %(reason)s") % {"reason": certificate.reason})
            self.message_user(request, _("It is revoked. The learner sees your reason."), messages.SUCCESS)
        return redirect("admin:progress_certificate_change", certificate.pk)

    def restore_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        certificate = self._own(request, object_id)
        if request.method == "POST" and not certificate.is_valid:
            try:
                certificates.restore(certificate=certificate)
            except certificates.Replaced:
                message = _("The learner has claimed a new one by now. Revoke that one first, if this one is to hold.")
                self.message_user(request, message, messages.ERROR)
            else:
                self.log_change(request, certificate, str(_("Made valid again")))
                self.message_user(request, _("It is valid again."), messages.SUCCESS)
        return redirect("admin:progress_certificate_change", certificate.pk)

    def _own(self, request: HttpRequest, object_id: str) -> Certificate:
        """Raises Http404, also for a certificate of somebody else's course."""
        certificate: Certificate | None = self.get_object(request, unquote(object_id))
        if certificate is None or not may_author(request.user, certificate.course.collection):
            raise Http404
        return certificate

    def _page(self, request: HttpRequest, certificate: Certificate, form: RevokeForm) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(certificate),
            "certificate": certificate,
            "fallen_short": certificate.is_valid and bool(certificates.fallen_short([certificate])),
            "form": form,
        }
        return page(request, "admin/progress/certificate/change.html", context, form=form)
