"""Filters that every template has."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django import template
from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString

from ui import text

register = template.Library()


@register.filter
def inline(value: str) -> SafeString:
    return text.inline(value)


@register.filter
def mark(value: Decimal | float) -> str:
    """A mark for people: at most two decimals, none where it is whole."""
    rounded = round(float(value), 2)
    return number_format(int(rounded) if rounded == int(rounded) else rounded)


@register.filter
def partial_date(value: str) -> str:
    """2025-06-13, 2025-06 or 2025 as words; what is no date stays as it is."""
    shape = {10: "j F Y", 7: "F Y"}.get(len(value), "")
    try:
        return date_format(date.fromisoformat(f"{value}-01"[:10]), shape) if shape else value
    except ValueError:
        return value


@register.filter
def pick(mapping: Mapping[str, object], keys: Iterable[str]) -> list[object]:
    """What a mapping holds for these keys, in their order."""
    return [mapping[key] for key in keys if key in mapping]


@register.filter
def at(mapping: Mapping[object, object], key: object) -> object:
    """What a mapping holds for one key, or None."""
    return mapping.get(key)


@register.filter
def percent(share: float) -> str:
    return f"{round(share * 100)}%"


@register.filter
def share(value: float) -> str:
    """Thirds as such, anything else as a percentage."""
    thirds = {1: "⅓", 2: "⅔"}
    third = round(value * 3)
    return thirds[third] if third in thirds and abs(value * 3 - third) < 1e-9 else percent(value)


@register.filter
def duration(seconds: int) -> str:
    """Minutes and seconds, and hours where there are any: 12:05, 1:02:05."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@register.filter
def direction(language: str) -> str:
    """rtl or ltr, for a language tag."""
    return "rtl" if language.split("-")[0] in {"ar", "fa", "he", "ur", "ps", "ckb"} else "ltr"
