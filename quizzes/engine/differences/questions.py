"""What is different in the questions that two documents have in common."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from quizzes.engine.differences.base import Difference, Group, Value, listed, number, percent, yes
from quizzes.engine.differences.pairing import paired, renamed
from quizzes.engine.document import Hint, Option, Question, Quiz
from quizzes.engine.drawing import pooled
from quizzes.engine.kinds import KINDS
from quizzes.engine.words import Message, gettext_noop


@dataclass(frozen=True)
class _Change:
    """`alone` is the question with nothing else changed."""

    what: Message
    before: Value
    after: Value
    alone: Question
    of: str = ""
    group: Group = Group.WORDS
    """Where it is no key change."""


def of_questions(before: Quiz, after: Quiz) -> Iterator[Difference]:
    now = {question.key: question for question in pooled(after)}
    for was in pooled(before):
        if was.key in now:
            yield from _of_question(was, now[was.key])


def _of_question(was: Question, now: Question) -> Iterator[Difference]:
    changes = [*_of_fields(was, now), *_of_options(was, now), *_of_hints(was, now)]
    keys = [] if _marks_alike(was, now) else _keys(was, changes)
    for change in changes:
        group = Group.KEYS if change in keys else change.group
        yield Difference(group, change.what, change.before, change.after, change.of, now)


def _keys(was: Question, changes: list[_Change]) -> list[_Change]:
    """Those that move marks on their own; or else all of the options', which do so together."""
    alone = [change for change in changes if not _marks_alike(was, change.alone)]
    return alone or [change for change in changes if change.alone.options != was.options]


def _marks_alike(was: Question, now: Question) -> bool:
    return was.kind == now.kind and KINDS[was.kind].marks_alike(was, now)


def _kind(name: str) -> Message:
    return Message(KINDS[name].label) if name in KINDS else Message("%(kind)s", {"kind": name})


def _marking(rule: str) -> Message:
    return Message(rule.replace("_", " ") or gettext_noop("as usual for its kind"))


_FIELDS: dict[str, tuple[str, Callable[..., Value], Group]] = {
    "kind": (gettext_noop("Kind"), _kind, Group.SETTINGS),
    "text": (gettext_noop("Question"), str, Group.WORDS),
    "marking": (gettext_noop("Marking"), _marking, Group.SETTINGS),
    "confusables": (gettext_noop("Not to be taken for"), listed, Group.SETTINGS),
    "units": (gettext_noop("Units"), listed, Group.SETTINGS),
    "explanation": (gettext_noop("Explanation"), str, Group.WORDS),
    "claims": (gettext_noop("Claims"), listed, Group.WORDS),
}


def _of_fields(was: Question, now: Question) -> Iterator[_Change]:
    for field, (label, told, group) in _FIELDS.items():
        old, new = getattr(was, field), getattr(now, field)
        if old != new:
            yield _Change(Message(label), told(old), told(new), replace(was, **{field: new}), group=group)


# Options


def _of_options(was: Question, now: Question) -> Iterator[_Change]:
    found = paired(was.options, now.options, lambda one: (one.text, one.match), lambda one: one.text)
    matches = renamed(
        {place: option.match for place, option in enumerate(was.options)},
        {place: now.options[later].match for place, later in found.items()},
    )
    for old, new in matches.items():
        options = tuple(replace(one, match=new) if one.match == old else one for one in was.options)
        yield _Change(Message(gettext_noop("Match")), old, new, replace(was, options=options))
    for place, later in found.items():
        yield from _of_option(was, place, now.options[later], matches)
    yield from _gone_and_new(was, now, found)
    if list(found.values()) != sorted(found.values()):
        order = sorted(range(len(was.options)), key=lambda place: found.get(place, place))
        alone = replace(was, options=tuple(was.options[place] for place in order))
        orders = [_numbered(map(_row, one.options)) for one in (was, now)]
        yield _Change(Message(gettext_noop("Order of the options")), orders[0], orders[1], alone)


