"""Files of a course folder, read with care: nothing outside the folder, nothing huge, UTF-8 only."""

import os
import re
from pathlib import Path

from courses.folder.faults import Fault, Refused
from sources.models import KEY

LARGEST = 5_000_000
BOM = b"\xef\xbb\xbf"
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def open_folder(folder: str | Path) -> Path:
    """The folder as an absolute path whose last part is the course's slug. Raises Refused."""
    root = Path(os.path.abspath(folder))  # noqa: PTH100 (resolve() would follow a link and change the slug)
    try:
        next(root.iterdir(), None)
    except OSError as error:
        raise _refused(str(folder), 0, f"The folder can not be read: {error.strerror}.") from error
    refuse_other_than_slug(root.name)
    return root


def refuse_other_than_slug(name: str) -> None:
    """Raises Refused where a course could not be loaded from a folder of this name."""
    if not re.fullmatch(KEY, name):
        message = (
            "The name of the folder is the slug of its course: lower-case letters, digits and hyphens, starting with "
            "a letter, at most 60 characters."
        )
        raise _refused(name, 0, message)


def read_text(root: Path, name: str) -> str:
    """The file's text, line ends as they are. Raises Refused."""
    content = _read_bytes(root, name)
    if content.startswith(BOM):
        raise _refused(name, 1, "It starts with a byte order mark; save it as UTF-8 without one.")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _refused(name, line, "This line is not UTF-8; save the file as UTF-8.") from error
    if not text.strip():
        raise _refused(name, 0, "It is empty.")
    if found := HIDDEN.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise _refused(name, line, f"Here is an invisible character, U+{ord(found[0]):04X}; remove it.")
    return text


def names_in(root: Path, folder: str) -> list[str]:
    """What lies in a sub-folder, hidden files aside; nothing where there is none. Raises Refused."""
    path = root / folder
    if not os.path.lexists(path):
        return []
    try:
        _stay_inside(root, folder)
        return sorted(found.name for found in path.iterdir() if not found.name.startswith("."))
    except OSError as error:
        raise _refused(folder, 0, f"It can not be read: {error.strerror}.") from error


def _read_bytes(root: Path, name: str) -> bytes:
    path = root / name
    try:
        _stay_inside(root, name)
        if not path.is_file():
            raise _refused(name, 0, "This is not a file.")
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise _refused(name, 0, "This file is missing.") from error
    except OSError as error:
        raise _refused(name, 0, f"It can not be read: {error.strerror}.") from error
    if len(content) > LARGEST:
        raise _refused(name, 0, f"It is larger than {LARGEST // 1_000_000} MB.")
    return content


def _stay_inside(root: Path, name: str) -> None:
    """A link may point to another place in the folder, and nowhere else."""
    try:
        target = (root / name).resolve(strict=True)
    except RuntimeError as error:
        raise _refused(name, 0, "This is a link that leads to itself.") from error
    if not target.is_relative_to(root.resolve()):
        raise _refused(name, 0, "This is a link that leads out of the folder.")


def _refused(name: str, line: int, message: str) -> Refused:
    return Refused([Fault(name, line, message)])
