"""With how many cases something is tried: all in CI, fewer while one works."""

import os

from hypothesis import HealthCheck, settings

THOROUGH = bool(os.environ.get("CI"))


def cases_in_database(most: int) -> settings:
    """For a property whose every case is written to the database and taken back: a fifth of them outside CI."""
    return settings(
        max_examples=most if THOROUGH else most // 5 + 1,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
