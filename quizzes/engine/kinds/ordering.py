from itertools import pairwise
from math import factorial

from quizzes.engine.document import Question
from quizzes.engine.fields.base import moved
from quizzes.engine.fields.options import texts_of
from quizzes.engine.fields.sequence import PlacePerRow
from quizzes.engine.kinds.base import ALL_OR_NOTHING
from quizzes.engine.kinds.rows import Rows
from quizzes.engine.words import gettext_noop

NEIGHBOURS = "neighbours"
PLACES = "places"


class Ordering(Rows):
    """The author's order of the options is the key.

    Marking is `neighbours` (of all pairs of neighbours in the answer, the share of those where the second row follows
    directly upon the first in the key; so one row out of place does not cost all behind it), `places` (the share of
    rows in their place) or `all_or_nothing`.
    """

    name = "ordering"
    label = gettext_noop("Ordering")
    field = PlacePerRow()
    markings = (NEIGHBOURS, PLACES, ALL_OR_NOTHING)
    clears = False

    def mark(self, question: Question, answer: list[int]) -> float:
        parts = self.parts(question, answer)
        if self.rule(question) == ALL_OR_NOTHING:
            return float(all(parts))
        if self.rule(question) == NEIGHBOURS:
            parts = tuple(float(after - before == 1) for before, after in pairwise(answer))
        return sum(parts) / len(parts)

    def parts(self, question: Question, answer: list[int]) -> tuple[float, ...]:
        """Whether each row stands in its place."""
        return tuple(float(number == place) for place, number in enumerate(answer))

    def touched(self, question: Question, answer: list[int]) -> list[int]:
        """Rows out of their place."""
        return sorted(number for place, number in enumerate(answer) if number != place)

    def correct(self, question: Question) -> list[int]:
        return list(range(len(question.options)))

    def guess(self, question: Question) -> float:
        """Over all orders of n rows, each equally likely.

        A row is in its place once in n times. Two neighbours in the answer are any of n (n - 1) ordered pairs, of which
        n - 1 are neighbours in the key: again once in n times.
        """
        count = len(question.options)
        return 1 / (factorial(count) if self.rule(question) == ALL_OR_NOTHING else count)

    def marks_alike(self, was: Question, now: Question) -> bool:
        found = moved(texts_of(was), texts_of(now))
        in_place = found == {place: place for place in range(len(now.options))}
        return self.rule(was) == self.rule(now) and in_place and len(was.options) == len(now.options)

    def tries(self, question: Question, allowed: int) -> int:
        return min(allowed, factorial(len(question.options)) - 1)
