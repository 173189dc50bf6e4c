"""Claims that come into doubt, and what stands on them.

A claim is in doubt once it was changed or its re-check date has passed. Whatever stands on it and was not looked at
since needs review. That follows from three moments: when the claim was changed, until when it was to be checked again,
and when the other thing was last reviewed.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from sources.models import Claim

Within = Iterable[int] | QuerySet[Any]
"""Collections, by their primary keys or as a query."""

CONTENT = {"text", "status", "attributed_to", "as_of", "sources", "retired"}
DATES = {"checked_on", "recheck_by"}


def doubted(today: date, *, within: Within, since: str) -> Q:
    """Of rows with a `claim` of some collections, and a moment, which may be a related row's: those whose claim came
    into doubt after it."""
    overdue = Q(claim__recheck_by__lt=today) & Q(**{f"{since}__date__lte": F("claim__recheck_by")})
    changed = Q(claim__changed_at__gt=F(since))
    # What is about claims alone comes first, so that a database begins with the few that are in doubt.
    in_doubt = Q(claim__recheck_by__lt=today) | Q(claim__changed_at__isnull=False)
    return Q(claim__collection__in=within) & in_doubt & (overdue | changed)


def note_saved(*, claim: Claim, fields: Iterable[str]) -> None:
    """After some fields of a claim were changed. New content puts it in doubt; new dates alone confirm it."""
    fields = set(fields)
    if CONTENT & fields:
        claim.changed_at = timezone.now()
    elif DATES & fields:
        claim.changed_at = None
    else:
        return
    claim.save(update_fields=["changed_at"])
