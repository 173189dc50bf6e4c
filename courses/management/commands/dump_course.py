from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.folder.dumping import dump
from courses.folder.faults import Refused
from courses.models import Course


class Command(BaseCommand):
    help = "Writes a course as a folder, which load_course reads. See docs/course-folder.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="of the course")
        parser.add_argument("folder", help="made if it is not there; its name is the slug the course is loaded under")
        parser.add_argument("--force", action="store_true", help="write over a course that lies in the folder")

    def handle(self, *, slug: str, folder: str, force: bool, **options: Any) -> None:
        course = Course.objects.filter(slug=slug).select_related("collection").first()
        if not course:
            slugs = ", ".join(Course.objects.order_by("slug").values_list("slug", flat=True)) or "none at all"
            raise CommandError(f'There is no course "{slug}". Courses: {slugs}.')
        try:
            result = dump(course, folder, force=force)
        except Refused as refused:
            raise CommandError(f"Nothing was written.\n{refused}") from refused
        self.stdout.write(f"{len(result.written)} files written to {folder}.")
        if result.removed:
            self.stdout.write(f"Removed, since nothing is in them any more: {', '.join(result.removed)}.")
        if result.foreign:
            self.stdout.write(f"Left, since they are not of this course: {', '.join(result.foreign)}.")
        if result.faults:
            self.stderr.write("load_course will not take this folder as it is:")
            self.stderr.write("\n".join(map(str, result.faults)))
