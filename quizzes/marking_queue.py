"""The answers that wait for a teacher's mark, question by question, in an order and under names that tell nobody's."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import User
from quizzes.engine import document, rules
from quizzes.models import HandMark, Hold, Question, Quiz, Response, ResponseQuerySet
from quizzes.sittings import contents
from sources import models as sources

HELD = timedelta(minutes=20)
"""How long an answer is kept for the teacher who has opened it."""

WAITING, MARKED, LATE = "waiting", "marked", "late"


@dataclass(frozen=True)
class Task:
    """A question of a quiz that a teacher marks: how many answers wait, since when the first of them, and how many are
    marked."""

    quiz: Quiz
    key: str
    text: str
    waiting: int
    oldest: datetime | None
    marked: int


def tasks(collections: QuerySet[sources.Collection]) -> list[Task]:
    """What has waited longest comes first, what is done last. Five queries, however many answers."""
    ours = Response.objects.filter(attempt__quiz__collection__in=collections).order_by()
    question = ("attempt__quiz", "question_key")
    waiting = to_mark(ours).values_list(*question).annotate(count=Count("pk"), oldest=Min("answered_at"))
    marked = _marked(ours).filter(late=False).values_list(*question).annotate(count=Count("pk"))
    done = {(quiz, key): count for quiz, key, count in marked.order_by("attempt__quiz__title", "question_key")}
    found = {(quiz, key): (count, oldest) for quiz, key, count, oldest in waiting.order_by("oldest")}
    found |= {one: (0, None) for one in done if one not in found}
    quizzes = Quiz.objects.select_related("collection").in_bulk({quiz for quiz, _key in found})
    texts = _texts(quizzes.values(), {key for _quiz, key in found})
    return [
        Task(
            quiz=quizzes[quiz],
            key=key,
            text=texts.get((quizzes[quiz].collection_id, key), key),
            waiting=count,
            oldest=oldest,
            marked=done.get((quiz, key), 0),
        )
        for (quiz, key), (count, oldest) in found.items()
    ]


def _texts(quizzes: Iterable[Quiz], keys: Collection[str]) -> dict[tuple[int, str], str]:
    """As the bank has the questions now, by collection and key."""
    bank = Question.objects.filter(collection__in={quiz.collection_id for quiz in quizzes}, key__in=keys)
    return {(collection, key): text for collection, key, text in bank.values_list("collection", "key", "text")}


def to_mark(responses: ResponseQuerySet) -> ResponseQuerySet:
    """Those of them that wait for a mark and can not be changed any more. One query to see which."""
    waiting = _unmarked(responses).waiting()
    running = waiting.filter(attempt__finished_at=None).order_by()
    editions = set(running.values_list("attempt__edition", "attempt__edition__digest"))
    final = [pk for pk, digest in editions if contents(pk, digest).setting != document.EXAM]
    over = Q(attempt__finished_at__isnull=False) | Q(attempt__due_at__lt=timezone.now() - rules.GRACE)
    return waiting.filter(over | Q(attempt__edition__in=final))


_to_judge = {"void": False, "attempt__set_aside": False, "attempt__imported": False}


# Both name the few rows to begin with, which have an index, so that the many that a rule has marked cost nothing.


def _unmarked(responses: ResponseQuerySet) -> ResponseQuerySet:
    few = Response.objects.filter(fraction=None).order_by()
    return responses.filter(pk__in=few.values("pk"), **_to_judge)


def _marked(responses: ResponseQuerySet) -> ResponseQuerySet:
    few = HandMark.objects.order_by()
    return responses.filter(pk__in=few.values("response"), **_to_judge)


def _late(responses: ResponseQuerySet) -> ResponseQuerySet:
    """The last of each attempt's."""
    newer = Response.objects.filter(attempt=OuterRef("attempt"), slot=OuterRef("slot"), late=True)
    return responses.filter(~Exists(newer.filter(try_number__gt=OuterRef("try_number"))), late=True)


