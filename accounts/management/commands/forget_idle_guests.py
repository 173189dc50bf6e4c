from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet

from accounts.models import User, today

BATCH = 500
"""Guests to a transaction, so that nobody who answers meanwhile waits for long."""


class Command(BaseCommand):
    help = "Deletes guests who gave no answer for some days, with all that they did. Accounts are never deleted."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=90, help="idle for more than this many days (default: 90)")
        parser.add_argument("--dry-run", action="store_true", help="only say how many")

    def handle(self, *args: Any, days: int, dry_run: bool, **options: Any) -> None:
        if days < 1:
            raise CommandError("--days must be at least 1.")
        idle = User.objects.idle_guests(before=today() - timedelta(days=days))
        count = idle.count() if dry_run else _delete(idle)
        verb = "Would forget" if dry_run else "Forgot"
        self.stdout.write(f"{verb} {count} {'guest' if count == 1 else 'guests'} idle for more than {days} days.")


def _delete(idle: QuerySet[User]) -> int:
    """How many were deleted. Who comes back meanwhile is no longer idle and stays."""
    count = 0
    while batch := list(idle.values_list("pk", flat=True)[:BATCH]):
        deleted = idle.filter(pk__in=batch).delete()[1]
        count += deleted.get(User._meta.label, 0)
    return count
