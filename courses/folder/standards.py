"""What a sourced course holds itself to beyond being loadable: nothing uncited, no loaded word in its own voice, no
number of dead without who counted and when.

The last two are read from the words alone, sentence by sentence, so they look for signs: a quotation, a verb of saying
(quizzes.engine.voice), a counting body, a date. They point at sentences to look at; one that satisfies them is not
thereby true.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from courses.folder.checking import Uses
from courses.folder.entries import Reading
from courses.folder.faults import Fault
from courses.text import without_marks
from quizzes.engine.english import sentences
from quizzes.engine.voice import loaded, own_words, pattern

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_date = re.compile(rf"\b(?:\d{{1,2}}(?:\s*(?:-|to|and)\s*\d{{1,2}})?\s+)?(?:{MONTHS})(?:\s+\d{{4}})?\b")
_year = re.compile(r"\b(?:1[89]|20)\d\d\b")
_named = re.compile(r"(?<=[a-z,] )[A-Z]\w+ \d+\b")  # Tower 22, Article 5
_explained = re.compile(r"\[[^\]]*\]\(term:[^)]*\)")  # the glossary says what is in the word
_dead = re.compile(r"\b(?:dead|deaths?|killed|died|lives|fatalities|casualties)\b", re.IGNORECASE)
_number = re.compile(r"(?<![\w-])\d[\d,]*(?![\w-])")
_counts = re.compile(
    r"\b(?:ministry|Pentagon|officials?|foundation|authorities|group|Rights|Activists|agency|article|estimates?|reported|reports?"
    r"|count(?:s|ed|ing)?|according|attributes?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Words:
    """Some words of a course, with the fault to make when they are wanting."""

    text: str
    context: str
    fault: Fault


def breaches(reading: Reading) -> Iterator[Fault]:
    """Nothing for a course that is not sourced."""
    if not reading.is_sourced or reading.course is None:
        return
    used = Uses(reading)
    for key, claim in reading.claims.entries.items():
        if key not in used.cited:
            yield claim.fault(f"No lesson cites the claim {key}.")
    for key, source in reading.sources.entries.items():
        if key not in used.sources:
            yield source.fault(f"No claim uses the source {key}.")
    guide = [(entry, pattern(entry.words)) for entry in reading.course.row.wording]
    for words in _everything(reading):
        for entry, judging in guide:
            if found := loaded(words.text, judging, entry.within):
                message = f'"{found}" is a loaded word outside attributed speech; prefer {entry.prefer}.'
                yield Fault(words.fault.file, words.fault.line, message)
        if figure := bare_toll(words.text, words.context):
            message = f'"{figure}": a number of dead needs the body that counted and the day.'
            yield Fault(words.fault.file, words.fault.line, message)


def bare_toll(text: str, context: str) -> str:
    """The first sentence with a number of dead whose passage does not say who counted and when, or empty."""
    for sentence in sentences(text):
        numbers = _number.search(_named.sub(" ", _year.sub(" ", _date.sub(" ", sentence))))
        if numbers and _dead.search(sentence) and not (_counts.search(context) and _date.search(context)):
            return sentence.strip()
    return ""


def _everything(reading: Reading) -> Iterator[Words]:
    """Every passage of the lessons, every text of the questions and every claim."""
    for slug, place in reading.texts.items():
        if slug in reading.lessons.entries:
            line = 1
            for passage in reading.lessons.entries[slug].row.text.split("\n\n"):
                if not passage.startswith(":::check"):
                    yield Words(without_marks(_explained.sub(" ", passage)), passage, place.fault(line, ""))
                line += passage.count("\n") + 2
    for question in reading.questions.entries.values():
        own = [text for _, text in own_words(question.row)] + [hint.text for hint in question.row.hints]
        for text in own:
            yield Words(text, " ".join(own), question.fault(""))
    for claim in reading.claims.entries.values():
        context = f"{claim.row.text} {claim.row.attributed_to} {claim.row.as_of}"
        said = claim.row.status != "established"
        yield Words("" if said else claim.row.text, context, claim.fault(""))
