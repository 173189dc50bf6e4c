"""Loading an export: tried first, then taken. Nothing in it is believed that can be reckoned here, and loading it again
changes nothing."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import DataUpload, KeptRecord, User
from accounts.my_data import Decision, Fate, Kind, Record, encode, kinds
from accounts.my_data.archive import Found, NotReadable, read

MOST_KEPT = 60_000_000
"""Characters, of all that is kept for one learner."""


@dataclass(frozen=True)
class Summary:
    """What became of how many records, by the names of their kinds."""

    decisions: Mapping[str, Counter[Decision]] = field(default_factory=dict)

    def count(self, kind: str, fate: Fate) -> int:
        return sum(count for decision, count in self.decisions[kind].items() if decision.fate == fate)

    def total(self, fate: Fate) -> int:
        return sum(self.count(kind, fate) for kind in self.decisions)

    @property
    def reasons(self) -> list[tuple[str, Decision, int]]:
        """Of what is kept or refused."""
        return [
            (kind, decision, count)
            for kind, found in self.decisions.items()
            for decision, count in sorted(found.items(), key=lambda one: one[0].why)
            if decision.why
        ]


@transaction.atomic
def keep(*, owner: User, archive: bytes, name: str) -> DataUpload:
    """In place of what the owner uploaded before. Raises NotReadable."""
    read(archive, name=name)
    DataUpload.objects.expired().delete()
    uploaded = {"archive": archive, "name": name[-200:], "kept_at": timezone.now()}
    return DataUpload.objects.update_or_create(owner=owner, defaults=uploaded)[0]


def rehearse(*, upload: DataUpload) -> Summary:
    """What taking it would do. Raises NotReadable."""
    found = read(bytes(upload.archive), name=upload.name)
    with transaction.atomic():
        summary = take(learner=upload.owner, found=found)
        transaction.set_rollback(True)
    return summary


@transaction.atomic
def take_upload(*, upload: DataUpload) -> Summary:
    """Raises NotReadable."""
    summary = take(learner=upload.owner, found=read(bytes(upload.archive), name=upload.name))
    upload.delete()
    return summary


@transaction.atomic
def take(*, learner: User, found: Found) -> Summary:
    """All records of a file, and those that were kept from earlier ones. Raises NotReadable for more than anybody
    could have learned."""
    learner = User.objects.select_for_update().get(pk=learner.pk)
    summary = Summary({kind.name: _take(learner, kind, found.get(kind.name, ())) for kind in kinds()})
    if (learner.kept_records.aggregate(size=Sum(Length("content")))["size"] or 0) > MOST_KEPT:
        raise NotReadable(gettext_noop("That is more than can be kept for you. Nothing was loaded."))
    return summary


def place_kept(*, learner: User) -> Summary:
    """What was kept, as far as what it belongs to is here by now."""
    return take(learner=learner, found={})


def _take(learner: User, kind: Kind, found: Iterable[Record]) -> Counter[Decision]:
    kept = {row.digest: row for row in learner.kept_records.filter(kind=kind.name)}
    known = [msgspec.json.decode(row.content, type=kind.record) for row in kept.values()]
    records = {encode(record): record for record in (*known, *found)}
    here = {encode(record) for record in kind.export(learner)} if records else set()
    decisions = {encode(record): Decision(Fate.HERE) for record in records.values()}
    rest = [record for raw, record in records.items() if raw not in here]
    decisions |= {encode(record): decision for record, decision in kind.take(learner, rest)}
    wanted = [raw for raw, decision in decisions.items() if decision.fate in {Fate.KEPT, Fate.REFUSED}]
    _keep(learner, kind, [raw for raw in wanted if decisions[raw].fate == Fate.KEPT or _digest(raw) in kept], kept)
    return Counter(decisions.values())


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _keep(learner: User, kind: Kind, wanted: Iterable[bytes], kept: Mapping[str, KeptRecord]) -> None:
    contents = {_digest(raw): raw.decode() for raw in wanted}
    KeptRecord.objects.filter(pk__in=[row.pk for digest, row in kept.items() if digest not in contents]).delete()
    KeptRecord.objects.bulk_create(
        KeptRecord(owner=learner, kind=kind.name, content=content, digest=digest)
        for digest, content in contents.items()
        if digest not in kept
    )


def hand_over(*, guest: User, account: User, **kwargs: Any) -> None:
    """What was kept for a guest is kept for the account."""
    known = set(account.kept_records.values_list("kind", "digest"))
    new = [row.pk for row in guest.kept_records.all() if (row.kind, row.digest) not in known]
    guest.kept_records.filter(pk__in=new).update(owner=account)
