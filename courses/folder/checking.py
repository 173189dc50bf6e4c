"""What is missing or odd in a course, without a database."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from courses.folder import schemas
from courses.folder.entries import Entry, R, Reading
from courses.folder.faults import Fault
from courses.folder.reading import FILES
from courses.objectives import objectives
from courses.search.folding import indexed, words
from courses.search.query import parse
from courses.text import without_marks
from quizzes.engine.readability import grade


@dataclass(frozen=True)
class KeyStatistics:
    """Of the single-choice questions of one lesson: what a guesser could learn from how options look."""

    lesson: str
    questions: int
    longest: int
    places: Counter[int]
    options: int

    @property
    def longest_share(self) -> float:
        """Of questions whose right option is the longest."""
        return self.longest / self.questions

    @property
    def options_each(self) -> float:
        return self.options / self.questions


def untaught(reading: Reading) -> Iterator[Fault]:
    """What a course that ships a coverage must teach and does not. A load takes it all the same."""
    if reading.course and set(reading.course.row.lessons) <= reading.texts.keys():
        yield from _lacking(reading, Uses(reading).cited, "{} is not taught: no passage cites a claim of it.")


def warnings(reading: Reading, names: Iterable[str], today: dt.date) -> Iterator[Fault]:
    """What deserves a look and stops nobody. `names` are the files that lie in the folder itself."""
    used = Uses(reading)
    for key, claim in reading.claims.entries.items():
        if claim.row.recheck_by and claim.row.recheck_by < today:
            yield claim.fault(f"{key} was to be checked again by {claim.row.recheck_by}.", "recheck_by")
    if not reading.is_sourced:  # or else they are faults: courses.folder.standards
        yield from _unused(reading.sources.entries, used.sources, "No claim uses the source")
        yield from _unused(reading.claims.entries, used.claims, "Nothing cites the claim")
    yield from _unused(reading.terms.entries, used.terms, "No lesson links the term")
    yield from _idle_aliases(reading)
    yield from _unused(reading.questions.entries, used.questions, "No lesson and no quiz asks the question")
    yield from _untested(reading)
    yield from _lacking(reading, used.asked, "No question asks {} yet.")
    for name in names:
        if name.endswith((".yaml", ".yml")) and name not in FILES:
            yield Fault(name, 0, f"This file is not read; those that are: {', '.join(FILES)}.")


class Uses:
    def __init__(self, reading: Reading) -> None:
        texts = [place.text for place in reading.texts.values()]
        questions = [entry.row for entry in reading.questions.entries.values()]
        self.sources = {key for claim in reading.claims.rows().values() for key in claim.sources}
        self.cited = {citation.claim for text in texts for citation in text.citations}
        self.asked: set[str] = set()
        for question in questions:
            self.asked.update(question.claims, *(option.claims for option in question.options))
        self.claims = self.cited | self.asked
        self.terms = {term.key for text in texts for term in text.terms}
        quizzes = reading.quizzes.rows().values()
        tags = {draw.tag for quiz in quizzes for draw in quiz.drawn}
        self.questions = {check.key for text in texts for check in text.checks}
        self.questions.update(*(quiz.asked for quiz in quizzes))
        self.questions.update(question.key for question in questions if tags & set(question.tags))


def _lacking(reading: Reading, claims: set[str], what: str) -> Iterator[Fault]:
    """Statements of the coverage that need a claim and have none of these."""
    for entry in reading.coverage.entries.values():
        for index, section in enumerate(entry.row.sections):
            for number, statement in enumerate(section.statements):
                if not statement.exempt and not claims & set(statement.claims):
                    name = f"{section.code}-{statement.sentence}"
                    yield entry.fault(what.format(name), "sections", index, "statements", number)


def _idle_aliases(reading: Reading) -> Iterator[Fault]:
    """Other names of a term by which the search finds it without them, and those that two terms have."""
    owners: dict[str, str] = {}
    for key, entry in reading.terms.entries.items():
        shown = indexed(" ".join([entry.row.term, *(word.text for word in entry.row.script)]))
        for index, alias in enumerate(entry.row.aliases):
            if parse(alias).finds(shown):
                yield entry.fault(f'The search finds {key} by "{alias}" anyway.', "aliases", index)
            elif (owner := owners.setdefault("".join(map("".join, words(alias))), key)) != key:
                yield entry.fault(f'{owner} has the other name "{alias}" as well as {key}.', "aliases", index)


def _untested(reading: Reading) -> Iterator[Fault]:
    """Objectives with a key that no question names."""
    tested = {question.objective for question in reading.questions.rows().values()}
    for lesson in reading.lessons.entries.values():
        for index, one in enumerate(objectives(lesson.row.objectives)):
            if one.key and one.key not in tested:
                yield lesson.fault(f"No question tests the objective {one.key}.", "objectives", index)


def _unused(entries: dict[str, Entry[R]], used: set[str], what: str) -> Iterator[Fault]:
    for key, entry in entries.items():
        if key not in used:
            yield entry.fault(f"{what} {key}.")


def statistics(reading: Reading) -> list[KeyStatistics]:
    """By lesson, in the order of the files; "" is the bank."""
    questions: dict[str, list[schemas.Question]] = {}
    for key, question in reading.questions.rows().items():
        if question.kind == "single" and any(option.credit == 1 for option in question.options):
            questions.setdefault(reading.homes[key], []).append(question)
    return [_statistics(lesson, rows) for lesson, rows in questions.items()]


def reading_levels(reading: Reading) -> dict[str, float]:
    """The mean grade (quizzes.engine.readability) of an English course's lessons and of its questions."""
    if reading.course is None or not reading.course.row.language.startswith("en"):
        return {}
    questions = (
        " ".join([row.text, row.explanation, *(option.feedback for option in row.options)])
        for row in reading.questions.rows().values()
    )
    texts = {"lessons": (without_marks(row.text) for row in reading.lessons.rows().values()), "questions": questions}
    grades = {what: [one for one in map(grade, some) if one is not None] for what, some in texts.items()}
    return {what: sum(each) / len(each) for what, each in grades.items() if each}


def _statistics(lesson: str, questions: Sequence[schemas.Question]) -> KeyStatistics:
    places: Counter[int] = Counter()
    longest = 0
    for question in questions:
        lengths = [len(option.text) for option in question.options]
        place = next(place for place, option in enumerate(question.options) if option.credit == 1)
        places[place] += 1
        longest += lengths.count(max(lengths)) == 1 and lengths[place] == max(lengths)
    return KeyStatistics(lesson, len(questions), longest, places, sum(len(question.options) for question in questions))


def total(numbers: Sequence[KeyStatistics]) -> KeyStatistics:
    return KeyStatistics(
        "all",
        sum(each.questions for each in numbers),
        sum(each.longest for each in numbers),
        sum((each.places for each in numbers), Counter[int]()),
        sum(each.options for each in numbers),
    )
