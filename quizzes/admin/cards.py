"""The questions of an edition, laid out to be read: all of each, with its key."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext

from quizzes.engine.differences import in_order
from quizzes.engine.document import Draw, Question, Quiz
from quizzes.engine.fields.base import paragraphs
from quizzes.engine.kinds import KINDS
from ui.templatetags.ui import mark


@dataclass(frozen=True)
class Card:
    """A question as its edition has it. `number` is empty where nothing is asked, and so is `weight` in a draw."""

    question: Question
    kind: str
    marking: str
    """The rule that holds; empty where there is one only."""
    paragraphs: list[str]
    right: str
    """An answer that earns everything, in words."""
    number: str = ""
    weight: str = ""

    @property
    def tells_credit(self) -> bool:
        return any(option.credit for option in self.question.options)

    @property
    def is_rubric(self) -> bool:
        return KINDS[self.question.kind].by_hand


@dataclass(frozen=True)
class DrawCard:
    draw: Draw
    number: str
    pool: list[Card]


@dataclass(frozen=True)
class Part:
    """Neighbours in one section."""

    section: str
    cards: list[Card | DrawCard]


def parts_of(quiz: Quiz) -> list[Part]:
    sections = groupby(_cards(quiz), key=lambda one: one[0])
    return [Part(section, [card for _section, card in found]) for section, found in sections]


def _cards(quiz: Quiz) -> Iterator[tuple[str, Card | DrawCard]]:
    """With their sections, numbered by what an attempt asks."""
    number = 1
    for item in in_order(quiz):
        if isinstance(item, Draw):
            last = number + item.count - 1
            numbers = str(number) if item.count == 1 else f"{number}–{last}"
            yield item.section, DrawCard(item, numbers, [_card(question) for question in item.pool])
            number += item.count
        elif item.asks:
            yield item.section, _card(item.question, str(number), mark(item.weight))
            number += 1
        else:
            yield item.section, _card(item.question)


def _card(question: Question, number: str = "", weight: str = "") -> Card:
    kind = KINDS[question.kind]
    rule = question.marking or next(iter(kind.markings), "")
    right = kind.correct(question)
    return Card(
        question=question,
        kind=gettext(kind.label),
        marking=gettext(rule.replace("_", " ")) if rule else "",
        paragraphs=paragraphs(question.text),
        right=kind.field.say(question, right) if right is not None else "",
        number=number,
        weight=weight,
    )
