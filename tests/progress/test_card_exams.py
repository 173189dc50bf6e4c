"""Reviews on the way to an exam."""

from datetime import date, timedelta

import pytest
from fsrs import Rating
from hypothesis import given
from hypothesis import strategies as st

from progress import exams, scheduling
from progress.exams import Exam
from progress.scheduling import Memory, after, due, recall
from tests.cases import cases

TODAY = date(2026, 5, 1)


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def memory(stability: float, *, difficulty: float = 5.0, ago: int = 0) -> Memory:
    return Memory(stability, difficulty, day(-ago))


def days_until(exam, known, retention=0.9) -> list[int]:
    return [(one.reviewed_on - TODAY).days for one in exams.reviews_until(exam, known, retention, TODAY)]


def test_what_is_due_before_the_exam_anyway_needs_no_other_day():
    assert exams.due_for(Exam(day(30), 0.95), memory(10), 0.9) is None


def test_what_will_be_known_well_enough_needs_none_either():
    known = memory(500)
    assert recall(known, day(30)) > 0.95
    assert exams.due_for(Exam(day(30), 0.95), known, 0.9) is None


def test_what_would_have_faded_comes_up_on_the_first_day_that_carries_to_the_exam():
    exam, known = Exam(day(30), 0.97), memory(40)
    assert due(known, 0.9) > exam.on
    chosen = exams.due_for(exam, known, 0.9)
    assert TODAY < chosen < exam.on
    assert recall(after(known, Rating.Good, chosen), exam.on) >= 0.97
    assert recall(after(known, Rating.Good, chosen - timedelta(days=1)), exam.on) < 0.97


def test_what_no_single_review_can_carry_comes_up_on_the_eve():
    exam, known = Exam(day(4), 0.99), memory(5)
    assert recall(after(known, Rating.Good, day(3)), exam.on) < 0.99
    assert exams.due_for(exam, known, 0.9) == day(3)


def test_nothing_comes_up_twice_on_a_day_for_an_exam_tomorrow():
    assert exams.due_for(Exam(day(1), 0.99), memory(5), 0.9) is None


@pytest.mark.parametrize("on", [0, -1, -40])
def test_an_exam_that_is_over_changes_nothing(on):
    assert exams.due_for(Exam(day(on), 0.99), memory(5), 0.9) is None
    assert days_until(Exam(day(on), 0.99), memory(5)) == []


def test_the_days_until_the_exam_are_the_usual_ones_and_a_last_one():
    exam, known = Exam(day(60), 0.97), memory(2.3065, difficulty=2.118)
    chosen = days_until(exam, known)
    assert chosen[:2] == [2, 13]
    assert chosen[-1] > 13
    last = exams.reviews_until(exam, known, 0.9, TODAY)[-1]
    assert recall(last, exam.on) >= 0.97
    assert recall(known, exam.on) < 0.7


def test_who_is_behind_begins_today():
    assert days_until(Exam(day(20), 0.95), memory(3, ago=40))[0] == 0


memories = st.builds(memory, st.floats(0.001, 2000), difficulty=st.floats(1, 10), ago=st.integers(0, 400))
exam_dates = st.builds(Exam, st.integers(1, 120).map(day), st.floats(0.8, 0.99))


@cases(1000)
@given(exam=exam_dates, known=memories, retention=st.floats(0.8, 0.97))
def test_the_target_is_reached_or_the_last_review_is_on_the_eve(exam, known, retention):
    plan = exams.reviews_until(exam, known, retention, TODAY)
    dates = [one.reviewed_on for one in plan]
    assert dates == sorted(set(dates))
    assert all(TODAY <= one < exam.on for one in dates)
    last = [known, *plan][-1]
    eve = exam.on - timedelta(days=1)
    assert recall(last, exam.on) >= exam.target or last.reviewed_on >= eve


@cases(300)
@given(exam=exam_dates, known=memories, retention=st.floats(0.8, 0.97))
def test_reviewing_as_planned_is_never_worse_than_not_at_all(exam, known, retention):
    last = [known, *exams.reviews_until(exam, known, retention, TODAY)][-1]
    assert scheduling.recall(last, exam.on) >= scheduling.recall(known, exam.on)