def _of_option(was: Question, place: int, now: Option, matches: Mapping[str, str]) -> Iterator[_Change]:
    """Apart from a match that is only called something else."""
    option = was.options[place]

    def change(label: str, field: str, told: Callable[..., Value] = str) -> _Change:
        old, new = getattr(option, field), getattr(now, field)
        alone = _put(was, place, replace(option, **{field: new}))
        return _Change(Message(label), told(old), told(new), alone, "" if field == "text" else _row(option))

    if option.text != now.text:
        yield change(gettext_noop("Option"), "text")
    if option.credit != now.credit:
        yield change(gettext_noop("Credit"), "credit", lambda credit: _credit(credit, was))
    if now.match not in (option.match, matches.get(option.match)):
        yield change(gettext_noop("Match"), "match")
    if option.feedback != now.feedback:
        yield change(gettext_noop("Feedback"), "feedback")
    if option.claims != now.claims:
        yield change(gettext_noop("Claims"), "claims", listed)


def _gone_and_new(was: Question, now: Question, found: Mapping[int, int]) -> Iterator[_Change]:
    tells_credit = any(option.credit for option in (*was.options, *now.options))

    def headed(plain: str, with_credit: str, option: Option) -> Message:
        return Message(with_credit, {"credit": _credit(option.credit, was)}) if tells_credit else Message(plain)

    for place, option in enumerate(was.options):
        if place not in found:
            what = headed(gettext_noop("Option removed"), gettext_noop("Option removed: %(credit)s"), option)
            yield _Change(what, _row(option), None, _put(was, place))
    for place, option in enumerate(now.options):
        if place not in found.values():
            what = headed(gettext_noop("Option added"), gettext_noop("Option added: %(credit)s"), option)
            yield _Change(what, None, _row(option), replace(was, options=(*was.options, option)))


def _put(was: Question, place: int, *options: Option) -> Question:
    """With these options in the place of one."""
    return replace(was, options=(*was.options[:place], *options, *was.options[place + 1 :]))


def _credit(credit: float, question: Question) -> Message:
    if credit in (0, 1) and not KINDS[question.kind].by_hand:
        return Message(gettext_noop("right") if credit else gettext_noop("wrong"))
    return number(credit)


def _row(option: Option) -> str:
    return " – ".join(filter(None, (option.text, option.match)))


def _numbered(rows: Iterable[str]) -> str:
    return "\n".join(f"{place}. {row}" for place, row in enumerate(rows, 1))


# Hints


def _of_hints(was: Question, now: Question) -> Iterator[_Change]:
    """They change what a try earns, and never what an answer does."""
    found = paired(was.hints, now.hints, lambda one: one, lambda one: one.text)
    for place, later in found.items():
        yield from _of_hint(was, place, now.hints[later])
    for place, hint in enumerate(was.hints):
        if place not in found:
            about = {"number": place + 1, "cost": percent(hint.cost)}
            yield _Change(Message(gettext_noop("Hint %(number)s removed, cost %(cost)s"), about), hint.text, None, was)
    for place, hint in enumerate(now.hints):
        if place not in found.values():
            about = {"number": place + 1, "cost": percent(hint.cost)}
            yield _Change(Message(gettext_noop("Hint %(number)s added, costs %(cost)s"), about), None, hint.text, was)
    if list(found.values()) != sorted(found.values()):
        orders = [_numbered(hint.text for hint in one.hints) for one in (was, now)]
        yield _Change(Message(gettext_noop("Order of the hints")), orders[0], orders[1], was)


def _of_hint(question: Question, place: int, now: Hint) -> Iterator[_Change]:
    was, about = question.hints[place], {"number": place + 1}
    if was.text != now.text:
        yield _Change(Message(gettext_noop("Hint %(number)s"), about), was.text, now.text, question)
    if was.cost != now.cost:
        costs = percent(was.cost), percent(now.cost)
        yield _Change(Message(gettext_noop("Cost of hint %(number)s"), about), *costs, question, group=Group.MARKS)
    if was.clear_wrong != now.clear_wrong:
        does = yes(was.clear_wrong), yes(now.clear_wrong)
        yield _Change(Message(gettext_noop("Hint %(number)s takes out what is wrong"), about), *does, question)
    if was.how_many != now.how_many:
        does = yes(was.how_many), yes(now.how_many)
        yield _Change(Message(gettext_noop("Hint %(number)s tells how many are right"), about), *does, question)
