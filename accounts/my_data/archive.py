"""The file: a zip with a README, a manifest, one JSON file for each kind of record, and tables.

The same records give the same bytes, whenever and wherever they are written: there is no date of the export, and
records stand in the order of their texts.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from io import StringIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any

import msgspec
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.my_data import Kind, Record, Table, encode, kinds
from accounts.my_data.readme import readme
from ui import archives

FORMAT, NUMBER = "footnote-my-data", 1
"""The number grows with the first change that an older installation could not read."""

FOLDER, MANIFEST = "my-data", "manifest.json"
LIMITS = archives.Limits(archive=20_000_000, contents=120_000_000, file=90_000_000, files=100)
IN_MEMORY = 4_000_000
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
"""What lies outside is no time at which somebody learned something."""


class NotReadable(Exception):
    """The file is not taken. `message` is in English, marked for translation; `name` is what of it that is about."""

    def __init__(self, message: str, name: str = "") -> None:
        self.message, self.name = message, name
        super().__init__(f"{name}: {message}" if name else message)


class Manifest(msgspec.Struct, frozen=True):
    format: str
    number: int


Found = Mapping[str, Sequence[Record]]
"""Records by the names of their kinds."""


def write(learner: User) -> IO[bytes]:
    """At its start, ready to be read."""
    file: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (whoever asked for it closes it)
    with archives.writing(file, level=6) as add:
        add(f"{FOLDER}/README.md", readme(kinds()).encode())
        add(f"{FOLDER}/{MANIFEST}", msgspec.json.encode(Manifest(FORMAT, NUMBER)) + b"\n")
        for kind in kinds():
            records = _records(learner, kind)
            lines = b",\n".join(sorted(records))
            add(f"{FOLDER}/{kind.name}.json", b"[\n%b\n]\n" % lines if lines else b"[]\n")
            for table in kind.tables:
                add(f"{FOLDER}/{table.name}.csv", _csv(table, (records[raw] for raw in sorted(records))))
    file.seek(0)
    return file


def _records(learner: User, kind: Kind) -> dict[bytes, Record]:
    """By their texts: what is here, and what is only kept here."""
    records = {encode(record): record for record in kind.export(learner)}
    for content in learner.kept_records.filter(kind=kind.name).values_list("content", flat=True):
        raw = content.encode()
        records[raw] = msgspec.json.decode(raw, type=kind.record)
    return records


def _csv(table: Table, records: Iterable[Record]) -> bytes:
    file = StringIO()
    rows = csv.writer(file, lineterminator="\r\n")
    rows.writerow(table.columns)
    for record in records:
        rows.writerows(map(_cell, row) for row in table.rows(record))
    return file.getvalue().encode()


def _cell(value: object) -> object:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, str):
        return f"'{value}" if value.lstrip()[:1] in {"=", "+", "-", "@"} or value[:1] in {"\t", "\r", "\n"} else value
    return value


def read(archive: bytes, *, name: str) -> Found:
    """What a file says that anybody may have written. Raises NotReadable."""
    wanted = {f"{FOLDER}/{kind.name}.json": kind for kind in kinds()}
    manifest = f"{FOLDER}/{MANIFEST}"
    try:
        with archives.reading(archive, name=name, limits=LIMITS) as found:
            files = found.files
            if manifest not in files:
                raise NotReadable(gettext_noop("This is not an export of one's data from a site like this one."))
            if strange := [one for one in files if one.endswith(".json") and one not in {manifest, *wanted}]:
                message = gettext_noop("This site does not know what this file holds. It may come from a newer one.")
                raise NotReadable(message, archives.printable(strange[0]))
            contents = dict(found.contents([manifest, *(one for one in wanted if one in files)]))
    except archives.Refused as refused:
        about, message = refused.faults[0]
        raise NotReadable(message, about) from refused
    _check(contents.pop(manifest))
    return {wanted[file].name: _decoded(wanted[file], content) for file, content in contents.items()}


def _check(manifest: bytes) -> None:
    try:
        said = msgspec.json.decode(manifest, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotReadable(gettext_noop("This can not be read."), MANIFEST) from error
    if said.format != FORMAT:
        raise NotReadable(gettext_noop("This is not an export of one's data from a site like this one."))
    if said.number != NUMBER:
        raise NotReadable(gettext_noop("This export has another format. Make a new one where it comes from."))


def _decoded(kind: Kind, content: bytes) -> Sequence[Record]:
    file = f"{kind.name}.json"
    try:
        records: list[Record] = msgspec.json.decode(content, type=list[kind.record])  # type: ignore[name-defined]
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotReadable(str(error), file) from error
    if b"\\u0000" in content:
        raise NotReadable(gettext_noop("Some text in it has a character that can not be stored."), file)
    if not all(map(_is_timely, records)):
        raise NotReadable(gettext_noop("Some time in it can not be right."), file)
    return records


def _is_timely(value: Any) -> bool:
    """Whether every time in it is in a year that this site could have seen."""
    if isinstance(value, datetime):
        return EARLIEST.year <= value.year < LATEST.year
    if isinstance(value, date):
        return EARLIEST <= value < LATEST
    if isinstance(value, msgspec.Struct):
        return all(_is_timely(getattr(value, name)) for name in value.__struct_fields__)
    return all(map(_is_timely, value)) if isinstance(value, list | tuple) else True
