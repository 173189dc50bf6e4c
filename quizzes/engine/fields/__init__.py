"""How answers come in and are shown again: one form field a way of answering, shared by the kinds that answer so."""

from quizzes.engine.fields.base import Answer, Field, Paper, Seen, Sent
from quizzes.engine.fields.blanks import Blanks
from quizzes.engine.fields.essay import LongText
from quizzes.engine.fields.line import UNIT_REQUIRED, Line, NumberLine
from quizzes.engine.fields.nothing import Nothing
from quizzes.engine.fields.options import OneOption, SeveralOptions
from quizzes.engine.fields.selects import ChoicePerRow
from quizzes.engine.fields.sequence import PlacePerRow

__all__ = [
    "UNIT_REQUIRED",
    "Answer",
    "Blanks",
    "ChoicePerRow",
    "Field",
    "Line",
    "LongText",
    "Nothing",
    "NumberLine",
    "OneOption",
    "Paper",
    "PlacePerRow",
    "Seen",
    "Sent",
    "SeveralOptions",
]
