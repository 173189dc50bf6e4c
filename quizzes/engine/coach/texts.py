"""Rules about what is written around the options: the question itself, feedback, explanation, claims."""

import re
from collections.abc import Iterator
from math import ceil

from quizzes.engine.coach.base import Context, Remark, is_statement, place
from quizzes.engine.document import Question
from quizzes.engine.english import asking, nameless, plain, sentences, unmarked, unquoted, words
from quizzes.engine.readability import grade
from quizzes.engine.voice import loaded, own_words, pattern
from quizzes.engine.words import Message, gettext_noop

ENOUGH = 12
"""Words, below which the grade of a text is chance."""


def unmarked_negative(question: Question, context: Context) -> Iterator[Remark]:
    """Guideline 17. It counts in the question proper, where reading past it turns the answer round; not in what goes
    before, in a condition, or in a question why something is not so. A text with blanks asks nothing."""
    for sentence in _questions(question) if question.kind != "cloze" else ():
        if found := _NEGATIVE.search(_CLAUSE.sub(" ", _HARMLESS.sub(" ", sentence))):
            message = gettext_noop(
                "“%(word)s” is easily read past: ask for what is so, or make the word stand out, as *%(word)s*."
            )
            yield Remark("text", Message(message, {"word": found[0]}))
            return


_NEGATIVE = re.compile(r"\b(?:not|never|cannot|except|\w+n['’]t)\b", re.IGNORECASE)
_EXCEPT = re.compile(r"\bexcept\b", re.IGNORECASE)
_SHOUTED = re.compile(r"\b(?:NOT|NEVER|CANNOT|EXCEPT)\b")
_HARMLESS = re.compile(r"\bnot only\b|\bor not\b", re.IGNORECASE)
_ASKS = r"(?! (?:is|are|was|were|do|does|did|has|have|had|can|may|will|would|must|should)\b)"
_CLAUSE = re.compile(rf"\b(?:if|unless|when{_ASKS}|because|although|though|since|while)\b[^,?]*", re.IGNORECASE)
_REASON = re.compile(r"\W*(?:(?:so|and|then),? )?why\b", re.IGNORECASE)


def _questions(question: Question) -> list[str]:
    """What asks, and any sentence that makes an exception, without quotations and what stands out."""
    said = _SHOUTED.sub(" ", unmarked(unquoted(question.text)))
    asked = sentences(said) if is_statement(question) else asking(said)
    excepting = [one for one in sentences(said) if one not in asked and _EXCEPT.search(one)]
    return [one for one in asked + excepting if not _REASON.match(one)]


def reading_level(question: Question, context: Context) -> Iterator[Remark]:
    """Guideline 8. Plainer words alone raised marks in a study by J. Abedi and C. Lord, "The language factor in
    mathematics tests", Applied Measurement in Education 14(3), 2001. Names are left out: long ones are not hard."""
    feedback = [(f"{place(number)}.feedback", option.feedback) for number, option in enumerate(question.options)]
    for where, text in [("text", question.text), ("explanation", question.explanation), *feedback]:
        said = nameless(plain(text))
        years = grade(said) if len(words(said)) >= ENOUGH else None
        if years is not None and years > context.schooling:
            message = gettext_noop(
                "This takes some %(years)s years of schooling to read: use shorter sentences and plainer words, so "
                "that knowledge is tested and not reading."
            )
            yield Remark(where, Message(message, {"years": ceil(years)}))


def loaded_word(question: Question, context: Context) -> Iterator[Remark]:
    """By the wording guide of the course, as `check_course` holds a folder to it."""
    guide = [(wording, pattern(wording.words)) for wording in context.wording]
    for where, text in own_words(question):
        for wording, judging in guide:
            if found := loaded(text, judging, wording.within):
                message = gettext_noop(
                    "“%(word)s” takes a side in your own voice: write %(prefer)s, or say whose word it is."
                )
                yield Remark(where, Message(message, {"word": found, "prefer": wording.prefer}))


def no_explanation(question: Question, context: Context) -> Iterator[Remark]:
    """People keep wrong options in mind as true unless they are told: A. C. Butler and H. L. Roediger, "Feedback
    enhances the positive effects and reduces the negative effects of multiple-choice testing", Memory & Cognition
    36(3), 2008."""
    if not question.explanation.strip():
        message = gettext_noop(
            "There is no explanation, and without one a mistake that sounded right is easily kept: say in a sentence"
            " or two why the answer is right."
        )
        yield Remark("explanation", Message(message))


def no_claim(question: Question, context: Context) -> Iterator[Remark]:
    if context.sourced and not question.claims:
        message = gettext_noop(
            "The key stands on no claim: choose the one that it follows from, so that learners see where it is known"
            " from."
        )
        yield Remark("claims", Message(message))
