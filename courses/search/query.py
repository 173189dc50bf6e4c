"""What somebody types into the search field, understood. Never raises, whatever it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from courses.search.folding import Placed, placed, words

LONGEST = 200
"""Characters that are looked at."""
MOST = 12
"""Words that are looked for."""

SHORTEST_PART, LONGEST_SPLIT = 2, 14
"""Letters: of the words that one word is taken for two of, and of that word."""

_quotes = re.compile('["“”„«»]')
_arabic = re.compile("[\u0620-\u06ff]+$")


@dataclass(frozen=True)
class Phrase:
    """Words one after the other. The last one may go on when it `is_open`."""

    words: tuple[str, ...]
    is_open: bool

    def stands_in(self, indexed: str) -> bool:
        end = "" if self.is_open else " "
        return f" {' '.join(self.words)}{end}" in f" {indexed} "


@dataclass(frozen=True)
class Term:
    """One thing that is looked for; any of its spellings will do."""

    spellings: tuple[Phrase, ...]

    def stands_in(self, *indexed: str) -> bool:
        return any(phrase.stands_in(text) for phrase in self.spellings for text in indexed)


@dataclass(frozen=True)
class Query:
    """`ways` are sets of terms: all terms of any one of them must be there. `is_cut` says that more was typed than is
    looked for."""

    typed: str
    ways: tuple[tuple[Term, ...], ...]
    is_cut: bool

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        found = (phrase for way in self.ways for term in way for phrase in term.spellings)
        return tuple(dict.fromkeys(found))

    def finds(self, indexed: str, *, beside: str = "") -> bool:
        """Whether all that is looked for stands in a text or `beside` it, and some of it in the text itself."""
        found = any(all(term.stands_in(indexed, beside) for term in way) for way in self.ways)
        return found and any(phrase.stands_in(indexed) for phrase in self.phrases)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where in a text, as it was written, stands what is looked for; in order, none within another."""
        pieces, wholes = placed(text)
        found = sorted(span for phrase in self.phrases for span in _spans(phrase, pieces, wholes))
        joined: list[tuple[int, int]] = []
        for start, end in found:
            if joined and start < joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return joined


def parse(typed: str) -> Query:
    """Words, of which all must be there, and “phrases”. A word may go on, but for short ones before the last."""
    typed = typed.strip()
    text = typed[:LONGEST]
    terms = list(_terms(text))
    kept = tuple(terms[:MOST])
    return Query(text, tuple(_ways(kept)) if kept else (), is_cut=len(typed) > LONGEST or len(terms) > MOST)


def _terms(text: str) -> Iterator[Term]:
    parts = _quotes.split(text)
    for number, part in enumerate(parts):
        is_last, found = number == len(parts) - 1, words(part)
        if number % 2:
            if pieces := tuple(piece for word in found for piece in word):
                yield Term((Phrase(pieces, is_open=is_last),))
            continue
        for place, word in enumerate(found, 1):
            yield _term(word, is_last=is_last and place == len(found))


def _term(word: tuple[str, ...], *, is_last: bool) -> Term:
    spellings = dict.fromkeys([word, ("".join(word),)])
    written = [Phrase(words, _may_go_on(words[-1], is_last)) for words in spellings]
    apart = _apart(word[0]) if len(word) == 1 else ()
    return Term((*written, *(Phrase(parts, is_last) for parts in apart)))


def _apart(word: str) -> Iterator[tuple[str, str]]:
    """As two words, wherever it may be parted, since in Arabic script many words are written both ways."""
    if len(word) <= LONGEST_SPLIT and _arabic.match(word):
        for place in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            yield word[:place], word[place:]


def _may_go_on(word: str, is_last: bool) -> bool:
    return len(word) > (1 if is_last else 2)


def _ways(terms: tuple[Term, ...]) -> Iterator[tuple[Term, ...]]:
    """As it was typed; and with two neighbours written as one, for the same reason."""
    yield terms
    for place, (one, other) in enumerate(pairwise(terms)):
        first, second = one.spellings[0], other.spellings[0]
        if len(first.words) == len(second.words) == 1:
            joined = first.words[0] + second.words[0]
            if _arabic.match(joined):
                yield (*terms[:place], Term((Phrase((joined,), second.is_open),)), *terms[place + 2 :])


def _spans(phrase: Phrase, pieces: list[Placed], wholes: list[Placed]) -> Iterator[tuple[int, int]]:
    length = len(phrase.words)
    for run in (pieces[start : start + length] for start in range(len(pieces) - length + 1)):
        if _is(phrase, run):
            yield run[0].start, run[-1].end
    for whole in wholes:
        if _is(phrase, [whole]):
            yield whole.start, whole.end


def _is(phrase: Phrase, run: list[Placed]) -> bool:
    """Whether words as they stand are those that are looked for."""
    *firsts, last = phrase.words
    if [one.folded for one in run[:-1]] != firsts:
        return False
    return run[-1].folded.startswith(last) if phrase.is_open else run[-1].folded == last
