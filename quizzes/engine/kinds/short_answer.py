from collections.abc import Iterator

from quizzes.engine import shorttext
from quizzes.engine.document import Question
from quizzes.engine.fields import Line
from quizzes.engine.kinds.base import Base
from quizzes.engine.words import Message, gettext_noop

_FILLINGS = ("", " something ")
"""For wildcards, when an answer is made of a pattern."""


class ShortAnswer(Base):
    """A few words. The options are patterns: accepted answers with their credit, and wrong ones that were foreseen.

    Marking: the credit of the option that agrees most surely with what was typed; see `shorttext`.
    """

    name = "short_answer"
    label = gettext_noop("Short answer")
    field = Line()
    clears = False

    def problems(self, question: Question) -> list[Message]:
        found = list(self._problems_of_options(question))
        if not any(option.credit == 1 for option in question.options):
            found.append(Message(gettext_noop("At least one accepted answer must earn everything: credit 1.")))
        elif not found and self.correct(question) is None:
            found.append(
                Message(gettext_noop("No answer can be made of what is accepted. Add one without a wildcard."))
            )
        return found + super().problems(question)

    def _problems_of_options(self, question: Question) -> Iterator[Message]:
        first: dict[str, str] = {}
        for option in question.options:
            folded = shorttext.folded(option.text)
            if not option.text.strip():
                yield Message(gettext_noop("An option has no text."))
            elif len(option.text) > shorttext.LIMIT:
                yield Message(
                    gettext_noop("An option is longer than %(limit)s characters."), {"limit": shorttext.LIMIT}
                )
            elif option.credit > 0 and not folded.strip(f" {shorttext.STAR}"):
                yield Message(
                    gettext_noop("“%(text)s” takes any answer there is, so it can not earn anything."),
                    {"text": option.text},
                )
            elif folded in first:
                yield Message(
                    gettext_noop("“%(one)s” and “%(other)s” are the same answer."),
                    {"one": first[folded], "other": option.text},
                )
            else:
                first[folded] = option.text

    def mark(self, question: Question, answer: str) -> float:
        return self._best(question, answer).credit

    def parts(self, question: Question, answer: str) -> tuple[float, ...]:
        return (self.mark(question, answer),)

    def touched(self, question: Question, answer: str) -> list[int]:
        found = self._best(question, answer).accepted
        return [number for number, option in enumerate(_accepted(question)) if option == found]

    def correct(self, question: Question) -> str | None:
        """An accepted answer as it stands, or else one with something for its wildcards."""
        full = [option.text for option in question.options if option.credit == 1]
        full.sort(key=lambda text: shorttext.STAR in shorttext.folded(text))
        typed = (shorttext.filled(text, filling) for text in full for filling in _FILLINGS)
        return next((answer for answer in typed if self.mark(question, answer) == 1), None)

    def marks_alike(self, was: Question, now: Question) -> bool:
        """Foreseen wrong answers count as well: they are no slips of what is right."""
        return _compared(was) == _compared(now)

    def _best(self, question: Question, answer: str) -> shorttext.Best:
        return shorttext.best(answer, _accepted(question), confusables=question.confusables)


def _compared(question: Question) -> tuple[frozenset[tuple[str, float]], frozenset[str]]:
    """All that what is typed is compared with."""
    options = frozenset((shorttext.folded(option.text), option.credit) for option in question.options)
    return options, frozenset(map(shorttext.folded, question.confusables))


def _accepted(question: Question) -> list[shorttext.Accepted]:
    return [shorttext.Accepted(option.text, option.credit) for option in question.options]
