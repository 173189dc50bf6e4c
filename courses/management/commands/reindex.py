from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from courses.models import Course, SearchEntry
from courses.search.indexing import rebuild


class Command(BaseCommand):
    help = "Makes the search index anew. It keeps itself right; this is for after its rules were changed."

    def handle(self, **options: Any) -> None:
        with transaction.atomic():
            SearchEntry.objects.all().delete()
            for course in Course.objects.order_by("pk"):
                rebuild(course)
        self.stdout.write(f"Places that a search may lead to: {SearchEntry.objects.count()}.")
