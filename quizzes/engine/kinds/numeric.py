from collections.abc import Iterator

from quizzes.engine import numbers
from quizzes.engine.document import Question
from quizzes.engine.fields import UNIT_REQUIRED, NumberLine
from quizzes.engine.kinds.base import Base
from quizzes.engine.words import Message, Unreadable, gettext_noop

UNIT_OPTIONAL = "unit_optional"


class Numeric(Base):
    """A number, with a unit where the question names some; how it may be written is in `numbers`.

    Marking: the greatest credit of the options whose values take it in, ends included. With `unit_required` a number
    without a unit is sent back, with `unit_optional` it is in the first unit.
    """

    name = "numeric"
    label = gettext_noop("Number")
    field = NumberLine()
    markings = (UNIT_OPTIONAL, UNIT_REQUIRED)
    clears = False

    def problems(self, question: Question) -> list[Message]:
        found = [*self._problems_of_options(question), *self._problems_of_units(question)]
        if self.correct(question) is None:
            found.append(Message(gettext_noop("At least one value must earn everything: credit 1.")))
        return found + super().problems(question)

    def _problems_of_options(self, question: Question) -> Iterator[Message]:
        seen = set()
        for option in question.options:
            span = numbers.span(option.text)
            if span is None:
                yield Message(
                    gettext_noop(
                        "“%(text)s” is no value. Write one like 1989, 1989 ± 1, 3.5 ± 5 %% or 1988..1990, without unit."
                    ),
                    {"text": option.text},
                )
            elif (span.low, span.high) in seen:
                yield Message(gettext_noop("“%(text)s” stands there twice."), {"text": option.text})
            else:
                seen.add((span.low, span.high))

    def _problems_of_units(self, question: Question) -> Iterator[Message]:
        for place, text in enumerate(question.units):
            if numbers.unit_of(text, first=place == 0) is None:
                yield Message(
                    gettext_noop(
                        "“%(text)s” is no unit. The first is a name such as km, each further one says how much of the "
                        "first it is: m = 0.001."
                    ),
                    {"text": text},
                )
        names = numbers.names(question.units)
        if len(set(names)) < len(names):
            yield Message(gettext_noop("Two units have the same name."))
        if question.marking == UNIT_REQUIRED and not question.units:
            yield Message(gettext_noop("A unit is required, and none is named."))

    def mark(self, question: Question, answer: str) -> float:
        return max((question.options[number].credit for number in self.touched(question, answer)), default=0.0)

    def parts(self, question: Question, answer: str) -> tuple[float, ...]:
        return (self.mark(question, answer),)

    def touched(self, question: Question, answer: str) -> list[int]:
        """Of the options that take the answer in the one with most credit; of several such the narrowest."""
        try:
            value = numbers.quantity(answer, question.units)
        except Unreadable:  # in a regrade, where the units have changed
            return []
        taking = [
            (option.credit, span.low - span.high, option.text, number)
            for number, option in enumerate(question.options)
            if (span := numbers.span(option.text)) and value in span
        ]
        return [max(taking)[-1]] if taking else []

    def marks_alike(self, was: Question, now: Question) -> bool:
        """Whether a unit is required decides what is taken as an answer, not what one earns."""
        return _earning(was) == _earning(now) and numbers.still_read(was.units, now.units)

    def correct(self, question: Question) -> str | None:
        """In the first unit."""
        spans = (numbers.span(option.text) for option in question.options if option.credit == 1)
        typical = next((span.typical for span in spans if span), None)
        return typical and " ".join([typical, *numbers.names(question.units)[:1]])


def _earning(question: Question) -> frozenset[tuple[object, ...]]:
    """Values with what they earn, where that is more than nothing."""
    earning = [(numbers.span(option.text), option) for option in question.options if option.credit > 0]
    return frozenset((span.low, span.high, option.credit) if span else (option,) for span, option in earning)
