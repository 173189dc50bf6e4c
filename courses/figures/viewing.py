"""What a page asks of a figure, and what it gets."""

from typing import Protocol


class NoSuchView(Exception):
    """The address asks for something that the figure does not have."""


class View(Protocol):
    """What a kind's template draws."""

    @property
    def claims(self) -> frozenset[str]:
        """Keys of the claims that the page names."""
