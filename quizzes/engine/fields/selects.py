"""A choice for each row, by a select.

The answer has one entry for each row, in the author's order: the place of its match in `matches_of`, or None for a row
left open. Rows may stay open, so that an exam keeps what is done so far and a learner who knows three of five can say
so; they earn nothing. One choice at least makes an answer.
"""

import re
from dataclasses import dataclass

from quizzes.engine.document import Question
from quizzes.engine.fields.base import NAME, Paper, Seen, Sent, first, moved, state_of
from quizzes.engine.seeds import Hand
from quizzes.engine.words import Unreadable, gettext_noop

CLEARED = "cleared"
"""The state of a row whose wrong choice a hint took out."""


@dataclass(frozen=True)
class ShownChoice:
    token: str
    text: str


@dataclass(frozen=True)
class ShownRow:
    """`chosen` is the token of a choice; `right` the text of the one that belongs here, where another was chosen."""

    token: str
    text: str
    chosen: str
    state: str
    right: str


@dataclass(frozen=True)
class ShownRows:
    rows: tuple[ShownRow, ...]
    choices: tuple[ShownChoice, ...]


def rows_of(question: Question) -> list[int]:
    """The options that are rows. One without a text only adds a choice."""
    return [number for number, option in enumerate(question.options) if option.text.strip()]


def matches_of(question: Question) -> list[str]:
    """What can be chosen for each row. Recorded answers count on this order."""
    return sorted({option.match for option in question.options})


def _natural(text: str) -> tuple[str, str]:
    """Sorts "7th century" before "16th century"."""
    return re.sub(r"\d+", lambda number: number[0].zfill(9), text.casefold()), text


class ChoicePerRow:
    """`in_order` sorts the choices for reading, instead of shuffling them."""

    def __init__(self, *, in_order: bool = False) -> None:
        self.in_order = in_order

    def read(self, question: Question, hand: Hand, sent: Sent) -> list[int | None]:
        index: dict[str, int | None] = {"": None, **hand.tokens(matches_of(question))}
        tokens = [first(sent, f"{NAME}-{hand.token(text)}") for text in _texts(question)]
        if any(token not in index for token in tokens):
            raise Unreadable(
                gettext_noop("That option is not one of this question's. Reload the page and answer again.")
            )
        if not any(tokens):
            raise Unreadable(gettext_noop("Choose an answer for at least one row first."))
        return [index[token] for token in tokens]

    def show(self, question: Question, hand: Hand, seen: Seen) -> ShownRows:
        rows = hand.order(_texts(question))
        return ShownRows(
            rows=tuple(self._row(row, question, hand, seen) for row in rows),
            choices=tuple(ShownChoice(hand.token(text), text) for text in self._choices(question, hand)),
        )

    def fill(self, question: Question, hand: Hand, answer: list[int | None]) -> dict[str, list[str]]:
        matches = matches_of(question)
        rows = zip(_texts(question), answer, strict=True)
        filled = {text: hand.token(matches[choice]) for text, choice in rows if choice is not None}
        return {f"{NAME}-{hand.token(text)}": [token] for text, token in filled.items()}

    def say(self, question: Question, answer: list[int | None]) -> str:
        matches = matches_of(question)
        chosen = ["–" if choice is None else matches[choice] for choice in answer]
        return "; ".join(f"{text}: {match}" for text, match in zip(_texts(question), chosen, strict=True))

    def paper(self, question: Question, hand: Hand) -> Paper:
        texts = _texts(question)
        rows = tuple(texts[row] for row in hand.order(texts))
        return Paper(rows=rows, choices=tuple(self._choices(question, hand)))

    def carry(self, answer: list[int | None], was: Question, now: Question) -> list[int | None] | None:
        rows = moved(_texts(was), _texts(now))
        choices = moved(matches_of(was), matches_of(now))
        if len(rows) != len(answer) or {choice for choice in answer if choice is not None} - choices.keys():
            return None
        carried: list[int | None] = [None] * len(_texts(now))
        for row, choice in enumerate(answer):
            carried[rows[row]] = None if choice is None else choices[choice]
        return carried

    def _choices(self, question: Question, hand: Hand) -> list[str]:
        matches = matches_of(question)
        return sorted(matches, key=_natural) if self.in_order else [matches[place] for place in hand.order(matches)]

    def _row(self, row: int, question: Question, hand: Hand, seen: Seen) -> ShownRow:
        text, matches = _texts(question)[row], matches_of(question)
        last = seen.last[row] if seen.last else None
        state = self._state(row, seen)
        token, chosen = hand.token(text), ""
        if seen.sent is not None and not seen.settled:
            chosen = first(seen.sent, f"{NAME}-{token}")
        elif last is not None and state != CLEARED:
            chosen = hand.token(matches[last])
        right = matches[seen.right[row]] if seen.right and seen.right[row] != last else ""
        return ShownRow(token, text, chosen, state, right)

    def _state(self, row: int, seen: Seen) -> str:
        if seen.parts is None or seen.last is None or seen.last[row] is None:
            return ""
        if seen.settled:
            return state_of(seen.parts[row])
        return CLEARED if seen.cleared and seen.parts[row] < 1 else ""


def _texts(question: Question) -> list[str]:
    return [question.options[number].text for number in rows_of(question)]
