import datetime as dt

import pytest

from courses.figures.dates import brief, first_day, is_date, last_day, middle


@pytest.mark.parametrize("text", ["2025", "2025-06", "2025-06-13", "2024-02-29", "0001"])
def test_these_are_dates(text):
    assert is_date(text)


@pytest.mark.parametrize("text", ["", "1980s", "2025-13", "2025-02-29", "2025-06-31", "0000", "2025-6", "2025\n"])
def test_these_are_none(text):
    assert not is_date(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2025-06-13", dt.date(2025, 6, 13), dt.date(2025, 6, 13)),
    ],
)
def test_a_partial_date_is_a_stretch_of_days(text, first, last):
    assert (first_day(text), last_day(text)) == (first, last)


def test_a_year_stands_in_its_middle_between_the_days_of_that_year():
    assert middle("1980-04-07") < middle("1980") < middle("1980-09-22")


def test_words_stay_as_they_are_and_dates_become_their_year():
    assert [brief("1980s"), brief("2025-01-17")] == ["1980s", "2025"]
