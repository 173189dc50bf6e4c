from quizzes.engine.document import Question
from quizzes.engine.fields import Field, OneOption
from quizzes.engine.kinds.base import Choice
from quizzes.engine.words import Message, gettext_noop


class Single(Choice):
    """One option is right. Marking: the credit of the option chosen."""

    name = "single"
    label = gettext_noop("Single choice")
    field: Field = OneOption()

    def problems(self, question: Question) -> list[Message]:
        found = super().problems(question)
        if len(self.correct(question)) != 1:
            found.append(Message(gettext_noop("Exactly one option must be right.")))
        return found

    def mark(self, question: Question, answer: list[int]) -> float:
        return question.options[answer[0]].credit

    def guess(self, question: Question) -> float:
        return 1 / len(question.options)

    def tries(self, question: Question, allowed: int) -> int:
        return min(allowed, len(question.options) - 1)
