"""Where a highlight's words are now. No database.

A quote is found again by itself and by what stood around it. It may be in another passage by now, or in another lesson
of the course, and a few words of it may have changed. Where that is not sure, it is not found: nothing is ever marked
that was not meant.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from courses.passages import Passage

CONTEXT = 64
"""Letters kept from before and after a quote."""

_signs = str.maketrans({**dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‘’‚", "'"), **dict.fromkeys("‐‑–—", "-")})

CLOSE = 12
"""Letters right beside a quote that have to be the same, on both sides together."""

ALIKE, ALMOST = 0.35, 0.6
"""The share of words in common from which on what is around a quote counts as the same: in its passage, in others. Of
the quote's own words, the larger one always."""

LONG, VERY_LONG = 24, 60
"""Letters of a quote that needs less around it where it stands but once in its passage, and nothing in others."""


@dataclass(frozen=True)
class Selector:
    """Words as they were: in which passage, what stood around them, and where they began."""

    address: str
    quote: str
    prefix: str = ""
    suffix: str = ""
    place: int = 0
    whole: bool = False
    """Whether they were all of the passage."""

    @property
    def in_context(self) -> str:
        """The quote with what stood around it, from word to word."""
        before = self.prefix.partition(" ")[2] if len(self.prefix) == CONTEXT else self.prefix
        after = self.suffix.rpartition(" ")[0] if len(self.suffix) == CONTEXT else self.suffix
        return f"{before}{self.quote}{after}".strip()


@dataclass(frozen=True)
class Found:
    passage: Passage
    start: int
    end: int

    @property
    def words(self) -> str:
        return self.passage.words[self.start : self.end]


def selected(passage: Passage, start: int, end: int, *, whole: bool = False) -> Selector:
    """What is kept of words that are marked now."""
    words = passage.words
    prefix, suffix = words[max(0, start - CONTEXT) : start], words[end : end + CONTEXT]
    return Selector(passage.address, words[start:end], prefix, suffix, start, whole)


def find(one: Selector, passages: Sequence[Passage]) -> Found | None:
    """Where the words are in their lesson."""
    return find_at_home(one, passages) or _find_elsewhere(one, [p for p in passages if p.address != one.address])


def find_at_home(one: Selector, passages: Iterable[Passage]) -> Found | None:
    """In the passage of their address."""
    home = next((passage for passage in passages if passage.address == one.address), None)
    if home is None:
        return None
    if one.whole:
        return _all_of(home) if _share(one.quote, home.words) >= ALMOST else None
    return _find_at(one, home) or _find_changed(one, home)


def find_in_another(one: Selector, home: Sequence[Passage], passages: Sequence[Passage]) -> Found | None:
    """In a lesson of the same course, where they are not in their own lesson, `home`, any more."""
    is_at_home = any(passage.address == one.address for passage in home)
    return (None if is_at_home else find_at_home(one, passages)) or _find_elsewhere(one, passages)


def locate(passage: Passage, quote: str, prefix: str = "", suffix: str = "") -> Found | None:
    """Words that somebody selected or typed; where they stand there more than once, those with this around them."""
    prefix, suffix = (re.sub(r"\s+", " ", text) for text in (prefix, suffix))
    one = Selector(passage.address, " ".join(quote.split()), prefix[-CONTEXT:], suffix[:CONTEXT])
    for fold in (str, plain, lambda text: plain(text).lower()):
        quote, words = fold(one.quote), fold(passage.words)
        places = [_Place(passage, start, one) for start in _places(quote, words)]
        if places and len(quote) == len(one.quote) and len(words) == len(passage.words):
            return _best(places, one)
    return None


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """With signs as they are on every keyboard, letter for letter."""
    return text.translate(_signs)


def _all_of(passage: Passage) -> Found:
    return Found(passage, 0, len(passage.words))


def _find_at(one: Selector, home: Passage) -> Found | None:
    """The very words: where what is around them is the same, or, of a long quote that stands there but once, some of
    it."""
    found = [_Place(home, start, one) for start in _places(plain(one.quote), plain(home.words))]
    is_clear = len(found) == 1 and len(one.quote) >= LONG
    same = [at for at in found if at.is_beside and at.share >= ALIKE]
    return _best(same or [at for at in found if is_clear and (at.is_beside or at.share >= ALIKE)], one)


def _find_elsewhere(one: Selector, passages: Iterable[Passage]) -> Found | None:
    """The very words: where much of what is around them is the same, or a very long quote that stands but once."""
    if one.whole:
        same = [passage for passage in passages if plain(passage.words) == plain(one.quote)]
        return _all_of(same[0]) if len(same) == 1 else None
    quote = plain(one.quote)
    found = [_Place(home, start, one) for home in passages for start in _places(quote, plain(home.words))]
    is_clear = len(found) == 1 and len(quote) >= VERY_LONG
    return _best([at for at in found if is_clear or (at.is_beside and at.share >= ALMOST)], one)


def _best(places: "Sequence[_Place]", one: Selector) -> Found | None:
    if not places:
        return None
    best = max(places, key=lambda at: (at.beside, at.share, -abs(at.start - one.place)))
    return Found(best.passage, best.start, best.start + len(one.quote))


@dataclass(frozen=True)
class _Place:
    """Where a quote stands, and how well what is around it agrees with what was."""

    passage: Passage
    start: int
    one: Selector

    @cached_property
    def _around(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Before and after it, each as it is and as it was."""
        words, end = self.passage.words, self.start + len(self.one.quote)
        before = words[max(0, self.start - CONTEXT) : self.start]
        return (before, self.one.prefix), (words[end : end + CONTEXT], self.one.suffix)

    @cached_property
    def _beside(self) -> tuple[int, int]:
        """How many letters right before and right after it are the same."""
        (before, prefix), (after, suffix) = self._around
        return _begin_alike(before[::-1], prefix[::-1]), _begin_alike(after, suffix)

    @property
    def is_beside(self) -> bool:
        return self.beside >= CLOSE

    @property
    def beside(self) -> int:
        return sum(self._beside)

    @cached_property
    def share(self) -> float:
        """Of the words around it that are the same."""
        return sum(_share(now, then) for now, then in self._around) / 2


def _places(quote: str, words: str) -> Iterator[int]:
    place = words.find(quote) if quote else -1
    while place >= 0:
        yield place
        place = words.find(quote, place + 1)


def _begin_alike(text: str, other: str) -> int:
    """How many letters two texts begin with in common. That both end with the passage counts for some more."""
    if text == other:
        return len(text) + (CLOSE // 2 if len(text) < CONTEXT else 0)
    shorter = min(len(text), len(other))
    return next((number for number, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), shorter)


def _share(text: str, other: str) -> float:
    """Of words in common, in their order: 0 to 1. That both have none says little."""
    if not text and not other:
        return ALMOST
    return SequenceMatcher(None, plain(text).split(), plain(other).split(), autojunk=False).ratio()


def _find_changed(one: Selector, passage: Passage) -> Found | None:
    """Between what stood before and what stood after the quote, if most of its words are still there."""
    words = passage.words
    start = 0
    if one.prefix:
        before = one.prefix[-CLOSE:]
        start = words.find(before) + len(before)
        if words.count(before) != 1 or (len(one.prefix) < CLOSE and not words.startswith(before)):
            return None
    end = len(words)
    if one.suffix:
        after = one.suffix[:CLOSE]
        end = words.find(after, start)
        if words.count(after) != 1 or end < 0 or (len(one.suffix) < CLOSE and not words.endswith(after)):
            return None
    return Found(passage, start, end) if start < end and _share(one.quote, words[start:end]) >= ALMOST else None
