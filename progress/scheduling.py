"""When a question is asked again: from the answers to it, by FSRS 6 with its published parameters. No database.

The grain is the day, in UTC: nothing comes up twice a day, so there are no learning steps, and FSRS's state is always
"review". Nothing is random.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import fsum

from fsrs import Card, Rating, Scheduler, State

RETENTION, LOWEST, HIGHEST = 0.9, 0.8, 0.97
"""The chance of still knowing it at which a question is asked again: as it is, and as it may be set."""

QUICK = timedelta(seconds=20)
"""An answer takes no longer than the time since the one before, or since the attempt was started."""

SURE = 3
"""The highest of the three levels of confidence."""

Reviewed = tuple[int, float]
"""How many days ago something was reviewed, and its stability: all that the chance of knowing it follows from."""

_fsrs = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
_decay = -_fsrs.parameters[20]
_factor = 0.9 ** (1 / _decay) - 1


@dataclass(frozen=True)
class Answer:
    """One try at a question."""

    at: datetime
    sitting: str
    """The edition that asked it; where answers may be changed until the end, as in an exam, the attempt."""
    try_number: int
    fraction: float
    """What it earned of the full mark, 0 to 1."""
    hints: int = 0
    confidence: int = 0
    """1 to 3; 0 where it was not asked for."""
    knew: bool | None = None
    """What the learner said afterwards: that they knew it, or that they were guessing."""
    took: timedelta | None = None
    """At most; None where that is not known."""
    is_final: bool = False
    """Whether it stands for all tries of its sitting."""

    @property
    def on(self) -> date:
        return self.at.astimezone(UTC).date()

    @property
    def is_sure(self) -> bool:
        return self.confidence == SURE if self.knew is None else self.knew

    @property
    def is_wrong(self) -> bool:
        return self.fraction < 0.5


@dataclass(frozen=True)
class Memory:
    """What is left of all answers to a question: in how many days the chance of knowing it falls to 90%, how hard it
    is from 1 to 10, when it was last answered, and whether that was wrong though the learner was sure."""

    stability: float
    difficulty: float
    reviewed_on: date
    sure_but_wrong: bool = False


def rating(answer: Answer) -> Rating:
    """Wrong, mostly wrong or guessed is Again; partly right, with a hint or on a later try is Hard; right is Good; and
    Easy, where the learner was sure and quick."""
    if answer.is_wrong or answer.knew is False:
        return Rating.Again
    if answer.fraction < 1 or answer.hints or (answer.try_number > 1 and not answer.is_final):
        return Rating.Hard
    is_quick = answer.took is not None and answer.took <= QUICK
    return Rating.Easy if answer.is_sure and is_quick else Rating.Good


def reviews(answers: Iterable[Answer]) -> list[list[Answer]]:
    """The tries of each review, in order; the last one settles it. Of one sitting on one day that is the first answer
    with the tries that followed while it was not right: once it is, the question is given away for that day. Of an
    exam it is the last answer alone. The order and repetition of answers make no difference."""
    found: dict[tuple[str, date | None], list[Answer]] = {}
    for answer in sorted(answers, key=_place):
        tries = found.setdefault((answer.sitting, None if answer.is_final else answer.on), [])
        if answer.is_final:
            tries[:] = [answer]
        elif not tries or (tries[-1].fraction < 1 and tries[-1].try_number < answer.try_number):
            tries.append(answer)
    return sorted(found.values(), key=lambda tries: _place(tries[-1]))


def _place(answer: Answer) -> tuple[object, ...]:
    """By time. The rest settles ties, so that answers of different learners can be put together in any order."""
    return answer.at, answer.try_number, repr(answer)


def remembered(answers: Iterable[Answer]) -> Memory | None:
    """What all answers to one question come to; None when there are none."""
    memory = None
    for tries in reviews(answers):
        was_sure = any(answer.is_wrong and answer.is_sure for answer in tries)
        memory = after(memory, rating(tries[-1]), tries[-1].on, sure_but_wrong=was_sure)
    return memory


def after(memory: Memory | None, rated: Rating, on: date, *, sure_but_wrong: bool = False) -> Memory:
    """The memory after one more review."""
    card = _card(memory) if memory else Card(card_id=0, due=_noon(on))
    reviewed, _log = _fsrs.review_card(card, rated, _noon(on))
    assert reviewed.stability is not None
    assert reviewed.difficulty is not None
    return Memory(reviewed.stability, reviewed.difficulty, on, sure_but_wrong)


def recall(memory: Memory, on: date) -> float:
    """The chance of knowing it on a day, 0 to 1."""
    return recall_after((on - memory.reviewed_on).days, memory.stability)


def recall_after(days: int, stability: float) -> float:
    """The chance of knowing it so many days after its review: the package's own formula, 40 times as fast as by a card
    of the package."""
    return float((1 + _factor * max(days, 0) / stability) ** _decay)


def mean_recall(reviewed: Sequence[Reviewed], ahead: int = 0) -> float:
    """The mean chance of knowing one of several, so many days from now. Pages reckon this a hundred thousand times, so
    the formula stands here once more."""
    return fsum([(1 + _factor * (days + ahead) / stability) ** _decay for days, stability in reviewed]) / len(reviewed)


def due(memory: Memory, retention: float) -> date:
    """The day nearest to when the chance of knowing it has fallen to `retention`, the day after the review at least.

    By the formula of FSRS 6 for the interval, I = S / FACTOR * (R^(1 / DECAY) - 1)
    (https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm).
    """
    days = memory.stability / _factor * (retention ** (1 / _decay) - 1)
    return memory.reviewed_on + timedelta(days=min(max(round(days), 1), _fsrs.maximum_interval))


def _card(memory: Memory) -> Card:
    """The number is there because the package waits a millisecond to make one."""
    reviewed = _noon(memory.reviewed_on)
    return Card(0, State.Review, None, memory.stability, memory.difficulty, reviewed, reviewed)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
