"""How answers come in and are shown again: one form field a way of answering, shared by the kinds that answer so."""

from quizzes.engine.fields.base import Answer, Field, Paper, Seen, Sent
from quizzes.engine.fields.options import OneOption, SeveralOptions

__all__ = ["Answer", "Field", "OneOption", "Paper", "Seen", "Sent", "SeveralOptions"]
