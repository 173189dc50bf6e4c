"""What the engine costs: marking an attempt at 40 questions of all kinds, and loading the edition it runs on. Each
should take less than a millisecond, and is told as a multiple of a floor of the same run.

    python -m bench.engine
"""

import hashlib
import json
import statistics
import sys
import time
from collections.abc import Callable
from decimal import Decimal

from bench.rig.questions import samples
from quizzes.engine import document
from quizzes.engine.behaviour import Try, attempt_mark
from quizzes.engine.document import Quiz, Slot
from quizzes.engine.kinds import KINDS, Answer

QUESTIONS = 40
ROUNDS = 400
LIMIT_MS = 1.0


def mark(quiz: Quiz, answers: list[Answer]) -> Decimal:
    tries = {}
    for number, (slot, answer) in enumerate(zip(quiz.slots, answers, strict=True)):
        tries[number] = [Try(KINDS[slot.question.kind].mark(slot.question, answer))]
    return attempt_mark(quiz, tries)


def medians_ms(*jobs: Callable[[], object]) -> list[float]:
    """Of many rounds, in each of which every job has its turn."""
    times: list[list[float]] = [[] for _ in jobs]
    for _ in range(ROUNDS):
        for job, taken in zip(jobs, times, strict=True):
            start = time.perf_counter()
            job()
            taken.append((time.perf_counter() - start) * 1000)
    return [statistics.median(taken) for taken in times]


def main() -> int:
    made = samples(QUESTIONS)
    quiz = Quiz("Rivers", tuple(Slot(one.question) for one in made))
    kinds = len({one.question.kind for one in made})
    # Every answer of a sample comes up: the right one in the first question of its kind, then the others.
    answers = [one.answers[number // kinds % len(one.answers)] for number, one in enumerate(made)]
    text = document.encode(quiz)
    said = [json.dumps(answer).encode() for answer in answers]
    marking, hashing, loading, parsing = medians_ms(
        lambda: mark(quiz, answers),
        lambda: [hashlib.sha256(answer).hexdigest() for answer in said],
        lambda: document.decode(text),
        lambda: json.loads(text),
    )
    print(f"{QUESTIONS} questions of {kinds} kinds, edition of {len(text) / 1024:.0f} kB; median of {ROUNDS} rounds")
    print(f"{'marking the attempt':24} {marking:6.3f} ms   {marking / hashing:5.2f} x a SHA-256 of each answer")
    print(f"{'loading its edition':24} {loading:6.3f} ms   {loading / parsing:5.2f} x json.loads of the same text")
    slow = [name for name, took in (("marking", marking), ("loading", loading)) if took >= LIMIT_MS]
    print(f"Too slow, {LIMIT_MS:g} ms is the limit: {', '.join(slow)}" if slow else f"Both under {LIMIT_MS:g} ms.")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
