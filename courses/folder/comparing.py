"""Three-way comparison, row by row: what the folder says, what the database says, what a load last said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from courses.folder.schemas import Row, digest
from courses.folder.stored import Stored


class Action(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    LEFT = "left"
    RETIRED = "retired"
    KEPT = "kept"
    """Edited in the admin, and not changed in the folder since."""


@dataclass(frozen=True)
class Conflict:
    """Edited in the admin and changed in the folder."""

    message: str


def compare(
    rows: Mapping[str, Row], stored: Mapping[str, Stored], *, overwrite: bool
) -> Iterator[tuple[str, Action | Conflict]]:
    """What is to be done with each row of a table. With `overwrite`, the folder wins."""
    for key, row in rows.items():
        found = stored.get(key)
        yield key, _arrives(row, found, overwrite) if found else Action.CREATED
    for key, found in stored.items():
        if key not in rows and found.digest:
            yield key, _departs(found, overwrite)


def _arrives(row: Row, found: Stored, overwrite: bool) -> Action | Conflict:
    same = found.row == row and not found.retired
    unchanged = digest(row) == found.digest
    if same and unchanged:
        return Action.LEFT
    if same or overwrite or not _is_edited(found):
        return Action.UPDATED
    if unchanged:
        return Action.KEPT
    return Conflict(_difference(row, found))


def _departs(found: Stored, overwrite: bool) -> Action | Conflict:
    if overwrite or found.retired or not _is_edited(found):
        return Action.RETIRED
    return Conflict("It is gone from the folder, and was edited in the admin since it was loaded.")


def _is_edited(found: Stored) -> bool:
    """Since a load. A row that is retired says nothing, and a load that retires one remembers nothing."""
    return found.digest != ("" if found.retired else digest(found.row))


def _difference(row: Row, found: Stored) -> str:
    if found.retired:
        return "It is changed here, and was retired in the admin since it was loaded."
    today, here = msgspec.structs.asdict(found.row), msgspec.structs.asdict(row)
    fields = ", ".join(name for name in here if here[name] != today[name])
    if not found.digest:
        return f"It is new here, and another with this name was made in the admin: {fields} differ."
    return f"It is changed here, and was edited in the admin since it was loaded: {fields} differ."
