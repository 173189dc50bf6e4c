"""The document of an edition: a quiz as published, frozen.

Claims are named by key, since their wording and status may be put right later; everything that
decides a mark is here.
"""

import hashlib

import msgspec

SCHEMA = 1
MARKINGS = ("all_or_nothing", "right_minus_wrong")
PRACTICE = "practice"
EXAM = "exam"


class Option(msgspec.Struct, frozen=True, omit_defaults=True):
    text: str
    credit: float = 0
    match: str = ""
    feedback: str = ""
    claims: tuple[str, ...] = ()


class Question(msgspec.Struct, frozen=True, omit_defaults=True):
    key: str
    kind: str
    text: str
    options: tuple[Option, ...]
    marking: str = ""
    explanation: str = ""
    claims: tuple[str, ...] = ()


class Slot(msgspec.Struct, frozen=True, omit_defaults=True):
    question: Question
    weight: float = 1


class Draw(msgspec.Struct, frozen=True, omit_defaults=True):
    """So many slots, filled for each attempt from the questions that had this tag when the quiz was published."""

    tag: str
    count: int
    pool: tuple[Question, ...]
    weight: float = 1


class Quiz(msgspec.Struct, frozen=True, omit_defaults=True):
    """tries counts in practice only; slots and draws are in the author's order."""

    title: str
    slots: tuple[Slot, ...] = ()
    setting: str = PRACTICE
    tries: int = 3
    draws: tuple[Draw, ...] = ()

    @property
    def count(self) -> int:
        """How many questions an attempt asks."""
        return len(self.slots) + sum(draw.count for draw in self.draws)

    @property
    def weight(self) -> float:
        return sum(slot.weight for slot in self.slots) + sum(draw.count * draw.weight for draw in self.draws)


class _Numbered(msgspec.Struct, frozen=True):
    schema: int
    quiz: Quiz


def encode(quiz: Quiz) -> str:
    """JSON text, the same for equal quizzes (read back once, so that 1 and 1.0 are written alike)."""
    text = msgspec.json.encode(_Numbered(SCHEMA, quiz))
    return msgspec.json.encode(msgspec.json.decode(text, type=_Numbered)).decode()


def decode(text: str) -> Quiz:
    """The quiz of an edition's document. Raises msgspec.ValidationError for a document of another schema."""
    return msgspec.json.decode(text, type=_Numbered).quiz


def digest(text: str) -> str:
    """SHA-256 of the text, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
