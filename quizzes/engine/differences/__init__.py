"""What is different between two documents of a quiz, for people to read.

Equal documents have no differences, and unequal ones have some. Questions are matched by their keys, options and hints
by their texts and then, where there are as many as before, by their places.
"""

from quizzes.engine.differences.base import Difference, Group
from quizzes.engine.differences.questions import of_questions
from quizzes.engine.differences.quizzes import in_order, of_items, of_settings, settings_of
from quizzes.engine.document import Quiz
from quizzes.engine.drawing import pooled

__all__ = ["Difference", "Group", "differences", "in_order", "settings_of"]


def differences(before: Quiz, after: Quiz) -> list[Difference]:
    """Key changes first, and each group in the order of the quiz. `before` was published, so its questions are of known
    kinds and can be marked."""
    questions = {question.key: place for place, question in enumerate(pooled(before))}
    questions |= {question.key: place for place, question in enumerate(pooled(after))}
    groups = list(Group)

    def rank(one: Difference) -> tuple[int, int, str]:
        key = one.question.key if one.question else ""
        return groups.index(one.group), questions.get(key, -1), key

    return sorted([*of_settings(before, after), *of_items(before, after), *of_questions(before, after)], key=rank)
