"""The engine's messages in the reader's language."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from quizzes.engine.words import Message


def said(message: Message, at: datetime | None = None) -> str:
    """Translated, with the time that it is about, in the reader's zone, and with messages among its values."""
    values = {name: said(value) if isinstance(value, Message) else value for name, value in message.values.items()}
    if at is not None:
        values["time"] = date_format(timezone.localtime(at), "j F Y, H:i e")
    return gettext(message.text) % values
