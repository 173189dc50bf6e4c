"""What is different in which questions are asked, where, and how the quiz is taken."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from msgspec.structs import asdict

from quizzes.engine.differences.base import Difference, Group, Value, number, percent, yes
from quizzes.engine.differences.pairing import out_of_line, renamed
from quizzes.engine.document import (
    AFTER,
    ASKED,
    CLOSED,
    COUNTED,
    DURING,
    EXAM,
    IMMEDIATE,
    NEVER,
    PRACTICE,
    Draw,
    Quiz,
    Slot,
)
from quizzes.engine.words import Message, gettext_noop

Item = Slot | Draw
Id = tuple[type, str, int]
"""Of a slot its question's key, of a draw its tag, and which of several with the same it is."""


def in_order(quiz: Quiz) -> Iterator[Item]:
    """Slots and draws as their author ordered them."""
    start = 0
    for draw in quiz.draws:
        end = len(quiz.slots) if draw.at is None else draw.at
        yield from quiz.slots[start:end]
        yield draw
        start = end
    yield from quiz.slots[start:]


def of_items(before: Quiz, after: Quiz) -> Iterator[Difference]:
    was, now = _by_id(before), _by_id(after)
    sections = renamed(_sections(was), _sections(now))
    for old, new in sections.items():
        yield Difference(Group.ASKED, Message(gettext_noop("Section")), old, new)
    moved = out_of_line(list(was), list(now))
    places, places_now = ({one: place for place, one in enumerate(items, 1)} for items in (was, now))
    for one, item in {**was, **now}.items():
        if one not in now:
            yield _difference(item, Group.ASKED, gettext_noop("Removed"), _at(places[one]))
        elif one not in was:
            yield _difference(item, Group.ASKED, gettext_noop("Added"), None, _at(places_now[one]))
        else:
            if one in moved:
                yield _difference(item, Group.ASKED, gettext_noop("Moved"), _at(places[one]), _at(places_now[one]))
            yield from _of_item(was[one], item, sections)


def _by_id(quiz: Quiz) -> dict[Id, Item]:
    found: dict[Id, Item] = {}
    count: Counter[tuple[type, str]] = Counter()
    for item in in_order(quiz):
        name = type(item), item.question.key if isinstance(item, Slot) else item.tag
        count[name] += 1
        found[*name, count[name]] = item
    return found


def _at(place: int) -> Message:
    return Message(gettext_noop("place %(place)s"), {"place": place})


def _sections(items: Mapping[Id, Item]) -> dict[Id, str]:
    return {one: item.section for one, item in items.items()}


def _difference(item: Item, group: Group, what: str, before: Value = None, after: Value = None) -> Difference:
    if isinstance(item, Slot):
        return Difference(group, Message(what), before, after, question=item.question)
    about = {"count": item.count, "tag": item.tag, "what": Message(what)}
    return Difference(group, Message(gettext_noop("%(count)s drawn by “%(tag)s”: %(what)s"), about), before, after)


def _of_item(was: Item, now: Item, sections: Mapping[str, str]) -> Iterator[Difference]:
    """Apart from its place, and from a section that is only called something else."""
    if now.section != sections.get(was.section, was.section):
        yield _difference(now, Group.ASKED, gettext_noop("Section"), _section(was), _section(now))
    if was.weight != now.weight:
        yield _difference(now, Group.MARKS, gettext_noop("Weight"), number(was.weight), number(now.weight))
    if isinstance(was, Draw) and isinstance(now, Draw):
        if was.count != now.count:
            yield _difference(now, Group.ASKED, gettext_noop("how many"), number(was.count), number(now.count))
        yield from _of_pool(was, now, gettext_noop("Can not be drawn by “%(tag)s” any more"))
        yield from _of_pool(now, was, gettext_noop("Can be drawn by “%(tag)s” now"))


def _section(item: Item) -> Value:
    return item.section or Message(gettext_noop("none"))


def _of_pool(draw: Draw, other: Draw, what: str) -> Iterator[Difference]:
    """Questions that one has and the other has not."""
    keys = {question.key for question in other.pool}
    for question in draw.pool:
        if question.key not in keys:
            yield Difference(Group.ASKED, Message(what, {"tag": draw.tag}), question=question)


# Settings


def _setting(setting: str) -> Message:
    return Message(
        {
            PRACTICE: gettext_noop("practice"),
            EXAM: gettext_noop("exam"),
            IMMEDIATE: gettext_noop("exam with immediate marks"),
        }[setting]
    )


def _confidence(confidence: str) -> Message:
    return Message(
        {
            "": gettext_noop("not asked"),
            ASKED: gettext_noop("asked, and kept"),
            COUNTED: gettext_noop("asked, and counts"),
        }[confidence]
    )


def _minutes(minutes: int | None) -> Message:
    return (
        Message(gettext_noop("none"))
        if minutes is None
        else Message(gettext_noop("%(minutes)s minutes"), {"minutes": minutes})
    )


def _share(share: float | None) -> Message:
    return Message(gettext_noop("none")) if share is None else percent(share)


_SETTINGS: dict[str, tuple[str, Callable[..., Message]]] = {
    "setting": (gettext_noop("Setting"), _setting),
    "tries": (gettext_noop("Tries"), number),
    "shuffled": (gettext_noop("Shuffled"), yes),
    "confidence": (gettext_noop("Confidence"), _confidence),
    "time_limit": (gettext_noop("Time limit"), _minutes),
    "pass_mark": (gettext_noop("Pass mark"), _share),
}
_SEEN = {
    "mark": gettext_noop("Learners see the mark"),
    "right": gettext_noop("Learners see the right answer"),
    "feedback": gettext_noop("Learners see feedback"),
    "evidence": gettext_noop("Learners see evidence"),
}
_WHEN = {
    DURING: gettext_noop("at once"),
    AFTER: gettext_noop("once finished"),
    CLOSED: gettext_noop("once closed"),
    NEVER: gettext_noop("never"),
}


def settings_of(quiz: Quiz) -> list[tuple[Message, Message]]:
    """What they are called, and what they are set to."""
    settings = [(Message(label), told(getattr(quiz, field))) for field, (label, told) in _SETTINGS.items()]
    seen = [(Message(label), Message(_WHEN[getattr(quiz.visibility, what)])) for what, label in _SEEN.items()]
    return [*settings, *seen]


def of_settings(before: Quiz, after: Quiz) -> Iterator[Difference]:
    if before.title != after.title:
        yield Difference(Group.WORDS, Message(gettext_noop("Title")), before.title, after.title)
    for field, (label, told) in _SETTINGS.items():
        was, now = getattr(before, field), getattr(after, field)
        if was != now:
            yield Difference(Group.SETTINGS, Message(label), told(was), told(now))
    yield from _of_visibility(before, after)


def _of_visibility(before: Quiz, after: Quiz) -> Iterator[Difference]:
    """What follows from the setting alone is told as well, since learners see it."""
    was, now = asdict(before.visibility), asdict(after.visibility)
    for what, label in _SEEN.items():
        if was[what] != now[what]:
            yield Difference(Group.SETTINGS, Message(label), Message(_WHEN[was[what]]), Message(_WHEN[now[what]]))
    if was == now and before.sees != after.sees:
        how = _decided(before), _decided(after)
        yield Difference(Group.SETTINGS, Message(gettext_noop("What learners see is decided")), *how)


def _decided(quiz: Quiz) -> Message:
    return Message(gettext_noop("by a table") if quiz.sees else gettext_noop("by the setting"))
