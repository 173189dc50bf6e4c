"""With how many cases, and with how much, something is tried: all in CI, less while one works."""

import os

from hypothesis import HealthCheck, settings

THOROUGH = bool(os.environ.get("CI"))
SHARE = 1 if THOROUGH else 0.2
"""Of the size that a test of size tries."""


def cases(most: int) -> settings:
    """For a property whose cases are dear, or that needs more of them than others: outside CI a tenth."""
    return settings(max_examples=_some(most), deadline=None)


def cases_in_database(most: int, *, outside_ci: int = 0) -> settings:
    """For a property whose every case is written to the database and taken back; outside CI a tenth, or so many."""
    return settings(
        max_examples=most if THOROUGH else outside_ci or _some(most),
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )


def _some(most: int) -> int:
    return most if THOROUGH else max(most // 10, 4)
