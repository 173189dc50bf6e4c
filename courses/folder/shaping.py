"""From plain data to rows, with every fault in the author's words and not only the first."""

from collections.abc import Iterator
from difflib import get_close_matches
from types import UnionType
from typing import Any, Union, get_args, get_origin

import msgspec

from courses.folder.data import Data, Path
from courses.folder.entries import Entry, R
from courses.folder.faults import Fault

MUCH = 60


def shape(data: Data, kind: type[R], faults: list[Fault]) -> Entry[R] | None:
    """The one row that a file holds."""
    found = list(_problems(data.value, kind, "This"))
    faults += [Fault(data.file, data.line(path), message) for path, message in found]
    return None if found else Entry(msgspec.convert(data.value, kind, strict=False), data)


def shape_rows(data: Data, kind: type[R], name: str, faults: list[Fault]) -> Iterator[tuple[str, int, Entry[R] | None]]:
    """Each row of a file that holds a list: its key, its place in the list, and the row unless it is broken."""
    if not isinstance(data.value, list):
        faults.append(Fault(data.file, data.line(), "This file must be a list; each entry starts with `- `."))
        return
    for index, value in enumerate(data.value):
        key = value.get(name, "") if isinstance(value, dict) else ""
        yield key if isinstance(key, str) else "", index, _shape_row(data, index, kind, faults)


def _shape_row(data: Data, index: int, kind: type[R], faults: list[Fault]) -> Entry[R] | None:
    try:
        return Entry(msgspec.convert(data.value[index], kind, strict=False), data, (index,))
    except msgspec.ValidationError:
        found = _problems(data.value[index], kind, f"This {kind.__name__.lower()}")
        faults += [Fault(data.file, data.line((index, *path)), message) for path, message in found]
        return None


def _problems(value: Any, kind: Any, name: str) -> Iterator[tuple[Path, str]]:
    """msgspec stops at the first error, so each field is tried for itself."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield from _problems_of_struct(value, kind, name)
    elif get_origin(kind) in (UnionType, Union):
        yield from _problems(value, get_args(kind)[0], name)
    elif get_origin(kind) is tuple:
        yield from _problems_of_list(value, get_args(kind)[0], name)
    elif (message := _problem_of_leaf(value, kind, name)) is not None:
        yield (), message


def _problems_of_struct(value: Any, kind: type[msgspec.Struct], name: str) -> Iterator[tuple[Path, str]]:
    if not isinstance(value, dict):
        yield (), f"{name} must have fields such as `{kind.__struct_fields__[0]}: ...`, but is {_what(value)}."
        return
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    for unknown in value.keys() - fields.keys():
        yield (unknown,), _unknown(unknown, list(fields))
    for field_name, field in fields.items():
        if field_name in value:
            for path, message in _problems(value[field_name], field.type, field_name):
                yield (field_name, *path), message
        elif field.required:
            yield (), f"{field_name} is missing."


def _problems_of_list(value: Any, kind: Any, name: str) -> Iterator[tuple[Path, str]]:
    if not isinstance(value, list):
        yield (), f"{name} must be a list such as [a, b], but is {_what(value)}."
        return
    for index, item in enumerate(value):
        for path, message in _problems(item, kind, f"an entry of {name}"):
            yield (index, *path), message


def _problem_of_leaf(value: Any, kind: Any, name: str) -> str | None:
    try:
        msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError:
        meta = next(meta for meta in get_args(kind) if isinstance(meta, msgspec.Meta))
        if not isinstance(value, str):
            return f"{name} must be {meta.description}, but is {_what(value)}."
        if value == "" and meta.min_length:
            return f"{name} is empty."
        if meta.max_length and len(value) > meta.max_length:
            return f"{name} has {len(value)} characters; at most {meta.max_length} fit."
        return f'{name} is "{value if len(value) <= MUCH else value[:MUCH] + "..."}"; it must be {meta.description}.'
    return None


def _unknown(name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, n=1)
    return f'There is no field "{name}". ' + (
        f'Is it "{close[0]}"?' if close else f"The fields are {', '.join(known)}."
    )


def _what(value: Any) -> str:
    return (
        "fields" if isinstance(value, dict) else "a list" if isinstance(value, list) else "text" if value else "nothing"
    )
