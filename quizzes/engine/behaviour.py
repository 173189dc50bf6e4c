"""What answers are worth, how many a slot takes, and when a learner sees what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from quizzes.engine.confidence import FULL, adjusted
from quizzes.engine.document import AFTER, CLOSED, COUNTED, DURING, EXAM, IMMEDIATE, PRACTICE, Quiz, Slot
from quizzes.engine.kinds import KINDS

FIVE_PLACES = Decimal("0.00001")


@dataclass(frozen=True)
class Try:
    """One answer to a slot. `fraction` is None while it waits for a teacher's mark, `hints` counts those taken before
    it, `confidence` is 1 to 3 or None; a late one is kept and does not count."""

    fraction: float | None
    hints: int = 0
    confidence: int | None = None
    late: bool = False


def rounded(mark: float) -> Decimal:
    """A mark as it is stored, to five decimal places."""
    return Decimal(mark).quantize(FIVE_PLACES)


def try_factor(try_number: int) -> float:
    """1, 2/3, 1/3 for the first, second and third try."""
    return max(0.0, (4 - try_number) / 3)


def tries_of(quiz: Quiz, slot: Slot) -> int:
    """How many answers are marked one by one: in practice only, and one where the confidence counts. An exam's answers
    may be changed until it is finished."""
    if quiz.setting == PRACTICE and quiz.confidence != COUNTED:
        return KINDS[slot.question.kind].tries(slot.question, quiz.tries)
    return 1


def slot_mark(quiz: Quiz, slot: Slot, tries: Sequence[Try]) -> Decimal:
    """What a slot has earned by its tries, in order: in an exam the last counts, else the best of them, each by its
    factor."""
    counted = [one for one in tries if not one.late]
    if not counted:
        return Decimal(0)
    if quiz.setting == EXAM:
        return rounded(_earned(quiz, slot, counted[-1]) * slot.weight)
    return rounded(max(_earned(quiz, slot, one, number) for number, one in enumerate(counted, 1)) * slot.weight)


def _earned(quiz: Quiz, slot: Slot, one: Try, try_number: int = 1) -> float:
    if one.fraction is None:
        return 0.0
    if quiz.confidence == COUNTED:
        return adjusted(one.fraction, one.confidence)
    return one.fraction * factor(slot, try_number, one.hints)


def factor(slot: Slot, try_number: int, hints: int) -> float:
    """The share of the weight that a right answer earns with this try after so many hints."""
    return max(0.0, try_factor(try_number) - sum(hint.cost for hint in slot.question.hints[:hints]))


def is_right(quiz: Quiz, tries: Sequence[Try]) -> bool:
    """Whether a slot was answered right in full: in an exam by the last of its tries, else by any."""
    counted = [one.fraction for one in tries if not one.late]
    return any(fraction == 1 for fraction in (counted[-1:] if quiz.setting == EXAM else counted))


def attempt_mark(quiz: Quiz, tries: Mapping[int, Sequence[Try]]) -> Decimal:
    """Of an attempt as dealt, by the tries at each slot."""
    return sum((slot_mark(quiz, quiz.slots[slot], given) for slot, given in tries.items()), Decimal(0))


def full_mark(quiz: Quiz) -> float:
    """The most an attempt can earn."""
    return quiz.weight * _full(quiz)


def full_weight(quiz: Quiz, slot: Slot) -> float:
    """The most a slot can earn."""
    return slot.weight * _full(quiz)


def _full(quiz: Quiz) -> int:
    return FULL if quiz.confidence == COUNTED else 1


def is_settled(quiz: Quiz, slot: Slot, tries: Sequence[Try]) -> bool:
    """Whether a slot takes no further try while the attempt runs."""
    if quiz.setting == EXAM or not tries:
        return False
    if quiz.setting == IMMEDIATE or len(tries) >= tries_of(quiz, slot):
        return True
    return tries[-1].fraction is None or tries[-1].fraction >= 1


def offers_hint(quiz: Quiz, slot: Slot, tries: Sequence[Try], taken: int) -> bool:
    """Whether the next hint may be taken: in practice, while the slot is open and, where it looks at an answer, after
    one."""
    if quiz.setting != PRACTICE or quiz.confidence == COUNTED or taken >= len(slot.question.hints):
        return False
    hint = slot.question.hints[taken]
    return not is_settled(quiz, slot, tries) and bool(tries or not (hint.clear_wrong or hint.how_many))


def sees(when: str, *, is_finished: bool, is_closed: bool) -> bool:
    """Whether a learner sees by now what may be seen from `when` on."""
    return when == DURING or (is_finished and (when == AFTER or (when == CLOSED and is_closed)))
