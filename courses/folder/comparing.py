"""Three-way comparison, row by row: what the folder says, what the database says, what a load last said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from msgspec.structs import asdict

from courses.folder.schemas import Row, digest
from courses.folder.stored import Stored


class Action(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    LEFT = "left"
    RETIRED = "retired"
    KEPT = "kept"
    """Edited in the admin."""


class Edits(StrEnum):
    """What becomes of rows that were edited in the admin since they were loaded."""

    ASK = "ask"
    """They are kept, unless the folder has changed them too: then the load is refused."""
    KEEP = "keep"
    OVERWRITE = "overwrite"


@dataclass(frozen=True)
class Edit:
    """A row that was edited in the admin since a load, or made there, and what the folder says of it: None where it is
    gone from the folder."""

    stored: Stored
    folder: Row | None

    @property
    def is_conflict(self) -> bool:
        """Whether the folder has changed it too."""
        return self.settled_digest != self.stored.digest

    @property
    def settled_digest(self) -> str:
        """Of what the folder says now. Once that is noted as loaded, keeping the row is settled."""
        return digest(self.folder) if self.folder else ""

    @property
    def fields(self) -> list[str]:
        """Those that differ; none where the row as a whole is gone or retired."""
        if self.folder is None or self.stored.retired:
            return []
        here, today = asdict(self.folder), asdict(self.stored.row)
        return [name for name in here if here[name] != today[name]]

    @property
    def message(self) -> str:
        differ = f"{', '.join(self.fields)} differ." if self.fields else ""
        if self.folder is None:
            return "It is gone from the folder, and was edited in the admin since it was loaded."
        if not self.stored.digest:
            return f"It is new here, and another with this name was made in the admin: {differ}"
        here = "It is changed here, and was" if self.is_conflict else "It was"
        if self.stored.retired:
            return f"{here} retired in the admin since it was loaded."
        return f"{here} edited in the admin since it was loaded: {differ}"


@dataclass(frozen=True)
class Decision:
    """What is to be done with a row, and the edit that it does away with or keeps, if there is one."""

    action: Action
    edit: Edit | None = None


def compare(
    rows: Mapping[str, Row], stored: Mapping[str, Stored], *, overwrite: bool
) -> Iterator[tuple[str, Decision]]:
    """For each row of a table. Edits are kept, unless the folder is to win."""
    for key, row in rows.items():
        found = stored.get(key)
        yield key, _arrives(row, found, overwrite) if found else Decision(Action.CREATED)
    for key, found in stored.items():
        if key not in rows and found.digest:
            yield key, _departs(found, overwrite)


def _arrives(row: Row, found: Stored, overwrite: bool) -> Decision:
    same = found.row == row and not found.retired
    if same and digest(row) == found.digest:
        return Decision(Action.LEFT)
    if same or not _is_edited(found):
        return Decision(Action.UPDATED)
    return Decision(Action.UPDATED if overwrite else Action.KEPT, Edit(found, row))


def _departs(found: Stored, overwrite: bool) -> Decision:
    if found.retired or not _is_edited(found):
        return Decision(Action.RETIRED)
    return Decision(Action.RETIRED if overwrite else Action.KEPT, Edit(found, None))


def _is_edited(found: Stored) -> bool:
    """Since a load. A row that is retired says nothing, and a load that retires one remembers nothing."""
    return found.digest != ("" if found.retired else digest(found.row))
