"""A text of some length. The answer is what was typed, each of its lines ended by \\n."""

from dataclasses import dataclass

from quizzes.engine.document import Question
from quizzes.engine.fields.base import NAME, Paper, Seen, Sent, first, paragraphs
from quizzes.engine.seeds import Hand
from quizzes.engine.words import Unreadable, gettext_noop

LIMIT = 20_000
"""Characters."""


@dataclass(frozen=True)
class ShownCriterion:
    text: str
    share: float


@dataclass(frozen=True)
class ShownEssay:
    paragraphs: tuple[str, ...]
    """Of the question, after the one that is its legend."""
    text: str
    criteria: tuple[ShownCriterion, ...]


class LongText:
    def read(self, question: Question, hand: Hand, sent: Sent) -> str:
        text = _typed(sent)
        if not text.strip():
            raise Unreadable(gettext_noop("Write your answer first."))
        if len(text) > LIMIT:
            raise Unreadable(
                gettext_noop(
                    "Your answer has %(count)s characters, and only %(limit)s fit. Shorten it and send it again."
                ),
                count=len(text),
                limit=LIMIT,
            )
        return text

    def show(self, question: Question, hand: Hand, seen: Seen) -> ShownEssay:
        """The rubric is not a key: learners see by what they will be marked, and not what earns a full mark."""
        return ShownEssay(
            paragraphs=tuple(paragraphs(question.text)[1:]),
            text=seen.last or "" if seen.sent is None or seen.settled else _typed(seen.sent),
            criteria=tuple(ShownCriterion(option.text, option.credit) for option in question.options),
        )

    def fill(self, question: Question, hand: Hand, answer: str) -> dict[str, list[str]]:
        return {NAME: [answer]}

    def say(self, question: Question, answer: str) -> str:
        return answer

    def paper(self, question: Question, hand: Hand) -> Paper:
        return Paper(text=tuple(paragraphs(question.text)[1:]))

    def carry(self, answer: str, was: Question, now: Question) -> str:
        return answer


def _typed(sent: Sent) -> str:
    return first(sent, NAME).replace("\r\n", "\n").replace("\r", "\n")
