"""The places of a lesson that a search leads to, as plain words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from courses.passages import addresses, words
from courses.text import Block, parse


@dataclass(frozen=True)
class Place:
    """A passage. The first one of a section is led to by its heading, and that is its title. `fragment` is the end of
    its address on the lesson's page."""

    fragment: str
    section: str
    title: str
    text: str


def places(text: str) -> Iterator[Place]:
    """Of a lesson's Markdown, in its order. Checks and figures are no part of it."""
    section, heading = "", None
    for block, address in zip(_flat(parse(text).blocks), addresses(text), strict=True):
        if block.html.startswith("<h"):
            if heading:
                yield Place(heading.anchor, section, section, "")
            section, heading = words(block.html), block
        elif address:
            fragment = (heading and heading.anchor) or block.anchor or f"passage-{address}"
            yield Place(fragment, section, section if heading else "", words(block.html))
            heading = None
    if heading:
        yield Place(heading.anchor, section, section, "")


def _flat(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.kind == "text":
            yield block
        yield from _flat(block.blocks)
