"""A course folder that comes as a zip: kept, tried, and taken."""

from django.db import transaction

from accounts.models import User
from courses.folder.archives import opened, unpack
from courses.folder.comparing import Edits
from courses.folder.loading import Summary, collection_for, load
from courses.models import Upload
from sources.permissions import may_author


class NotTheirs(Exception):
    """The course may not be changed, or no course may be added, by whoever uploaded the folder."""


class EditedMeanwhile(Exception):
    """What was edited in the admin is not what the dry run showed."""


def may_load(user: User, slug: str) -> bool:
    """A course that is there already, or that would be new."""
    collection = collection_for(slug)
    if collection is None:
        return user.has_perms(["courses.add_course", "sources.add_collection"])
    return user.has_perm("courses.change_course") and may_author(user, collection)


@transaction.atomic
def keep(*, owner: User, archive: bytes, name: str) -> Upload:
    """In place of what the owner uploaded before. Raises Refused, NotTheirs."""
    unpacked = unpack(archive, name=name)
    if not may_load(owner, unpacked.folder):
        raise NotTheirs
    Upload.objects.expired().delete()
    owner.uploads.all().delete()
    return Upload.objects.create(owner=owner, slug=unpacked.folder, name=name[-200:], archive=archive)


def rehearse(*, upload: Upload, edits: Edits) -> Summary:
    """What taking it would do. Raises Refused."""
    return _load(upload, edits, dry_run=True)


def take(*, upload: Upload, edits: Edits, seen: str) -> Summary:
    """Loads the folder as it was tried; `seen` is the fingerprint of the edits that the dry run showed. Raises Refused,
    EditedMeanwhile."""
    with transaction.atomic():
        summary = _load(upload, edits, dry_run=False)
        if summary.fingerprint != seen:
            raise EditedMeanwhile
        upload.delete()
    return summary


def _load(upload: Upload, edits: Edits, *, dry_run: bool) -> Summary:
    with opened(unpack(bytes(upload.archive), name=upload.name)) as folder:
        return load(folder, edits=edits, dry_run=dry_run, by=upload.owner)
