"""A course folder as a zip archive. Packing the same texts gives the same bytes. Unpacking trusts nothing that an
archive says of itself (ui.archives), and only then is it written, as plain files in a new folder.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from courses.folder import files
from courses.folder.faults import Fault, Refused
from ui import archives

LARGEST = 20_000_000
"""Bytes, of an archive and of all that is in it."""
MOST_FILES = 2_000
LIMITS = archives.Limits(archive=LARGEST, contents=LARGEST, file=files.LARGEST, files=MOST_FILES)

MARKER = "course.yaml"


def pack(folder: str, texts: Mapping[str, str]) -> bytes:
    return archives.pack({f"{folder}/{name}": text.encode() for name, text in texts.items()})


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
    try:
        with archives.reading(archive, name=name, limits=LIMITS) as found:
            folder, prefix = _folder_of(found.files, name)
            files.refuse_other_than_slug(folder)
            contents = {file.removeprefix(prefix): content for file, content in found.contents(found.files)}
    except archives.Refused as refused:
        raise Refused(Fault(file, 0, message) for file, message in refused.faults) from refused
    return Unpacked(folder, contents)


def _folder_of(names: Iterable[str], archive: str) -> tuple[str, str]:
    """The folder's name, and what comes before the names of its files."""
    names = list(names)
    if MARKER in names:
        return Path(archive).stem, ""
    tops = {name.partition("/")[0] for name in names}
    if len(tops) == 1 and f"{(top := tops.pop())}/{MARKER}" in names:
        return top, f"{top}/"
    message = f"There is no {MARKER}, neither at the top of the archive nor in the one folder in it."
    raise Refused([Fault(archive, 0, message)])
