"""The kinds of questions. A new kind is a module here and a line in KINDS."""

from quizzes.engine.fields import Answer
from quizzes.engine.kinds.base import Kind
from quizzes.engine.kinds.categorise import Categorise
from quizzes.engine.kinds.cloze import Cloze
from quizzes.engine.kinds.description import Description
from quizzes.engine.kinds.essay import Essay
from quizzes.engine.kinds.matching import Matching
from quizzes.engine.kinds.multiple import Multiple
from quizzes.engine.kinds.numeric import Numeric
from quizzes.engine.kinds.ordering import Ordering
from quizzes.engine.kinds.short_answer import ShortAnswer
from quizzes.engine.kinds.single import Single
from quizzes.engine.kinds.true_false import TrueFalse

_KINDS: tuple[Kind, ...] = (
    Single(),
    Multiple(),
    TrueFalse(),
    ShortAnswer(),
    Numeric(),
    Matching(),
    Categorise(),
    Ordering(),
    Cloze(),
    Essay(),
    Description(),
)
KINDS = {kind.name: kind for kind in _KINDS}

MARKINGS = tuple(dict.fromkeys(rule for kind in KINDS.values() for rule in kind.markings))
"""Every rule of marking that some kind offers."""

__all__ = ["KINDS", "MARKINGS", "Answer", "Kind"]
