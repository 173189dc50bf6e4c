"""Reads a course folder: every file, every fault."""

import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from courses.figures.kinds import KINDS as FIGURES
from courses.folder import data, schemas
from courses.folder.entries import Entry, R, Reading, Table, TextPlace
from courses.folder.faults import Fault, Refused
from courses.folder.files import names_in, open_folder, read_text
from courses.folder.references import dangling
from courses.folder.shaping import shape, shape_rows
from courses.text import parse
from sources.models import KEY

T = TypeVar("T")
Track = Callable[[Iterable[T], str], Iterable[T]]
"""Hands on the items, and may show how far one has come with what the text names."""

BANK = "bank.yaml"
FILES = ("course.yaml", "sources.yaml", "claims.yaml", "glossary.yaml", "quizzes.yaml", "coverage.yaml")
_numbered = re.compile(rf"(?P<number>[0-9]{{2,5}})-(?P<slug>{KEY})\.(?P<ending>md|yaml)")
_front_matter = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)(?:\r?\n)?", re.DOTALL | re.MULTILINE)


def untracked(items: Iterable[T], what: str) -> Iterable[T]:
    return items


def read(folder: str | Path, track: Track[str] = untracked) -> Reading:
    """Raises Refused only where there is no folder to read; what is wrong inside stands in the reading's faults."""
    root = open_folder(folder)
    reading = Reading(root.name)
    _read_course(root, reading)
    _read_list(root, "sources.yaml", schemas.Source, reading.sources, reading.faults)
    _read_list(root, "claims.yaml", schemas.Claim, reading.claims, reading.faults)
    _read_list(root, "glossary.yaml", schemas.Term, reading.terms, reading.faults)
    _read_list(root, "quizzes.yaml", schemas.Quiz, reading.quizzes, reading.faults, name="slug")
    for file in track(_names(root, "lessons", reading), "Lessons"):
        _read_lesson(root, file, reading)
    for file in track(_names(root, "questions", reading), "Questions"):
        _read_questions(root, file, reading)
    _read_coverage(root, reading)
    _read_figures(root, reading)
    reading.faults += dangling(reading)
    return reading


def _read_course(root: Path, reading: Reading) -> None:
    if found := _parse(root, "course.yaml", reading.faults):
        reading.course = shape(found, schemas.Course, reading.faults)


def _read_list(
    root: Path, file: str, kind: type[R], table: Table[R], faults: list[Fault], *, name: str = "key"
) -> list[str]:
    """Adds a file's rows to the table and returns their keys. A file that is not there holds none."""
    if not os.path.lexists(root / file):
        return []
    found = _parse(root, file, faults)
    if not found:
        table.complete = False
        return []
    table.complete &= isinstance(found.value, list)
    keys = []
    for key, index, entry in shape_rows(found, kind, name, faults):
        if first := table.entries.get(key):
            faults.append(Fault(file, found.line((index,)), f'"{key}" stands in {first.place} already.'))
            continue
        table.keys.add(key)
        keys.append(key)
        if entry:
            table.entries[key] = entry
    return keys


def _read_lesson(root: Path, file: str, reading: Reading) -> None:
    slug = lesson_of(file)
    if slug in reading.lessons.keys:
        reading.faults.append(Fault(file, 0, f"There is another file for the lesson {slug}."))
        return
    reading.lessons.keys.add(slug)
    try:
        content = read_text(root, file)
        found = _front_matter.match(content)
        if not found:
            message = "It must start with front matter: `---`, then title, lede and objectives, then `---`."
            raise Refused([Fault(file, 1, message)])
        front = data.parse(found[1], file=file, first_line=2)
    except Refused as refused:
        reading.faults += refused.faults
        return
    reading.faults += front.faults
    text = content[found.end() :]
    place = TextPlace(file, content.count("\n", 0, found.end()) + 1, parse(text))
    reading.texts[slug] = place
    if not text.strip():
        reading.faults.append(place.fault(1, "The lesson has no text."))
    if entry := shape(front, schemas.FrontMatter, reading.faults):
        row = schemas.Lesson(slug=slug, text=text, **msgspec.structs.asdict(entry.row))
        reading.lessons.entries[slug] = Entry(row, front)