@dataclass(frozen=True)
class Paper:
    """An answer without a name. Neither `token` nor `number` can be traced back to the learner, and both stay."""

    response: int
    attempt: int
    state: str
    fraction: Decimal | None = None

    @cached_property
    def token(self) -> str:
        """Stands in addresses, and decides the order."""
        return salted_hmac("quizzes.marking.response", str(self.response)).hexdigest()[:16]

    @cached_property
    def number(self) -> str:
        """What the attempt is called."""
        digits = int(salted_hmac("quizzes.marking.attempt", str(self.attempt)).hexdigest(), 16) % 1_000_000
        return f"{digits // 1000:03}-{digits % 1000:03}"


@dataclass(frozen=True)
class Pile:
    """All answers to one question of one quiz, shuffled."""

    quiz: Quiz
    key: str
    papers: tuple[Paper, ...]

    @property
    def marked(self) -> int:
        return sum(paper.state == MARKED for paper in self.papers)

    @property
    def total(self) -> int:
        """Without those that came late: they need no mark."""
        return sum(paper.state != LATE for paper in self.papers)

    @property
    def waiting(self) -> int:
        return self.total - self.marked

    def paper(self, token: str) -> Paper | None:
        return next((paper for paper in self.papers if paper.token == token), None)

    def of_response(self, response: int) -> Paper | None:
        return next((paper for paper in self.papers if paper.response == response), None)

    def next_for(self, teacher: User, *, after: str = "") -> Paper | None:
        """The next to be marked that no other teacher has open. It is held for this one from now on."""
        held = held_by_others(self, teacher)
        free = (paper for paper in self._from(after) if paper.state == WAITING and paper.response not in held)
        return next((paper for paper in free if hold(paper, teacher)), None)

    def _from(self, token: str) -> Iterator[Paper]:
        """All of them once, beginning behind one."""
        behind = next((place for place, paper in enumerate(self.papers, 1) if paper.token == token), 0)
        yield from self.papers[behind:]
        yield from self.papers[:behind]


def pile_of(quiz: Quiz, key: str) -> Pile:
    """Five queries, however many answers."""
    answers = Response.objects.filter(attempt__quiz=quiz, question_key=key).order_by()
    unmarked, marked = _unmarked(answers), _marked(answers)
    states = [
        (WAITING, to_mark(answers)),
        (MARKED, marked.filter(late=False)),
        (LATE, _late(unmarked)),
        (LATE, _late(marked)),
    ]
    papers = [
        Paper(pk, attempt, state, fraction)
        for state, found in states
        for pk, attempt, fraction in found.values_list("pk", "attempt", "fraction")
    ]
    return Pile(quiz, key, tuple(sorted(papers, key=lambda paper: paper.token)))


def held_by_others(pile: Pile, teacher: User) -> set[int]:
    """Responses that other teachers have open."""
    holds = Hold.objects.filter(response__attempt__quiz=pile.quiz, response__question_key=pile.key)
    return set(holds.filter(until__gt=timezone.now()).exclude(teacher=teacher).values_list("response", flat=True))


def hold(paper: Paper, teacher: User) -> bool:
    """Keeps an answer for a teacher; False while another one has it."""
    now = timezone.now()
    try:
        with transaction.atomic():
            Hold.objects.filter(Q(until__lte=now) | Q(teacher=teacher), response=paper.response).delete()
            Hold.objects.create(response_id=paper.response, teacher=teacher, until=now + HELD)
    except IntegrityError:
        return False
    return True


def release(paper: Paper, teacher: User) -> None:
    teacher.holds.filter(response=paper.response).delete()


def last_marked(pile: Pile, teacher: User, *, before: Paper | None = None) -> Paper | None:
    """What the teacher marked last in a pile; from an answer of theirs, the one that they marked before it."""
    marks = HandMark.objects.filter(marked_by=teacher, response__attempt__quiz=pile.quiz)
    marks = marks.filter(response__question_key=pile.key).order_by("-pk")
    order = list(dict.fromkeys(marks.values_list("response", flat=True)))
    behind = order.index(before.response) + 1 if before and before.response in order else 0
    return next(filter(None, map(pile.of_response, order[behind:])), None)
