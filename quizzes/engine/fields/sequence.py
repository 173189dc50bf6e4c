"""A place for each row, by a number. The answer is a list of option indexes in the learner's order."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.engine.document import Question
from quizzes.engine.fields.base import NAME, Paper, Seen, Sent, first, moved, state_of
from quizzes.engine.fields.options import texts_of
from quizzes.engine.seeds import Hand
from quizzes.engine.words import Unreadable, gettext_noop


@dataclass(frozen=True)
class ShownPlace:
    """`place` is what stands in the number field."""

    token: str
    text: str
    place: str
    state: str


@dataclass(frozen=True)
class ShownSequence:
    """`right` has the texts in the right order, where it may be told and another was given."""

    rows: tuple[ShownPlace, ...]
    right: tuple[str, ...]


class PlacePerRow:
    def read(self, question: Question, hand: Hand, sent: Sent) -> list[int]:
        count = len(question.options)
        places = [_place(said, count) for said in _said(question, hand, sent)]
        if 0 in places:
            raise Unreadable(gettext_noop("Give every row a place: a whole number from 1 to %(count)s."), count=count)
        if twice := sorted({place for place in places if places.count(place) > 1}):
            raise Unreadable(
                gettext_noop("More than one row has place %(places)s. Give each row another, from 1 to %(count)s."),
                places=", ".join(map(str, twice)),
                count=count,
            )
        return sorted(range(count), key=places.__getitem__)

    def show(self, question: Question, hand: Hand, seen: Seen) -> ShownSequence:
        texts = texts_of(question)
        order = list(seen.last or hand.order(texts))
        places = [str(place) for place in range(1, len(order) + 1)]
        states = [""] * len(order)
        if seen.settled and seen.parts is not None:
            states = [state_of(part) for part in seen.parts]
        elif seen.sent is not None and not seen.settled:
            order, places = _as_sent(order, _said(question, hand, seen.sent))
        rows = zip(order, places, states, strict=True)
        return ShownSequence(
            rows=tuple(ShownPlace(hand.token(texts[number]), texts[number], *rest) for number, *rest in rows),
            right=tuple(texts[number] for number in seen.right or () if seen.right != seen.last),
        )

    def fill(self, question: Question, hand: Hand, answer: list[int]) -> dict[str, list[str]]:
        texts = [question.options[number].text for number in answer]
        return {f"{NAME}-{hand.token(text)}": [str(place)] for place, text in enumerate(texts, 1)}

    def say(self, question: Question, answer: list[int]) -> str:
        return "; ".join(f"{place}. {question.options[number].text}" for place, number in enumerate(answer, 1))

    def carry(self, answer: list[int], was: Question, now: Question) -> list[int] | None:
        found = moved(texts_of(was), texts_of(now))
        return [found[number] for number in answer] if len(found) == len(now.options) == len(answer) else None

    def paper(self, question: Question, hand: Hand) -> Paper:
        texts = texts_of(question)
        return Paper(rows=tuple(texts[number] for number in hand.order(texts)))


def _said(question: Question, hand: Hand, sent: Sent) -> list[str]:
    """What was sent for each option."""
    return [first(sent, f"{NAME}-{hand.token(text)}").strip() for text in texts_of(question)]


def _place(said: str, count: int) -> int:
    """1 to count, or 0 where it is no place."""
    return {str(place): place for place in range(1, count + 1)}.get(said, 0)


def _as_sent(order: Sequence[int], said: Sequence[str]) -> tuple[list[int], list[str]]:
    """The order that the numbers ask for as far as they can be read, and the numbers; the rest comes last."""
    by_place = sorted(order, key=lambda number: _place(said[number], len(said)) or len(said) + 1)
    return by_place, [said[number] for number in by_place]
