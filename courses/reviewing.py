"""What needs review since its claim came into doubt, and saying that it still holds."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from courses.models import Citation
from quizzes.models import Option, Question, links_in_doubt
from sources.models import Claim, ClaimQuerySet


@dataclass(frozen=True)
class Doubt:
    """A claim in doubt, with the questions and the passages on it that need review."""

    claim: Claim
    is_overdue: bool
    questions: list[Question] = field(default_factory=list)
    passages: list[Citation] = field(default_factory=list)


@dataclass(frozen=True)
class Confirmed:
    claims: list[Claim]
    questions: list[Question]
    passages: list[Citation]

    def __bool__(self) -> bool:
        return bool(self.claims or self.questions or self.passages)


def claims_to_review(*, within: Collection[int], today: date) -> ClaimQuerySet:
    """Of some collections: claims whose re-check date has passed, and claims that were changed while something on them
    was not looked at since. Within a collection, the one that waits longest comes first."""
    links = [*_links(within, today), Citation.objects.needing_review(today, within=within)]
    something_on_it = Q(*(Exists(some.filter(claim=OuterRef("pk"))) for some in links), _connector=Q.OR)
    claims = Claim.objects.in_doubt(today).filter(collection__in=within)
    found = claims.filter(Q(recheck_by__lt=today, retired=False) | something_on_it)
    return found.order_by("collection__title", "collection", "recheck_by", "key")


def under(question: int) -> Q:
    """Of claims: those that a question stands on, by itself or by an option."""
    own, of_options = Question.claims.through, Option.claims.through
    return Q(pk__in=own._default_manager.filter(question=question).values("claim")) | Q(
        pk__in=of_options._default_manager.filter(option__question=question).values("claim")
    )


def doubts(*, claims: Iterable[Claim], within: Collection[int], today: date) -> list[Doubt]:
    """In the claims' order. Four queries, however many."""
    found = {claim.pk: Doubt(claim, claim.is_overdue(today)) for claim in claims}
    own, of_options = (links.filter(claim__in=found) for links in _links(within, today))
    pairs = {*own.values_list("claim", "question"), *of_options.values_list("claim", "option__question")}
    questions = Question.objects.in_bulk([question for _claim, question in pairs])
    for claim, question in pairs:
        found[claim].questions.append(questions[question])
    for doubt in found.values():
        doubt.questions.sort(key=attrgetter("key"))
    passages = Citation.objects.needing_review(today, within=within).filter(claim__in=found)
    for passage in passages.select_related("lesson__course").order_by("lesson__position", "position"):
        found[passage.claim_id].passages.append(passage)
    return list(found.values())


def _links(within: Collection[int], today: date) -> tuple[QuerySet[Any], QuerySet[Any]]:
    own, of_options = links_in_doubt(today, within=within)
    return own.filter(question__retired=False), of_options.filter(option__question__retired=False)


@transaction.atomic
def confirm(
    *,
    claims: ClaimQuerySet,
    questions: QuerySet[Question],
    passages: QuerySet[Citation],
    recheck_by: date | None,
    seen_at: datetime,
) -> Confirmed:
    """What somebody looked at, at `seen_at`, and says still holds. A claim that was changed after that stays in doubt,
    and what stands on it needs review again."""
    seen_at = min(seen_at, timezone.now())
    unchanged = claims.filter(Q(changed_at=None) | Q(changed_at__lte=seen_at))
    older = Q(reviewed_at__lt=seen_at)
    confirmed = Confirmed(list(unchanged), list(questions.filter(older)), list(passages.filter(older)))
    unchanged.update(changed_at=None, checked_on=timezone.localdate(seen_at), recheck_by=recheck_by)
    questions.filter(older).update(reviewed_at=seen_at)
    passages.filter(older).update(reviewed_at=seen_at)
    return confirmed
