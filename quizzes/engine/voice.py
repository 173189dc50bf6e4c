"""The author's own voice, and loaded words in it. A course's wording guide says which words judge, and what to write
instead; quoted or attributed to somebody they may stand.

This is read from the words alone, sentence by sentence, so it looks for signs: a quotation, a verb of saying.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import msgspec

from quizzes.engine.english import sentences, unquoted

_SAYS = re.compile(
    r"\b(?:say|says|said|saying|call(?:s|ed)?|writ(?:es?|ten|ing)|wrote|speaks?|spoke|nam(?:es?|ed)|label(?:s|led)?"
    r"|terms?|words?|wordings?|nouns?|phrases?|according|denie[sd]|claim(?:s|ed)?|argu(?:es?|ed)|avoids?|uses?|loaded"
    r"|accounts?|describe[sd]?|description|g[ai]ves?|gave|refers?|summary|lists?|listed|listings?"
    r"|classif(?:y|ies|ied))\b",
    re.IGNORECASE,
)


class Wording(msgspec.Struct, frozen=True):
    """Words that carry a judgement, and what to write instead. Names that hold such a word stand in `within`."""

    words: tuple[str, ...]
    prefer: str
    why: str = ""
    within: tuple[str, ...] = ()


class Option(Protocol):
    @property
    def text(self) -> str: ...
    @property
    def credit(self) -> float: ...
    @property
    def feedback(self) -> str: ...


class Question(Protocol):
    """As a document holds it, or a course folder."""

    @property
    def text(self) -> str: ...
    @property
    def explanation(self) -> str: ...
    @property
    def options(self) -> Sequence[Option]: ...


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


def loaded(text: str, judging: re.Pattern[str], within: Iterable[str] = ()) -> str:
    """The first loaded word that stands in the author's own voice, or empty. Names in `within` may hold it."""
    for sentence in sentences(text):
        own = unquoted(sentence)
        for name in within:
            own = own.replace(name, " ")
        if (found := judging.search(own)) and not _SAYS.search(own):
            return found[0]
    return ""


def own_words(question: Question) -> Iterator[tuple[str, str]]:
    """What the author says, after the place where it stands. A wrong option is nobody's own voice, nor is any option
    where the question is about words."""
    yield "text", question.text
    yield "explanation", question.explanation
    about_words = _SAYS.search(question.text)
    for number, option in enumerate(question.options):
        yield f"options.{number}.feedback", option.feedback
        if option.credit and not about_words:
            yield f"options.{number}", option.text
