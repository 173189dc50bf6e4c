"""Reviews on the way to an exam, so that on its day the chance of knowing each question reaches a target."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta

from fsrs import Rating

from progress.scheduling import Memory, after, due, recall

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Exam:
    on: date
    target: float
    """The chance of knowing each question on that day, 0 to 1."""


def due_for(exam: Exam, memory: Memory, retention: float) -> date | None:
    """When to review for the exam's sake, None where the usual day will do.

    It is the first day from which one right answer carries to the exam, so that there is time for another review should
    it be wrong; the eve where no single answer carries that far.
    """
    if due(memory, retention) < exam.on or recall(memory, exam.on) >= exam.target:
        return None
    first = memory.reviewed_on + DAY
    days = range((exam.on - first).days)
    if not days:
        return None

    def carries(day: int) -> bool:
        return recall(_right_on(memory, first + day * DAY), exam.on) >= exam.target

    return first + min(bisect_left(days, True, key=carries), days[-1]) * DAY


def reviews_until(exam: Exam, memory: Memory, retention: float, today: date) -> list[Memory]:
    """The memory after each review that comes up before the exam, from today on, if every answer is right."""
    reviewed = []
    while (day := max(today, due_for(exam, memory, retention) or due(memory, retention))) < exam.on:
        memory = _right_on(memory, day)
        reviewed.append(memory)
    return reviewed


def _right_on(memory: Memory, day: date) -> Memory:
    return after(memory, Rating.Good, day)
