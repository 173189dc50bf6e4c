from collections.abc import Sequence

from quizzes.engine.document import Question
from quizzes.engine.kinds.base import Choice
from quizzes.engine.words import Message, Unreadable, gettext_noop


class Single(Choice):
    """One option is right. Marking: the credit of the option chosen."""

    name = "single"
    label = gettext_noop("Single choice")

    def problems(self, question: Question) -> list[Message]:
        found = super().problems(question)
        if len(self.correct(question)) != 1:
            found.append(Message(gettext_noop("Exactly one option must be right.")))
        if question.marking:
            found.append(Message(gettext_noop("A marking rule is chosen for multiple choice only.")))
        return found

    def read(self, question: Question, sent: Sequence[str], tokens: Sequence[str]) -> list[int]:
        if len(sent) > 1:
            raise Unreadable(gettext_noop("Choose one option only."))
        return super().read(question, sent, tokens)

    def mark(self, question: Question, answer: list[int]) -> float:
        return question.options[answer[0]].credit

    def guess(self, question: Question) -> float:
        return 1 / len(question.options)

    def tries(self, question: Question, allowed: int) -> int:
        return min(allowed, len(question.options) - 1)
