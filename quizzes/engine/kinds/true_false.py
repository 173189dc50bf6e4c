from quizzes.engine.document import Question
from quizzes.engine.fields import OneOption
from quizzes.engine.kinds.single import Single
from quizzes.engine.words import Message, gettext_noop


class TrueFalse(Single):
    """A statement, and whether it is true. The two options keep their order."""

    name = "true_false"
    label = gettext_noop("True or false")
    field = OneOption(in_order=True)

    def problems(self, question: Question) -> list[Message]:
        found = super().problems(question)
        if len(question.options) > 2:
            found.append(
                Message(gettext_noop("It has two options: the one that says true, then the one that says false."))
            )
        return found
