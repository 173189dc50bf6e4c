"""A choice among options, by radio buttons or checkboxes. The answer is a sorted list of option indexes."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.engine.document import Question
from quizzes.engine.fields.base import NAME, Paper, Seen, Sent, moved
from quizzes.engine.seeds import Hand
from quizzes.engine.words import Unreadable, gettext_noop


@dataclass(frozen=True)
class ShownOption:
    token: str
    text: str
    checked: bool
    disabled: bool = False
    state: str = ""


def texts_of(question: Question) -> list[str]:
    return [option.text for option in question.options]


class SeveralOptions:
    """`in_order` keeps the author's order, where it says nothing of the key."""

    def __init__(self, *, in_order: bool = False) -> None:
        self.in_order = in_order

    def read(self, question: Question, hand: Hand, sent: Sent) -> list[int]:
        index = hand.tokens(texts_of(question))
        tokens = sent.get(NAME, ())
        if not tokens:
            raise Unreadable(gettext_noop("Choose an answer first."))
        if any(token not in index for token in tokens):
            raise Unreadable(
                gettext_noop("That option is not one of this question's. Reload the page and answer again.")
            )
        return sorted({index[token] for token in tokens})

    def show(self, question: Question, hand: Hand, seen: Seen) -> tuple[ShownOption, ...]:
        tokens = [hand.token(text) for text in texts_of(question)]
        return tuple(self._option(number, tokens[number], question, seen) for number in self._order(question, hand))

    def fill(self, question: Question, hand: Hand, answer: list[int]) -> dict[str, list[str]]:
        return {NAME: sorted(hand.token(question.options[number].text) for number in answer)}

    def say(self, question: Question, answer: list[int]) -> str:
        return "; ".join(question.options[number].text for number in answer)

    def paper(self, question: Question, hand: Hand) -> Paper:
        return Paper(boxes=tuple(question.options[number].text for number in self._order(question, hand)))

    def carry(self, answer: list[int], was: Question, now: Question) -> list[int] | None:
        found = moved(texts_of(was), texts_of(now))
        return sorted(found[number] for number in answer) if found.keys() >= set(answer) else None

    def _order(self, question: Question, hand: Hand) -> Sequence[int]:
        texts = texts_of(question)
        return range(len(texts)) if self.in_order else hand.order(texts)

    def _option(self, number: int, token: str, question: Question, seen: Seen) -> ShownOption:
        out = number in self._out(seen)
        chosen = number in (seen.last or ())
        sent = token in seen.sent.get(NAME, ()) if seen.sent and not seen.settled else None
        state = ""
        if seen.right is not None:
            state = "right" if number in seen.right else "wrong" if chosen else ""
        elif out:
            state = "wrong"
        elif seen.settled and chosen and seen.parts is not None:
            state = "right"
        return ShownOption(
            token=token,
            text=question.options[number].text,
            checked=sent if sent is not None else chosen and (seen.settled or not out),
            disabled=seen.settled or out,
            state=state,
        )

    def _out(self, seen: Seen) -> set[int]:
        """Options known to be wrong, which need not be tried again."""
        if seen.parts is None or not (seen.cleared or seen.settled):
            return set()
        return {number for number, part in zip(seen.last or (), seen.parts, strict=True) if part < 1}


class OneOption(SeveralOptions):
    def read(self, question: Question, hand: Hand, sent: Sent) -> list[int]:
        if len(sent.get(NAME, ())) > 1:
            raise Unreadable(gettext_noop("Choose one option only."))
        return super().read(question, hand, sent)

    def _out(self, seen: Seen) -> set[int]:
        """An option that was wrong on its own is known to be wrong."""
        if seen.parts is None:
            return set()
        wrong = seen.answers if seen.told_wrong else seen.answers[:-1]
        return {answer[0] for answer in wrong}
