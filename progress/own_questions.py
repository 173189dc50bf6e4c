"""Questions of one's own: a sentence of a passage with blanks, asked in the daily review like any other.

They are made into a question of the engine whenever they are asked, and read and marked by its code. What is answered
is kept beside them (OwnAnswer): there is no edition and no attempt that it could hang on.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User, today
from progress import cards, highlights
from progress.highlights import Placed
from progress.models import Card, Highlight, OwnAnswer, OwnQuestion
from quizzes.engine import document
from quizzes.engine.document import Option, Question, Slot
from quizzes.engine.fields import Sent
from quizzes.engine.kinds import KINDS
from quizzes.engine.seeds import seed_from
from quizzes.models import Attempt, Quiz, Response
from quizzes.sittings import Sitting
from quizzes.taking import marked
from quizzes.wording import said

LONGEST = 1000
"""Letters of a question's text."""

MOST_BLANKS = 6

AS_A_BLANK = 4
"""So many words of a highlight at most are taken for the blank, unless the learner chooses others."""

_token = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\s\u3040-\u30ff\u3400-\u9fff]+")
_with_signs = re.compile(r"([\W_]*)(.*?)([\W_]*)")
_sentence_end = re.compile(r"[.!?…؟۔।。！？]+[\"'”’»)\]]*(?=\s+[^\sa-z]|[\u3040-\u9fff])")
_markdown = re.compile(r"([\\`*_\[\]])")


class CanNotBeAsked(Exception):
    """No question can be made of it; the message says why and what to do."""


@dataclass(frozen=True)
class Word:
    """Of a text that blanks are chosen in: `before` and `after` are signs that stay when it becomes a blank. A word
    that is signs only has no `core` and can not become one."""

    number: int
    start: int
    end: int
    before: str
    core: str
    after: str


@dataclass(frozen=True)
class Draft:
    """A text to choose blanks in, and the words chosen so far."""

    text: str
    chosen: frozenset[int]

    @property
    def words(self) -> list[Word]:
        return words_of(self.text)

    @property
    def is_too_long(self) -> bool:
        return len(self.text) > LONGEST

    @property
    def stamp(self) -> str:
        """What tells whether a text is still the one that was shown."""
        return blake2b(self.text.encode(), digest_size=8).hexdigest()


def words_of(text: str) -> list[Word]:
    words = []
    for number, found in enumerate(_token.finditer(text)):
        before, core, after = _with_signs.fullmatch(found[0]).groups()  # type: ignore[union-attr]
        start = found.start() + len(before)
        words.append(Word(number, start, start + len(core), before, core, after))
    return words


