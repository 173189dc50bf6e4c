"""In which order cards come up, and how many on which day. No database."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar


class Waiting(Protocol):
    @property
    def topic(self) -> str: ...
    @property
    def recall(self) -> float:
        """The chance of knowing it today, 0 to 1."""

    @property
    def sure_but_wrong(self) -> bool: ...


W = TypeVar("W", bound=Waiting)


def in_order(waiting: Iterable[W], last: str = "") -> Iterator[W]:
    """Confident mistakes first, then what is most likely forgotten, to a percent; of neighbours, no two of one topic as
    long as there are others. `last` is the topic of what was asked before."""
    waiting = list(waiting)
    for sure_but_wrong in (True, False):
        group = [one for one in waiting if one.sure_but_wrong is sure_but_wrong]
        for one in _interleaved(group, last):
            yield one
            last = one.topic


def _interleaved(waiting: Iterable[W], last: str) -> Iterator[W]:
    topics: dict[str, deque[W]] = {}
    for one in sorted(waiting, key=lambda one: one.recall):
        topics.setdefault(one.topic, deque()).append(one)
    while topics:
        others = [topic for topic in topics if topic != last] or [*topics]
        last = min(others, key=lambda topic: (round(topics[topic][0].recall, 2), -len(topics[topic])))
        yield topics[last].popleft()
        if not topics[last]:
            del topics[last]


@dataclass(frozen=True)
class Load:
    """How many cards come up on a day."""

    day: date
    cards: int


def forecast(days: Iterable[date], *, today: date, cap: int, length: int, done: int = 0) -> list[Load]:
    """From the days on which cards are due, how many come up on each of the next days, today first. What is above the
    cap of a day waits for the next one; `done` were reviewed today already."""
    due = Counter(max(day, today) for day in days)
    loads, left = [], 0
    for day in (today + number * timedelta(days=1) for number in range(length)):
        room = max(cap - done, 0) if day == today else cap
        left += due[day]
        loads.append(Load(day, min(left, room)))
        left -= loads[-1].cards
    return loads
