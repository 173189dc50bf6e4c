"""The rule about options that hold each other: ranges of numbers that meet, and words within words."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from math import inf, nextafter

from quizzes.engine.coach.base import Context, Remark, place
from quizzes.engine.document import Question
from quizzes.engine.english import plain, words
from quizzes.engine.words import Message, gettext_noop


def overlap(question: Question, context: Context) -> Iterator[Remark]:
    """Guideline 22. Of two options that overlap, both may be right, or the one rules out the other. One remark for each
    option that overlaps with one before it. Words are compared in English only."""
    said = [plain(option.text) for option in question.options]
    ranges = [read_range(text) for text in said]
    told: set[int] = set()
    for one, other in combinations(range(len(said)), 2):
        first, second = ranges[one], ranges[other]
        meet = first.meets(second) if first and second else context.is_english and _either_holds(said[one], said[other])
        if meet and other not in told:
            told.add(other)
            message = gettext_noop(
                "“%(one)s” and “%(other)s” overlap, so that both may be right or one rules out the other: draw a "
                "line between them."
            )
            yield Remark(place(other), Message(message, {"one": said[one], "other": said[other]}))


# Ranges


@dataclass(frozen=True)
class Range:
    """From low to high, both included."""

    low: float
    high: float
    unit: str = ""

    @property
    def is_number(self) -> bool:
        return self.low == self.high

    def meets(self, other: "Range") -> bool:
        """Whether they share a number; two numbers side by side are no ranges."""
        other_unit = self.unit and other.unit and self.unit != other.unit
        if other_unit or (self.is_number and other.is_number):
            return False
        return max(self.low, other.low) <= min(self.high, other.high)


_NUMBER = r"[$€£]?(?P<{0}>[-−]?\d[\d,]*(?:\.\d+)?)(?![\w.,]*\d)(?: (?P<{0}_times>thousand|million|billion)\b)?"
_LOW, _HIGH = _NUMBER.format("low"), _NUMBER.format("high")
_TIMES = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_ABOUT = r"(?:(?:about|around|roughly|exactly|some|in|nearly|almost) )?"
_MORE = r"(?:(?:more|greater|higher|longer|later|older) than|over|above|after|>)"
_LESS = r"(?:(?:less|fewer|lower|smaller|shorter|earlier|younger) than|under|below|before|until|<)"
_UNIT = r" ?(?P<unit>[^\d]*)"

_FORMS: tuple[tuple[str, Callable[[float, float], tuple[float, float]]], ...] = (
    (rf"{_ABOUT}(?:from |between )?{_LOW} ?(?:to|and|until|-|–|—) ?{_HIGH}{_UNIT}", lambda low, high: (low, high)),
    (rf"{_MORE} ?{_LOW}{_UNIT}", lambda low, _: (nextafter(low, inf), inf)),
    (rf"{_LESS} ?{_LOW}{_UNIT}", lambda low, _: (-inf, nextafter(low, -inf))),
    (rf"(?:at least|from|since|≥) ?{_LOW}{_UNIT}", lambda low, _: (low, inf)),
    (rf"(?:at most|up to|no more than|≤) ?{_LOW}{_UNIT}", lambda low, _: (-inf, low)),
    (rf"{_LOW}{_UNIT}(?: ?\+| (?:or|and) (?:more|over|later|older|above))", lambda low, _: (low, inf)),
    (rf"{_LOW}{_UNIT} (?:or|and) (?:less|fewer|under|earlier|younger|below)", lambda low, _: (-inf, low)),
    (rf"(?:in )?the {_LOW}s(?P<unit>)", lambda low, _: (low, low + 9)),
    (rf"{_ABOUT}{_LOW}{_UNIT}", lambda low, _: (low, low)),
)
"""Ways to write a range or a number, and their ends. What is over 5 begins with the next number."""
_READERS = [(re.compile(form, re.IGNORECASE), ends) for form, ends in _FORMS]


def read_range(text: str) -> Range | None:
    """None for a text that is no number and no range of numbers, in digits."""
    for form, ends in _READERS:
        if found := form.fullmatch(text.rstrip(".")):
            low, high = ends(*_numbers(found.groupdict(default="")))
            return Range(low, high, found["unit"].strip(" .").casefold())
    return None


def _numbers(found: dict[str, str]) -> tuple[float, float]:
    """In "1 to 2 million" both are millions."""
    last = found.get("high_times", "")
    low = _number(found["low"], found["low_times"] or last)
    return low, _number(found["high"], last) if "high" in found else low


def _number(digits: str, times: str) -> float:
    return float(digits.replace(",", "").replace("−", "-")) * _TIMES[times.casefold()]


# Words

_LINKS = {"a", "an", "the", "and"}
_OTHERWISE = {"no", "not", "never", "without", "nor", "former", "only", "alone", "almost", "nearly", "half", "vice"}
"""Words that make it something else."""
_JOINS = {"and", "or", "with", "for", "in", "of", "by", "on", "at", "to", "from", "as", "that", "which", "who", "but"}
_SIDES = re.compile(r"(?:north|south|east|west|central)\w*ern\b", re.IGNORECASE)


def _either_holds(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return _holds(longer, shorter) and not _is_other_name(longer, shorter)


def _holds(longer: str, shorter: str) -> bool:
    """Whether the words of the shorter are in the longer, in their order, and a third of its words at least, and none
    of the others makes it something else."""
    few = [word for word in words(shorter) if word not in _LINKS]
    many = [word for word in words(longer) if word not in _LINKS]
    added = set(many) - set(few)
    if not few or not added or len(few) * 3 < len(many):
        return False
    rest = iter(many)
    in_order = all(word in rest for word in few)
    return in_order and not any(word in _OTHERWISE or word.endswith("n't") for word in added)


def _is_other_name(longer: str, shorter: str) -> bool:
    """South Sudan is not in Sudan (though northern Sudan is), and carbon dioxide is no carbon."""
    name = re.escape(shorter)
    before = re.search(rf"\b([A-Z]\w+) {name}\b", longer)
    if before and shorter[:1].isupper() and not _SIDES.match(before[1]):
        return True
    after = re.search(rf"\b{name} (\w+)", longer)
    if after is None:
        return False
    return after[1][0].isupper() or (len(words(shorter)) == 1 and after[1] not in _JOINS)
