"""The kinds of questions. A new kind is a module here and a line in KINDS."""

from quizzes.engine.kinds.base import Answer, Kind
from quizzes.engine.kinds.multiple import Multiple
from quizzes.engine.kinds.single import Single
from quizzes.engine.kinds.true_false import TrueFalse

KINDS: dict[str, Kind] = {kind.name: kind for kind in (Single(), Multiple(), TrueFalse())}

__all__ = ["KINDS", "Answer", "Kind"]
