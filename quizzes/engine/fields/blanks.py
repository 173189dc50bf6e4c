"""Blanks in a running text, to be typed or chosen.

The text has them as `[[name]]`, with what they take after a colon: `[[year: number]]`, `[[group: choice]]`, and a short
text where nothing is said. The answer has one entry for each blank, in the order of the text: what was typed, the place
of the choice in `rows_of`, or None for a blank left open. One filled blank at least makes an answer.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from quizzes.engine import numbers, shorttext
from quizzes.engine.document import Question
from quizzes.engine.fields.base import NAME, Paper, Seen, Sent, first, moved, paragraphs, state_of
from quizzes.engine.fields.selects import CLEARED, ShownChoice
from quizzes.engine.seeds import Hand
from quizzes.engine.words import Unreadable, gettext_noop

SHORT, NUMBER, CHOICE = "short", "number", "choice"

_BLANK = re.compile(r"\[\[([^\[\]\n]*)\]\]")
_SIGNS = r"([^\w\s*`\\\[\]]*)"
"""Punctuation, but nothing that is Markdown."""
_WITH_SIGNS = re.compile(rf"{_SIGNS}\[\[[^\[\]\n]*\]\]{_SIGNS}")
_GAP = "…………"

Entry = str | int | None


@dataclass(frozen=True)
class Blank:
    name: str
    takes: str
    """SHORT, NUMBER or CHOICE, unless its author was wrong."""


@dataclass(frozen=True)
class ShownBlank:
    """`given` is what was typed, or the token of a choice, and `said` the same in words; `right` is what belongs here,
    where something else was given. `before` and `after` are signs that stay with it on one line, such as brackets."""

    number: int
    token: str
    takes: str
    choices: tuple[ShownChoice, ...]
    given: str
    said: str
    state: str
    right: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class ShownBlanks:
    """`paragraphs` of text and blanks by turns."""

    paragraphs: tuple[tuple[str | ShownBlank, ...], ...]
    count: int


def blanks_of(question: Question) -> tuple[Blank, ...]:
    return _blanks(question.text)


@lru_cache(maxsize=4096)
def _blanks(text: str) -> tuple[Blank, ...]:
    return tuple(_blank(found[1]) for one in paragraphs(text) for found in _BLANK.finditer(one))


def _blank(inside: str) -> Blank:
    name, _, takes = inside.partition(":")
    return Blank(name.strip(), takes.strip().lower() or SHORT)


def rows_of(question: Question, blank: Blank) -> list[int]:
    """The options of a blank. Choices are sorted by their texts: recorded answers count on it."""
    rows = [number for number, option in enumerate(question.options) if option.match.strip() == blank.name]
    return sorted(rows, key=lambda number: question.options[number].text) if blank.takes == CHOICE else rows


def is_broken(question: Question) -> bool:
    """Whether brackets are left that belong to no blank."""
    rest = [_BLANK.sub("", text) for text in paragraphs(question.text)]
    return any(brackets in text for text in rest for brackets in ("[[", "]]"))


def intro_of(question: Question) -> str:
    """The first paragraph, if it has no blank."""
    return next((text for text in paragraphs(question.text)[:1] if not _BLANK.search(text)), "")


class Blanks:
    def read(self, question: Question, hand: Hand, sent: Sent) -> list[Entry]:
        entries = [
            _entry(question, blank, number, hand, _sent(sent, blank, hand))
            for number, blank in enumerate(blanks_of(question), 1)
        ]
        if all(entry is None for entry in entries):
            raise Unreadable(gettext_noop("Fill in at least one blank first."))
        return entries

    def show(self, question: Question, hand: Hand, seen: Seen) -> ShownBlanks:
        blanks = [_shown(question, blank, place, hand, seen) for place, blank in enumerate(blanks_of(question))]
        left = iter(blanks)
        return ShownBlanks(
            paragraphs=tuple(tuple(_pieces(text, left)) for text in _body(question)),
            count=len(blanks),
        )

    def fill(self, question: Question, hand: Hand, answer: list[Entry]) -> dict[str, list[str]]:
        blanks = zip(blanks_of(question), answer, strict=True)
        said = {blank: _said(question, blank, entry) for blank, entry in blanks}
        return {
            f"{NAME}-{hand.token(blank.name)}": [hand.token(text) if blank.takes == CHOICE else text]
            for blank, text in said.items()
            if text
        }

    def say(self, question: Question, answer: list[Entry]) -> str:
        blanks = zip(blanks_of(question), answer, strict=True)
        return "; ".join(_said(question, blank, entry) or "–" for blank, entry in blanks)

    def paper(self, question: Question, hand: Hand) -> Paper:
        def gap(found: re.Match[str]) -> str:
            texts = [choice.text for choice in _choices(question, _blank(found[1]), hand)]
            return f"{_GAP} ({' / '.join(texts)})" if texts else _GAP

        return Paper(text=tuple(_BLANK.sub(gap, text) for text in _body(question)), space=False)

    def carry(self, answer: list[Entry], was: Question, now: Question) -> list[Entry] | None:
        """Blanks are found by their names; one that is new was left open."""
        entries = dict(zip((blank.name for blank in blanks_of(was)), answer, strict=True))
        before = {blank.name: blank for blank in blanks_of(was)}
        carried: list[Entry] = []
        for blank in blanks_of(now):
            entry = entries.get(blank.name)
            if isinstance(entry, int):
                found = moved(_texts(was, before[blank.name]), _texts(now, blank))
                if blank.takes != CHOICE or entry not in found:
                    return None
                entry = found[entry]
            elif entry and blank.takes == CHOICE:
                return None
            carried.append(entry)
        return carried


def _body(question: Question) -> list[str]:
    """Its paragraphs without the intro."""
    return paragraphs(question.text)[bool(intro_of(question)) :]


def _pieces(paragraph: str, blanks: Iterator[ShownBlank]) -> Iterator[str | ShownBlank]:
    text, *rest = _WITH_SIGNS.split(paragraph)
    yield text
    for before, after, text in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        yield replace(next(blanks), before=before, after=after)
        yield text


def _texts(question: Question, blank: Blank) -> list[str]:
    return [question.options[number].text for number in rows_of(question, blank)]


def _choices(question: Question, blank: Blank, hand: Hand) -> tuple[ShownChoice, ...]:
    """Shuffled; none where the blank is to be typed."""
    if blank.takes != CHOICE:
        return ()
    texts = _texts(question, blank)
    return tuple(ShownChoice(hand.token(texts[place]), texts[place]) for place in hand.order(texts))


def _sent(sent: Sent, blank: Blank, hand: Hand) -> str:
    return " ".join(first(sent, f"{NAME}-{hand.token(blank.name)}").split())


def _entry(question: Question, blank: Blank, number: int, hand: Hand, sent: str) -> Entry:
    """Raises Unreadable."""
    if not sent:
        return None
    if blank.takes == CHOICE:
        index = hand.tokens(_texts(question, blank))
        if sent not in index:
            raise Unreadable(
                gettext_noop("That option is not one of this question's. Reload the page and answer again.")
            )
        return index[sent]
    if blank.takes == NUMBER and numbers.number(sent) is None:
        raise Unreadable(gettext_noop("Blank %(number)s takes a number, such as 1989 or 3.5."), number=number)
    if len(sent) > shorttext.LIMIT:
        raise Unreadable(
            gettext_noop("What you wrote into blank %(number)s is too long. Write at most %(limit)s characters."),
            number=number,
            limit=shorttext.LIMIT,
        )
    return sent


def _said(question: Question, blank: Blank, entry: Entry) -> str:
    """In words, and nothing for a blank left open."""
    return _texts(question, blank)[entry] if isinstance(entry, int) else entry or ""


def _told(question: Question, blank: Blank, right: Entry) -> str:
    """What is right in words: of numbers without their tolerance, and with both ends of a range."""
    if blank.takes != NUMBER:
        return _said(question, blank, right)
    full = (
        question.options[number].text for number in rows_of(question, blank) if question.options[number].credit == 1
    )
    return "; ".join(span.told for span in map(numbers.span, full) if span)


def _shown(question: Question, blank: Blank, place: int, hand: Hand, seen: Seen) -> ShownBlank:
    entry, state = (seen.last[place] if seen.last else None), _state(place, seen)
    said = "" if state == CLEARED else _said(question, blank, entry)
    given = hand.token(said) if said and blank.takes == CHOICE else said
    if seen.sent is not None and not seen.settled:
        given = _sent(seen.sent, blank, hand)
    return ShownBlank(
        number=place + 1,
        token=hand.token(blank.name),
        takes=blank.takes,
        choices=_choices(question, blank, hand),
        given=given,
        said=said,
        state=state,
        right=_told(question, blank, seen.right[place])
        if seen.right and entry != seen.right[place] and state != "right"
        else "",
    )


def _state(place: int, seen: Seen) -> str:
    if seen.parts is None or seen.last is None or seen.last[place] is None:
        return ""
    if seen.settled:
        return state_of(seen.parts[place])
    return CLEARED if seen.cleared and seen.parts[place] < 1 else ""
