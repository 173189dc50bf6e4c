from collections.abc import Iterable
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from courses.folder.comparing import Action, Edits
from courses.folder.faults import Refused
from courses.folder.loading import Summary, load

T = TypeVar("T")


class Command(BaseCommand):
    help = "Loads a course folder: all of it or nothing. What learners did is kept. See docs/course-folder.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", help="its name is the slug of the course")
        edits = parser.add_mutually_exclusive_group()
        edits.add_argument("--overwrite", action="store_true", help="let the folder win over edits in the admin")
        edits.add_argument("--keep", action="store_true", help="keep edits that the folder has changed too")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")

    def handle(self, *, folder: str, overwrite: bool, keep: bool, dry_run: bool, **options: Any) -> None:
        edits = Edits.OVERWRITE if overwrite else Edits.KEEP if keep else Edits.ASK
        try:
            summary = load(folder, edits=edits, dry_run=dry_run, track=progress)
        except Refused as refused:
            raise CommandError(f"Nothing was loaded; {refused.count} to mend:\n{refused}") from refused
        if options["verbosity"]:
            self.stdout.write(table(summary))
            if dry_run:
                self.stdout.write("A dry run: nothing was changed.")


def progress(items: Iterable[T], what: str) -> Iterable[T]:
    """A bar on a terminal, nothing elsewhere."""
    return tqdm(items, desc=what, disable=None, leave=False)  # type: ignore[no-any-return]


def table(summary: Summary) -> str:
    rows = [f"{'':10}" + "".join(f"{action:>9}" for action in Action)]
    for name, actions in summary.actions.items():
        rows.append(f"{name:10}" + "".join(f"{actions[action]:9}" for action in Action))
    return "\n".join([*rows, f"Editions published: {summary.editions}"])
