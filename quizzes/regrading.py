"""Regrades: a wrong key is mended by a new edition, and what finished attempts earned is set right, or set back.

A regrade writes an audit row for each attempt that it changes, with all of it before and after, so that undoing it
restores every row byte for byte. An attempt keeps its edition. What was decided about its slots is in
`Attempt.rulings`: by slot, the edition whose question takes the place of its own, the mark that holds whatever the
responses say, and whether the slot is dropped.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.dispatch import receiver
from django.utils import timezone

from accounts.models import User
from quizzes.engine import behaviour, regrading
from quizzes.engine.document import Question, Slot
from quizzes.engine.drawing import pooled
from quizzes.engine.regrading import DROP, FULL_MARKS, Standing, regraded, replace_question
from quizzes.models import Attempt, AttemptQuerySet, Edition, Quiz, Regrade, RegradedAttempt, Response
from quizzes.signals import attempt_finished, marks_changed
from quizzes.sittings import Sitting, contents, sitting_of

State = dict[str, Any]
"""Of an attempt, as JSON: mark, dropped, rulings, slots (what each one in question earned) and responses by key."""


class NotUndoable(Exception):
    """Something changed the attempts since: a later regrade, which has to be undone first."""


@dataclass(frozen=True)
class Plan:
    """What is to be decided about which questions."""

    quiz: Quiz
    edition: Edition
    questions: Sequence[str]
    policy: str
    may_fall: bool = False

    def mended(self) -> dict[str, Question]:
        """The questions as the edition has them, by key."""
        asked = {one.key: one for one in pooled(contents(self.edition.pk, self.edition.digest))}
        return {key: asked[key] for key in self.questions if key in asked}


@dataclass(frozen=True)
class Change:
    """What a plan does to one attempt."""

    attempt: Attempt
    before: State
    after: State
    share_before: float
    share_after: float
    pass_mark: float | None

    @property
    def crosses(self) -> bool:
        """Whether it changes who has passed."""
        if self.pass_mark is None or self.attempt.in_review:
            return False
        return (self.share_before >= self.pass_mark) != (self.share_after >= self.pass_mark)


def changes(plan: Plan, attempts: AttemptQuerySet | None = None) -> list[Change]:
    """What a plan would do: a dry run. Three queries, however many attempts."""
    found = Attempt.objects.filter(quiz=plan.quiz) if attempts is None else attempts
    settled = Q(finished_at__isnull=False) | Q(in_review=True) | Q(quiz__in_lesson=True)
    over = found.made_here().filter(settled, set_aside=False)
    over = over.select_related("edition", "quiz", "learner").defer("edition__document").prefetch_related("responses")
    mended = plan.mended()
    changed = (_change(plan, mended, attempt) for attempt in over.order_by("pk"))
    return [change for change in changed if change]


def _change(plan: Plan, mended: dict[str, Question], attempt: Attempt) -> Change | None:
    sitting = sitting_of(attempt)
    found = {slot: new for key, new in mended.items() if (slot := sitting.slot_of(key)) is not None}
    after = {slot: _regraded(plan, sitting, slot, new) for slot, new in found.items()}
    moved = {slot: standing for slot, standing in after.items() if standing is not None}
    if not moved:
        return None
    change = _as_change(plan, sitting, moved)
    falls = change.share_after < change.share_before and not plan.may_fall
    return None if falls or change.before == change.after else change


def _regraded(plan: Plan, sitting: Sitting, slot: int, new: Question) -> Standing | None:
    """None where nothing is to be done: dropped before, or mended already."""
    by_key = plan.policy not in {DROP, FULL_MARKS}
    if sitting.is_dropped(slot) or (by_key and sitting.question(slot) == new):
        return None
    return regraded(
        sitting.quiz, sitting.slot(slot), _standing(sitting, slot), new, plan.policy, may_fall=plan.may_fall
    )


def _standing(sitting: Sitting, slot: int) -> Standing:
    responses = sitting.responses.get(slot, [])
    mark = behaviour.rounded(sitting.mark_of(slot))
    return Standing(tuple(one.answer for one in responses), tuple(sitting.tries(slot)), mark)


def _as_change(plan: Plan, sitting: Sitting, moved: dict[int, Standing]) -> Change:
    attempt = sitting.attempt
    before = _state(sitting, moved)
    marks = {slot: _standing(sitting, slot).mark for slot in moved}
    gained = sum((standing.mark - marks[slot] for slot, standing in moved.items()), Decimal(0))
    dropped = sum(behaviour.full_weight(sitting.quiz, sitting.slot(slot)) for slot, one in moved.items() if one.dropped)
    after = {
        "mark": _text(attempt.mark + gained),
        "dropped": attempt.dropped + dropped,
        "rulings": attempt.rulings | {str(slot): _ruling(plan, sitting, slot, one) for slot, one in moved.items()},
        "slots": {str(slot): _text(standing.mark) for slot, standing in moved.items()},
        "responses": dict(_responses_after(plan, sitting, moved)),
    }
    full = attempt.weight
    return Change(
        attempt=attempt,
        before=before,
        after=after,
        share_before=float(attempt.mark) / full if full else 0.0,
        share_after=float(after["mark"]) / (full - dropped) if full > dropped else 0.0,
        pass_mark=sitting.quiz.pass_mark,
    )


def _ruling(plan: Plan, sitting: Sitting, slot: int, standing: Standing) -> dict[str, Any]:
    if standing.dropped:
        return {"dropped": True}
    if plan.policy == FULL_MARKS:
        return {"mark": _text(standing.mark)}
    new = plan.mended()[sitting.question(slot).key]
    if not regrading.is_carried(sitting.question(slot), new, _standing(sitting, slot).answers):
        return {"mark": _text(standing.mark)}
    ruling: dict[str, Any] = {"edition": plan.edition.pk, "digest": plan.edition.digest}
    earned = behaviour.slot_mark(sitting.quiz, replace_question(sitting.slot(slot), new), standing.tries)
    return ruling if earned == standing.mark else ruling | {"mark": _text(standing.mark)}


def _state(sitting: Sitting, slots: Collection[int]) -> State:
    attempt = sitting.attempt
    return {
        "mark": _text(attempt.mark),
        "dropped": attempt.dropped,
        "rulings": attempt.rulings,
        "slots": {str(slot): _text(_standing(sitting, slot).mark) for slot in slots},
        "responses": {str(one.pk): _row(one) for slot in slots for one in sitting.responses.get(slot, [])},
    }


def _row(response: Response) -> dict[str, Any]:
    fraction = None if response.fraction is None else _text(response.fraction)
    return {"answer": response.answer, "fraction": fraction, "mark": _text(response.mark), "void": response.void}


def _text(mark: Decimal) -> str:
    """As the database has it: equal marks are equal texts."""
    return f"{mark:.5f}"


def _responses_after(plan: Plan, sitting: Sitting, moved: dict[int, Standing]) -> Iterable[tuple[str, dict[str, Any]]]:
    for slot, standing in moved.items():
        void = plan.policy in {DROP, FULL_MARKS}
        gains = _gains(sitting, sitting.slot(slot), standing)
        for place, response in enumerate(sitting.responses.get(slot, [])):
            row = _row(response) | {"void": void or response.void}
            if not void:
                given = standing.tries[place].fraction
                fraction = None if given is None else _text(behaviour.rounded(given))
                row |= {"answer": standing.answers[place], "fraction": fraction, "mark": _text(gains[place])}
            yield str(response.pk), row


def _gains(sitting: Sitting, slot: Slot, standing: Standing) -> list[Decimal]:
    """What each try added to what the slot earned."""
    earned = [behaviour.slot_mark(sitting.quiz, slot, standing.tries[:n]) for n in range(len(standing.tries) + 1)]
    return [now - before for before, now in pairwise(earned)]


@transaction.atomic
def apply(*, plan: Plan, reason: str, by: User | None) -> Regrade:
    """Carries a plan out, with an audit row for each attempt that it changes."""
    regrade = Regrade.objects.create(
        quiz=plan.quiz,
        edition=plan.edition,
        questions=list(plan.questions),
        policy=plan.policy,
        may_fall=plan.may_fall,
        reason=reason,
        made_by=by,
    )
    locked = Attempt.objects.filter(quiz=plan.quiz).select_for_update(of=("self",))
    _carry_out(regrade, changes(plan, locked))
    return regrade


@transaction.atomic
def apply_once(*, plan: Plan, reason: str, by: User | None) -> tuple[Regrade, bool]:
    """The regrade that carries a plan out, and whether it had to be made: what is sent twice is applied once."""
    Quiz.objects.select_for_update(of=("self",)).get(pk=plan.quiz.pk)
    last = plan.quiz.regrades.filter(undone_at=None).first()
    if last and _says(last) == (plan, reason) and not changes(plan):
        return last, False
    return apply(plan=plan, reason=reason, by=by), True


def _says(regrade: Regrade) -> tuple[Plan, str]:
    plan = Plan(regrade.quiz, regrade.edition, regrade.questions, regrade.policy, regrade.may_fall)
    return plan, regrade.reason


@receiver(attempt_finished)
@transaction.atomic
def catch_up(*, attempt: Attempt, **kwargs: Any) -> None:
    """Applies to an attempt that is finished only now what was decided before, in its order."""
    for regrade in Regrade.objects.filter(quiz=attempt.quiz_id, undone_at=None).order_by("pk"):
        plan, _reason = _says(regrade)
        mine = Attempt.objects.filter(pk=attempt.pk).exclude(regrades__regrade=regrade)
        _carry_out(regrade, changes(plan, mine))


def _carry_out(regrade: Regrade, found: Sequence[Change]) -> None:
    for change in found:
        _write(change.attempt.pk, change.after)
    RegradedAttempt.objects.bulk_create(
        [RegradedAttempt(regrade=regrade, attempt=one.attempt, before=one.before, after=one.after) for one in found],
        batch_size=500,
    )
    _tell({change.attempt.learner_id for change in found}, regrade)


def _write(attempt: int, state: State) -> None:
    Attempt.objects.filter(pk=attempt).update(
        mark=Decimal(state["mark"]), dropped=state["dropped"], rulings=state["rulings"]
    )
    for pk, row in state["responses"].items():
        fraction = None if row["fraction"] is None else Decimal(row["fraction"])
        Response.objects.filter(pk=pk).update(
            answer=row["answer"], fraction=fraction, mark=Decimal(row["mark"]), void=row["void"]
        )


@transaction.atomic
def undo(*, regrade: Regrade, by: User | None) -> None:
    """Restores every row as it was before. Undoing twice does nothing. Raises NotUndoable."""
    regrade = Regrade.objects.select_for_update(of=("self",)).get(pk=regrade.pk)
    if regrade.undone_at:
        return
    rows = list(regrade.attempts.select_related("attempt__edition", "attempt__quiz"))
    for row in rows:
        sitting = sitting_of(row.attempt)
        if _state(sitting, [int(slot) for slot in row.after["slots"]]) != row.after:
            raise NotUndoable
    for row in rows:
        _write(row.attempt_id, row.before)
    regrade.undone_by, regrade.undone_at = by, timezone.now()
    regrade.save(update_fields=["undone_by", "undone_at"])
    _tell({row.attempt.learner_id for row in rows}, regrade)


def _tell(learners: set[int], regrade: Regrade) -> None:
    if learners:
        told = partial(marks_changed.send, sender=Regrade, learners=learners, keys=set(regrade.questions))
        transaction.on_commit(told)


@dataclass(frozen=True)
class Notice:
    """What a regrade did to one question of an attempt, for its learner."""

    reason: str
    before: float
    after: float
    dropped: bool


def notices(attempt: Attempt) -> dict[int, list[Notice]]:
    """By slot, in the order they were decided; those undone are not told. One query."""
    told: dict[int, list[Notice]] = {}
    for _regrade, slot, notice in _told(RegradedAttempt.objects.filter(attempt=attempt)).get(attempt.pk, ()):
        told.setdefault(slot, []).append(notice)
    return told


def dated_notices(learner: User) -> dict[int, list[tuple[Regrade, int, Notice]]]:
    """Of all attempts of a learner, each with its regrade and slot. One query."""
    return _told(RegradedAttempt.objects.filter(attempt__learner=learner))


def _told(rows: QuerySet[RegradedAttempt]) -> dict[int, list[tuple[Regrade, int, Notice]]]:
    told: dict[int, list[tuple[Regrade, int, Notice]]] = {}
    for row in rows.filter(regrade__undone_at=None).select_related("regrade").order_by("regrade"):
        for slot, after in row.after["slots"].items():
            before, dropped = float(row.before["slots"][slot]), row.regrade.policy == DROP
            notice = Notice(row.regrade.reason, before, float(after), dropped)
            told.setdefault(row.attempt_id, []).append((row.regrade, int(slot), notice))
    return told
