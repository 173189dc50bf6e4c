"""How well something is known. By FSRS's own definition a card's recall is 1 on the day of its review and 0.9 after as
many days as its stability; it is 0.8 after 3.3158 times as many."""

from datetime import date, timedelta
from statistics import fmean

import pytest
from fsrs import Card, Scheduler, State
from hypothesis import given
from hypothesis import strategies as st

from progress import mastery, scheduling
from progress.mastery import Level
from progress.scheduling import Reviewed

TODAY = date(2026, 5, 1)


def days(number: int) -> timedelta:
    return timedelta(days=number)


def of(stability: float, ago: int = 0, count: int = 5) -> list[Reviewed]:
    return [(ago, stability)] * count


@pytest.mark.parametrize("stability", [0.001, 0.212, 1, 2.3065, 33.3, 4_000, 36_500.0])
@pytest.mark.parametrize("elapsed", [0, 1, 3, 30, 365, 30_000])
def test_our_formula_is_the_packages(stability, elapsed):
    at = scheduling._noon(TODAY)
    card = Card(0, State.Review, None, stability, 5.0, at, at)
    theirs = Scheduler().get_card_retrievability(card, at + days(elapsed))
    assert scheduling.recall_after(elapsed, stability) == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize(
    ("memories", "recall"),
    [
        (of(10), 1.0),
        (of(10, ago=10), 0.9),
        ([*of(10, count=1), *of(10, ago=10, count=1)], 0.95),
        ([*of(10, ago=10, count=3), *of(10, count=1)], 0.925),
        (of(100, ago=332), 0.8),
    ],
)
def test_what_is_known_now_is_the_mean(memories, recall):
    assert in_all(memories).recall == pytest.approx(recall, abs=2e-4)


def in_all(memories, *, retention: float = 0.9, count: int = 5, enough: int = 5) -> mastery.Mastery:
    return mastery.mastery(memories, of=count, enough=enough, retention=retention, today=TODAY)


@pytest.mark.parametrize(
    ("memories", "level"),
    [
        (of(30.1), Level.SECURE),
        (of(29.9), Level.KNOWN),
        (of(30.5, ago=1), Level.KNOWN),
        (of(2.2), Level.KNOWN),  # 7 days / 3.3158 = 2.111
        (of(2.0), Level.LEARNING),
        (of(2.2, ago=1), Level.LEARNING),
        (of(0.212), Level.LEARNING),  # all of it answered wrongly today, though FSRS has it at 100% now
        ([*of(300, count=4), *of(0.212, count=1)], Level.KNOWN),
    ],
)
def test_the_level_is_what_would_still_be_known(memories, level):
    assert in_all(memories).level == level


@pytest.mark.parametrize(
    ("answered", "count", "level"),
    [(4, 18, Level.LEARNING), (5, 18, Level.SECURE), (2, 2, Level.SECURE), (1, 2, Level.LEARNING)],
)
def test_a_few_answers_do_not_make_a_lesson_known(answered, count, level):
    found = in_all(of(300, count=answered), count=count)
    assert (found.level, found.answered, found.of) == (level, answered, count)


def test_fewer_answers_make_an_objective_known():
    assert in_all(of(300, count=3), count=8, enough=3).level == Level.SECURE
    assert in_all(of(300, count=2), count=8, enough=3).level == Level.LEARNING


@pytest.mark.parametrize(
    ("memories", "retention", "expected"),
    [
        (of(10.5), 0.9, TODAY + days(11)),
        (of(10.5, ago=4), 0.9, TODAY + days(7)),
        (of(10.5), 0.8, TODAY + days(35)),  # 10.5 * 3.3158 = 34.8
        (of(0.5), 0.9, TODAY + days(1)),
        (of(10.5, ago=11), 0.9, TODAY),
        (of(10.5, ago=400), 0.9, TODAY),
        (of(33_000), 0.9, None),
    ],
)
def test_it_fades_on_the_first_day_under_the_learners_retention(memories, retention, expected):
    found = in_all(memories, retention=retention)
    assert (found.fades_on, found.has_faded) == (expected, expected == TODAY)


memories = st.lists(st.builds(of, st.floats(0.1, 60), st.integers(0, 90), st.just(1)), min_size=1, max_size=6)


@given(memories=memories.map(lambda lists: [one for some in lists for one in some]), retention=st.floats(0.8, 0.97))
def test_halving_finds_the_day_that_counting_finds(memories, retention):
    def recall(day: int) -> float:
        return fmean(scheduling.recall_after(ago + day, stability) for ago, stability in memories)

    counted = next(day for day in range(5_000) if recall(day) < retention)
    assert in_all(memories, retention=retention).fades_on == TODAY + days(counted)


def test_the_outlook_goes_on_for_twelve_weeks_and_only_down():
    outlook = mastery.outlook(of(14), today=TODAY)
    assert [day for day, _share in outlook] == [TODAY + days(14 * number) for number in range(7)]
    shares = [share for _day, share in outlook]
    assert shares == sorted(shares, reverse=True)
    assert shares[:2] == [1, pytest.approx(0.9)]
