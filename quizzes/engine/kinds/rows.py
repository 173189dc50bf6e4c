from quizzes.engine.document import Question
from quizzes.engine.kinds.base import Base
from quizzes.engine.words import Message, gettext_noop


class Rows(Base):
    """Each of several rows is given something: a match or a place. All rows count alike.

    Feedback speaks to single rows, so it waits until the slot is settled.
    """

    speaks_early = False

    def rows(self, question: Question) -> list[int]:
        """The options that are rows."""
        return list(range(len(question.options)))

    def problems(self, question: Question) -> list[Message]:
        found = []
        texts = [folded(question.options[number].text) for number in self.rows(question)]
        if len(texts) < 2:
            found.append(Message(gettext_noop("It needs at least %(count)s rows."), {"count": 2}))
        if not all(texts):
            found.append(Message(gettext_noop("An option has no text.")))
        if len(set(texts)) < len(texts):
            found.append(Message(gettext_noop("Two rows have the same text.")))
        if any(option.credit for option in question.options):
            found.append(Message(gettext_noop("Its rows count alike: leave the credit of every option at 0.")))
        return found + super().problems(question)


def folded(text: str) -> str:
    """Without what the eye may miss: capitals and white space."""
    return " ".join(text.split()).casefold()
