"""Stored figures for pages."""

from collections.abc import Mapping
from typing import Any

import msgspec

from courses.figures.data import Figure
from courses.figures.kinds import KINDS, decode
from courses.figures.viewing import View
from courses.models import Figure as Row


def data_of(row: Row) -> Figure:
    return decode(
        row.kind, key=row.key, title=row.title, description=row.description, caption=row.caption, data=row.data
    )


def layout_of(row: Row) -> Any:
    """Of the type that its kind has."""
    return msgspec.json.decode(row.layout, type=KINDS[row.kind].layout)


def show(row: Row, asked: Mapping[str, str]) -> View:
    """`asked` are the parameters of the address. Raises NoSuchView."""
    return KINDS[row.kind].show(data_of(row), layout_of(row), asked)


def template_of(row: Row) -> str:
    return KINDS[row.kind].template