def _read_questions(root: Path, file: str, reading: Reading) -> None:
    keys = _read_list(root, file, schemas.Question, reading.questions, reading.faults)
    reading.homes |= dict.fromkeys(keys, lesson_of(file))


def _read_coverage(root: Path, reading: Reading) -> None:
    if not os.path.lexists(root / "coverage.yaml"):
        return
    found = _parse(root, "coverage.yaml", reading.faults)
    if found and (entry := shape(found, schemas.Coverage, reading.faults)):
        reading.coverage.entries[entry.row.source] = entry


def _read_figures(root: Path, reading: Reading) -> None:
    """One file each; its name is the figure's key, its `kind` says which fields it has."""
    for name in names_in(root, "figures"):
        file, key = f"figures/{name}", name.removesuffix(".yaml")
        if not re.fullmatch(rf"{KEY}\.yaml", name):
            reading.faults.append(Fault(file, 0, "The name of a figure's file is its key, such as network.yaml."))
            continue
        reading.figures.keys.add(key)
        found = _parse(root, file, reading.faults)
        if not found or not isinstance(found.value, dict):
            continue
        kind = FIGURES.get(str(found.value.get("kind")))
        if kind is None:
            message = f"kind must be one of {', '.join(FIGURES)}."
            reading.faults.append(Fault(file, found.line(("kind",)), message))
        elif "key" in found.value:
            reading.faults.append(Fault(file, found.line(("key",)), "The key of a figure is the name of its file."))
        else:
            found.value["key"] = key
            if entry := shape(found, kind.schema, reading.faults):
                reading.figures.entries[key] = Entry(entry.row, entry.data)


def _parse(root: Path, file: str, faults: list[Fault]) -> data.Data | None:
    try:
        found = data.parse(read_text(root, file), file=file)
    except Refused as refused:
        faults += refused.faults
        return None
    faults += found.faults
    if found.value in (None, ""):
        faults.append(Fault(file, 0, "It is empty."))
        return None
    return found


def _names(root: Path, folder: str, reading: Reading) -> list[str]:
    """The files of a sub-folder that bear a lesson's name; any other is a fault."""
    try:
        names = names_in(root, folder)
    except Refused as refused:
        reading.faults += refused.faults
        (reading.lessons if folder == "lessons" else reading.questions).complete = False
        return []
    ending = "md" if folder == "lessons" else "yaml"
    taken = []
    for name in names:
        found = _numbered.fullmatch(name)
        if found and found["ending"] == ending:
            taken.append(f"{folder}/{name}")
            reading.faults += _misplaced(f"{folder}/{name}", int(found["number"]), found["slug"], reading)
        elif folder == "questions" and name == BANK:
            taken.append(f"{folder}/{name}")
        else:
            message = f"The name of a file in {folder} is a number and the slug of a lesson, such as 01-axis.{ending}."
            reading.faults.append(Fault(f"{folder}/{name}", 0, message))
    return taken


def _misplaced(file: str, number: int, slug: str, reading: Reading) -> Iterable[Fault]:
    if reading.course is None:
        return
    lessons = reading.course.row.lessons
    if slug not in lessons:
        yield Fault(file, 0, f'course.yaml names no lesson "{slug}".')
    elif number != lessons.index(slug) + 1:
        place = lessons.index(slug) + 1
        right = f"{place:02d}-{slug}.{file.rpartition('.')[2]}"
        yield Fault(file, 0, f"{slug} is lesson {place} in course.yaml, so name this file {right}.")


def lesson_of(file: str) -> str:
    """axis for lessons/01-axis.md; empty for a file that bears no lesson's name."""
    found = _numbered.fullmatch(file.partition("/")[2])
    return found["slug"] if found else ""
