"""Finding again what was moved, reworded or renamed."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

Row = TypeVar("Row")
Id = TypeVar("Id", bound=Hashable)


def paired(was: Sequence[Row], now: Sequence[Row], *same: Callable[[Row], object]) -> dict[int, int]:
    """Where each row stands now: the one that says the same, tried in this order; and where there are as many rows as
    before, the one in its place."""
    found: dict[int, int] = {}
    for says in same:
        left: dict[object, list[int]] = {}
        for place, row in enumerate(now):
            if place not in found.values():
                left.setdefault(says(row), []).append(place)
        for place, row in enumerate(was):
            if place not in found and left.get(says(row)):
                found[place] = left[says(row)].pop(0)
    if len(was) == len(now):
        taken = {*found, *found.values()}
        found |= {place: place for place in range(len(was)) if place not in taken}
    return dict(sorted(found.items()))


def renamed(was: Mapping[Id, str], now: Mapping[Id, str]) -> dict[str, str]:
    """Names that are gone, with the new name that all they stood for has now, and nothing had before."""
    found = {}
    for name in dict.fromkeys(was.values()):
        names = {now[one] for one in was if was[one] == name and one in now}
        if name and name not in now.values() and len(names) == 1 and not names & {"", *was.values()}:
            found[name] = names.pop()
    return found


def out_of_line(was: Sequence[Id], now: Sequence[Id]) -> set[Id]:
    """Of what is in both orders, what stands elsewhere among the others."""
    both = set(was) & set(now)
    was, now = [one for one in was if one in both], [one for one in now if one in both]
    blocks = SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
    return both - {one for block in blocks for one in was[block.a : block.a + block.size]}
