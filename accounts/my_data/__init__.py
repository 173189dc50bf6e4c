"""Everything that is held on somebody, as a file that people and programs can read and that another site takes.

Each room says what it holds, kind by kind, and registers its kinds when it starts. A record is named by what it is
about (the slug of a course, the digest of an edition), never by a primary key, so it means the same everywhere.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Annotated, Any, Protocol

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_noop
from msgspec import Meta

from accounts.models import User

Time = Annotated[datetime, Meta(tz=True)]
Slug = Annotated[str, Meta(max_length=60)]
Small = Annotated[int, Meta(ge=0, le=32_767)]
Count = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Text = Annotated[str, Meta(max_length=100_000)]

SLACK = timedelta(hours=1)
"""By so much may the clock of another site be fast."""

Digest = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that is held. Its fields say what they are, in English, for whoever reads the file."""


class Fate(Enum):
    """What becomes of a record that is loaded."""

    TAKEN = "taken"
    HERE = "here"
    """It is here already, or what is here is newer."""
    KEPT = "kept"
    """It has no place here: kept word for word, and exported again."""
    REFUSED = "refused"
    """It contradicts what is here, or itself."""


@dataclass(frozen=True)
class Decision:
    """`why` is in English, marked for translation; it explains what is kept or refused."""

    fate: Fate
    why: str = ""


TAKEN, HERE = Decision(Fate.TAKEN), Decision(Fate.HERE)
NO_COURSE = Decision(Fate.KEPT, gettext_noop("What it belongs to is not on this site."))
FOR_INFORMATION = Decision(Fate.KEPT, gettext_noop("It tells what was done elsewhere. Nothing here follows from it."))
FROM_THE_FUTURE = Decision(Fate.REFUSED, gettext_noop("It says that it comes from the future."))


@dataclass(frozen=True)
class Table:
    """The same as rows, for spreadsheets; `name` is that of the file."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[Any], Iterable[Sequence[object]]]
    """Of one record."""


class Kind(Protocol):
    name: str
    """Of the file."""
    label: str
    """What pages call it, marked for translation."""
    about: str
    """What it holds, in English."""
    tables: Sequence[Table]

    @property
    def record(self) -> type[Record]: ...

    def export(self, learner: User) -> Iterable[Record]:
        """All that is held, as far as the learner may be told of it by now. In any order."""

    def take(self, learner: User, records: Sequence[Any]) -> Iterable[tuple[Any, Decision]]:
        """Makes rows of records that anybody may have written, and says of each what became of it. None of them is
        what `export` gives. The learner is locked."""


def table_of(name: str, record: type[Record]) -> Table:
    """A column for each field."""
    columns = record.__struct_fields__
    return Table(name, columns, lambda one: [[getattr(one, column) for column in columns]])


def is_future(at: datetime) -> bool:
    return at > timezone.now() + SLACK


def for_information(records: Sequence[Any]) -> Iterator[tuple[Any, Decision]]:
    """For kinds that nothing is made of."""
    return ((record, FOR_INFORMATION) for record in records)


_encoder = msgspec.json.Encoder(order="deterministic", decimal_format="string")


def encode(record: Record) -> bytes:
    """The same for equal records, on every installation."""
    return _encoder.encode(record)


_kinds: list[Kind] = []


def register(*kinds: Kind) -> None:
    """In the order in which they are to be loaded: what others hang on comes first."""
    known = {kind.name for kind in _kinds}
    _kinds.extend(kind for kind in kinds if kind.name not in known)


def kinds() -> Sequence[Kind]:
    return _kinds
