"""The kinds of questions. A new kind is a module here and a line in KINDS."""

from quizzes.engine.fields import Answer
from quizzes.engine.kinds.base import Kind
from quizzes.engine.kinds.multiple import Multiple
from quizzes.engine.kinds.single import Single
from quizzes.engine.kinds.true_false import TrueFalse

_KINDS: tuple[Kind, ...] = (
    Single(),
    Multiple(),
    TrueFalse(),
)
KINDS = {kind.name: kind for kind in _KINDS}

MARKINGS = tuple(dict.fromkeys(rule for kind in KINDS.values() for rule in kind.markings))
"""Every rule of marking that some kind offers."""

__all__ = ["KINDS", "MARKINGS", "Answer", "Kind"]
