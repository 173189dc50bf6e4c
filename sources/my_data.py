"""What this room holds on somebody, and what it has against erasing them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from msgspec import Meta

from accounts.models import User
from accounts.my_data import Decision, Record, Slug, Table, for_information, table_of
from accounts.my_data.erasing import Hindrance, hindering


class Share(Record, frozen=True):
    collection: Annotated[Slug, Meta(description="what the course's sources and questions are called together")]
    title: Annotated[str, Meta(description="of it")]
    role: Annotated[Literal["owner", "teacher"], Meta(description="it belongs to you, or is shared with you")]


class Shares:
    name = "collections"
    label = gettext_noop("Courses that you write")
    about = "Courses that you write, if you teach. What they say is not about you: export it from the admin."
    record = Share
    tables: Sequence[Table] = (table_of("collections", Share),)

    def export(self, learner: User) -> Iterator[Share]:
        for slug, title in learner.collections.values_list("slug", "title"):
            yield Share(slug, title, "owner")
        for slug, title in learner.shared_collections.values_list("slug", "title"):
            yield Share(slug, title, "teacher")

    def take(self, learner: User, records: Sequence[Share]) -> Iterable[tuple[Share, Decision]]:
        """Who may write a course is decided here."""
        return for_information(records)


@hindering
def owns_courses(user: User) -> Iterator[Hindrance]:
    """Without an owner nobody but an administrator could change them."""
    for collection in user.collections.all():
        url = reverse("admin:sources_collection_change", args=[collection.pk]) if user.is_staff else ""
        message = _("The course collection “%(collection)s” belongs to you. Hand it over to somebody first.")
        yield Hindrance(message % {"collection": collection}, url, _("Choose whom"))
