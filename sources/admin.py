import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sources.authoring import (
    AuthoringAdmin,
    ConditionFilter,
    links,
    number,
    shortened,
)
from sources.authoring_forms import LanguageForm, MemberForm, ProseField
from sources.models import Claim, Collection, Source
from sources.reviewing import note_saved
from ui.templatetags.ui import partial_date

RECHECK_SOON = timedelta(days=30)


class TeachersField(ProseField):
    """Teachers by the addresses that they sign in with, one on each line: teachers are shown no list of accounts."""

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(str(user.email) for user in value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        addresses = self._addresses(super().clean(value))
        found = {user.email: user for user in User.objects.filter(email__in=addresses, is_staff=True, is_active=True)}
        if unknown := ", ".join(sorted(addresses - found.keys())):
            message = _("No teacher signs in with this: %(addresses)s. Write one whole address on each line.")
            raise forms.ValidationError(message % {"addresses": unknown})
        return list(found.values())

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = {user.email for user in initial or ()}
        return before != self._addresses(data or "")

    def _addresses(self, text: str) -> set[str]:
        return {User.objects.normalize_email(line) for line in text.splitlines()} - {""}


class CollectionForm(LanguageForm):
    teachers = TeachersField(
        label=_("Shared with"),
        required=False,
        help_text=_("Teachers who may edit it like you, by the addresses they sign in with: one on each line."),
    )


@admin.register(Collection)
class CollectionAdmin(AuthoringAdmin):
    """Whom it belongs to is for administrators to say, with whom it is shared for its owner too."""

    list_help = _(
        "A collection holds the sources, claims, questions and quizzes of one course. Whoever may edit it may edit"
        " them all."
    )
    help_texts = {
        "title": _("As teachers find it."),
        "slug": _("The end of its address. It stays as it is saved."),
    }
    form = CollectionForm
    collection_path = "pk"
    list_display = [
        "title",
        "slug",
        "language",
        "sourced",
        "belongs_to",
        number("sources", _("sources")),
        number("claims", _("claims")),
        number("questions", _("questions")),
    ]
    list_filter = ["sourced", "language"]
    list_select_related = ["owner"]
    search_fields = ["title", "slug"]
    autocomplete_fields = ["owner"]
    counted = ("sources", "claims", "questions")
    lasting = ("slug",)

    def get_fieldsets(self, request: HttpRequest, obj: Collection | None = None) -> Any:
        owner = "owner" if request.user.is_superuser else "belongs_to"
        return [
            (None, {"fields": ["title", "slug", "language", "sourced"]}),
            (_("Who may edit it, and its course"), {"fields": [owner, "open_to_teachers", "teachers"]}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Collection | None = None) -> list[Any]:
        fields = [*super().get_readonly_fields(request, obj), "belongs_to"]
        may_share = obj is None or request.user.is_superuser or obj.owner_id == request.user.pk
        return fields if may_share else [*fields, "open_to_teachers", "teachers"]

    def save_model(self, request: HttpRequest, obj: Collection, form: Any, change: bool) -> None:
        if not change and obj.owner is None:
            obj.owner = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)

    @admin.display(description=_("belongs to"), ordering="owner__name")
    def belongs_to(self, collection: Collection) -> str:
        if collection._state.adding:
            return str(_("you"))
        return str(collection.owner or _("nobody"))


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
    list_help = _("Sources are what claims are known from. Each is written once and cited by its key.")
    help_texts = {
        "key": _("What texts and course folders know it by. It stays as it is saved."),
        "title": _("As it stands on the source."),
        "publisher": _("Who answers for it: a newspaper, an institute, an author."),
        "url": _("Where readers find it."),
    }
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
            "changed": (_("Changed, and not confirmed"), Q(changed_at__isnull=False)),
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
    list_help = _(
        "Claims are the statements that lessons and questions stand on. One that was changed or is past its "
        "re-check date is in doubt until you confirm it."
    )
    help_texts = {
        "key": _("What texts and course folders know it by. It stays as it is saved."),
        "text": _("One statement, in a sentence that is true or false by itself."),
        "checked_on": _("When somebody last compared it with its sources."),
        "recheck_by": _("After this day it is in doubt until somebody confirms it. Left empty: never."),
        "sources": _("Where it is known from; one or more."),
    }
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
    readonly_fields = ["doubt", "passages", "questions_on_it"]
    fieldsets = [
        (None, {"fields": ["collection", "key", "text", "status", "attributed_to", "retired"]}),
        (
            _("Dates"),
            {
                "description": _("A claim is shown with its date, so that nobody takes it for the latest news."),
                "fields": ["as_of", "checked_on", "recheck_by", "doubt"],
            },
        ),
        (_("Where it is known from"), {"fields": ["sources"]}),
        (_("What stands on it"), {"fields": ["passages", "questions_on_it"]}),
    ]
    counted = ("sources", "citations")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if change:
            note_saved(claim=form.instance, fields=form.changed_data)

    def tell(self, request: HttpRequest, row: Claim) -> None:
        """What follows for what stands on it."""
        if row.changed_at and (row.citations.exists() or any(self.uses(row))):
            told = _("Questions and passages on this claim need review as long as it is not confirmed.")
            link = format_html('<a href="{}">{}</a>', reverse("admin:courses_needs_review"), _("Look at them"))
            self.message_user(request, format_html("{} {}", told, link), messages.WARNING)

    @admin.display(description=_("in doubt"))
    def doubt(self, claim: Claim) -> SafeString | str:
        today = timezone.localdate()
        if not (claim.changed_at or claim.is_overdue(today)):
            return str(_("No."))
        why = render_to_string(
            "admin/sources/_why_in_doubt.html", {"claim": claim, "is_overdue": claim.is_overdue(today)}
        )
        return format_html(
            '{} <a href="{}">{}</a>', why, reverse("admin:courses_needs_review"), _("Look at what stands on it")
        )

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
