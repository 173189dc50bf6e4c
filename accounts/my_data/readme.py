"""What the file says of itself. In English, whatever the reader's language: the same data give the same bytes."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct

from accounts.my_data import Kind

TOP = """\
# Your data

This is everything that the site holds on you, as files that people and programs can read.

- `*.json` hold all of it: a list for each kind of thing, one thing a line.
- `*.csv` hold the same as tables, as far as it fits into tables, for spreadsheets. Text that a spreadsheet would take
  for a formula has an apostrophe (') in front.
- `manifest.json` says which format this is.

You can load this file into your account on any site that runs Footnote, also as a guest: open “My data” there. What
belongs to a course that the site does not have is kept word for word, and goes into your next export from there.

Times are in UTC, as ISO 8601 writes them, to the microsecond; days are UTC days. Marks are decimal numbers in quotes.
A field that says nothing is `null`.

## What is not in here

- What you may not be told yet: the right answers to questions, and the marks of exams that hold them back. Make another
  export when the exam is closed. What courses and questions say is not in here either: that is not about you.
- Your password, of which the site has nothing but a digest, and the keys by which your browser stays signed in.
- What says something of this site and not of you, and would be another on the next one: when you last came and signed
  in, what you may do here, whether an address was confirmed here, which attempts came in such a file. The page “My
  data” shows it.
- What is forgotten within the hour: a course folder or an export that you uploaded and did not load, and which answer
  lies open before you if you mark answers.
"""


def readme(kinds: Sequence[Kind]) -> str:
    return "\n".join([TOP, *(line for kind in kinds for line in _of_kind(kind))])


def _of_kind(kind: Kind) -> Iterator[str]:
    tables = ", ".join(f"`{table.name}.csv`" for table in kind.tables)
    yield f"## `{kind.name}.json`" + (f", {tables}" if tables else "")
    yield ""
    yield kind.about
    yield ""
    yield from _fields(kind.record)
    yield ""


def _fields(record: type[Struct], indent: str = "") -> Iterator[str]:
    for name, hint in get_type_hints(record, include_extras=True).items():
        yield f"{indent}- `{name}` ({_said(hint)}): {' '.join(described(hint))}"
        for inner in _structs(hint):
            yield from _fields(inner, indent + "  ")


def described(hint: Any) -> list[str]:
    if get_origin(hint) is not Annotated:
        return []
    return [meta.description for meta in hint.__metadata__ if isinstance(meta, Meta) and meta.description]


def _said(hint: Any) -> str:
    """A type in words."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _said(args[0])
    if origin in {Union, UnionType}:
        return " or ".join(dict.fromkeys(_said(one) for one in args))
    if origin in {list, tuple}:
        return f"list of {_said(args[0])}"
    if origin is dict:
        return f"{_said(args[1])} by name"
    if isinstance(hint, type) and issubclass(hint, Struct):
        return "fields below"
    return _WORDS.get(hint, "one of " + ", ".join(f"`{one}`" for one in args) if args else str(hint))


_WORDS = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    datetime: "time",
    date: "day",
    Decimal: "decimal number in quotes",
    NoneType: "null",
}


def _structs(hint: Any) -> Iterable[type[Struct]]:
    if isinstance(hint, type) and issubclass(hint, Struct):
        return [hint]
    return [inner for one in get_args(hint) for inner in _structs(one)]
