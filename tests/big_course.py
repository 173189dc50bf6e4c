"""A course as large as one likes, the same each time."""

import random
from pathlib import Path

from courses.folder import schemas
from courses.folder.schemas import Contents
from courses.folder.writing import files

WORDS = (
    "river water spring lake flood valley bridge harbour treaty village season measure record stone survey "
    "north winter traveller market engineer because although slowly often upstream"
)
CHECKS = 6
PARAGRAPHS = 12


def write(folder: Path, *, lessons: int, questions: int) -> None:
    """In canonical form."""
    for name, text in files(contents(folder.name, lessons=lessons, questions=questions)).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def contents(slug: str, *, lessons: int, questions: int) -> Contents:
    """Each lesson has six checks in its text of about a thousand words; the rest of its questions are its quiz."""
    making = _Making(lessons, questions // lessons)
    slugs = [f"lesson-{number}" for number in range(1, lessons + 1)]
    return Contents(
        slug=slug,
        course=schemas.Course(
            title="A big course", language="en", sourced=True, about=making.prose(80), lessons=tuple(slugs)
        ),
        sources={key: making.source(key) for key in making.sources},
        claims={key: making.claim(key) for key in making.claims},
        terms={key: making.term(key) for key in making.terms},
        questions={key: making.question(key) for slug in slugs for key in making.questions(slug)},
        lessons={slug: making.lesson(slug) for slug in slugs},
        quizzes={slug: making.quiz(slug) for slug in slugs},
        coverage={},
        figures={},
    )


class _Making:
    def __init__(self, lessons: int, questions_each: int) -> None:
        self.random = random.Random(1)
        self.questions_each = questions_each
        self.sources = [f"s{number}" for number in range(1, lessons * 5 + 1)]
        self.claims = [f"claim-{number}" for number in range(1, lessons * 10 + 1)]
        self.terms = [f"term-{number}" for number in range(1, lessons + 1)]

    def prose(self, words: int) -> str:
        return " ".join(self.random.choices(WORDS.split(), k=words)).capitalize() + "."

    def some(self, keys: list[str], count: int = 2) -> tuple[str, ...]:
        return tuple(self.random.sample(keys, count))

    def questions(self, slug: str) -> list[str]:
        return [f"{slug}-question-{number}" for number in range(1, self.questions_each + 1)]

    def source(self, key: str) -> schemas.Source:
        return schemas.Source(
            key=key, title=self.prose(6), publisher=self.prose(2), date="2025-06", url=f"https://example.org/{key}"
        )

    def claim(self, key: str) -> schemas.Claim:
        return schemas.Claim(key=key, text=self.prose(20), status="established", sources=self.some(self.sources))

    def term(self, key: str) -> schemas.Term:
        return schemas.Term(key=key, term=key.replace("-", " "), meaning=self.prose(12))

    def question(self, key: str) -> schemas.Question:
        right = self.random.randrange(4)
        return schemas.Question(
            key=key,
            kind="single",
            text=self.prose(18),
            options=tuple(self.option(number, number == right) for number in range(4)),
            explanation=self.prose(25),
            claims=self.some(self.claims),
        )

    def option(self, number: int, right: bool) -> schemas.Option:
        return schemas.Option(
            text=f"{number}: {self.prose(7)}",
            credit=float(right),
            feedback=self.prose(25),
            claims=self.some(self.claims, 1),
        )

    def lesson(self, slug: str) -> schemas.Lesson:
        checks = self.questions(slug)[:CHECKS]
        term = self.random.choice(self.terms)
        parts = [f"## {self.prose(4)} {{#start}}", f"A link to a [term](term:{term}). {{#term}}"]
        for number in range(PARAGRAPHS):
            cited = "".join(f"[^{key}]" for key in self.some(self.claims))
            parts.append(f"{self.prose(80)}{cited} {{#passage-{number}}}")
            if number % 2 == 0 and checks:
                parts.append(f":::check {checks.pop(0)}")
        return schemas.Lesson(
            slug=slug,
            title=self.prose(4),
            lede=self.prose(15),
            objectives=(self.prose(6), self.prose(6)),
            text="\n\n".join(parts) + "\n",
        )

    def quiz(self, slug: str) -> schemas.Quiz:
        return schemas.Quiz(slug=slug, title=self.prose(4), lesson=slug, questions=tuple(self.questions(slug)[CHECKS:]))
