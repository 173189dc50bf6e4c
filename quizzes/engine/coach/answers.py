"""Rules about what learners chose, once enough of them did."""

from collections.abc import Iterator

from quizzes.engine.coach.base import Context, Remark, place, right, wrong
from quizzes.engine.document import Question
from quizzes.engine.english import plain
from quizzes.engine.statistics import ItemStatistics, OptionCount
from quizzes.engine.words import Message, gettext_noop

ENOUGH = 20
"""Answers, below which shares are chance."""
FEW = 0.05


def unchosen_option(question: Question, context: Context) -> Iterator[Remark]:
    """Fewer than one in twenty chose it: the measure of T. M. Haladyna and S. M. Downing, "How many options is enough
    for a multiple-choice test item?", Educational and Psychological Measurement 53, 1993. See guideline 29."""
    counts, answers = _counts(question, context.stats), _answers(context.stats)
    for number in wrong(question) if counts else ():
        chosen = counts[number].total
        if chosen < FEW * answers:
            message = gettext_noop(
                "%(chosen)s of %(answers)s learners chose “%(option)s”, so it does no work: write a mistake that "
                "they really make, or leave it out."
            )
            option = plain(question.options[number].text)
            yield Remark(place(number), Message(message, {"chosen": chosen, "answers": answers, "option": option}))


def negative_discrimination(question: Question, context: Context) -> Iterator[Remark]:
    """L. Crocker and J. Algina, Introduction to Classical and Modern Test Theory (1986), chapter 14."""
    stats = context.stats
    if stats and stats.attempts >= ENOUGH and stats.discrimination is not None and stats.discrimination < 0:
        message = gettext_noop(
            "Learners who did well in the rest of the quiz did worse here than others: see whether the key is right,"
            " or the words mislead those who know more."
        )
        yield Remark("text", Message(message))


def wrong_key(question: Question, context: Context) -> Iterator[Remark]:
    """The upper third chose a wrong option more often than the right one, or most of it did, where several are right. A
    wrong option does not do its work when the better learners choose it more: M. Tarrant, J. Ware and A. M. Mohammed,
    "An assessment of functioning and non-functioning distractors in multiple-choice questions", BMC Medical Education
    9:40, 2009."""
    counts, best = _counts(question, context.stats), context.stats.upper if context.stats else None
    if not counts or not best:
        return
    times = [count.upper or 0 for count in counts]
    keys = right(question)
    bar = times[keys[0]] if len(keys) == 1 else best / 2
    for number in wrong(question):
        if times[number] > bar:
            message = gettext_noop(
                "Of the %(best)s best learners %(chosen)s chose “%(option)s”, too many for a wrong option: see "
                "whether the key is right."
            )
            option = plain(question.options[number].text)
            yield Remark(place(number), Message(message, {"best": best, "chosen": times[number], "option": option}))


def _counts(question: Question, stats: ItemStatistics | None) -> tuple[OptionCount, ...]:
    """One for each option; empty where answers are too few, or the statistics are of other options."""
    enough = stats and len(stats.options) == len(question.options) and _answers(stats) >= ENOUGH
    return stats.options if stats and enough else ()


def _answers(stats: ItemStatistics | None) -> int:
    """How many attempts answered: where one option is chosen, those without an answer chose none."""
    return min(stats.attempts, sum(count.total for count in stats.options)) if stats else 0
