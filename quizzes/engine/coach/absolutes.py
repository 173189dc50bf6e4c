"""The rule about words that allow no exception."""

import re
from collections.abc import Iterator

from quizzes.engine.coach.base import Context, Remark, is_statement, place, right, wrong
from quizzes.engine.coach.options import refers
from quizzes.engine.document import Question
from quizzes.engine.english import plain, unquoted, words
from quizzes.engine.words import Message, gettext_noop


def absolute_word(question: Question, context: Context) -> Iterator[Remark]:
    """Guideline 28a, specific determiners. They give nothing away where right and wrong options have them, or where a
    statement that has one is true."""
    yield from _in_statement(question) if is_statement(question) else _in_options(question)


def _in_statement(question: Question) -> Iterator[Remark]:
    """The first option says true."""
    word = absolute_in(unquoted(question.text))
    if word and question.options and not question.options[0].credit:
        message = gettext_noop(
            "“%(word)s” makes people guess that this is false, since few things are without exception: say how far "
            "it goes."
        )
        yield Remark("text", Message(message, {"word": word}))


def _in_options(question: Question) -> Iterator[Remark]:
    found = {number: word for number, option in enumerate(question.options) if (word := absolute_in(option.text))}
    if found.keys() & right(question) and found.keys() & wrong(question):
        return
    for number, word in found.items():
        message = gettext_noop(
            "“%(word)s” sets this option apart, since few things are without exception and people know it: say how "
            "far it goes, or word the others alike."
        )
        yield Remark(place(number), Message(message, {"word": word}))


_ABSOLUTE = re.compile(
    r"\b(?:always|never|all|none|only|every|everyone|everybody|everything|completely|absolutely|entirely|exclusively"
    r"|invariably|without exception)\b",
    re.IGNORECASE,
)
_COUNT = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_TIME = r"(?:second|third|fourth|other|few|hour|day|night|week|month|year|decade|century|spring|summer|autumn|winter)"
_LIMITED = re.compile(
    r"(?:\bnot|n['’]t) (?:only|all|always|every\w*|completely|entirely|exclusively|absolutely)\b"
    r"|\b(?:at|after|above|first of) all\b|\ball (?:but|over|around|right)\b|\ball-\w+"
    rf"|\b(?:all|only|every) {_COUNT}\b|\bevery {_TIME}\b|\bonly (?:until|some|about|partly|slightly|as)\b",
    re.IGNORECASE,
)
"""Phrases that hold such a word and mean less: counts, rates, negations."""


def absolute_in(text: str) -> str:
    """The first absolute word, or empty. A lone "None" is a number, and a title says nothing."""
    said = plain(text)
    if refers(said) or len(words(said)) == 1 or _is_title(said):
        return ""
    found = _ABSOLUTE.search(_LIMITED.sub(" ", said))
    return found[0] if found else ""


def _is_title(text: str) -> bool:
    """Whether all of several words have capital letters, small words apart."""
    long = [word for word in text.split() if len(word) > 3]
    return len(long) > 2 and all(word[0].isupper() for word in long)
