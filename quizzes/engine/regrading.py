"""What a slot of a finished attempt earns once its question was found wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from quizzes.engine import behaviour
from quizzes.engine.behaviour import Try
from quizzes.engine.document import Question, Quiz, Slot
from quizzes.engine.fields import Answer
from quizzes.engine.kinds import KINDS

NEW_KEY = "new_key"
"""Marked by the question as it was mended."""
BOTH_KEYS = "both_keys"
"""Marked by the key that gives more, the old or the new one."""
FULL_MARKS = "full_marks"
"""Everybody has full marks, whatever was answered or not."""
DROP = "drop"
"""As if it had not been asked: it leaves the mark and the full mark."""

POLICIES = (NEW_KEY, BOTH_KEYS, FULL_MARKS, DROP)


@dataclass(frozen=True)
class Standing:
    """A slot as it stands: answers with their tries, and what it earned. `dropped` takes it out of the full mark."""

    answers: tuple[Answer, ...]
    tries: tuple[Try, ...]
    mark: Decimal
    dropped: bool = False


def regraded(
    quiz: Quiz, slot: Slot, standing: Standing, mended: Question, policy: str, *, may_fall: bool = False
) -> Standing:
    """How a slot stands after a policy. An answer that can not be told in terms of the mended question keeps what it
    earned. Where the mark would fall and may not, it stays; the answers are those to the mended question all the same.
    """
    if policy == DROP:
        return replace(standing, mark=Decimal(0), dropped=True)
    if policy == FULL_MARKS:
        return replace(standing, mark=behaviour.rounded(behaviour.full_weight(quiz, slot)))
    answers, tries = _by_key(slot.question, standing, mended, keep_better=policy == BOTH_KEYS)
    mark = behaviour.slot_mark(quiz, replace_question(slot, mended), tries)
    return Standing(answers, tries, mark if may_fall else max(mark, standing.mark))


def replace_question(slot: Slot, question: Question) -> Slot:
    return Slot(question, slot.weight, slot.section)


def _by_key(
    was: Question, standing: Standing, mended: Question, *, keep_better: bool
) -> tuple[tuple[Answer, ...], tuple[Try, ...]]:
    carried = [KINDS[mended.kind].field.carry(answer, was, mended) for answer in standing.answers]
    if mended.kind != was.kind or any(answer is None for answer in carried):
        return standing.answers, standing.tries
    marked = zip(standing.tries, carried, strict=True)
    return tuple(carried), tuple(_marked(one, mended, answer, keep_better=keep_better) for one, answer in marked)


def _marked(one: Try, mended: Question, answer: Answer, *, keep_better: bool) -> Try:
    earned = KINDS[mended.kind].mark(mended, answer)
    if earned is None:  # a teacher marks it
        return one
    fraction = float(behaviour.rounded(earned))
    return replace(one, fraction=max(fraction, one.fraction or 0.0) if keep_better else fraction)


def is_carried(was: Question, mended: Question, answers: Sequence[Answer]) -> bool:
    """Whether what was answered can be told in terms of the mended question."""
    carry = KINDS[mended.kind].field.carry
    return was.kind == mended.kind and all(carry(answer, was, mended) is not None for answer in answers)
