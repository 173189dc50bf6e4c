"""FSRS 6 as published, to 1e-4, from answers to memories and due days by our own code.

The figures are those of the tests of py-fsrs 6.3 (tests/test_basic.py: test_review_card, test_memo_state) and ts-fsrs
(packages/fsrs/__tests__/FSRS-6.test.ts: ivl_history, memory state, first repeat, get retrievability), which take the
memory state from fsrs-rs (src/inference.rs: test_memory_state). Repositories: github.com/open-spaced-repetition.
"""

from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Card, Rating, Scheduler, State

from progress import scheduling
from progress.scheduling import Answer, Memory

START = datetime(2022, 11, 29, 12, 30, tzinfo=UTC)
AGAIN, HARD, GOOD, EASY = "again", "hard", "good", "easy"
EARNED = {
    AGAIN: {"fraction": 0.0},
    HARD: {"fraction": 1.0, "hints": 1},
    GOOD: {"fraction": 1.0},
    EASY: {"fraction": 1.0, "confidence": 3, "took": timedelta(seconds=9)},
}


def remembered(ratings, intervals) -> Memory:
    """What comes of answers that earn these ratings, so many days after the one before."""
    at, answers = START, []
    for number, (rating, days) in enumerate(zip(ratings, intervals, strict=True)):
        at += timedelta(days=days, seconds=1)
        answers.append(Answer(at=at, sitting=f"edition {number}", try_number=1, **EARNED[rating]))
    memory = scheduling.remembered(answers)
    assert memory
    return memory


def interval(memory: Memory) -> int:
    return (scheduling.due(memory, 0.9) - memory.reviewed_on).days


@pytest.mark.parametrize(
    ("rating", "stability", "difficulty"),
    [(AGAIN, 0.212, 6.4133), (HARD, 1.2931, 5.11217071), (GOOD, 2.3065, 2.11810397), (EASY, 8.2956, 1)],
)
def test_the_first_review(rating, stability, difficulty):
    memory = remembered([rating], [0])
    assert memory.stability == pytest.approx(stability, abs=1e-4)
    assert memory.difficulty == pytest.approx(difficulty, abs=1e-4)


def test_the_memory_after_a_lapse_and_five_reviews():
    memory = remembered([AGAIN, GOOD, GOOD, GOOD, GOOD, GOOD], [0, 0, 1, 3, 8, 21])
    assert memory.stability == pytest.approx(53.62691, abs=1e-4)
    assert memory.difficulty == pytest.approx(6.3574867, abs=1e-4)


def test_the_intervals_of_thirteen_reviews():
    """Published with learning steps: where those put off for minutes (0), ours is a day or more."""
    ratings = [GOOD] * 6 + [AGAIN] * 2 + [GOOD] * 5
    published = [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]
    for count in range(1, len(published) + 1):
        ours = interval(remembered(ratings[:count], [0, *published][:count]))
        assert ours == published[count - 1] or (published[count - 1] == 0 and ours >= 1)


def test_the_chance_of_knowing_an_easy_card_when_it_is_due():
    memory = remembered([EASY], [0])
    due = scheduling.due(memory, 0.9)
    assert (due - memory.reviewed_on).days == 8
    assert scheduling.recall(memory, due) == pytest.approx(0.9024733, abs=1e-7)


@pytest.mark.parametrize("retention", [0.8, 0.85, 0.9, 0.95, 0.97])
@pytest.mark.parametrize("stability", [0.001, 0.212, 1.5, 2.3065, 33.3, 497.9, 80_000.0])
def test_our_interval_is_the_packages_own(stability, retention):
    scheduler = Scheduler(desired_retention=retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = Card(0, State.Review, None, stability, 5.0, START, START)
    theirs, _log = scheduler.review_card(card, Rating.Good, START + timedelta(days=3))
    memory = Memory(theirs.stability, theirs.difficulty, theirs.last_review.date())
    assert scheduling.due(memory, retention) == theirs.due.date()
