import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from sources.authoring import AuthoringAdmin, ConditionFilter, LanguageForm, MemberForm, links, number, shortened
from sources.models import Claim, Collection, Source
from ui.templatetags.ui import partial_date

RECHECK_SOON = timedelta(days=30)


@admin.register(Collection)
class CollectionAdmin(AuthoringAdmin):
    form = LanguageForm
    list_display = [
        "title",
        "slug",
        "language",
        "sourced",
        number("sources", _("sources")),
        number("claims", _("claims")),
        number("questions", _("questions")),
    ]
    list_filter = ["sourced", "language"]
    search_fields = ["title", "slug"]
    fields = ["title", "slug", "language", "sourced"]
    counted = ("sources", "claims", "questions")
    lasting = ("slug",)


class SourceForm(MemberForm):
    def clean_date(self) -> str:
        text: str = self.cleaned_data["date"].strip()
        try:
            if text and not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
                raise ValueError
            date.fromisoformat(f"{text or '2000'}-01-01"[:10])
        except ValueError as error:
            raise forms.ValidationError(_("Write the date as 2025, 2025-06 or 2025-06-13.")) from error
        return text


@admin.register(Source)
class SourceAdmin(AuthoringAdmin):
    form = SourceForm
    list_display = [
        "key",
        shortened("title", _("title")),
        "publisher",
        "dated",
        number("claims", _("claims")),
        "collection",
        "retired",
    ]
    list_filter = ["collection", "retired"]
    list_select_related = ["collection"]
    search_fields = ["key", "title", "publisher", "url"]
    autocomplete_fields = ["collection"]
    readonly_fields = ["claims_on_it"]
    fields = ["collection", "key", "title", "publisher", "date", "url", "retired", "claims_on_it"]
    counted = ("claims",)

    @admin.display(description=_("date"), ordering="date")
    def dated(self, source: Source) -> str:
        return partial_date(source.date) or str(_("undated"))

    @admin.display(description=_("claims on it"))
    def claims_on_it(self, source: Source) -> SafeString:
        return links(source.claims.all() if source.pk else [])

    def uses(self, row: Source) -> Iterable[str]:
        return [_("Claim %(claim)s") % {"claim": claim} for claim in row.claims.all()]


class RecheckFilter(ConditionFilter):
    """By the date until which someone should look whether a claim still holds."""

    title = _("re-check")
    parameter_name = "recheck"

    def conditions(self) -> dict[str, Any]:
        today = timezone.localdate()
        soon = today + RECHECK_SOON
        return {
            "past": (_("The date has passed"), Q(recheck_by__lt=today)),
            "soon": (_("Within 30 days"), Q(recheck_by__range=(today, soon))),
            "later": (_("Later"), Q(recheck_by__gt=soon)),
            "never": (_("No date"), Q(recheck_by=None)),
        }


class ClaimForm(MemberForm):
    links = ("sources",)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("status") == Claim.Status.ATTRIBUTED and not cleaned.get("attributed_to"):
            self.add_error("attributed_to", _("Name who says so, or choose another status."))
        return cleaned


@admin.register(Claim)
class ClaimAdmin(AuthoringAdmin):
    form = ClaimForm
    list_display = [
        "key",
        shortened("text", _("text")),
        "status",
        "as_of",
        "recheck_by",
        number("sources", _("sources")),
        number("citations", _("citations")),
        "collection",
        "retired",
    ]
    list_filter = ["collection", "status", RecheckFilter, "retired"]
    list_select_related = ["collection"]
    search_fields = ["key", "text", "attributed_to"]
    autocomplete_fields = ["collection", "sources"]
    readonly_fields = ["passages", "questions_on_it"]
    fieldsets = [
        (None, {"fields": ["collection", "key", "text", "status", "attributed_to", "retired"]}),
        (
            _("Dates"),
            {
                "description": _("A claim is shown with its date, so that nobody takes it for the latest news."),
                "fields": ["as_of", "checked_on", "recheck_by"],
            },
        ),
        (_("Where it is known from"), {"fields": ["sources"]}),
        (_("What stands on it"), {"fields": ["passages", "questions_on_it"]}),
    ]
    counted = ("sources", "citations")

    @admin.display(description=_("passages"))
    def passages(self, claim: Claim) -> SafeString:
        return links(claim.citations.select_related("lesson", "claim") if claim.pk else [])

    @admin.display(description=_("questions"))
    def questions_on_it(self, claim: Claim) -> SafeString:
        return links(claim.questions.all() if claim.pk else [])

    def uses(self, row: Claim) -> Iterable[str]:
        """Passages that cite it are protected by the database already."""
        keys = {*row.questions.values_list("key", flat=True), *row.options.values_list("question__key", flat=True)}
        return [_("Question %(key)s") % {"key": key} for key in sorted(keys)]
