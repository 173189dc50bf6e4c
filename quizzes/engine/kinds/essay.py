from collections.abc import Sequence

from quizzes.engine.document import Question
from quizzes.engine.fields import LongText
from quizzes.engine.fields.base import paragraphs
from quizzes.engine.kinds.base import Base
from quizzes.engine.words import Message, gettext_noop


class Essay(Base):
    """A text of the learner's own, marked by a teacher.

    The options are its rubric: text is a criterion, credit its share of the mark, feedback what earns it in full.
    """

    name = "essay"
    label = gettext_noop("Essay")
    field = LongText()
    by_hand = True
    clears = False

    def problems(self, question: Question) -> list[Message]:
        found = super().problems(question)
        if not question.options:
            return [
                *found,
                Message(gettext_noop("It needs a rubric: at least one criterion with its share of the mark.")),
            ]
        texts = [option.text.strip().casefold() for option in question.options]
        if not all(texts):
            found.append(Message(gettext_noop("A criterion of the rubric has no text.")))
        if len(set(texts)) < len(texts):
            found.append(Message(gettext_noop("Two criteria of the rubric have the same text.")))
        if any(option.credit == 0 for option in question.options):
            found.append(Message(gettext_noop("A criterion of the rubric has no share of the mark.")))
        if (total := round(_total(question), 2)) != 1:
            found.append(
                Message(gettext_noop("The shares of the rubric make %(total)s; they have to make 1."), {"total": total})
            )
        return found

    def legend(self, question: Question) -> str:
        return next(iter(paragraphs(question.text)), "")

    def mark(self, question: Question, answer: str) -> None:
        return None

    def parts(self, question: Question, answer: str) -> tuple[float, ...]:
        return ()

    def touched(self, question: Question, answer: str) -> list[int]:
        """All of the rubric; it is told once a teacher has marked the answer."""
        return list(range(len(question.options)))

    def correct(self, question: Question) -> None:
        return None

    def marks_alike(self, was: Question, now: Question) -> bool:
        """Marked by the same rubric."""
        return len(was.options) == len(now.options) and super().marks_alike(was, now)

    def tries(self, question: Question, allowed: int) -> int:
        return 1


def by_rubric(question: Question, credits: Sequence[float]) -> float:
    """The fraction that credits of 0 to 1 for each criterion come to. Three shares of 0.333 are a whole."""
    earned = sum(option.credit * credit for option, credit in zip(question.options, credits, strict=True))
    return earned / _total(question)


def _total(question: Question) -> float:
    return sum(option.credit for option in question.options)
