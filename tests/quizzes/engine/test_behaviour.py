from decimal import Decimal

import pytest

from quizzes.engine.behaviour import is_settled, slot_mark, tries_of, try_factor
from quizzes.engine.document import Option, Question, Quiz, Slot

FOUR = tuple(Option(text=str(n), credit=float(n == 0)) for n in range(4))
SLOT = Slot(Question("q", "single", "Which?", FOUR))
PRACTICE = Quiz("Quiz", (SLOT,))
EXAM = Quiz("Quiz", (SLOT,), setting="exam")

TRIES = [
    (PRACTICE, 1, [], "0"),
    (PRACTICE, 1, [1], "1"),
    (PRACTICE, 1, [0], "0"),
    (PRACTICE, 1, [0, 1], "0.66667"),
    (PRACTICE, 1, [0, 0, 1], "0.33333"),
    (PRACTICE, 1, [0, 0, 0], "0"),
    (PRACTICE, 3, [0, 1], "2"),
    (PRACTICE, 1, [0.5, 1], "0.66667"),
    (PRACTICE, 1, [0.5, 0.5], "0.5"),
    (PRACTICE, 1, [0.5, 0, 1], "0.5"),
    (EXAM, 1, [0, 1], "1"),
    (EXAM, 1, [1, 0], "0"),
    (EXAM, 2, [0, 0, 0, 0.5], "1"),
]


@pytest.mark.parametrize(("quiz", "weight", "fractions", "mark"), TRIES)
def test_tries_earn_their_share_of_the_weight(quiz, weight, fractions, mark):
    assert slot_mark(quiz, Slot(SLOT.question, weight), fractions) == Decimal(mark)


def test_the_tries_are_worth_one_two_thirds_and_one_third():
    assert [try_factor(n) for n in (1, 2, 3, 4)] == pytest.approx([1, 2 / 3, 1 / 3, 0])


@pytest.mark.parametrize(
    ("quiz", "fractions", "settled"),
    [
        (PRACTICE, [], False),
        (PRACTICE, [1], True),
        (PRACTICE, [0], False),
        (PRACTICE, [0, 0], False),
        (PRACTICE, [0, 0, 0], True),
        (PRACTICE, [0, 1], True),
        (EXAM, [1], False),
        (EXAM, [0] * 9, False),
    ],
)
def test_a_slot_is_settled_when_right_or_out_of_tries_and_in_an_exam_never(quiz, fractions, settled):
    assert is_settled(quiz, SLOT, fractions) is settled


def test_the_quiz_says_how_many_tries_at_most():
    assert tries_of(Quiz("Quiz", (SLOT,), tries=1), SLOT) == 1
    assert tries_of(PRACTICE, SLOT) == 3
