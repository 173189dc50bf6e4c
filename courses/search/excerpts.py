"""A part of a text around what was looked for, with that marked. Plain text: whoever shows it escapes it."""

from dataclasses import dataclass

from courses.search.query import Query

WIDTH = 220
LEAD = 60
"""Characters before the first mark."""


@dataclass(frozen=True)
class Piece:
    text: str
    is_marked: bool


Marked = tuple[Piece, ...]


def marked(text: str, query: Query) -> Marked:
    """All of it."""
    return tuple(_pieces(text, query.spans(text), 0, len(text)))


def excerpt(text: str, query: Query) -> Marked:
    """As much as fits a few lines, in whole words, from shortly before the first mark."""
    spans = query.spans(text)
    start = _start(text, spans[0][0] if spans else 0)
    end = _end(text, start + WIDTH)
    found = _pieces(text, spans, start, end)
    return (
        *([Piece("… ", is_marked=False)] if start else []),
        *found,
        *([Piece(" …", is_marked=False)] if end < len(text) else []),
    )


def _start(text: str, first: int) -> int:
    """A text that fits is shown whole."""
    if len(text) <= WIDTH or first <= LEAD:
        return 0
    wanted = min(first - LEAD, len(text) - WIDTH)
    space = text.find(" ", wanted, first)
    return space + 1 if space >= 0 else wanted


def _end(text: str, wanted: int) -> int:
    if wanted >= len(text):
        return len(text)
    space = text.rfind(" ", wanted - LEAD, wanted)
    return space if space >= 0 else wanted


def _pieces(text: str, spans: list[tuple[int, int]], start: int, end: int) -> list[Piece]:
    pieces = []
    at = start
    for first, last in spans:
        first, last = max(first, start), min(last, end)
        if first < last:
            pieces += [Piece(text[at:first], is_marked=False), Piece(text[first:last], is_marked=True)]
            at = last
    return [piece for piece in [*pieces, Piece(text[at:end], is_marked=False)] if piece.text]
