"""Nothing to answer: text to read between the questions."""

from dataclasses import dataclass
from typing import NoReturn

from quizzes.engine.document import Question
from quizzes.engine.fields.base import Answer, Paper, Seen, Sent, paragraphs
from quizzes.engine.seeds import Hand
from quizzes.engine.words import Unreadable, gettext_noop


@dataclass(frozen=True)
class ShownText:
    paragraphs: tuple[str, ...]


class Nothing:
    def read(self, question: Question, hand: Hand, sent: Sent) -> NoReturn:
        raise Unreadable(gettext_noop("There is nothing to answer here. Go on to the next question."))

    def show(self, question: Question, hand: Hand, seen: Seen) -> ShownText:
        return ShownText(tuple(paragraphs(question.text)))

    def fill(self, question: Question, hand: Hand, answer: Answer) -> dict[str, list[str]]:
        return {}

    def say(self, question: Question, answer: Answer) -> str:
        return ""

    def paper(self, question: Question, hand: Hand) -> Paper:
        return Paper(text=tuple(paragraphs(question.text)), space=False)

    def carry(self, answer: Answer, was: Question, now: Question) -> None:
        return None
