from typing import Any

from django.contrib import admin
from django.db.models.functions import Length
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from progress import certificate_admin  # noqa: F401
from progress.models import Highlight, Note, Opinion, Reading
from sources.authoring import HistoryAdmin


@admin.register(Reading)
class ReadingAdmin(HistoryAdmin):
    collection_path = "lesson__course__collection"
    list_display = ["learner", "lesson", "read_at"]
    list_filter = ["lesson__course", "read_at"]
    list_select_related = ["learner", "lesson"]
    search_fields = ["learner__email", "learner__name", "lesson__title", "lesson__slug"]
    fields = ["learner", "lesson", "read_at"]
    ordering = ["-pk"]


@admin.register(Note)
class NoteAdmin(HistoryAdmin):
    """That there is a note and how long it is. What it says is the learner's own."""

    collection_path = "lesson__course__collection"
    list_display = ["learner", "lesson", "written_at", "length"]
    list_filter = ["lesson__course", "written_at"]
    list_select_related = ["learner", "lesson"]
    search_fields = ["learner__email", "learner__name", "lesson__title", "lesson__slug"]
    fields = ["learner", "lesson", "written_at", "length"]
    ordering = ["-pk"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(length=Length("text")).defer("text")

    @admin.display(description=_("characters"), ordering="length")
    def length(self, note: Note) -> int:
        return note.length  # type: ignore[attr-defined, no-any-return]


@admin.register(Highlight)
class HighlightAdmin(HistoryAdmin):
    """That somebody highlighted something in a lesson. Which words, and what they wrote on them, is their own."""

    collection_path = "lesson__course__collection"
    list_display = ["learner", "lesson", "made_at"]
    list_filter = ["lesson__course", "made_at"]
    list_select_related = ["learner", "lesson"]
    search_fields = ["learner__email", "learner__name", "lesson__title", "lesson__slug"]
    fields = ["learner", "lesson", "made_at"]
    ordering = ["-pk"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).only("learner", "lesson", "made_at")


@admin.register(Opinion)
class OpinionAdmin(HistoryAdmin):
    """That a learner has answered. Nobody is shown what: the course's page has the sums."""

    collection_path = "course__collection"
    list_display = ["learner", "course", "moment", "at"]
    list_filter = ["course", "moment", "at"]
    list_select_related = ["learner", "course"]
    search_fields = ["learner__email", "learner__name", "course__title", "course__slug"]
    fields = ["learner", "course", "moment", "at"]
    ordering = ["-pk"]
