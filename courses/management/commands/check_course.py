from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from courses.folder.checking import KeyStatistics, reading_levels, statistics, total, untaught, warnings
from courses.folder.faults import Refused
from courses.folder.reading import read
from courses.folder.standards import breaches


class Command(BaseCommand):
    help = "Says what is wrong with a course folder, and what deserves a look. Reads only, and needs no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder")

    def handle(self, *, folder: str, **options: Any) -> None:
        try:
            reading = read(folder)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        found = sorted(warnings(reading, [path.name for path in Path(folder).iterdir()], timezone.localdate()))
        if found:
            self.stdout.write(f"Warnings: {len(found)}")
            self.stdout.write("\n".join(map(str, found)) + "\n")
        if numbers := statistics(reading):
            self.stdout.write(table(numbers))
        for what, level in reading_levels(reading).items():
            self.stdout.write(f"Reading level of the {what}: {level:.1f} years of schooling")
        if faults := [*reading.faults, *untaught(reading), *sorted(set(breaches(reading)))]:
            all_faults = Refused(faults)
            raise CommandError(f"{all_faults.count}:\n{all_faults}")
        self.stdout.write("No faults.")


def table(numbers: list[KeyStatistics]) -> str:
    """How far the look of single-choice options gives keys away."""
    places = range(max(place for each in numbers for place in each.places) + 1)
    heads = ["single choice", "questions", "key longest", *(f"key in {place + 1}" for place in places), "options each"]
    rows = [
        [
            each.lesson,
            str(each.questions),
            f"{each.longest_share:.0%}",
            *(str(each.places[place]) for place in places),
            f"{each.options_each:.1f}",
        ]
        for each in [*numbers, total(numbers)]
    ]
    first = max(len(row[0]) for row in [heads, *rows])
    return "\n".join(
        row[0].ljust(first) + "".join(cell.rjust(len(head) + 2) for head, cell in zip(heads[1:], row[1:], strict=True))
        for row in [heads, *rows]
    )
