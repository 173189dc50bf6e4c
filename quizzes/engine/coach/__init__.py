"""The item-writing coach: advice on a question, for its author. It blocks nothing.

Its rules follow the literature on writing questions, above all T. M. Haladyna, S. M. Downing and M. C. Rodriguez, "A
review of multiple-choice item-writing guidelines for classroom assessment", Applied Measurement in Education 15(3),
2002; the rules name its 31 guidelines by number. How often the coach is right is measured on a labelled set:
`python -m bench.coach`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from quizzes.engine.coach.absolutes import absolute_word
from quizzes.engine.coach.answers import negative_discrimination, unchosen_option, wrong_key
from quizzes.engine.coach.base import Advice, Context, Rule, asks, has_options, is_choice
from quizzes.engine.coach.clues import cue_word, grammar_cue, longest_key
from quizzes.engine.coach.options import all_or_none, many_options
from quizzes.engine.coach.overlaps import overlap
from quizzes.engine.coach.texts import loaded_word, no_claim, no_explanation, reading_level, unmarked_negative
from quizzes.engine.document import Question

__all__ = ["RULES", "Advice", "Context", "advice"]


@dataclass(frozen=True)
class _Entry:
    rule: Rule
    of: Callable[[Question], bool] = asks
    english: bool = False
    """Whether it reads English, and says nothing of another language."""


_ENTRIES = (
    _Entry(wrong_key, of=is_choice),
    _Entry(negative_discrimination),
    _Entry(unmarked_negative, english=True),
    _Entry(all_or_none, of=has_options, english=True),
    _Entry(overlap, of=has_options),
    _Entry(longest_key, of=has_options),
    _Entry(cue_word, of=has_options, english=True),
    _Entry(grammar_cue, of=has_options, english=True),
    _Entry(absolute_word, of=is_choice, english=True),
    _Entry(many_options, of=has_options),
    _Entry(unchosen_option, of=has_options),
    _Entry(loaded_word, of=lambda question: True, english=True),
    _Entry(reading_level, of=lambda question: True, english=True),
    _Entry(no_explanation),
    _Entry(no_claim),
)
"""In the order in which advice is given: first what makes marks wrong, last what is missing beside the question."""

RULES = tuple(entry.rule.__name__ for entry in _ENTRIES)


def advice(question: Question, context: Context) -> list[Advice]:
    """Empty where there is nothing to say. Any question will do, however unfinished."""
    return [
        Advice(entry.rule.__name__, remark.message, remark.where)
        for entry in _ENTRIES
        if entry.of(question) and (context.is_english or not entry.english)
        for remark in entry.rule(question, context)
    ]
