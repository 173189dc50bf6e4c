"""What tries are worth, and when a slot takes no more of them."""

from collections.abc import Sequence
from decimal import Decimal

from quizzes.engine.document import EXAM, Quiz, Slot
from quizzes.engine.kinds import KINDS

FIVE_PLACES = Decimal("0.00001")


def rounded(mark: float) -> Decimal:
    """A mark as it is stored, to five decimal places."""
    return Decimal(mark).quantize(FIVE_PLACES)


def try_factor(try_number: int) -> float:
    """1, 2/3, 1/3 for the first, second and third try."""
    return max(0.0, (4 - try_number) / 3)


def tries_of(quiz: Quiz, slot: Slot) -> int:
    """In practice only; an exam's answers may be changed until it is finished."""
    return KINDS[slot.question.kind].tries(slot.question, quiz.tries)


def slot_mark(quiz: Quiz, slot: Slot, fractions: Sequence[float]) -> Decimal:
    """What a slot has earned by its tries, in order: in practice the best of them, each by its factor; in an exam
    the last."""
    if not fractions:
        return Decimal(0)
    if quiz.setting == EXAM:
        return rounded(float(fractions[-1]) * slot.weight)
    return rounded(max(float(f) * try_factor(number) for number, f in enumerate(fractions, 1)) * slot.weight)


def is_settled(quiz: Quiz, slot: Slot, fractions: Sequence[float]) -> bool:
    """Whether a slot takes no further try while the attempt runs."""
    if quiz.setting == EXAM or not fractions:
        return False
    return fractions[-1] >= 1 or len(fractions) >= tries_of(quiz, slot)
