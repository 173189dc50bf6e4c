"""Dates of which only the year, or the year and the month, may be known."""

import calendar
import datetime as dt
import re

PARTIAL = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
_partial = re.compile(rf"{PARTIAL}\Z")


def is_date(text: str) -> bool:
    """Whether it is a date at all; 2025-02-30 is none."""
    if not _partial.match(text):
        return False
    year, month, day = _parts(text)
    return year >= dt.MINYEAR and day <= calendar.monthrange(year, month or 1)[1]


def first_day(text: str) -> dt.date:
    """2025 begins on 1 January 2025."""
    year, month, day = _parts(text)
    return dt.date(year, month or 1, day or 1)


def last_day(text: str) -> dt.date:
    """2025 ends on 31 December 2025."""
    year, month, day = _parts(text)
    month = month or 12
    return dt.date(year, month, day or calendar.monthrange(year, month)[1])


def years(text: str) -> float:
    """The beginning of a date as a number of years, for a scale."""
    day = first_day(text)
    return day.year + (day.timetuple().tm_yday - 1) / (366 if calendar.isleap(day.year) else 365)


def middle(text: str) -> float:
    """The middle of what may be a whole year, as a number of years."""
    days = (last_day(text) - first_day(text)).days
    return years(text) + days / 2 / 365.25


def brief(text: str) -> str:
    """The year of a date; words as they are."""
    return text[:4] if is_date(text) else text


def _parts(text: str) -> tuple[int, int, int]:
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    return year, month, day
