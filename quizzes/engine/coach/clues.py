"""Rules about what gives a key away to people who do not know it."""

import re
from collections.abc import Iterator

from quizzes.engine.coach.base import Context, Remark, place, right, wrong
from quizzes.engine.coach.options import refers
from quizzes.engine.document import Question
from quizzes.engine.english import asking, plain, stems
from quizzes.engine.words import Message, gettext_noop

NOTABLY, AT_LEAST = 1.3, 12
"""So many times as long, and so many letters longer, is what people see at a glance."""


def longest_key(question: Question, context: Context) -> Iterator[Remark]:
    """Guidelines 24 and 28d. Where several options are right, the shortest of them counts. "None of the above" is long
    for another reason."""
    lengths = [0 if refers(option.text) else len(plain(option.text)) for option in question.options]
    others = max((lengths[number] for number in wrong(question)), default=0)
    key = min(right(question), key=lengths.__getitem__, default=None)
    if key is not None and others and lengths[key] >= max(NOTABLY * others, others + AT_LEAST):
        message = gettext_noop(
            "The right option is the longest by far, and people who do not know the answer choose the longest: "
            "shorten it, or say as much in the others."
        )
        yield Remark(place(key), Message(message))


def cue_word(question: Question, context: Context) -> Iterator[Remark]:
    """Guideline 28b, clang associations: a word of the question, in some form, that only right options take up. What
    goes before the question proper shares words with options by chance and gives nothing away; yet where a wrong option
    takes up any other word, one echo is as good as the other."""
    said = [stems(option.text) for option in question.options]
    rights, wrongs = right(question), wrong(question)
    if not rights or not wrongs:
        return
    in_wrong = {root for number in wrongs for root in said[number]}
    in_rights = {root for root in said[rights[0]] if all(root in said[number] for number in rights)}
    asked = stems(" ".join(asking(question.text))).keys() - in_wrong
    cues = [asked & said[number].keys() for number in rights]
    if all(cues) and not (in_wrong - in_rights) & stems(question.text).keys():
        message = gettext_noop(
            "“%(word)s” is in the question and in no wrong option, which gives the right one away: use another word,"
            " or take it up in a wrong option too."
        )
        plainest = max(cues[0], key=lambda root: (len(root), root))
        yield Remark(place(rights[0]), Message(message, {"word": said[rights[0]][plainest]}))


def grammar_cue(question: Question, context: Context) -> Iterator[Remark]:
    """Guidelines 23 and 28c: a question that ends with "a" or "an", where some options go with it and some do not."""
    article = _ARTICLE.search(question.text)
    taken = {_article_of(option.text) for option in question.options} - {""}
    if article and len(taken) > 1:
        message = gettext_noop(
            "Not every option can follow “%(article)s”, which gives the answer away: end with “a(n)”, or put the "
            "article into the options."
        )
        yield Remark("text", Message(message, {"article": article[1]}))


_ARTICLE = re.compile(r"(?<!/)(?<!/ )\b(an?)\W*(?:$|_{2,}|…|\.{3})")
_VOWEL = re.compile(r"[aeiou]|hour|honest|honou?r|heir|8|11\b|18\b", re.IGNORECASE)
_CONSONANT = re.compile(r"uni(?![nm])|unan|u[bgkrst][aeiu]|eu|ewe|on(?:e|ce)\b", re.IGNORECASE)
"""Vowels that are spoken otherwise: a union, a European, a one-way street."""
_ABBREVIATION = re.compile(r"[A-Z]{2,}\b")


def _article_of(option: str) -> str:
    """ "a" or "an", by the sound it begins with; empty for an abbreviation, of which that can not be told."""
    said = plain(option).lstrip("\"“'‘(")
    if not said or _ABBREVIATION.match(said):
        return ""
    return "an" if _VOWEL.match(said) and not _CONSONANT.match(said) else "a"
