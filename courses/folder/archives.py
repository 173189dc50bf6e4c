"""A course folder as a zip archive.

Packing the same texts gives the same bytes. Unpacking trusts nothing that an archive says of itself: names are looked
at before anything is read, what is read is counted and not what the archive declares, and only then is it written, as
plain files in a new folder.
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
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from courses.folder import files
from courses.folder.faults import Fault, Refused

LARGEST = 20_000_000
"""Bytes, of an archive and of all that is in it."""
MOST_FILES = 2_000
MOST_TIMES = 100
"""So many times as large as the archive may its contents be, once they are larger than `HARMLESS`."""
HARMLESS = 1_000_000
DEEPEST = 5
LONGEST_NAME = 200

MARKER = "course.yaml"
EPOCH = (1980, 1, 1, 0, 0, 0)
UTF8, ENCRYPTED = 0x800, 0x1 | 0x40 | 0x2000
START, ENTRY = b"PK\x03\x04", b"PK\x01\x02"
ARCHIVES = (START, b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\xfd7zXZ\x00")
NESTED = re.compile(r"\.(zip|tar|t?gz|t?bz2?|t?xz|7z|rar|zst|jar)$", re.IGNORECASE)
BROKEN = (BadZipFile, EOFError, OSError, OverflowError, RuntimeError, ValueError, struct.error, zlib.error)
"""What zipfile raises on archives that are damaged, or made to break it."""


def pack(folder: str, texts: Mapping[str, str]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name in sorted(texts):
            entry = ZipInfo(f"{folder}/{name}", EPOCH)
            entry.create_system, entry.external_attr = 3, (S_IFREG | 0o644) << 16
            archive.writestr(entry, texts[name].encode(), ZIP_DEFLATED, 9)
    return packed.getvalue()


@dataclass(frozen=True)
class Unpacked:
    """The folder's name, and its files by their names in it."""

    folder: str
    files: Mapping[str, bytes]


@contextmanager
def opened(unpacked: Unpacked) -> Iterator[Path]:
    """The folder on disk, for as long as it is looked at."""
    with TemporaryDirectory(prefix="footnote-") as place:
        root = Path(place) / unpacked.folder
        for name, content in unpacked.files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        yield root


def unpack(archive: bytes, *, name: str) -> Unpacked:
    """`name` is the archive's: its folder's too, where the files lie at the top. Raises Refused."""
    if len(archive) > LARGEST:
        raise _refused(name, f"It is larger than {_megabytes(LARGEST)}.")
    if not archive.startswith(START):
        raise _refused(name, "This is not a zip archive, or there is nothing in it.")
    if archive.count(ENTRY) > MOST_FILES:
        raise _refused(name, f"It holds more than {MOST_FILES} files.")
    try:
        with ZipFile(BytesIO(archive)) as opened_archive:
            return _unpack(opened_archive, name, len(archive))
    except UnicodeDecodeError as error:
        raise _refused(name, "A name in it is not UTF-8.") from error
    except BROKEN as error:
        raise _refused(name, "It is damaged: it can not be read to its end. Make the archive anew.") from error


def _unpack(archive: ZipFile, name: str, size: int) -> Unpacked:
    entries = archive.infolist()
    if faults := [*_faults(entries), *_clashes(entries)]:
        raise Refused(faults)
    wanted = {entry.filename: entry for entry in entries if not entry.is_dir() and not _is_clutter(entry.filename)}
    folder, prefix = _folder_of(wanted, name)
    files.refuse_other_than_slug(folder)
    contents = _contents(archive, wanted.values(), name, max(HARMLESS, MOST_TIMES * size))
    return Unpacked(folder, {file.removeprefix(prefix): content for file, content in contents})


def _faults(entries: Iterable[ZipInfo]) -> Iterator[Fault]:
    declared = 0
    for entry in entries:
        declared += entry.file_size
        for message in (*_faults_of_name(entry), *_faults_of_kind(entry)):
            yield Fault(_printable(entry.orig_filename), 0, message)
    if declared > LARGEST:
        yield Fault("The archive", 0, f"Unpacked it would be larger than {_megabytes(LARGEST)}.")


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


def _faults_of_kind(entry: ZipInfo) -> Iterator[str]:
    if S_IFMT(entry.external_attr >> 16) not in {0, S_IFDIR if entry.is_dir() else S_IFREG}:
        yield "It is a link or a special file. Only plain files and folders are taken."
    if entry.flag_bits & ENCRYPTED:
        yield "It is encrypted. Make the archive without a password."
    if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        yield "It is compressed in an unusual way. Make the archive with the usual settings."
    if entry.file_size > files.LARGEST:
        yield f"It is larger than {_megabytes(files.LARGEST)}."
    if NESTED.search(entry.filename):
        yield "It is an archive itself. Put its files into the folder."


def _clashes(entries: Iterable[ZipInfo]) -> Iterator[Fault]:
    """Names that some disks take for one, and files that would have to be folders too."""
    plain: set[str] = set()
    folders: set[str] = set()
    seen: set[str] = set()
    for entry in entries:
        name = unicodedata.normalize("NFC", entry.filename.removesuffix("/")).casefold()
        if name in seen:
            yield Fault(_printable(entry.orig_filename), 0, "There is another one of this name.")
        seen.add(name)
        (folders if entry.is_dir() else plain).add(name)
        folders.update(str(parent) for parent in Path(name).parents)
    for name in sorted(plain & folders):
        yield Fault(_printable(name), 0, "There is a folder of this name too.")


def _is_clutter(name: str) -> bool:
    """What file managers add of their own accord."""
    first, *_rest = parts = name.split("/")
    return first == "__MACOSX" or any(part.startswith(".") for part in parts)


def _folder_of(names: Iterable[str], archive: str) -> tuple[str, str]:
    """The folder's name, and what comes before the names of its files."""
    names = list(names)
    if MARKER in names:
        return Path(archive).stem, ""
    tops = {name.partition("/")[0] for name in names}
    if len(tops) == 1 and f"{(top := tops.pop())}/{MARKER}" in names:
        return top, f"{top}/"
    message = f"There is no {MARKER}, neither at the top of the archive nor in the one folder in it."
    raise _refused(archive, message)


def _contents(archive: ZipFile, entries: Iterable[ZipInfo], name: str, most: int) -> Iterator[tuple[str, bytes]]:
    left = min(most, LARGEST)
    for entry in entries:
        with archive.open(entry) as file:
            content = file.read(min(left, files.LARGEST) + 1)
        left -= len(content)
        if left < 0:
            raise _refused(name, f"Its contents are more than {MOST_TIMES} times as large as it is, or too large.")
        if len(content) != entry.file_size:
            raise _refused(_printable(entry.filename), "It has not the size that the archive says.")
        if content.startswith(ARCHIVES):
            raise _refused(_printable(entry.filename), "It is an archive itself. Put its files into the folder.")
        yield entry.filename, content


def _printable(name: str) -> str:
    shown = name if name.isprintable() else ascii(name)
    return shown if len(shown) <= LONGEST_NAME else f"{shown[:LONGEST_NAME]} ..."


def _megabytes(size: int) -> str:
    return f"{size // 1_000_000} MB"


def _refused(name: str, message: str) -> Refused:
    return Refused([Fault(name, 0, message)])
