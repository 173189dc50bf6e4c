from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine.behaviour import (
    Try,
    attempt_mark,
    full_mark,
    full_weight,
    is_settled,
    offers_hint,
    sees,
    slot_mark,
    tries_of,
    try_factor,
)
from quizzes.engine.confidence import adjusted
from quizzes.engine.document import Hint, Option, Question, Quiz, Slot

FOUR = tuple(Option(text=str(n), credit=float(n == 0)) for n in range(4))
HINTS = (Hint("North.", 0.1), Hint("West.", 0.25, how_many=True))
SLOT = Slot(Question("q", "single", "Which?", FOUR, hints=HINTS))
PRACTICE = Quiz("Quiz", (SLOT,))
EXAM = Quiz("Quiz", (SLOT,), setting="exam")
IMMEDIATE = Quiz("Quiz", (SLOT,), setting="immediate")
COUNTED = Quiz("Quiz", (SLOT,), confidence="counted")
SURE_EXAM = Quiz("Quiz", (SLOT,), setting="exam", confidence="counted")
ASKED = Quiz("Quiz", (SLOT,), confidence="asked")


def tries(*fractions: float | None, hints: int = 0, confidence: int | None = None) -> list[Try]:
    return [Try(fraction, hints, confidence) for fraction in fractions]


LATE = Try(1, late=True)
THREE_TRIES = [
    (PRACTICE, 1, tries(), "0"),
    (PRACTICE, 1, tries(1), "1"),
    (PRACTICE, 1, tries(0), "0"),
    (PRACTICE, 1, tries(0, 1), "0.66667"),
    (PRACTICE, 1, tries(0, 0, 1), "0.33333"),
    (PRACTICE, 1, tries(0, 0, 0), "0"),
    (PRACTICE, 3, tries(0, 1), "2"),
    (PRACTICE, 1, tries(0.5, 1), "0.66667"),
    (PRACTICE, 1, tries(0.5, 0.5), "0.5"),
    (PRACTICE, 1, tries(0.5, 0, 1), "0.5"),
    (EXAM, 1, tries(0, 1), "1"),
    (EXAM, 1, tries(1, 0), "0"),
    (EXAM, 2, tries(0, 0, 0, 0.5), "1"),
    (IMMEDIATE, 1, tries(0.5), "0.5"),
]
HINTED = [
    (PRACTICE, 1, tries(1, hints=1), "0.9"),
    (PRACTICE, 1, tries(1, hints=2), "0.65"),
    (PRACTICE, 1, [Try(0), Try(1, 1)], "0.56667"),
    (PRACTICE, 1, [Try(0), Try(0, 1), Try(1, 2)], "0"),
    (PRACTICE, 1, [Try(0.5), Try(1, 2)], "0.5"),
    (PRACTICE, 2, tries(0.5, hints=1), "0.9"),
]
KEPT_NOT_COUNTED = [
    (EXAM, 1, [Try(0), LATE], "0"),
    (EXAM, 1, [LATE], "0"),
    (PRACTICE, 1, [LATE], "0"),
    (EXAM, 1, tries(None), "0"),
    (EXAM, 1, tries(1, None), "0"),
    (ASKED, 1, tries(1, confidence=1), "1"),
    (ASKED, 1, tries(0, confidence=3), "0"),
]
SURE = [
    (COUNTED, 1, tries(1, confidence=3), "3"),
    (COUNTED, 2, tries(1, confidence=2), "4"),
    (COUNTED, 1, tries(0, confidence=3), "-6"),
    (COUNTED, 1, tries(1), "1"),
    (SURE_EXAM, 1, tries(1, 0, confidence=3), "-6"),
    (SURE_EXAM, 1, [Try(0, confidence=3), Try(1, confidence=1)], "1"),
]


@pytest.mark.parametrize(("quiz", "weight", "given", "mark"), THREE_TRIES + HINTED + KEPT_NOT_COUNTED + SURE)
def test_tries_earn_their_share_of_the_weight(quiz, weight, given, mark):
    assert slot_mark(quiz, Slot(SLOT.question, weight), given) == Decimal(mark)


def test_the_tries_are_worth_one_two_thirds_and_one_third():
    assert [try_factor(n) for n in (1, 2, 3, 4)] == pytest.approx([1, 2 / 3, 1 / 3, 0])


# Right, wrong, half right and a quarter right, each with low, middle and high confidence.
GARDNER_MEDWIN = [
    (1, 1, 1),
    (1, 2, 2),
    (1, 3, 3),
    (0, 1, 0),
    (0, 2, -2),
    (0, 3, -6),
    (0.5, 1, 0.5),
    (0.5, 2, 1),
    (0.5, 3, 1.5),
    (0.25, 1, 0.25),
    (0.25, 2, 0.5),
    (0.25, 3, 0.75),
]


