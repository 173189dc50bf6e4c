"""A question as one learner sees it now. Nothing that depends on a key is here before there is an answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from quizzes.engine import behaviour
from quizzes.engine.document import COUNTED, EXAM, IMMEDIATE, PRACTICE, Question
from quizzes.engine.fields import Sent
from quizzes.engine.fields.base import Seen, state_of
from quizzes.engine.kinds import KINDS
from quizzes.marking import hand_marks_of
from quizzes.models import Dispute, HandMark, Response
from quizzes.sittings import Sitting

PENDING, UNANSWERED = "pending", "unanswered"


@dataclass(frozen=True)
class Feedback:
    option: str
    text: str


@dataclass(frozen=True)
class Criterion:
    """A row of a rubric as a teacher marked it: its share of the mark, and how much of that was earned, 0 to 1."""

    text: str
    share: float
    credit: float


@dataclass(frozen=True)
class Challenge:
    """That the learner may challenge the question of a response (a primary key), or has."""

    response: int
    dispute: Dispute | None


@dataclass(frozen=True)
class Verdict:
    """What an answer was worth and why, as far as the learner may see it. Explanation, evidence and the right answer
    come when the slot is settled."""

    state: str
    """right, partly, wrong, pending, unanswered, or empty: late, or the mark is not to be seen yet."""
    mark: float | None = None
    weight: float = 0
    feedback: tuple[Feedback, ...] = ()
    explanation: str = ""
    claims: tuple[str, ...] = ()
    late: bool = False
    criteria: tuple[Criterion, ...] = ()
    """Where a teacher marked it by a rubric."""
    comment: str = ""
    """The teacher's."""
    challenge: Challenge | None = None


@dataclass(frozen=True)
class ShownHints:
    """Hints taken, and what the next costs; `next` is its number, 0 where there is none to take now."""

    texts: tuple[str, ...] = ()
    right: int | None = None
    of: int = 0
    next: int = 0
    cost: float = 0


@dataclass(frozen=True)
class Shown:
    """`error` says why an answer was not taken, `notice` what else to know."""

    question: Question
    legend: str
    slot: int
    place: int
    count: int
    section: str
    attempt_id: int | None
    edition_id: int
    try_number: int
    tries_left: int
    worth: float
    """The share of the weight that a right answer earns now."""
    settled: bool
    setting: str
    asks: bool
    by_hand: bool
    field: Any
    """What the template of its kind needs."""
    hints: ShownHints
    confidence: str
    """Whether the learner is asked how sure they are: empty, asked or counted."""
    chosen_confidence: int | None
    answered_at: datetime | None
    flagged: bool
    verdict: Verdict | None
    error: str = ""
    notice: str = ""
    hinted: bool = False
    """Whether a hint was taken just now."""

    @property
    def template(self) -> str:
        return f"quizzes/kinds/{self.question.kind}.html"

    @property
    def state(self) -> str:
        return self.verdict.state if self.verdict else ""

    @property
    def is_exam(self) -> bool:
        """Whether answers may be changed until the end."""
        return self.setting == EXAM

    @property
    def is_final(self) -> bool:
        return self.setting == IMMEDIATE

    @property
    def is_answered(self) -> bool:
        return self.try_number > 1

    @property
    def is_last(self) -> bool:
        return self.place == self.count


def shown(
    sitting: Sitting, slot: int, *, error: str = "", notice: str = "", sent: Sent | None = None, hinted: bool = False
) -> Shown:
    """`sent` is what came with an answer that could not be read."""
    asked, tries = sitting.slot(slot), sitting.tries(slot)
    question = asked.question
    kind = KINDS[question.kind]
    taken = sitting.hints_taken(slot)
    last = sitting.responses[slot][-1] if tries else None
    return Shown(
        question=question,
        legend=gettext(kind.legend(question)),
        slot=slot,
        place=sitting.place_of(slot),
        count=len(sitting.quiz.slots),
        section=asked.section,
        attempt_id=sitting.attempt.pk,
        edition_id=sitting.attempt.edition_id,
        try_number=len(tries) + 1,
        tries_left=behaviour.tries_of(sitting.quiz, asked) - len(tries),
        worth=1.0 if sitting.quiz.setting != PRACTICE else behaviour.factor(asked, len(tries) + 1, taken),
        settled=sitting.is_settled(slot),
        setting=sitting.quiz.setting,
        asks=asked.asks,
        by_hand=kind.by_hand,
        field=kind.field.show(question, sitting.hand(slot), seen(sitting, slot, sent=sent)),
        hints=_hints(sitting, slot),
        confidence=sitting.quiz.confidence,
        chosen_confidence=last.confidence if last else 1 if sitting.quiz.confidence == COUNTED else None,
        answered_at=last.answered_at if last else None,
        flagged=slot in sitting.attempt.flags,
        verdict=_verdict(sitting, slot),
        error=error,
        notice=notice,
        hinted=hinted,
    )


def seen(sitting: Sitting, slot: int, *, sent: Sent | None = None) -> Seen:
    """How far the learner sees into this slot: the one place that decides it."""
    question, responses = sitting.question(slot), _told(sitting, slot)
    kind = KINDS[question.kind]
    settled = sitting.is_settled(slot)
    taken = question.hints[: sitting.hints_taken(slot)]
    tells = bool(responses) and sitting.sees("mark") and not kind.by_hand
    return Seen(
        answers=tuple(response.answer for response in responses),
        sent=sent,
        settled=settled,
        parts=kind.parts(question, responses[-1].answer) if tells else None,
        right=kind.correct(question) if settled and sitting.sees("right") else None,
        cleared=any(hint.clear_wrong for hint in taken),
    )


