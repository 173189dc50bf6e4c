"""Comparing a typed short answer with accepted answers: fair to how people write, strict about what they say.

An accepted answer is a pattern: text in which `*` stands for anything but a negation, and `\\*` for an asterisk. What
counts as the same spelling is in `spelling`. Beyond that one typing slip in one long word is forgiven, never where it
could make another meaning: see `_is_slip`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, lru_cache

from quizzes.engine.spelling import LIMIT, STAR, fold, same_in_arabic, spelled

__all__ = ["LIMIT", "STAR", "Accepted", "Best", "Match", "best", "filled", "fold", "folded", "matches"]


class Match(IntEnum):
    """How an answer agrees with a pattern; the surer way is the greater, and NO is false."""

    NO = 0
    ANYTHING = 1  # the pattern is a lone `*`
    SLIP = 2
    WILDCARD = 3
    SPELLING = 4  # another transliteration or script of the same name
    EXACT = 5  # the same after folding


@dataclass(frozen=True)
class Accepted:
    text: str
    credit: float = 1.0


@dataclass(frozen=True)
class Best:
    match: Match = Match.NO
    accepted: Accepted | None = None

    @property
    def credit(self) -> float:
        return self.accepted.credit if self.accepted else 0.0


@dataclass(frozen=True)
class _Text:
    folded: str

    @cached_property
    def spelled(self) -> str:
        return spelled(self.folded)

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(self.folded.split() + self.spelled.split())

    def holds(self, phrase: str) -> bool:
        """Whether the folded phrase stands in it as whole words; a wildcard ends a word."""
        return f" {phrase} " in f" {self.folded.replace(STAR, ' ')} "


_ASTERISKS = re.compile(r"\\\*|\*+")


@lru_cache(maxsize=4096)
def _pattern(text: str) -> _Text:
    starred = _ASTERISKS.sub(lambda found: "*" if found[0] == r"\*" else STAR, text.replace(STAR, ""))
    return _Text(fold(starred))


def folded(pattern: str) -> str:
    """A pattern as it is compared, with STAR for each wildcard."""
    return _pattern(pattern).folded


def filled(pattern: str, filling: str) -> str:
    """A pattern as somebody would type it, with this in place of each wildcard."""
    text = _ASTERISKS.sub(lambda found: "*" if found[0] == r"\*" else filling, pattern)
    return " ".join(text.split())


def matches(typed: str, pattern: str, *, confusables: Sequence[str] = (), others: Sequence[str] = ()) -> Match:
    """How a typed answer agrees with one pattern.

    `confusables` are words and phrases that mean something else than the pattern; `others` the question's accepted
    answers that earn less. What says one of them is not this pattern in another spelling, a slip comes near none of
    them, and a wildcard takes no confusable in. Text or a pattern longer than LIMIT characters matches nothing but a
    lone `*`.
    """
    return _match(_read(typed), pattern, confusables, others)


def best(typed: str, accepted: Sequence[Accepted], *, confusables: Sequence[str] = ()) -> Best:
    """The accepted answer that agrees most surely with what was typed; among equally sure ones the one with the most
    credit. So an answer listed word by word wins over a wildcard, and a lone `*` takes what nothing else takes. The
    order of the accepted answers has no influence."""
    text = _read(typed)
    found = [Best()]
    for answer in accepted:
        lesser = [other.text for other in accepted if other.credit < answer.credit]
        if match := _match(text, answer.text, confusables, lesser):
            found.append(Best(match, answer))
    return max(found, key=lambda one: (one.match, one.credit, one.accepted.text if one.accepted else ""))


def _read(typed: str) -> _Text | None:
    """None for a text that is too long."""
    return _Text(fold(typed.replace(STAR, ""))) if len(typed) <= LIMIT else None


def _match(typed: _Text | None, pattern: str, confusables: Sequence[str], others: Sequence[str]) -> Match:
    if len(pattern) > LIMIT:
        return Match.NO
    wanted = _pattern(pattern)
    if wanted.folded == STAR:
        return Match.ANYTHING
    if typed is None:
        return Match.NO
    if typed.folded == wanted.folded:
        return Match.EXACT
    if _says_something_else(typed, wanted, confusables, others):
        return Match.NO
    if STAR in wanted.folded:
        return Match.WILDCARD if _fits(typed, wanted) else Match.NO
    if typed.spelled == wanted.spelled or same_in_arabic(typed.folded, wanted.folded):
        return Match.SPELLING
    if _slipped(typed, wanted, confusables, others):
        return Match.SLIP
    return Match.NO


def _says_something_else(typed: _Text, wanted: _Text, confusables: Iterable[str], others: Iterable[str]) -> bool:
    if any(typed.folded == _pattern(other).folded for other in others):
        return True
    phrases = [_pattern(confusable).folded for confusable in confusables]
    return any(typed.holds(phrase) and not wanted.holds(phrase) for phrase in phrases)


# Wildcards


def _fits(typed: _Text, wanted: _Text) -> bool:
    as_written = _globs(wanted.folded, typed.folded) or _globs(wanted.spelled, typed.spelled)
    return as_written and _denies_alike(typed, wanted)


def _globs(pattern: str, text: str) -> bool:
    """Whether the pieces between wildcards stand in the text in their order. No backtracking: the leftmost place of
    each is as good as any. A wildcard that stands as a word may stand for no word."""
    first, *middle, last = _spaced(pattern).split(STAR)
    text = _spaced(text)
    place, end = len(first), len(text) - len(last)
    if place > end or not text.startswith(first) or not text.endswith(last):
        return False
    for piece in middle:
        found = text.find(piece, place, end)
        if found < 0:
            return False
        place = found + len(piece)
    return True


def _spaced(text: str) -> str:
    """Every word with a space on either side, so that two words have both even when nothing is between them."""
    return "".join(word if word == STAR else f" {word} " for word in text.split())


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


_NEGATIONS = _words(
    "no not nor none never neither nobody nothing nowhere without cannot cant dont doesnt didnt isnt arent wasnt",
    "werent wont wouldnt shouldnt couldnt hasnt havent hadnt mustnt neednt aint un",
    "نه نیست نیستند بدون غیر عدم هیچ نا بی لا لیس لیست لم لن دون",
)
_NEGATIVE_PREFIXES = ("counter", "anti", "non", "dis", "mis", "un", "in", "im", "il", "ir", "غیر", "نا", "بی")


def _denies_alike(typed: _Text, wanted: _Text) -> bool:
    """Whether as much is denied on both sides: a wildcard never takes in a "not", nor the "in" of "informal"."""
    stems = tuple(part for word in wanted.folded.split() for part in word.split(STAR) if len(part) > 2)
    return _denials(typed.folded, stems) == _denials(wanted.folded, stems)


def _denials(text: str, stems: tuple[str, ...]) -> int:
    return sum(word in _NEGATIONS or _affirmed(word).startswith(stems) for word in text.split())


def _affirmed(word: str) -> str:
    """What a negative prefix stands before; nothing where there is none."""
    return word.removeprefix(prefix) if (prefix := _negative_prefix(word)) else ""


def _negative_prefix(word: str) -> str:
    return next((prefix for prefix in _NEGATIVE_PREFIXES if word.startswith(prefix)), "")


# Slips

LONG = 6
"""Letters of a word in which a slip is forgiven. Among shorter words too many are one slip apart and both sensible
(Iran and Iraq, Sudan and Sedan, state and slate); from six on such pairs are few enough to list."""

_EXACT_WORDS = _NEGATIONS | _words(
    "hundred hundreds hundredth thousand thousands thousandth million millions millionth billion billions billionth",
    "trillion trillions dozen dozens twenties thirties forties fifties sixties seventies eighties nineties",
    "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth",
    "sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth",
    "ninetieth january february march april may june july august september october november december",
    "monday tuesday wednesday thursday friday saturday sunday",
)
_ENDINGS = (("ism", "ist"), ("er", "ee"))
_CONFUSABLE = (
    "iran iraq, iranian iraqi, sunni shia shiite, hezbollah hamas, khomeini khamenei, niger nigeria, nigerien "
    "nigerian, austria australia, slovakia slovenia, united untied, country county, statute statue, binding "
    "bending, formal format, causal casual, martial marital, adopted adapted, adoption adaption, contract "
    "contrast contact, prosecute persecute, prosecution persecution, proscribe prescribe, proscribed prescribed, "
    "succession secession, imminent immanent, signed singed, council counsel, complement compliment, stationary "
    "stationery, principal principle, personal personnel, moral morale, defuse diffuse, devise device, desert "
    "dessert, through thorough, conservation conversation, treaties treatise, region religion"
)


def _both_spellings(words: Iterable[str]) -> set[str]:
    return {spelling for word in words for spelling in (word, spelled(word))}


def _confusable_words() -> dict[str, set[str]]:
    others: dict[str, set[str]] = {}
    for group in map(str.split, _CONFUSABLE.split(", ")):
        for word in group:
            for spelling in _both_spellings([word]):
                others.setdefault(spelling, set()).update(_both_spellings(set(group) - {word}))
    return others


_CONFUSABLE_WITH = _confusable_words()


def _slipped(typed: _Text, wanted: _Text, confusables: Iterable[str], others: Iterable[str]) -> bool:
    """Whether just one word differs, by a slip, and the answer is not as near to something else."""
    pair = _slip_in(typed.folded, wanted.folded) or _slip_in(typed.spelled, wanted.spelled)
    if pair is None:
        return False
    slip, word = pair
    foreign = {other for text in confusables for other in _pattern(text).words} - wanted.words
    if any(_is_as_near(slip, word, other) for other in foreign | _CONFUSABLE_WITH.get(word, set())):
        return False
    return not any(slip in _pattern(other).words or _match(typed, other, (), ()) > Match.ANYTHING for other in others)


def _slip_in(typed: str, wanted: str) -> tuple[str, str] | None:
    """The one word that differs, and what it was to be."""
    words, wanted_words = typed.split(), wanted.split()
    if len(words) != len(wanted_words):
        return None
    differing = [pair for pair in zip(words, wanted_words, strict=True) if pair[0] != pair[1]]
    return differing[0] if len(differing) == 1 and _is_slip(*differing[0]) else None


def _is_slip(typed: str, word: str) -> bool:
    """One letter more, less or other, or two neighbours exchanged, in a long word.

    Not the first letter, which people seldom get wrong and which tells nuclear from unclear; not in a negative prefix
    nor in an ending that makes another word; not in a number, a date or a negation. The lists behind this are
    English, so it holds for Latin letters only; Arabic and Persian words, without their vowels, lie too close.
    """
    return (
        _gap(typed, word) == 1
        and len(word) >= LONG
        and typed[0] == word[0]
        and all(text.isascii() and text.isalpha() and text not in _EXACT_WORDS for text in (typed, word))
        and _negative_prefix(typed) == _negative_prefix(word)
        and not any({typed[-len(one) :], word[-len(one) :]} == {one, other} for one, other in _ENDINGS)
    )


def _is_as_near(slip: str, word: str, other: str) -> bool:
    """Whether the slip could be one in another word as well, or comes close to it from the word that was meant:
    Khameini is one letter from Khomeini, but Khamenei is what it says."""
    gap = _gap(slip, other)
    return gap <= 1 or gap == 2 < _gap(word, other)


def _gap(one: str, other: str) -> int:
    """How many letters lie between the common beginning and the common end of two words; neighbours exchanged count
    as one."""
    start = _common(one, other)
    one, other = one[start:], other[start:]
    end = _common(one[::-1], other[::-1])
    one, other = one[: len(one) - end], other[: len(other) - end]
    return 1 if len(one) == 2 and one == other[::-1] else max(len(one), len(other))


def _common(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    shorter = min(len(one), len(other))
    return next((n for n in range(shorter) if one[n] != other[n]), shorter)
