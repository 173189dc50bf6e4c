"""The document of an edition: a quiz as published, frozen.

Claims are named by key, since their wording and status may be put right later; everything that
decides a mark is here. What there are thousands of is left out of garbage collection (gc=False): it is frozen, and no
cycles can be made of it.
"""

import hashlib

import msgspec

SCHEMA = 1

PRACTICE = "practice"
EXAM = "exam"
IMMEDIATE = "immediate"
"""An exam whose answers are final and marked at once."""

ASKED = "asked"
COUNTED = "counted"
"""Whether learners are asked how sure they are, and whether that counts."""

DURING = "during"
AFTER = "after"
CLOSED = "closed"
NEVER = "never"
"""From when on a learner sees something: at once, when the attempt is finished, when the quiz is closed."""


DESCRIPTION = "description"
"""The kind of a slot that has nothing to answer."""


class Option(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A row of a question; what text, match and credit say depends on the kind."""

    text: str
    credit: float = 0
    match: str = ""
    feedback: str = ""
    claims: tuple[str, ...] = ()


class Hint(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Help that a learner may take, at a cost: a share of the question's weight, 0 to 1.

    `clear_wrong` takes out what was wrong in the last answer, `how_many` tells how many of its parts were right; a
    hint with either comes after an answer only.
    """

    text: str = ""
    cost: float = 0
    clear_wrong: bool = False
    how_many: bool = False


class Question(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """`marking` is one of its kind's rules, empty for the first of them. `confusables` are words that mean something
    else than an accepted answer, `units` what may follow a number: see the kinds that use them."""

    key: str
    kind: str
    text: str
    options: tuple[Option, ...] = ()
    marking: str = ""
    explanation: str = ""
    claims: tuple[str, ...] = ()
    hints: tuple[Hint, ...] = ()
    confusables: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


class Slot(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    question: Question
    weight: float = 1
    section: str = ""

    @property
    def asks(self) -> bool:
        return self.question.kind != DESCRIPTION


class Draw(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """So many slots, filled for each attempt from the questions that had this tag when the quiz was published.

    They follow the first `at` slots; None puts them behind all of them.
    """

    tag: str
    count: int
    pool: tuple[Question, ...]
    weight: float = 1
    section: str = ""
    at: int | None = None


class Sees(msgspec.Struct, frozen=True, omit_defaults=True):
    """From when on a learner sees what: DURING, AFTER, CLOSED or NEVER.

    During an attempt that is, for the right answer and the evidence, when the question takes no further try.
    """

    mark: str = DURING
    right: str = DURING
    feedback: str = DURING
    evidence: str = DURING


LEARNING = Sees()
TESTING = Sees(AFTER, AFTER, AFTER, AFTER)


class Quiz(msgspec.Struct, frozen=True, omit_defaults=True):
    """Slots are in the author's order; `shuffled` mixes them within their sections. `tries` counts in practice only.

    `time_limit` is in minutes, `pass_mark` a share of the full mark, 0 to 1.
    """

    title: str
    slots: tuple[Slot, ...] = ()
    setting: str = PRACTICE
    tries: int = 3
    draws: tuple[Draw, ...] = ()
    shuffled: bool = False
    confidence: str = ""
    sees: Sees | None = None
    time_limit: int | None = None
    pass_mark: float | None = None

    @property
    def visibility(self) -> Sees:
        """As the author chose it, or as suits the setting."""
        return self.sees or (TESTING if self.setting == EXAM else LEARNING)

    @property
    def count(self) -> int:
        """How many questions an attempt asks."""
        return sum(slot.asks for slot in self.slots) + sum(draw.count for draw in self.draws)

    @property
    def weight(self) -> float:
        asked = sum(slot.weight for slot in self.slots if slot.asks)
        return asked + sum(draw.count * draw.weight for draw in self.draws)


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
