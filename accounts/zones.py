"""Time zones to choose from."""

from functools import cache
from zoneinfo import available_timezones

REGIONS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)
"""Not those that are there for old names' sake, such as US or Etc."""


@cache
def names() -> frozenset[str]:
    return frozenset(name for name in available_timezones() if name.startswith(tuple(f"{one}/" for one in REGIONS)))


@cache
def by_region() -> dict[str, list[tuple[str, str]]]:
    """Each region's zones, by name and as words: Argentina, Buenos Aires."""
    regions: dict[str, list[tuple[str, str]]] = {region: [] for region in REGIONS}
    for name in sorted(names()):
        region, place = name.split("/", 1)
        regions[region].append((name, place.replace("_", " ").replace("/", ", ")))
    return regions
