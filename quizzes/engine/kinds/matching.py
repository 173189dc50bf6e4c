from quizzes.engine.document import Question
from quizzes.engine.fields.base import moved
from quizzes.engine.fields.selects import ChoicePerRow, matches_of, rows_of
from quizzes.engine.kinds.base import ALL_OR_NOTHING
from quizzes.engine.kinds.rows import Rows, folded
from quizzes.engine.words import Message, gettext_noop

EACH = "each"


class Matching(Rows):
    """Each row has one match among those of all rows; an option without a text adds a match that may fit no row.

    Marking is `each` (the share of rows right; a row left open is not right) or `all_or_nothing`.
    """

    name = "matching"
    label = gettext_noop("Matching")
    field = ChoicePerRow()
    markings = (EACH, ALL_OR_NOTHING)

    def rows(self, question: Question) -> list[int]:
        return rows_of(question)

    def problems(self, question: Question) -> list[Message]:
        found = super().problems(question)
        matches = matches_of(question)
        different = {folded(match) for match in matches}
        if "" in different:
            found.append(Message(gettext_noop("An option has no match.")))
        if len(different) < 2:
            found.append(Message(gettext_noop("It needs at least %(count)s different matches."), {"count": 2}))
        if len(different) < len(matches):
            found.append(Message(gettext_noop("Two matches differ in capitals or spaces only. Write them alike.")))
        return found

    def mark(self, question: Question, answer: list[int | None]) -> float:
        parts = self.parts(question, answer)
        return float(all(parts)) if self.rule(question) == ALL_OR_NOTHING else sum(parts) / len(parts)

    def parts(self, question: Question, answer: list[int | None]) -> tuple[float, ...]:
        """One for each row."""
        right = self.correct(question)
        return tuple(float(choice == match) for choice, match in zip(answer, right, strict=True))

    def touched(self, question: Question, answer: list[int | None]) -> list[int]:
        """Rows answered wrong, and what was chosen for them where it is an option of its own."""
        matches, right = matches_of(question), self.correct(question)
        rows = zip(self.rows(question), answer, right, strict=True)
        wrong = {row: matches[choice] for row, choice, match in rows if choice is not None and choice != match}
        return [
            number
            for number, option in enumerate(question.options)
            if number in wrong or (not option.text.strip() and option.match in wrong.values())
        ]

    def correct(self, question: Question) -> list[int]:
        matches = matches_of(question)
        return [matches.index(question.options[row].match) for row in self.rows(question)]

    def guess(self, question: Question) -> float:
        """With a random choice for each row."""
        chance = 1 / len(matches_of(question))
        return chance ** len(self.rows(question)) if self.rule(question) == ALL_OR_NOTHING else chance

    def marks_alike(self, was: Question, now: Question) -> bool:
        """One more match that fits no row takes nothing from an answer; one more row does."""
        rows = moved(*([one.options[row].text for row in self.rows(one)] for one in (was, now)))
        choices = moved(matches_of(was), matches_of(now))
        right, right_now = self.correct(was), self.correct(now)
        return (
            self.rule(was) == self.rule(now)
            and len(rows) == len(right) == len(right_now)
            and len(choices) == len(matches_of(was))
            and all(choices[right[before]] == right_now[after] for before, after in rows.items())
        )

    def tries(self, question: Question, allowed: int) -> int:
        """Two rows with two choices: an answer that was half right and another that was wrong leave one only."""
        is_small = len(self.rows(question)) == len(matches_of(question)) == 2
        return min(allowed, 2) if is_small and self.rule(question) == EACH else allowed
