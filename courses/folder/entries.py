"""What was read of a folder, each row with the place where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Generic, TypeVar

from courses.folder import schemas
from courses.folder.data import Data, Path
from courses.folder.faults import Fault, Refused
from courses.text import LessonText

R = TypeVar("R", bound=schemas.Row)


@dataclass(frozen=True)
class Entry(Generic[R]):
    row: R
    data: Data
    at: Path = ()

    def fault(self, message: str, *path: str | int) -> Fault:
        return Fault(self.data.file, self.data.line((*self.at, *path)), message)

    @property
    def place(self) -> str:
        return f"{self.data.file}:{self.data.line(self.at)}"


@dataclass
class Table(Generic[R]):
    """Rows by key. `keys` names the broken ones too, so that one fault does not look like many; where a whole file
    could not be read, nothing is known to be missing."""

    entries: dict[str, Entry[R]] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    complete: bool = True

    def lacks(self, key: str) -> bool:
        return self.complete and key not in self.keys

    def rows(self) -> dict[str, R]:
        return {key: entry.row for key, entry in self.entries.items()}

    def closest(self, key: str) -> str:
        """What may have been meant, as a sentence; empty when nothing is close."""
        return closest(key, self.keys)


def closest(key: str, known: Iterable[str]) -> str:
    close = get_close_matches(key, sorted(known), n=1, cutoff=0.8)
    return f' Is it "{close[0]}"?' if close else ""


@dataclass(frozen=True)
class TextPlace:
    """A lesson's text, parsed, and where it starts in its file."""

    file: str
    first_line: int
    text: LessonText

    def fault(self, line: int, message: str) -> Fault:
        return Fault(self.file, self.first_line + line - 1, message)


@dataclass
class Reading:
    """A folder as far as it could be read. `homes` says in which lesson's file a question stands; "" is the bank."""

    slug: str
    course: Entry[schemas.Course] | None = None
    sources: Table[schemas.Source] = field(default_factory=Table)
    claims: Table[schemas.Claim] = field(default_factory=Table)
    terms: Table[schemas.Term] = field(default_factory=Table)
    questions: Table[schemas.Question] = field(default_factory=Table)
    lessons: Table[schemas.Lesson] = field(default_factory=Table)
    quizzes: Table[schemas.Quiz] = field(default_factory=Table)
    coverage: Table[schemas.Coverage] = field(default_factory=Table)
    figures: Table[schemas.Row] = field(default_factory=Table)
    texts: dict[str, TextPlace] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_sourced(self) -> bool:
        return self.course is not None and self.course.row.sourced

    def fault(self, table: str, key: str, message: str) -> Fault:
        """A fault of the thing itself, wherever it stands."""
        entry = self.course if table == "course" else getattr(self, table).entries.get(key)
        return entry.fault(message) if entry else Fault(f"{table} {key}", 0, message)

    def contents(self) -> schemas.Contents:
        """Raises Refused with all faults, if there are any."""
        if self.faults or self.course is None:
            raise Refused(self.faults)
        lessons = self.lessons.rows()
        return schemas.Contents(
            slug=self.slug,
            course=self.course.row,
            sources=self.sources.rows(),
            claims=self.claims.rows(),
            terms=self.terms.rows(),
            questions=self.questions.rows(),
            lessons={slug: lessons[slug] for slug in self.course.row.lessons},
            quizzes=self.quizzes.rows(),
            coverage=self.coverage.rows(),
            figures=self.figures.rows(),
        )
