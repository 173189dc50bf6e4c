from quizzes.engine.fields.selects import ChoicePerRow
from quizzes.engine.kinds.matching import Matching
from quizzes.engine.words import gettext_noop


class Categorise(Matching):
    """Each item belongs to one category; an option without a text is a category that no item needs to be in."""

    name = "categorise"
    label = gettext_noop("Categorise")
    field = ChoicePerRow(in_order=True)
