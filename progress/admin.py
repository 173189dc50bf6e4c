from django.contrib import admin

from progress.models import Reading
from sources.authoring import HistoryAdmin


@admin.register(Reading)
class ReadingAdmin(HistoryAdmin):
    list_display = ["learner", "lesson", "read_at"]
    list_filter = ["lesson__course", "read_at"]
    list_select_related = ["learner", "lesson"]
    search_fields = ["learner__email", "learner__name", "lesson__title", "lesson__slug"]
    fields = ["learner", "lesson", "read_at"]
    ordering = ["-pk"]
