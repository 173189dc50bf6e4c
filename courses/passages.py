"""The passages of a lesson as words: what stands there to be read, letter by letter, and marks set into its HTML.

Words are what a reader sees as running text: no footnote numbers and no meanings of terms, and one space wherever there
is white space. Places in them count letters from 0.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from html import unescape

from courses.text import Block, parse

_pieces = re.compile(r'<(?:"[^"]*"|[^">])*>|&\w+;|\ue000[a-z0-9-]+\ue001|.', re.DOTALL)
_between = frozenset({"ul", "ol", "table", "thead", "tbody", "tr"})
"""Elements that hold other elements only: a mark has no place between those."""


@dataclass(frozen=True)
class Passage:
    """`address` is its anchor, or follows from its words where it has none."""

    address: str
    words: str
    claims: tuple[str, ...] = ()
    section: str = ""
    """The heading above it."""
    number: int = 0
    """Its place in the lesson, from 0."""


@dataclass(frozen=True)
class Span:
    """Words to be marked, from a place to before another; `name` is what the mark is called."""

    start: int
    end: int
    name: str


@lru_cache(maxsize=512)
def passages(text: str) -> tuple[Passage, ...]:
    """Of a lesson's Markdown, in its order."""
    parsed = parse(text)
    found = zip(_flat(parsed.blocks), addresses(text), strict=True)
    return tuple(
        Passage(address, words(block.html), block.claims, parsed.section_of(block.anchor), number)
        for number, (block, address) in enumerate(found)
        if address
    )


@lru_cache(maxsize=512)
def addresses(text: str) -> tuple[str, ...]:
    """Of every block of text, also those in the box; empty for one that is no passage: a heading, a line."""
    seen: Counter[str] = Counter()
    found = []
    for block in _flat(parse(text).blocks):
        address = _address(block)
        seen[address] += 1
        found.append(f"{address}-{seen[address]}" if address and seen[address] > 1 else address)
    return tuple(found)


def _flat(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.kind == "text":
            yield block
        yield from _flat(block.blocks)


def _address(block: Block) -> str:
    said = "" if block.html.startswith("<h") else words(block.html)
    if not said:
        return ""
    return block.anchor or f"p-{blake2b(said.encode(), digest_size=6).hexdigest()}"


def words(html: str) -> str:
    return _read(html).words


def marked(html: str, spans: Sequence[Span]) -> str:
    """The same HTML with `<mark>` around these words. Where spans overlap, one mark has the names of all of them. Spans
    that reach beyond the words are cut off."""
    read = _read(html)
    ranges = [
        (read.at[span.start], read.at[min(span.end, len(read.at)) - 1], span) for span in spans if _fits(span, read)
    ]
    out, current = [], ""
    for place, piece in enumerate(read.pieces):
        names = [span.name for first, last, span in ranges if first <= place <= last] if read.takes_marks[place] else []
        if (wanted := " ".join(dict.fromkeys(names))) != current:
            out.append("</mark>" if current else "")
            out.append(f'<mark data-highlight="{wanted}">' if wanted else "")
            current = wanted
        out.append(piece)
    return "".join(out) + ("</mark>" if current else "")


def _fits(span: Span, read: "_Read") -> bool:
    return 0 <= span.start < min(span.end, len(read.at))


@dataclass(frozen=True)
class _Read:
    """HTML in pieces: tags, places for meanings, letters. `at` is the piece of each letter of the words."""

    pieces: list[str]
    takes_marks: list[bool]
    words: str
    at: list[int]


def _read(html: str) -> _Read:
    pieces = _pieces.findall(html)
    takes_marks, letters, at = [], [], []
    inside: list[str] = []
    for place, piece in enumerate(pieces):
        in_number = "sup" in inside
        is_letter = piece[0] not in "<\ue000" and not in_number
        takes_marks.append(is_letter and not (inside and inside[-1] in _between))
        if is_letter:
            letter = unescape(piece)
            if not letter.isspace():
                letters.append(letter)
                at.append(place)
            elif letters and letters[-1] != " ":
                letters.append(" ")
                at.append(place)
        elif piece[0] == "<":
            _step(inside, piece)
    if letters and letters[-1] == " ":
        del letters[-1], at[-1]
    return _Read(pieces, takes_marks, "".join(letters), at)


def _step(inside: list[str], tag: str) -> None:
    """Into an element or out of it."""
    name = re.split(r"[\s>/]", tag.lstrip("</"), maxsplit=1)[0]
    if tag.startswith("</"):
        inside.pop()
    elif name not in {"br", "hr"}:
        inside.append(name)
