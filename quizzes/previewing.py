"""A draft as learners would get it.

Nothing is stored. A preview follows from the authoring rows and from its own address, which carries what was done so
far, signed and compressed: so reload, Back and a second tab show what they should, and the pages' links stay links.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _
from msgspec.structs import replace as changed

from quizzes import taking
from quizzes.engine import behaviour, document, drawing
from quizzes.engine.behaviour import full_mark
from quizzes.engine.fields import Seen, Sent
from quizzes.engine.kinds import KINDS, Answer
from quizzes.engine.seeds import seed_from
from quizzes.models import Attempt, Edition, Question, Quiz
from quizzes.publishing import (
    Problem,
    documents,
    problems_of_question,
    problems_of_quiz,
    questions_as_documents,
)
from quizzes.showing import Shown, shown
from quizzes.sittings import Sitting
from sources.models import Collection

SIGNER = signing.Signer(salt="quizzes.preview")

LONGEST_TEXT = 2000
"""Characters of an essay that an address carries: enough to see how it looks, and nobody marks it here."""

Deed = Sequence[Any]
"""`[slot]`: the next hint of a slot was taken. `[slot, answer, confidence]`: an answer was given."""


class DraftChanged(Exception):
    """What was done so far was done with another draft than the one of now, or in another behaviour."""


@dataclass(frozen=True)
class Draft:
    """A question or a quiz as its authoring rows have it now; a question is a quiz of its own."""

    row: Question | Quiz
    contents: document.Quiz
    problems: list[Problem]
    """What keeps it from being published."""

    @property
    def collection(self) -> Collection:
        return self.row.collection

    @property
    def quiz(self) -> Quiz:
        """Whose rules hold; of a question alone, one without any."""
        return self.row if isinstance(self.row, Quiz) else Quiz(collection=self.collection, title=self.contents.title)


def draft_of_question(question: Question) -> Draft:
    contents = questions_as_documents([question])[question.pk]
    problems = problems_of_question(contents, sourced=question.collection.sourced)
    return Draft(question, document.Quiz(question.key, (document.Slot(contents),)), problems)


def draft_of_quiz(quiz: Quiz) -> Draft:
    contents = documents([quiz])[quiz.pk]
    return Draft(quiz, contents, problems_of_quiz(contents, sourced=quiz.collection.sourced))


@dataclass(frozen=True)
class Preview:
    """A draft in one behaviour, with what was done so far. `deal` numbers the times it was begun anew: each mixes and
    draws as for another learner."""

    draft: Draft
    setting: str
    confidence: str
    deal: int = 1
    done: tuple[Deed, ...] = ()

    @cached_property
    def contents(self) -> document.Quiz:
        """As dealt, so with slots only."""
        quiz = changed(self.draft.contents, setting=self.setting, confidence=self.confidence)
        quiz = changed(quiz, draws=_within_pools(quiz))
        return drawing.deal(quiz, drawing.draw(quiz, self.seed))

    @cached_property
    def seed(self) -> str:
        return seed_from(self.draft.row._meta.label, self.draft.row.pk, self.deal)

    @cached_property
    def digest(self) -> str:
        return seed_from(document.encode(self.contents), self.seed)

    @cached_property
    def so_far(self) -> str:
        """What was done, for an address; empty before anything was."""
        return SIGNER.sign_object([self.digest, self.done], compress=True) if self.done else ""

    def resumed(self, so_far: str) -> "Preview":
        """With what an address says was done. Raises signing.BadSignature and DraftChanged."""
        digest, done = SIGNER.unsign_object(so_far)
        if digest != self.digest:
            raise DraftChanged
        return replace(self, done=tuple(done))

    @cached_property
    def sitting(self) -> Sitting:
        edition = Edition(pk=0, weight=full_mark(self.contents))
        sitting = Sitting(Attempt(quiz=self.draft.quiz, edition=edition, number=1, seed=self.seed), self.contents)
        for slot, *answer in self.done:
            sitting = _answered(sitting, slot, *answer) if answer else _hinted(sitting, slot)
        return sitting

    @property
    def finished(self) -> Sitting:
        attempt = copy(self.sitting.attempt)
        attempt.finished_at = self.sitting.now
        return replace(self.sitting, attempt=attempt)

    def answered(self, slot: int, answer: Answer, confidence: int | None) -> "Preview":
        """With one more answer; a slot that takes none any more stays as it is. In an exam the last answer is the one
        that counts, so it takes the place of the others."""
        if self.sitting.is_settled(slot):
            return self
        done = [deed for deed in self.done if self.setting != document.EXAM or deed[0] != slot]
        return replace(self, done=(*done, (slot, _shortened(answer), confidence)))

    def hinted(self, slot: int, number: int) -> "Preview":
        """With hint `number`, counted from 1; one that was taken already changes nothing. Raises taking.NoHint."""
        taken = self.sitting.hints_taken(slot)
        if number <= taken:
            return self
        offers = behaviour.offers_hint(self.contents, self.sitting.slot(slot), self.sitting.tries(slot), taken)
        if number > taken + 1 or not offers:
            raise taking.NoHint
        return replace(self, done=(*self.done, (slot,)))

    def problems(self, slot: int) -> list[Problem]:
        """Why the question can not be marked, so that it can not be shown either; it may still lack its claims."""
        return problems_of_question(self.sitting.question(slot), sourced=False)

    def can_fill(self, slot: int) -> bool:
        """Whether there is a right answer to fill in, and a form that takes it."""
        question = self.sitting.question(slot)
        if self.problems(slot) or self.sitting.is_settled(slot):
            return False
        return KINDS[question.kind].correct(question) is not None

    def shown(self, slot: int, *, error: str = "", sent: Sent | None = None, hinted: bool = False) -> Shown:
        return shown(self.sitting, slot, error=error, notice=self._notice(slot), sent=sent, hinted=hinted)

    def filled(self, slot: int) -> Shown:
        """With the right answer in its form, where there is one."""
        one, kind = self.shown(slot), KINDS[self.sitting.question(slot).kind]
        if not self.can_fill(slot):
            return one
        seen = Seen(answers=(kind.correct(one.question),))
        return replace(one, field=kind.field.show(one.question, self.sitting.hand(slot), seen))

    def _notice(self, slot: int) -> str:
        if self.setting != document.EXAM or slot not in self.sitting.responses:
            return ""
        return _("A learner's answer would be saved now. What it earns shows once the exam is finished.")


def _within_pools(quiz: document.Quiz) -> tuple[document.Draw, ...]:
    """Its draws, none of which asks for more questions than there are."""
    there = {id(draw): max(0, left) for draw, left in drawing.shortfall(quiz)}
    return tuple(changed(draw, count=there.get(id(draw), draw.count)) for draw in quiz.draws)


def _answered(sitting: Sitting, slot: int, answer: Answer, confidence: int | None) -> Sitting:
    response = taking.marked(sitting, slot, answer, confidence)
    sitting.attempt.mark += response.mark
    return replace(sitting, responses={**sitting.responses, slot: [*sitting.responses.get(slot, []), response]})


def _hinted(sitting: Sitting, slot: int) -> Sitting:
    sitting.attempt.hints[str(slot)] = sitting.hints_taken(slot) + 1
    return sitting


def _shortened(answer: Answer) -> Answer:
    if isinstance(answer, str) and len(answer) > LONGEST_TEXT:
        return answer[:LONGEST_TEXT] + " […]"
    return answer
