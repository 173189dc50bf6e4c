from quizzes.engine.document import DESCRIPTION, Question
from quizzes.engine.fields import Answer, Nothing
from quizzes.engine.kinds.base import Base
from quizzes.engine.words import Message, gettext_noop


class Description(Base):
    """Text to read between the questions. There is nothing to answer, and nothing to earn."""

    name = DESCRIPTION
    label = gettext_noop("Description")
    field = Nothing()
    clears = False

    def problems(self, question: Question) -> list[Message]:
        found = super().problems(question)
        if question.options or question.hints:
            found.append(Message(gettext_noop("There is nothing to answer, so it takes no options and no hints.")))
        return found

    def legend(self, question: Question) -> str:
        return gettext_noop("To read")

    def mark(self, question: Question, answer: Answer) -> float:
        return 0.0

    def parts(self, question: Question, answer: Answer) -> tuple[float, ...]:
        return ()

    def touched(self, question: Question, answer: Answer) -> list[int]:
        return []

    def correct(self, question: Question) -> None:
        return None
