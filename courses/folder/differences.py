"""Where a folder and the admin say different things of one row: both texts, for somebody who has to choose."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from courses.folder.comparing import Edit
from courses.folder.schemas import plain
from quizzes.engine.differences.rewording import IN, OUT, Piece, pieces

MOST_LINES = 2_000
"""Of either text: beyond, the texts are compared as wholes."""


@dataclass(frozen=True)
class Hunk:
    """A stretch of lines that differ; what both say in the same words is marked as such."""

    admin: tuple[Piece, ...]
    folder: tuple[Piece, ...]


@dataclass(frozen=True)
class FieldDifference:
    field: str
    hunks: tuple[Hunk, ...]


def differences(edit: Edit) -> list[FieldDifference]:
    """Field by field; none where the row as a whole is gone or retired."""
    return [
        FieldDifference(
            name, tuple(_hunks(as_text(getattr(edit.stored.row, name)), as_text(getattr(edit.folder, name))))
        )
        for name in edit.fields
    ]


def as_text(value: Any) -> str:
    """Much as the folder has it, but with each text on a line of its own, however long."""
    return "" if value is None else "\n".join(_lines(plain(value)))


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            if isinstance(item, dict | list):
                yield f"{name}:"
                yield from (f"  {line}" for line in _lines(item))
            else:
                yield f"{name}: {item}"
    elif isinstance(value, list):
        for item in value:
            for number, line in enumerate(_lines(item)):
                yield f"  {line}" if number else f"- {line}"
    else:
        yield str(value)


def _hunks(admin: str, folder: str) -> Iterator[Hunk]:
    here, there = admin.splitlines(keepends=True), folder.splitlines(keepends=True)
    if max(len(here), len(there)) > MOST_LINES:
        yield _hunk(admin, folder)
        return
    for tag, start, end, start_there, end_there in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _hunk("".join(here[start:end]).rstrip("\n"), "".join(there[start_there:end_there]).rstrip("\n"))


def _hunk(admin: str, folder: str) -> Hunk:
    found = pieces(admin, folder)
    return Hunk(
        tuple(piece for piece in found if piece.state != IN), tuple(piece for piece in found if piece.state != OUT)
    )
