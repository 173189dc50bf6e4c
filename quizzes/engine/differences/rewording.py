"""Two wordings of a text, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

SAME, OUT, IN = "same", "out", "in"

MOST_WORDS = 2_000
"""Of either text: beyond, comparing words takes too long, and the texts are shown one after the other."""
LEAST_ALIKE = 0.6
"""Texts that share less are told apart more easily as wholes. Spaces count, which make half of most texts."""

_WORDS = re.compile(r"\s+|[.,;:!?…،؛؟()\[\]{}«»“”\"]|[^\s.,;:!?…،؛؟()\[\]{}«»“”\"]+")


@dataclass(frozen=True)
class Piece:
    """`state` is SAME, OUT (only in the earlier wording) or IN (only in the later one)."""

    state: str
    text: str


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """All of both, in order: without what is OUT it reads as `after`, without what is IN as `before`."""
    was, now = _WORDS.findall(before), _WORDS.findall(after)
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    if max(len(was), len(now)) > MOST_WORDS or matcher.ratio() < LEAST_ALIKE:
        return tuple(Piece(state, text) for state, text in ((OUT, before), (IN, after)) if text)
    return tuple(_joined(_steps(matcher, was, now)))


def _steps(matcher: "SequenceMatcher[str]", was: list[str], now: list[str]) -> Iterator[Piece]:
    for tag, start, end, start_now, end_now in matcher.get_opcodes():
        before, after = "".join(was[start:end]), "".join(now[start_now:end_now])
        if tag == "equal" and (before.strip() or _is_edge(start, end, was)):
            yield Piece(SAME, before)
        else:  # a space between two words that changed changes with them
            yield from (Piece(state, text) for state, text in ((OUT, before), (IN, after)) if text)


def _is_edge(start: int, end: int, words: list[str]) -> bool:
    return start == 0 or end == len(words)


def _joined(steps: Iterator[Piece]) -> Iterator[Piece]:
    """With neighbours that changed as one piece out and one in."""
    for is_same, run in groupby(steps, key=lambda piece: piece.state == SAME):
        found = list(run)
        for state in (SAME,) if is_same else (OUT, IN):
            if text := "".join(piece.text for piece in found if piece.state == state):
                yield Piece(state, text)
