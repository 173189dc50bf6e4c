"""The objectives of lessons, and the keys by which questions say which one they test."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from sources.models import KEY

_keyed = re.compile(rf"(?P<text>.*\S)\s*\{{#(?P<key>{KEY})\}}\s*", re.DOTALL)


class Objective(NamedTuple):
    """What completes the phrase "After this lesson you can ...". Without a key no question can name it."""

    text: str
    key: str = ""


def objectives(lines: Iterable[str]) -> list[Objective]:
    """As a lesson has them: each a text with its key at the end, as in `tell a river from a lake {#river-lake}`."""
    return [Objective(**found.groupdict()) if (found := _keyed.fullmatch(line)) else Objective(line) for line in lines]