def _told(sitting: Sitting, slot: int) -> list[Response]:
    """The answers to a slot that came in time, or the late ones where there is no other."""
    given = sitting.responses.get(slot, [])
    return [response for response in given if not response.late] or given


def _hints(sitting: Sitting, slot: int) -> ShownHints:
    asked, tries, taken = sitting.slot(slot), sitting.tries(slot), sitting.hints_taken(slot)
    had = asked.question.hints[:taken]
    offered = not sitting.is_over and behaviour.offers_hint(sitting.quiz, asked, tries, taken)
    parts = None
    if tries and sitting.sees("mark") and any(hint.how_many for hint in had):
        parts = KINDS[asked.question.kind].parts(asked.question, sitting.responses[slot][-1].answer)
    return ShownHints(
        texts=tuple(hint.text for hint in had if hint.text),
        right=None if parts is None else sum(part >= 1 for part in parts),
        of=len(parts or ()),
        next=taken + 1 if offered else 0,
        cost=asked.question.hints[taken].cost if offered else 0,
    )


def _verdict(sitting: Sitting, slot: int) -> Verdict | None:
    """None before there is an answer, and while nothing about it may be seen."""
    question, responses = sitting.question(slot), _told(sitting, slot)
    if not sitting.slot(slot).asks or not (responses or sitting.is_over):
        return None
    kind = KINDS[question.kind]
    settled = sitting.is_settled(slot)
    sees = {what for what in ("mark", "right", "feedback", "evidence") if sitting.sees(what)}
    late = any(one.late for one in sitting.tries(slot))
    if not (sees or late):
        return None
    marked = bool(responses) and responses[-1].fraction is not None
    speaks = marked and "feedback" in sees and (settled or kind.speaks_early)
    touched = kind.touched(question, responses[-1].answer) if speaks else []
    by_hand = _by_hand(sitting, responses[-1]) if marked and kind.by_hand else None
    options = [question.options[number] for number in touched]
    claims = [*(key for option in options for key in option.claims), *question.claims]
    return Verdict(
        state=_state(responses[-1:]) if "mark" in sees else "",
        mark=sitting.mark_of(slot) if "mark" in sees else None,
        weight=behaviour.full_weight(sitting.quiz, sitting.slot(slot)),
        feedback=tuple(Feedback(option.text, option.feedback) for option in options if option.feedback),
        explanation=question.explanation if settled and "feedback" in sees else "",
        claims=tuple(dict.fromkeys(claims)) if settled and "evidence" in sees else (),
        late=late,
        criteria=_criteria(question, by_hand) if by_hand and "mark" in sees else (),
        comment=by_hand.comment if by_hand and speaks else "",
        challenge=_challenge(responses[-1:]) if settled and "feedback" in sees else None,
    )


def _challenge(last: list[Response]) -> Challenge | None:
    """None without an answer, and for a preview's, which is not kept."""
    return Challenge(last[0].pk, last[0].known_dispute) if last and last[0].pk else None


def _by_hand(sitting: Sitting, response: Response) -> HandMark | None:
    """One query, the first time that it is asked of a sitting with an answer marked by hand."""
    given = [(KINDS[sitting.question(slot).kind], one) for slot, row in sitting.responses.items() for one in row]
    marked = [one for kind, one in given if kind.by_hand and one.fraction is not None]
    return hand_marks_of(marked).get(response.pk)


def _criteria(question: Question, by_hand: HandMark) -> tuple[Criterion, ...]:
    rows = zip(question.options, by_hand.credits, strict=True)
    return tuple(Criterion(option.text, option.credit, credit) for option, credit in rows)


def _state(last: list[Response]) -> str:
    if not last:
        return UNANSWERED
    if last[0].late:
        return ""
    return PENDING if last[0].fraction is None else state_of(float(last[0].fraction))


def evidence_keys(questions: Iterable[Shown]) -> set[str]:
    return {key for one in questions if one.verdict for key in one.verdict.claims}


@dataclass(frozen=True)
class Step:
    """A place in a quiz. It tells right from wrong only as far as that may be seen; `number` counts what is asked, 0
    for a description."""

    place: int
    number: int
    state: str
    flagged: bool
    here: bool
    section: str


def steps(sitting: Sitting, *, here: int = 0) -> list[Step]:
    """`section` is set where a section begins."""
    return [step_at(sitting, place, here=place == here) for place in range(1, len(sitting.order) + 1)]


def step_at(sitting: Sitting, place: int, *, here: bool = True) -> Step:
    slot, before = sitting.order[place - 1], sitting.order[: place - 1]
    asked = sitting.slot(slot)
    continues = bool(before) and sitting.slot(before[-1]).section == asked.section
    return Step(
        place=place,
        number=1 + sum(sitting.slot(one).asks for one in before) if asked.asks else 0,
        state=_step_state(sitting, slot),
        flagged=slot in sitting.attempt.flags,
        here=here,
        section="" if continues else asked.section,
    )


def _step_state(sitting: Sitting, slot: int) -> str:
    given = _told(sitting, slot)
    if not given:
        return ""
    if not given[-1].late and given[-1].fraction is not None and sitting.is_settled(slot) and sitting.sees("mark"):
        return "right" if behaviour.is_right(sitting.quiz, sitting.tries(slot)) else "wrong"
    return "answered"
