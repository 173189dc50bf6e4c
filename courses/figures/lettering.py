"""How much room words need.

No font is at hand, so the widths are those of DejaVu Sans Bold, the widest of the fonts that the site's style names:
what fits there fits everywhere.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

_letters = {
    7: "' /IJ\\ijl|",
    8: ",-.:;",
    9: "!()[]f",
    10: '"*_`rt',
    12: "?csz",
    13: "Lakvxy",
    14: "$0123456789EFSTYbdeghnopqu{}",
    15: "ABCKPRVXZ",
    16: "GU",
    17: "#&+<=>DHNOQ^~",
    18: "w",
    20: "%@M",
    21: "m",
    22: "W",
}
"""By their width, in twentieths of the font's size."""
_width_of = {letter: width for width, letters in _letters.items() for letter in letters}
OTHER = 16
WIDE = 21  # scripts whose letters fill a square
REGULAR = 0.93  # of bold
LEADING = 1.25


def width(text: str, size: float, *, bold: bool = True) -> float:
    twentieths = sum(_width_of.get(letter, WIDE if letter >= "\u2e80" else OTHER) for letter in text)
    return twentieths / 20 * size * (1 if bold else REGULAR)


def wrap(text: str, room: float, size: float, *, bold: bool = True) -> tuple[str, ...]:
    """Lines that fit, broken at spaces; a word that is too long has a line of its own. Of the ways with the fewest
    lines, the one with the shortest longest line."""
    words = text.split()
    fewest = _fill(words, room, size, bold)
    widths = sorted({width(" ".join(words[a:b]), size, bold=bold) for b in range(len(words) + 1) for a in range(b)})
    tries = (_fill(words, narrower, size, bold) for narrower in widths if narrower <= room)
    return next((lines for lines in tries if len(lines) == len(fewest) and _fits(lines, room, size, bold)), fewest)


def base_lines(words: Sequence[str], top: float, size: float) -> tuple[tuple[str, float], ...]:
    """Lines of letters one under the other, each with its base line."""
    return tuple((text, round(top + size * (LEADING * number + 1), 1)) for number, text in enumerate(words))


def _fits(lines: tuple[str, ...], room: float, size: float, bold: bool) -> bool:
    return all(width(line, size, bold=bold) <= room for line in lines)


def _fill(words: list[str], room: float, size: float, bold: bool) -> tuple[str, ...]:
    breaks = [0, *_breaks(words, room, size, bold), len(words)]
    return tuple(" ".join(words[start:end]) for start, end in pairwise(breaks) if start < end)


def _breaks(words: list[str], room: float, size: float, bold: bool) -> Iterator[int]:
    start = 0
    for end in range(1, len(words)):
        if width(" ".join(words[start : end + 1]), size, bold=bold) > room:
            yield end
            start = end
