"""The year of a learner, on paper. 1 May 2026 was a Friday."""

from datetime import date, timedelta

import pytest

from progress.activity import Activity, Day, dots, first_day

TODAY = date(2026, 5, 1)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("today", "monday"),
    [
        (date(2026, 5, 1), date(2025, 5, 5)),
        (date(2026, 5, 3), date(2025, 5, 5)),
        (date(2026, 5, 4), date(2025, 5, 12)),
    ],
)
def test_the_year_begins_on_a_monday_51_weeks_before_this_weeks(today, monday):
    assert first_day(today) == monday
    assert Activity({}, today).weeks[0].begins == monday


def test_the_last_week_ends_today():
    assert [day.on for day in Activity({}, TODAY).weeks[-1].days] == [ago(number) for number in (4, 3, 2, 1, 0)]


def test_days_lately_are_those_of_the_last_fourteen():
    activity = Activity({TODAY: 3, ago(1): 1, ago(13): 2, ago(14): 9}, TODAY)
    assert activity.days_lately == 3
    assert [day.on for day in activity.lately][::13] == [ago(13), TODAY]
    assert (activity.days, activity.answers) == (4, 15)


@pytest.mark.parametrize(
    ("answers", "step"), [(0, 0), (1, 1), (9, 1), (10, 2), (24, 2), (25, 3), (49, 3), (50, 4), (900, 4)]
)
def test_the_size_of_a_day(answers, step):
    assert Day(TODAY, answers).step == step


def test_a_dot_stands_in_the_column_of_its_week_and_the_row_of_its_day():
    columns = [[Day(TODAY, 0), Day(TODAY, 5)], [Day(TODAY, 60)]]
    assert dots(columns) == [(0, "M0.5 0.5h0"), (1, "M0.5 1.5h0"), (4, "M1.5 0.5h0")]


def test_an_empty_half_of_the_year_is_left_out():
    assert len(Activity({TODAY: 1}, TODAY).halves) == 1
    both = Activity({TODAY: 1, ago(300): 1}, TODAY).halves
    assert [len(half.weeks) for half in both] == [26, 26]


def test_a_month_is_named_over_the_week_in_which_it_begins():
    months = {week.begins: week.month for week in Activity({}, TODAY).weeks if week.month}
    assert months[date(2026, 4, 27)] == TODAY
    assert months[date(2026, 3, 30)] == date(2026, 4, 1)
    assert len(months) == 12
