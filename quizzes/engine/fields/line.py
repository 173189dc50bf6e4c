"""One line that is typed: any text, or a number. The answer is the line as it was typed, with single spaces."""

from dataclasses import dataclass, replace

from quizzes.engine import numbers, shorttext
from quizzes.engine.document import Question
from quizzes.engine.fields.base import NAME, Paper, Seen, Sent, first, state_of
from quizzes.engine.seeds import Hand
from quizzes.engine.words import Unreadable, gettext_noop

UNIT_REQUIRED = "unit_required"
"""The marking of a number that must have a unit; any other lets it be without one."""


@dataclass(frozen=True)
class ShownLine:
    """`right` is what would have been right, where something else was answered."""

    value: str
    limit: int
    state: str = ""
    right: str = ""
    units: tuple[str, ...] = ()
    unit_required: bool = False


def one_line(text: str, limit: int = shorttext.LIMIT) -> str:
    """Raises Unreadable where there is nothing, or too much."""
    line = " ".join(text.split())
    if not line:
        raise Unreadable(gettext_noop("Write your answer first."))
    if len(line) > limit:
        raise Unreadable(
            gettext_noop("Your answer has %(count)s characters, and only %(limit)s fit. Shorten it and send it again."),
            count=len(line),
            limit=limit,
        )
    return line


class Line:
    limit = shorttext.LIMIT

    def read(self, question: Question, hand: Hand, sent: Sent) -> str:
        return one_line(first(sent, NAME), self.limit)

    def show(self, question: Question, hand: Hand, seen: Seen) -> ShownLine:
        sent = None if seen.settled else seen.sent
        was_right = seen.parts is not None and not seen.told_wrong
        return ShownLine(
            value=seen.last or "" if sent is None else first(sent, NAME),
            limit=self.limit,
            state=state_of(seen.parts[0]) if seen.parts and sent is None else "",
            right="" if seen.right is None or was_right else self._told(question, seen.right),
        )

    def fill(self, question: Question, hand: Hand, answer: str) -> dict[str, list[str]]:
        return {NAME: [answer]}

    def say(self, question: Question, answer: str) -> str:
        return answer

    def paper(self, question: Question, hand: Hand) -> Paper:
        return Paper()

    def carry(self, answer: str, was: Question, now: Question) -> str:
        return answer

    def _told(self, question: Question, right: str) -> str:
        """How learners are told what is right."""
        return right


class NumberLine(Line):
    limit = numbers.LIMIT

    def read(self, question: Question, hand: Hand, sent: Sent) -> str:
        line = super().read(question, hand, sent)
        numbers.quantity(line, question.units, unit_required=question.marking == UNIT_REQUIRED)
        return line

    def show(self, question: Question, hand: Hand, seen: Seen) -> ShownLine:
        """Telephones show letters as well: their keypad for numbers has no minus, and none for a unit."""
        units, required = numbers.names(question.units), question.marking == UNIT_REQUIRED
        return replace(
            super().show(question, hand, seen),
            units=units,
            unit_required=required,
        )

    def paper(self, question: Question, hand: Hand) -> Paper:
        return Paper(rows=("",), choices=numbers.names(question.units)) if question.units else Paper()

    def _told(self, question: Question, right: str) -> str:
        """With both ends of a range, and without a tolerance."""
        spans = [numbers.span(option.text) for option in question.options if option.credit == 1]
        told = "; ".join(span.told for span in spans if span)
        return " ".join([told, *numbers.names(question.units)[:1]])
