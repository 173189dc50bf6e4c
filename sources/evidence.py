"""Claims as pages show them: with status, date and sources."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from sources.models import Claim, Source


@dataclass(frozen=True)
class Evidence:
    key: str
    text: str
    status: str
    label: str | Promise
    attributed_to: str
    as_of: str
    sources: tuple[Source, ...]


def evidence(collection_id: int, keys: Iterable[str]) -> dict[str, Evidence]:
    """By key, without those that no longer exist. Two queries; none for no keys."""
    keys = set(keys)
    if not keys:
        return {}
    claims = Claim.objects.filter(collection=collection_id, key__in=keys).prefetch_related("sources")
    return {claim.key: of(claim) for claim in claims}


def of(claim: Claim) -> Evidence:
    return Evidence(
        key=claim.key,
        text=claim.text,
        status=claim.status,
        label=claim.get_status_display(),
        attributed_to=claim.attributed_to,
        as_of=claim.as_of,
        sources=tuple(claim.sources.all()),
    )