@pytest.mark.parametrize(("fraction", "confidence", "mark"), GARDNER_MEDWIN)
def test_confidence_is_marked_by_the_scheme_of_gardner_medwin(fraction, confidence, mark):
    assert adjusted(fraction, confidence) == mark
    assert slot_mark(COUNTED, SLOT, tries(fraction, confidence=confidence)) == Decimal(str(mark))


@pytest.mark.parametrize(
    ("chance", "best"), [(0.5, {1}), (0.66, {1}), (0.7, {2}), (0.79, {2}), (0.81, {3}), (0.95, {3}), (0.8, {2, 3})]
)
def test_it_pays_to_say_how_sure_one_is(chance, best):
    def expected(level: int) -> float:
        return round(chance * adjusted(1, level) + (1 - chance) * adjusted(0, level), 9)

    most = max(expected(level) for level in (1, 2, 3))
    assert {level for level in (1, 2, 3) if expected(level) == most} == best


@pytest.mark.parametrize(
    ("quiz", "given", "settled"),
    [
        (PRACTICE, tries(), False),
        (PRACTICE, tries(1), True),
        (PRACTICE, tries(0), False),
        (PRACTICE, tries(0, 0), False),
        (PRACTICE, tries(0, 0, 0), True),
        (PRACTICE, tries(0, 1), True),
        (PRACTICE, tries(None), True),
        (COUNTED, tries(0), True),
        (IMMEDIATE, tries(), False),
        (IMMEDIATE, tries(0), True),
        (EXAM, tries(1), False),
        (EXAM, tries(*[0] * 9), False),
    ],
)
def test_a_slot_is_settled_when_right_or_out_of_tries_and_in_an_exam_never(quiz, given, settled):
    assert is_settled(quiz, SLOT, given) is settled


def test_the_quiz_says_how_many_tries_at_most():
    assert tries_of(Quiz("Quiz", (SLOT,), tries=1), SLOT) == 1
    assert tries_of(PRACTICE, SLOT) == 3
    assert tries_of(COUNTED, SLOT) == tries_of(EXAM, SLOT) == tries_of(IMMEDIATE, SLOT) == 1


@pytest.mark.parametrize(
    ("quiz", "given", "taken", "offered"),
    [
        (PRACTICE, tries(), 0, True),
        (PRACTICE, tries(), 1, False),
        (PRACTICE, tries(0), 1, True),
        (PRACTICE, tries(0), 2, False),
        (PRACTICE, tries(1), 0, False),
        (EXAM, tries(), 0, False),
        (IMMEDIATE, tries(), 0, False),
        (COUNTED, tries(), 0, False),
    ],
)
def test_the_next_hint_is_offered_in_practice_and_after_an_answer_where_it_looks_at_one(quiz, given, taken, offered):
    assert offers_hint(quiz, SLOT, given, taken) is offered


@pytest.mark.parametrize(
    ("when", "running", "finished", "closed"),
    [
        ("during", True, True, True),
        ("after", False, True, True),
        ("closed", False, False, True),
        ("never", False, False, False),
    ],
)
def test_what_is_seen_when(when, running, finished, closed):
    assert sees(when, is_finished=False, is_closed=False) is running
    assert sees(when, is_finished=True, is_closed=False) is finished
    assert sees(when, is_finished=True, is_closed=True) is closed
    assert sees(when, is_finished=False, is_closed=True) is running


def test_practice_shows_at_once_an_exam_afterwards_and_an_author_may_choose():
    assert {PRACTICE.visibility.mark, PRACTICE.visibility.right, IMMEDIATE.visibility.evidence} == {"during"}
    assert {EXAM.visibility.mark, EXAM.visibility.right, EXAM.visibility.evidence} == {"after"}


def test_the_full_mark_is_three_times_the_weight_where_confidence_counts():
    assert (full_mark(PRACTICE), full_mark(ASKED), full_mark(COUNTED)) == (1, 1, 3)
    assert full_weight(COUNTED, Slot(SLOT.question, 2)) == 6


some_tries = st.lists(
    st.builds(
        Try,
        st.one_of(st.none(), st.floats(0, 1)),
        st.integers(0, 2),
        st.one_of(st.none(), st.integers(1, 3)),
        st.booleans(),
    ),
    max_size=4,
)


@given(st.sampled_from([PRACTICE, EXAM, IMMEDIATE, COUNTED, SURE_EXAM]), st.integers(1, 9), some_tries)
def test_marks_stay_within_bounds_and_late_answers_change_nothing(quiz, weight, given):
    slot = Slot(SLOT.question, weight)
    mark = slot_mark(quiz, slot, given)
    assert (-6 * weight if quiz.confidence else 0) <= mark <= full_weight(quiz, slot)
    assert slot_mark(quiz, slot, [*given, LATE]) == mark


def test_the_mark_of_an_attempt_is_the_sum_over_its_slots():
    quiz = Quiz("Quiz", (SLOT, Slot(SLOT.question, 2), SLOT))
    assert attempt_mark(quiz, {0: tries(1), 1: tries(0, 1)}) == Decimal("2.33333")
    assert attempt_mark(quiz, {}) == 0
