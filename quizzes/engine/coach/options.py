"""Rules about options as a list."""

import re
from collections.abc import Iterator

from quizzes.engine.coach.base import Context, Remark, place
from quizzes.engine.document import Question
from quizzes.engine.english import plain
from quizzes.engine.words import Message, gettext_noop

MOST = 4


def many_options(question: Question, context: Context) -> Iterator[Remark]:
    """Guideline 18: three are enough, as M. C. Rodriguez found in "Three options are optimal for multiple-choice items:
    a meta-analysis of 80 years of research", Educational Measurement: Issues and Practice 24(2), 2005."""
    if len(question.options) > MOST:
        message = gettext_noop(
            "%(count)s options take long to read, and three good ones test as well: leave out those that hardly "
            "anybody would choose."
        )
        yield Remark("options", Message(message, {"count": len(question.options)}))


def all_or_none(question: Question, context: Context) -> Iterator[Remark]:
    """Guidelines 25 and 26. Who sees two right options has found "all of the above"; who picks "none of the above" need
    not know what is right. Letters speak of options only where enough others are there to be named."""
    lettered = [_is_lettered(option.text) for option in question.options]
    for number, option in enumerate(question.options):
        if refers(option.text) or (lettered[number] and lettered.count(False) > 1):
            message = gettext_noop(
                "“%(option)s” can be right or wrong without each option being judged: ask for all that apply, or "
                "write another answer in its place."
            )
            yield Remark(place(number), Message(message, {"option": plain(option.text)}))


_NOUN = r"(?:answers?|options?|choices?|statements?|responses?|alternatives?)"
_TRUE = r"(?:right|correct|true|false|wrong|incorrect|valid|possible)"
_HOLDS = rf"(?:(?:is|are|can be|may be) {_TRUE}|appl(?:y|ies))"
_OTHERS = rf"(?:above|these|them|those|others?|following|preceding|(?:above |other |given |listed )?{_NOUN})"
_GIVEN = r"(?: the)?(?: (?:other|above|given|right|correct|true))*"
_REFERS = re.compile(
    rf"(?:all|none|any|both|neither|each|some|one|two|three|either|more than one)(?: \w+)? of (?:the )?{_OTHERS}"
    rf"(?: {_NOUN})?(?: {_HOLDS})?"
    rf"|(?:all|none) (?:the )?above(?: {_HOLDS})?"
    rf"|(?:all|both|none|neither|any|no){_GIVEN}(?: {_NOUN})?(?: above)? {_HOLDS}"
    rf"|(?:all|both|any){_GIVEN} {_NOUN}(?: above)?",
    re.IGNORECASE,
)
_LETTER = r"\(?[a-h1-8]\)?"
_LETTERED = re.compile(
    rf"(?:both |neither |either |only )?(?:{_NOUN} )?{_LETTER}(?:(?:, | ?,? ?(?:and|or|nor|&|\+) ){_LETTER})+"
    rf"(?: only| {_HOLDS})?",
    re.IGNORECASE,
)


def refers(text: str) -> bool:
    """Whether an option says how many of the others are right. A lone "none" or "both" does not: it may be an answer of
    its own."""
    return bool(_REFERS.fullmatch(_said(text)))


def _is_lettered(text: str) -> bool:
    """Whether it says that some letters or small numbers are right, such as "A and C"."""
    return bool(_LETTERED.fullmatch(_said(text)))


def _said(text: str) -> str:
    return plain(text).rstrip(".!")
