"""What the engine says to people, as message and values; the pages translate the message."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def gettext_noop(message: str) -> str:
    """Marks a message for the translators' catalogue."""
    return message


@dataclass(frozen=True)
class Message:
    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % self.values


class Unreadable(Exception):
    """An answer that can not be marked as it came; the message says what to do."""

    def __init__(self, text: str, **values: object) -> None:
        self.message = Message(text, values)
        super().__init__(str(self.message))
