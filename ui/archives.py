"""Zip archives. Packing the same contents gives the same bytes. Reading trusts nothing that an archive says of itself:
names are looked at before anything is read, and what is read is counted and not what the archive declares.
"""

import re
import struct
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from stat import S_IFDIR, S_IFMT, S_IFREG
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

DEEPEST = 5
LONGEST_NAME = 200
MOST_TIMES = 100
"""So many times as large as the archive may its contents be, once they are larger than `HARMLESS`."""
HARMLESS = 1_000_000

EPOCH = (1980, 1, 1, 0, 0, 0)
UTF8, ENCRYPTED = 0x800, 0x1 | 0x40 | 0x2000
START, ENTRY = b"PK\x03\x04", b"PK\x01\x02"
ARCHIVES = (START, b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\xfd7zXZ\x00")
NESTED = re.compile(r"\.(zip|tar|t?gz|t?bz2?|t?xz|7z|rar|zst|jar)$", re.IGNORECASE)
BROKEN = (BadZipFile, EOFError, OSError, OverflowError, RuntimeError, ValueError, struct.error, zlib.error)
"""What zipfile raises on archives that are damaged, or made to break it."""


@dataclass(frozen=True)
class Limits:
    """In bytes: of an archive, of all that is in it, and of one file. `files` is how many it may hold."""

    archive: int
    contents: int
    file: int
    files: int


class Refused(Exception):
    """The archive is not read; `faults` are names with what is wrong there, in English."""

    def __init__(self, *faults: tuple[str, str]) -> None:
        self.faults = faults
        super().__init__("\n".join(f"{name}: {message}" for name, message in faults))


def pack(contents: Mapping[str, bytes], *, level: int = 9) -> bytes:
    packed = BytesIO()
    with writing(packed, level=level) as write:
        for name in sorted(contents):
            write(name, contents[name])
    return packed.getvalue()


@contextmanager
def writing(file: IO[bytes], *, level: int = 9) -> Iterator["Write"]:
    """Gives a function that adds a file to an archive."""
    with ZipFile(file, "w") as archive:
        yield Write(archive, level)


@dataclass(frozen=True)
class Write:
    archive: ZipFile
    level: int

    def __call__(self, name: str, content: bytes) -> None:
        entry = ZipInfo(name, EPOCH)
        entry.create_system, entry.external_attr = 3, (S_IFREG | 0o644) << 16
        self.archive.writestr(entry, content, ZIP_DEFLATED, self.level)


@dataclass(frozen=True)
class Archive:
    """One whose names and kinds of files are as they should be."""

    name: str
    size: int
    limits: Limits
    opened: ZipFile

    @property
    def files(self) -> list[str]:
        """Without what file managers add."""
        return [entry.filename for entry in self.opened.infolist() if not entry.is_dir() and not _is_clutter(entry)]

    def contents(self, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Raises Refused."""
        left = min(max(HARMLESS, MOST_TIMES * self.size), self.limits.contents)
        for name in names:
            with self.opened.open(name) as file:
                content = file.read(min(left, self.limits.file) + 1)
            left -= len(content)
            if left < 0:
                message = f"Its contents are more than {MOST_TIMES} times as large as it is, or too large."
                raise Refused((self.name, message))
            if len(content) != self.opened.getinfo(name).file_size:
                raise Refused((printable(name), "It has not the size that the archive says."))
            if content.startswith(ARCHIVES):
                raise Refused((printable(name), "It is an archive itself. Put its files into the folder."))
            yield name, content


@contextmanager
def reading(archive: bytes, *, name: str, limits: Limits) -> Iterator[Archive]:
    """`name` is the archive's. Raises Refused, also while its contents are read."""
    if len(archive) > limits.archive:
        raise Refused((name, f"It is larger than {_megabytes(limits.archive)}."))
    if not archive.startswith(START):
        raise Refused((name, "This is not a zip archive, or there is nothing in it."))
    if archive.count(ENTRY) > limits.files:
        raise Refused((name, f"It holds more than {limits.files} files."))
    try:
        with ZipFile(BytesIO(archive)) as opened:
            entries = opened.infolist()
            if faults := [*_faults(entries, limits), *_clashes(entries)]:
                raise Refused(*faults)
            yield Archive(name, len(archive), limits, opened)
    except UnicodeDecodeError as error:
        raise Refused((name, "A name in it is not UTF-8.")) from error
    except BROKEN as error:
        raise Refused((name, "It is damaged: it can not be read to its end. Make the archive anew.")) from error


def printable(name: str) -> str:
    shown = name if name.isprintable() else ascii(name)
    return shown if len(shown) <= LONGEST_NAME else f"{shown[:LONGEST_NAME]} ..."


def _faults(entries: Iterable[ZipInfo], limits: Limits) -> Iterator[tuple[str, str]]:
    declared = 0
    for entry in entries:
        declared += entry.file_size
        for message in (*_faults_of_name(entry), *_faults_of_kind(entry, limits)):
            yield printable(entry.orig_filename), message
    if declared > limits.contents:
        yield "The archive", f"Unpacked it would be larger than {_megabytes(limits.contents)}."


def _faults_of_name(entry: ZipInfo) -> Iterator[str]:
    """Of the name as it stands in the archive; zipfile cuts and changes some."""
    name = entry.orig_filename
    parts = name.removesuffix("/").split("/")
    if not (entry.flag_bits & UTF8 or name.isascii()):
        yield "Its name is not UTF-8."
    if not name.isprintable():
        yield "Its name has a character that can not be seen."
    if "\\" in name or ":" in name:
        yield "Its name has a backslash or a colon."
    if name.startswith("/"):
        yield "Its name starts at the root of a disk."
    elif ".." in parts:
        yield "Its name leads out of the folder."
    elif {"", "."} & set(parts):
        yield "Its name has an empty part."
    if len(parts) > DEEPEST:
        yield "It lies too deep in folders."
    if len(name.encode(errors="replace")) > LONGEST_NAME:
        yield "Its name is too long."


def _faults_of_kind(entry: ZipInfo, limits: Limits) -> Iterator[str]:
    if S_IFMT(entry.external_attr >> 16) not in {0, S_IFDIR if entry.is_dir() else S_IFREG}:
        yield "It is a link or a special file. Only plain files and folders are taken."
    if entry.flag_bits & ENCRYPTED:
        yield "It is encrypted. Make the archive without a password."
    if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        yield "It is compressed in an unusual way. Make the archive with the usual settings."
    if entry.file_size > limits.file:
        yield f"It is larger than {_megabytes(limits.file)}."
    if NESTED.search(entry.filename):
        yield "It is an archive itself. Put its files into the folder."


def _clashes(entries: Iterable[ZipInfo]) -> Iterator[tuple[str, str]]:
    """Names that some disks take for one, and files that would have to be folders too."""
    plain: set[str] = set()
    folders: set[str] = set()
    seen: set[str] = set()
    for entry in entries:
        name = unicodedata.normalize("NFC", entry.filename.removesuffix("/")).casefold()
        if name in seen:
            yield printable(entry.orig_filename), "There is another one of this name."
        seen.add(name)
        (folders if entry.is_dir() else plain).add(name)
        folders.update(str(parent) for parent in Path(name).parents)
    for name in sorted(plain & folders):
        yield printable(name), "There is a folder of this name too."


def _is_clutter(entry: ZipInfo) -> bool:
    first, *_rest = parts = entry.filename.split("/")
    return first == "__MACOSX" or any(part.startswith(".") for part in parts)


def _megabytes(size: int) -> str:
    return f"{size // 1_000_000} MB"
