"""How far a course covers a source text: for each of its statements, what teaches it and how much asks it."""

from dataclasses import dataclass

import msgspec

from courses import where
from courses.folder.schemas import Section, Statement
from courses.models import Course, Coverage
from sources.models import Claim, Source


@dataclass(frozen=True)
class Covered:
    """A statement, the passages that teach it, and how many questions ask it."""

    name: str
    statement: Statement
    claims: tuple[str, ...]
    passages: tuple[where.Passage, ...]
    questions: int


@dataclass(frozen=True)
class CoveredSection:
    title: str
    statements: tuple[Covered, ...]


@dataclass(frozen=True)
class Overview:
    """`source` is None when the course has it no more. What is exempt is neither untaught nor unasked."""

    source: Source | None
    sections: tuple[CoveredSection, ...]

    @property
    def statements(self) -> list[Covered]:
        return [covered for section in self.sections for covered in section.statements]

    @property
    def exempt(self) -> list[Covered]:
        return [covered for covered in self.statements if covered.statement.exempt]

    @property
    def untaught(self) -> list[Covered]:
        return [covered for covered in self.statements if not covered.statement.exempt and not covered.passages]

    @property
    def unasked(self) -> list[Covered]:
        return [covered for covered in self.statements if not covered.statement.exempt and not covered.questions]


def overview(course: Course, coverage: Coverage) -> Overview:
    """Six queries, whatever the length of the text and of the course."""
    covering = _Covering(course)
    sections = msgspec.convert(coverage.sections, tuple[Section, ...])
    return Overview(
        source=Source.objects.filter(collection=course.collection_id, key=coverage.source, retired=False).first(),
        sections=tuple(map(covering.section, sections)),
    )


class _Covering:
    """What a course has to cover a text with."""

    def __init__(self, course: Course) -> None:
        claims = Claim.objects.filter(collection=course.collection_id, retired=False)
        self.claims = set(claims.values_list("key", flat=True))
        self.passages = where.passages_of(course)
        self.questions = where.questions_by_claim(course.collection_id)

    def section(self, section: Section) -> CoveredSection:
        names = [f"{section.code}-{statement.sentence}" for statement in section.statements]
        return CoveredSection(section.title, tuple(map(self.statement, names, section.statements)))

    def statement(self, name: str, statement: Statement) -> Covered:
        keys = tuple(key for key in statement.claims if key in self.claims)
        asking: set[int] = set().union(*(self.questions.get(key, set()) for key in keys))
        return Covered(
            name=name,
            statement=statement,
            claims=keys,
            passages=tuple(passage for passage, cited in self.passages.items() if cited & set(keys)),
            questions=len(asking),
        )
