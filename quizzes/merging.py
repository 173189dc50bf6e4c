"""A guest's attempts become an account's. Whichever guest is merged first, the result is the same.

Every attempt and every response moves. A learner has one running attempt at a quiz, so of several

- those without answers give way, and the newest edition that was answered goes on (the checks of a lesson run once
  for each edition: a lesson reads its answers by question);
- of one edition, the attempt that was started first goes on and takes every question answered in any of them. Where
  two answered the same question, the answer given first counts, with its further tries. Hints taken in any count.
- an attempt with a deadline or with questions drawn for it is not joined with others.

All of that is a minimum or a maximum of what rows say themselves, hence no order can change it. What does not count
is kept, in attempts that are set aside.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from itertools import count, groupby
from typing import Any

from django.db.models import F, Min, Sum
from django.dispatch import receiver

from accounts.models import User
from accounts.signals import guest_merged
from quizzes.models import Attempt, Quiz, Response
from quizzes.sittings import contents

PARKED = 10_000
"""Added to a number while another row still holds the one it is going to have."""

ASIDE = 100_000
"""Attempts that are set aside are numbered from here on, so that the next attempt's number is free."""


@receiver(guest_merged)
def take_over(*, guest: User, account: User, **kwargs: Any) -> None:
    quizzes = list(Quiz.objects.filter(pk__in=guest.attempts.values("quiz")))
    guest.attempts.update(learner=account, number=F("number") + PARKED)
    guest.responses.update(learner=account)
    for quiz in quizzes:
        settle(account, quiz)


def settle(account: User, quiz: Quiz) -> None:
    """Leaves one of the running attempts at a quiz, and numbers all of them anew."""
    _give_way(account, quiz)
    running = account.attempts.running().filter(quiz=quiz).select_for_update(of=("self",))
    running = running.select_related("edition").defer("edition__document")
    attempts = list(running.order_by("-edition__number", "started_at", "pk"))
    if quiz.in_lesson:
        for of_one_edition in _by_edition(attempts):
            _leave_one_running(of_one_edition)
    else:
        _leave_one_running(attempts)
    _renumber(account, quiz)


def _give_way(account: User, quiz: Quiz) -> None:
    """Of a quiz that runs here, what came running in a file is set aside: joined with it, it would not count for a
    certificate. The checks of a lesson are joined whatever they come from."""
    running = account.attempts.running().filter(quiz=quiz)
    if not quiz.in_lesson and running.made_here().exists():
        running.filter(imported=True).update(set_aside=True)


def _leave_one_running(attempts: Sequence[Attempt]) -> None:
    """Attempts at one quiz, the newest edition first and each edition's in the order they were started."""
    filled = set(Response.objects.filter(attempt__in=attempts).values_list("attempt_id", flat=True))
    going_on = [attempt for attempt in attempts if attempt.pk in filled] or attempts[:1]
    for attempt in attempts:
        if attempt not in going_on:
            attempt.delete()
    for superseded in [_join(of_one_edition) for of_one_edition in _by_edition(going_on)][1:]:
        _set_aside(superseded)


def _join(attempts: Sequence[Attempt]) -> Attempt:
    """Makes one attempt of several at one edition, and returns it."""
    kept, *others = attempts
    for other in others:
        _hand_over(other, kept)
        kept.hints |= {slot: max(taken, kept.hints.get(slot, 0)) for slot, taken in other.hints.items()}
        kept.flags = sorted({*kept.flags, *other.flags})
        kept.imported |= other.imported
        if other.responses.exists():
            _set_aside(other)
        else:
            other.delete()
    _recount(kept)
    return kept


def _hand_over(other: Attempt, kept: Attempt) -> None:
    """Gives `kept` what `other` answered first or alone, in exchange for what `kept` answered later."""
    here, there = _first_answers(kept), _first_answers(other)
    wanted = [slot for slot, first in there.items() if slot not in here or first < here[slot]]
    later = kept.responses.filter(slot__in=[slot for slot in wanted if slot in here])
    later.update(try_number=F("try_number") + PARKED)
    other.responses.filter(slot__in=wanted).update(attempt=kept)
    later.filter(try_number__gt=PARKED).update(attempt=other, try_number=F("try_number") - PARKED)


def _first_answers(attempt: Attempt) -> dict[int, tuple[datetime, int]]:
    """By slot, what tells which of two attempts answered it first."""
    slots = attempt.responses.values_list("slot").annotate(at=Min("answered_at"), row=Min("pk"))
    return {slot: (at, row) for slot, at, row in slots}


def _set_aside(attempt: Attempt) -> None:
    attempt.set_aside = True
    attempt.save(update_fields=["set_aside"])
    _recount(attempt)


def _recount(attempt: Attempt) -> None:
    attempt.mark = attempt.responses.aggregate(mark=Sum("mark", default=Decimal(0)))["mark"]
    attempt.save(update_fields=["mark", "hints", "flags", "imported"])


def _renumber(account: User, quiz: Quiz) -> None:
    """From 1 in the order they were started; those set aside are counted apart, so that they leave no gaps."""
    attempts = account.attempts.filter(quiz=quiz).order_by("in_review", "set_aside", "started_at", "pk")
    in_order = list(attempts)
    attempts.update(number=F("number") + 2 * PARKED)  # out of the way of the guest's, which are parked already
    counting, aside = count(1), count(ASIDE)
    for attempt in in_order:
        attempt.number = next(aside if attempt.set_aside else counting)
    Attempt.objects.bulk_update(in_order, ["number"])


def _by_edition(attempts: Sequence[Attempt]) -> list[list[Attempt]]:
    """Those that can be made one: of one edition, where it draws nothing and no clock runs."""

    def asks(attempt: Attempt) -> tuple[int, str]:
        edition = attempt.edition
        is_own = attempt.due_at or contents(edition.pk, edition.digest).draws
        return edition.pk, attempt.seed if is_own else ""

    return [list(alike) for _, alike in groupby(attempts, asks)]