def sentences(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a place, or all sentences that it touches."""
    ends = [found.end() for found in _sentence_end.finditer(text)]
    first = max((one for one in ends if one <= start), default=0)
    last = min((one for one in ends if one >= end), default=len(text))
    first += len(text[first:last]) - len(text[first:last].lstrip())
    return first, last


def draft_of(placed: Placed) -> Draft:
    """What is asked now, or would be: the words of the highlight in their sentence, or in what stood around them where
    the passage is gone."""
    highlight = placed.highlight
    if asked := highlight.asked:
        return Draft(asked.text, _touched(asked.text, asked.blanks))
    one = highlights.selector_of(highlight)
    if placed.found:
        text, start, end = placed.found.passage.words, placed.found.start, placed.found.end
        first, last = sentences(text, start, end)
    else:
        text = one.in_context
        start = text.find(one.quote)
        end, first, last = start + len(one.quote), 0, len(text)
    touched = _touched(text[first:last], [(start - first, end - first)])
    return Draft(text[first:last], touched if len(touched) <= AS_A_BLANK else frozenset())


def _touched(text: str, spans: Iterable[Sequence[int]]) -> frozenset[int]:
    spans = list(spans)
    return frozenset(
        word.number
        for word in words_of(text)
        if word.core and any(word.start < end and start < word.end for start, end in spans)
    )


def blanks_in(draft: Draft, chosen: Collection[int]) -> list[tuple[int, int]]:
    """Words that follow on each other are one blank. Raises CanNotBeAsked."""
    words = [word for word in draft.words if word.core]
    runs: list[list[Word]] = []
    for before, word in pairwise([None, *words]):
        if word and word.number in chosen:
            if before and before.number in chosen and before.number == word.number - 1:
                runs[-1].append(word)
            else:
                runs.append([word])
    blanks = [(run[0].start, run[-1].end) for run in runs]
    if message := _what_is_wrong(draft, words, chosen, blanks):
        raise CanNotBeAsked(message)
    return blanks


def _what_is_wrong(
    draft: Draft, words: Sequence[Word], chosen: Collection[int], blanks: Sequence[tuple[int, int]]
) -> str:
    if not blanks:
        return _("Choose at least one word that becomes a blank.")
    if all(word.number in chosen for word in words):
        return _("Leave some words to go by: not all of them can become blanks.")
    if len(blanks) > MOST_BLANKS:
        return _("That is more than %(most)d blanks: choose fewer words.") % {"most": MOST_BLANKS}
    asked = _question("draft", draft.text, blanks)
    return next((said(problem) for problem in KINDS[asked.kind].problems(asked)), "")


@transaction.atomic
def ask(*, highlight: Highlight, text: str, blanks: Sequence[tuple[int, int]]) -> Card:
    """From the next day on (as cards go: see progress.cards). A question that was asked about the same highlight before
    goes, with its answers: with other blanks it is another one."""
    User.objects.select_for_update().get(pk=highlight.learner_id)  # two clicks take turns
    before = OwnQuestion.objects.filter(highlight=highlight).first()
    if before and (before.text, before.blanks) == (text, [list(blank) for blank in blanks]):
        return before.cards.get()
    if before:
        before.delete()
    made = OwnQuestion.objects.create(
        highlight=highlight,
        learner=highlight.learner,
        collection_id=highlight.lesson.course.collection_id,
        text=text,
        blanks=[list(blank) for blank in blanks],
    )
    cards.sync(learner=highlight.learner, also=[made.card_key])
    return made.cards.get()


def stop(*, highlight: Highlight) -> None:
    """Is not asked any more; its answers go."""
    OwnQuestion.objects.filter(highlight=highlight).delete()


def question_of(own: OwnQuestion, claims: tuple[str, ...] = ()) -> Question:
    """As the engine has it. `claims` are what its passage rests on."""
    return _question(own.question_key, own.text, own.blanks, claims)


def _question(key: str, text: str, blanks: Sequence[Sequence[int]], claims: tuple[str, ...] = ()) -> Question:
    pieces, at = [], 0
    for number, (start, end) in enumerate(blanks, 1):
        pieces += [_markdown.sub(r"\\\1", text[at:start]), f"[[{number}]]"]
        at = end
    pieces.append(_markdown.sub(r"\\\1", text[at:]))
    options = tuple(
        Option(text=text[start:end].replace("*", r"\*"), match=str(number), credit=1)
        for number, (start, end) in enumerate(blanks, 1)
    )
    return Question(key=key, kind="cloze", text="".join(pieces), options=options, claims=claims)


def sitting(own: OwnQuestion, day: date, given: OwnAnswer | None = None, claims: tuple[str, ...] = ()) -> Sitting:
    """As a review deals it: one try, and all of it shown at once. Nothing of it is saved; `given` is what was answered
    on that day. Its edition's number is the question's."""
    collection, title = own.collection, own.collection.title
    attempt = Attempt(
        learner=own.learner,
        quiz=Quiz(collection=collection, title=title),
        edition_id=own.pk,
        number=1,
        in_review=True,
        seed=seed_from("own", own.question_key, day),
    )
    quiz = document.Quiz(title, (Slot(question_of(own, claims)),), tries=1)
    responses = {0: [_as_response(attempt, given)]} if given else {}
    return Sitting(attempt, quiz, responses)


def _as_response(attempt: Attempt, given: OwnAnswer) -> Response:
    return Response(
        learner=attempt.learner,
        attempt=attempt,
        slot=0,
        try_number=1,
        question_key=given.question.question_key,
        answer=given.answer,
        fraction=given.fraction,
        mark=given.fraction,
        answered_at=given.answered_at,
    )


def answer(*, own: OwnQuestion, day: date, sent: Sent) -> OwnAnswer:
    """Records what a form sent that was dealt for a day; what was answered today already stands. Raises Unreadable."""
    at = sitting(own, day)
    question = at.question(0)
    value = KINDS[question.kind].field.read(question, at.hand(0), sent)
    kept = {"answer": value, "fraction": marked(at, 0, value, None).fraction}
    given, _made = OwnAnswer.objects.get_or_create(question=own, on=today(), defaults=kept)
    cards.sync(learner=own.learner, also=[own.card_key])
    return given


@transaction.atomic
def look_back(*, given: OwnAnswer, knew: bool) -> None:
    """Notes whether an answer was known or guessed, and reckons its card anew."""
    given.knew = knew
    given.save(update_fields=["knew"])
    cards.sync(learner=given.question.learner, also=[given.question.card_key])
