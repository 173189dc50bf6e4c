"""Keys that are made of what somebody wrote."""

from typing import Any

from django.db.models import QuerySet
from django.utils.text import slugify

LONGEST = 40


def free_key(rows: QuerySet[Any], field: str, words: str, *, prefix: str) -> str:
    """A key that none of the rows has in its field. Words that begin with no Latin letter come after the prefix."""
    slug = slugify(words)[:LONGEST].strip("-")
    stem = slug if slug[:1].isalpha() else f"{prefix}-{slug}".strip("-")
    taken = set(rows.filter(**{f"{field}__startswith": stem}).values_list(field, flat=True))
    keys = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 2))]
    return next(key for key in keys if key not in taken)
