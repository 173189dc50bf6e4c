"""From the database to a folder."""

from dataclasses import dataclass
from pathlib import Path

from courses.folder.faults import Fault, Refused
from courses.folder.files import names_in, open_folder
from courses.folder.reading import BANK, FILES, lesson_of, read
from courses.folder.stored import contents_of
from courses.folder.writing import files
from courses.models import Course


@dataclass(frozen=True)
class Dump:
    """What was written, which files of the course were removed since nothing is in them any more, which others lie
    among its files, and why `load_course` would not take the folder."""

    written: list[str]
    removed: list[str]
    foreign: list[str]
    faults: list[Fault]


def dump(course: Course, folder: str | Path, *, force: bool = False) -> Dump:
    """Raises Refused and writes nothing where the folder holds something, unless told to. What is not of this course
    is never deleted."""
    texts = files(contents_of(course))
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        root = open_folder(folder)
        if not force and any(root.iterdir()):
            raise Refused([Fault(str(folder), 0, "The folder is not empty. With --force its course is written over.")])
        for name, text in texts.items():
            _write(root, name, text)
        others = [name for name in _names(root) if name not in texts]
        removed = [name for name in others if _is_own(name, course)]
        for name in removed:
            (root / name).unlink()
    except OSError as error:
        raise Refused([Fault(str(error.filename), 0, f"It can not be written: {error.strerror}.")]) from error
    foreign = [name for name in others if "/" in name and name not in removed]
    return Dump(list(texts), removed, foreign, read(root).faults)


def _names(root: Path) -> list[str]:
    """Files where those of a course lie."""
    names = [name for name in FILES if (root / name).exists()]
    return names + [
        f"{folder}/{name}" for folder in ("lessons", "questions", "figures") for name in names_in(root, folder)
    ]


def _is_own(name: str, course: Course) -> bool:
    """Of a lesson that moved or was retired, or a list that is empty now."""
    slug = lesson_of(name)
    return (
        name in FILES
        or name == f"questions/{BANK}"
        or name.startswith("figures/")
        or course.lessons.filter(slug=slug).exists()
    )


def _write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(exist_ok=True)
    if not path.resolve().is_relative_to(root.resolve()):
        raise Refused([Fault(name, 0, "This is a link that leads out of the folder.")])
    # newline="": the lines of a text end as they do.
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
