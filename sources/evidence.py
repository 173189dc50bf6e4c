"""Claims as pages show them: with status, date and sources."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise

from sources.models import Claim


@dataclass(frozen=True)
class Reference:
    """A source as far as a page names it."""

    title: str
    publisher: str
    date: str
    url: str


@dataclass(frozen=True)
class Evidence:
    key: str
    text: str
    status: str
    label: str | Promise
    attributed_to: str
    as_of: str
    sources: list[Reference] = field(default_factory=list)


def evidence(collection_id: int, keys: Iterable[str]) -> dict[str, Evidence]:
    """By key, without those that no longer exist. One query; none for no keys."""
    keys = set(keys)
    if not keys:
        return {}
    claims = Claim.objects.filter(collection=collection_id, key__in=keys).order_by("key", "sources__key")
    sources = ("sources__title", "sources__publisher", "sources__date", "sources__url")
    found: dict[str, Evidence] = {}
    for key, text, status, speaker, as_of, *source in claims.values_list(
        "key", "text", "status", "attributed_to", "as_of", *sources
    ):
        one = found.setdefault(key, Evidence(key, text, status, Claim.Status(status).label, speaker, as_of))
        if source[0] is not None:
            one.sources.append(Reference(*source))
    return found
