"""Numbers as people type them, their units, and the values that a question accepts. Exact: nothing is rounded.

How a number is read, in digits of any script:

- a point or a comma is the decimal sign: 3.5 and 3,5;
- but a comma before just three digits separates thousands, as in 1,000, unless nothing or a 0 stands before it: 0,125;
- where both stand, or one of them several times, the first separates thousands: 1,000.5 and 1.000,5 and 1.000.000;
- a space and an apostrophe only ever separate thousands: 1 000,500 is a thousand and a half;
- powers of ten are written as 1.5e9 or 1.5 × 10^9.

A unit stands behind the number or before it. Capitals matter only between units that differ in nothing else.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from functools import lru_cache
from typing import NamedTuple

from quizzes.engine.spelling import fold
from quizzes.engine.words import Unreadable, gettext_noop

LIMIT = 100
"""The longest number that is read, in characters, with its unit."""

_HIGHEST_POWER = 99
"""Of ten, either way: nothing that is counted or measured is beyond."""

_EXACT = Context(prec=1000)
"""More digits than a sum or product of numbers within these limits can have."""


class Unit(NamedTuple):
    name: str
    factor: Decimal
    """How much of the first unit one of it is."""


@dataclass(frozen=True)
class Span:
    """All values from `low` to `high`, both included."""

    low: Decimal
    high: Decimal
    typical: str
    """One of them, as the author wrote it."""
    told: str
    """What learners are told: the value without its tolerance, or both ends."""

    def __contains__(self, value: Decimal) -> bool:
        return self.low <= value <= self.high


def number(text: str) -> Decimal | None:
    """A number with nothing beside it; None for anything else."""
    value, name = _read(text)
    return None if name else value


def quantity(text: str, units: Sequence[str] = (), *, unit_required: bool = False) -> Decimal:
    """A number in the first unit, converted where another one is written. Raises Unreadable."""
    value, name = _read(text)
    known = _known(tuple(units))
    factor = _factor(name, known)
    listed = ", ".join(names(units))
    if known and (value is None or factor is None):
        raise Unreadable(gettext_noop("Write one number, in one of these units: %(units)s."), units=listed)
    if value is None or factor is None:
        raise Unreadable(gettext_noop("Write one number and nothing else, such as 1989 or 3.5."))
    if unit_required and known and not name:
        raise Unreadable(gettext_noop("Write the unit too, one of these: %(units)s."), units=listed)
    return _EXACT.multiply(value, factor)


def names(units: Sequence[str]) -> tuple[str, ...]:
    """Of the units that are taken."""
    return tuple(unit.name for unit in _known(tuple(units)))


def still_read(was: Sequence[str], now: Sequence[str]) -> bool:
    """Whether whatever could be written in some units means the same with others in their place."""
    known, later = set(_known(tuple(was))), set(_known(tuple(now)))
    added = {_folded(unit.name) for unit in later - known}
    return known <= later and added.isdisjoint(_folded(unit.name) for unit in known)


# What authors write


def unit_of(text: str, *, first: bool) -> Unit | None:
    """The first unit is written by its name, each further one with what it is of the first: "m = 0.001". None for
    anything else."""
    name, equals, amount = (part.strip() for part in text.partition("="))
    factor = number(amount) if equals else Decimal(1)
    is_read = name and _read(f"1 {name}") == (Decimal(1), _plain(name))
    return Unit(name, factor) if is_read and bool(equals) != first and factor and factor > 0 else None


@lru_cache(maxsize=4096)
def span(text: str) -> Span | None:
    """What 1989, 1989 ± 1, 3.5 ± 5 % and 1988..1990 take in; None for anything else."""
    found = _from_to(text) if ".." in text else _around(text)
    return found if found and found.low <= found.high else None


def _from_to(text: str) -> Span | None:
    first, _, last = (part.strip() for part in text.partition(".."))
    low, high = number(first), number(last)
    return None if low is None or high is None else Span(low, high, first, f"{first} – {last}")


_TOLERANCE = re.compile(r"(?P<value>.+?)(?:(?:±|\+/?[-−–])(?P<by>.+?)(?P<percent>[%٪]\s*)?)?")


def _around(text: str) -> Span | None:
    parts = _TOLERANCE.fullmatch(text)
    if parts is None:
        return None
    typical = parts["value"].strip()
    value, by = number(typical), number(parts["by"] or "0")
    if value is None or by is None:
        return None
    with localcontext(_EXACT):
        reach = by * abs(value) / 100 if parts["percent"] else by
        return Span(value - reach, value + reach, typical, typical)


# Reading

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("−–—‒‐‑﹣－⁃", "-"),
        **dict.fromkeys("’‘ʼ´`٬", "'"),
        **dict.fromkeys("٫．", "."),
        **dict.fromkeys("،，", ","),
        "＋": "+",
        "٪": "%",
    }
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_RAISED_POWER = re.compile("(?<=10)[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")

_NUMBER = re.compile(
    r"""
    (?P<sign>[+-])?[ ]?
    (?P<before>[^\d.,+-]*?)[ ]?
    (?(sign)|(?P<inner>[+-])?)[ ]?
    (?=[.,]?\d)
    (?P<whole>
        (?!\d+\.\d{3}(?![.,]?\d))  # 1.000 is 1
        [1-9]\d{0,2}(?P<mark>[ ',.])\d{3}(?:(?P=mark)\d{3})*
      | \d*
    )
    (?:(?!(?P=mark))[.,](?P<fraction>\d*))?
    (?:(?:e|[ ]?[x×*·][ ]?10[ ]?\^)(?P<power>[+-]?\d+))?
    (?:[ ]?(?P<after>[^\d.,\s].*))?
    """,
    re.VERBOSE | re.IGNORECASE,
)


def _plain(text: str) -> str:
    """With ASCII digits and signs, single spaces, and nothing that can not be seen."""
    text = _RAISED_POWER.sub(lambda found: "^" + found[0].translate(_RAISED), text.translate(_SIGNS))
    seen = (character for character in text if unicodedata.category(character) != "Cf")
    return " ".join("".join(str(unicodedata.decimal(character, character)) for character in seen).split())


def _read(text: str) -> tuple[Decimal | None, str]:
    """A number and the name of its unit, empty where none is written; None for what is no number."""
    parts = _NUMBER.fullmatch(_plain(text)) if len(text) <= LIMIT else None
    if parts is None or abs(int(parts["power"] or 0)) > _HIGHEST_POWER:
        return None, ""
    whole = re.sub(r"\D", "", parts["whole"])
    sign = parts["sign"] or parts["inner"] or ""
    value = Decimal(f"{sign}{whole}.{parts['fraction'] or ''}e{parts['power'] or 0}")
    return value, f"{parts['before']} {parts['after'] or ''}".strip()


@lru_cache(maxsize=1024)
def _known(units: tuple[str, ...]) -> tuple[Unit, ...]:
    read = (unit_of(text, first=place == 0) for place, text in enumerate(units))
    return tuple(unit for unit in read if unit)


def _factor(name: str, units: Sequence[Unit]) -> Decimal | None:
    """None where the unit is not known, or could be one of two."""
    if not name:
        return Decimal(1)
    exact = {unit.factor for unit in units if unit.name == name}
    alike = exact or {unit.factor for unit in units if _folded(unit.name) == _folded(name)}
    return alike.pop() if len(alike) == 1 else None


def _folded(name: str) -> str:
    return fold(name.replace("^", ""))
