"""What this room holds on somebody."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_noop
from msgspec import Meta

from accounts import preferences
from accounts.models import Preferences, User
from accounts.my_data import (
    FROM_THE_FUTURE,
    HERE,
    TAKEN,
    Decision,
    Fate,
    Record,
    Table,
    Time,
    for_information,
    is_future,
    table_of,
)


class Account(Record, frozen=True):
    joined_at: Annotated[Time, Meta(description="when you came")]
    email: Annotated[str | None, Meta(description="the address you sign in with; null for a guest")]
    name: Annotated[str, Meta(description="as you gave it")]
    other_addresses: Annotated[tuple[str, ...], Meta(description="those that you are about to change to")]


class Accounts:
    name = "account"
    label = gettext_noop("Account")
    about = "Who you are here. More than one, if you loaded an export of an account with another address."
    record = Account
    tables: Sequence[Table] = ()

    def export(self, learner: User) -> Iterator[Account]:
        others = EmailAddress.objects.filter(user=learner).exclude(email=learner.email or "")
        addresses = tuple(others.order_by("email").values_list("email", flat=True))
        yield Account(learner.joined_at, learner.email, learner.name, addresses)

    def take(self, learner: User, records: Sequence[Account]) -> Iterator[tuple[Account, Decision]]:
        """No address is ever taken from a file."""
        for record in records:
            if record.email not in {None, learner.email}:
                yield record, ANOTHER_ADDRESS
                continue
            learner.joined_at = min(learner.joined_at, record.joined_at)
            longest = User._meta.get_field("name").max_length
            learner.name = learner.name or ("" if learner.is_guest else record.name[:longest])
            learner.save(update_fields=["joined_at", "name"])
            yield record, TAKEN if record in self.export(learner) else HERE


ANOTHER_ADDRESS = Decision(Fate.KEPT, gettext_noop("It is about another address. Yours here stays as it is."))


class Choices(Record, frozen=True):
    changed_at: Annotated[Time, Meta(description="when you chose")]
    theme: Annotated[str, Meta(description="light or dark; empty: as the device has it")]
    size: Annotated[str, Meta(description="of the text: small, large or largest; empty: medium")]
    font: Annotated[str, Meta(description="for reading: sans or easy; empty: with serifs")]
    motion: Annotated[str, Meta(description="none, or empty: as the device has it")]
    shortcuts: Annotated[bool, Meta(description="whether single keys do something")]
    language: Annotated[str, Meta(description="of the pages; empty: as the browser asks for")]
    time_zone: Annotated[str, Meta(description="that times are shown in; empty: the site's")]


class Preferred:
    name = "preferences"
    label = gettext_noop("Preferences")
    about = "How you want pages to be, if you ever chose."
    record = Choices
    tables: Sequence[Table] = ()

    def export(self, learner: User) -> Iterator[Choices]:
        for row in Preferences.objects.filter(user=learner):
            yield Choices(row.changed_at, *(getattr(row, name) for name in Choices.__struct_fields__[1:]))

    def take(self, learner: User, records: Sequence[Choices]) -> Iterator[tuple[Choices, Decision]]:
        """As those of a guest who becomes part of an account."""
        for record in sorted(records, key=lambda one: one.changed_at):
            chosen = Preferences(user=learner, taken_over=True)
            for name in Choices.__struct_fields__:
                setattr(chosen, name, getattr(record, name))
            try:
                chosen.clean_fields()
            except ValidationError:
                yield record, NOT_OFFERED
                continue
            if is_future(record.changed_at):
                yield record, FROM_THE_FUTURE
            else:
                yield record, TAKEN if preferences.join(account=learner, other=chosen) else HERE


NOT_OFFERED = Decision(Fate.REFUSED, gettext_noop("It chooses what can not be chosen here."))


class Deed(Record, frozen=True):
    at: Annotated[Time, Meta(description="when")]
    did: Annotated[str, Meta(description="added, changed or deleted")]
    what: Annotated[str, Meta(description="the kind of thing")]
    which: Annotated[str, Meta(description="its name; empty where it was about another person")]
    message: Annotated[str, Meta(description="what was noted about it, as the admin stores it; empty likewise")]


class Deeds:
    """Of those who teach. What names others is theirs."""

    name = "admin_log"
    label = gettext_noop("Work in the admin")
    about = "What you did in the admin, if you teach."
    record = Deed
    tables: Sequence[Table] = (table_of("admin_log", Deed),)

    def export(self, learner: User) -> Iterator[Deed]:
        for entry in LogEntry.objects.filter(user=learner).select_related("content_type"):
            kind = entry.content_type
            what = f"{kind.app_label}.{kind.model}" if kind else ""
            is_theirs = what in NAMING_OTHERS
            which, message = ("", "") if is_theirs else (entry.object_repr, entry.change_message)
            yield Deed(entry.action_time, _DID.get(entry.action_flag, ""), what, which, message)

    def take(self, learner: User, records: Sequence[Deed]) -> Iterable[tuple[Deed, Decision]]:
        return for_information(records)


NAMING_OTHERS = {"accounts.user", "account.emailaddress", "quizzes.allowance", "progress.certificate"}
_DID = {1: "added", 2: "changed", 3: "deleted"}
