"""From authoring rows to editions."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from quizzes.engine import document
from quizzes.engine.behaviour import full_mark
from quizzes.engine.document import Draw
from quizzes.engine.drawing import pooled, shortfall
from quizzes.engine.kinds import KINDS
from quizzes.engine.places import problems_of_kind
from quizzes.models import Edition, Hint, Option, Question, Quiz, QuizQuerySet, Slot
from quizzes.wording import said
from sources.models import linked_keys

COMPARED = 100
"""Quizzes that are read as a whole, to see whether they differ from what learners get."""


@dataclass(frozen=True)
class Problem:
    """Why a quiz can not be published: whose fault it is (a question's key, or empty) and what to do. `where` is the
    place on the question's page, as quizzes.engine.places calls it."""

    question: str
    message: str
    where: str = ""

    def __str__(self) -> str:
        return f"{self.question}: {self.message}" if self.question else self.message


class NotPublishable(Exception):
    def __init__(self, quiz: Quiz, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(f"{quiz.slug}: " + "; ".join(map(str, problems)))


Tagged = tuple[int, str]
"""A collection's primary key, and a tag."""
Pools = dict[Tagged, list[Question]]


def questions_as_documents(questions: Iterable[Question]) -> dict[int, document.Question]:
    """By primary key. Five queries, however many questions."""
    questions = list(questions)
    ids = [question.pk for question in questions]
    options: dict[int, list[Option]] = {}
    for option in Option.objects.filter(question__in=ids):
        options.setdefault(option.question_id, []).append(option)
    hints: dict[int, list[Hint]] = {}
    for hint in Hint.objects.filter(question__in=ids):
        hints.setdefault(hint.question_id, []).append(hint)
    claims = linked_keys(Question.claims.through, "question", ids, "claim")
    option_ids = [option.pk for rows in options.values() for option in rows]
    option_claims = linked_keys(Option.claims.through, "option", option_ids, "claim")
    return {
        question.pk: document.Question(
            key=question.key,
            kind=question.kind,
            text=question.text,
            marking=question.marking,
            explanation=question.explanation,
            claims=tuple(claims.get(question.pk, ())),
            confusables=tuple(question.confusables),
            units=tuple(question.units),
            hints=tuple(
                document.Hint(text=hint.text, cost=hint.cost, clear_wrong=hint.clear_wrong, how_many=hint.how_many)
                for hint in hints.get(question.pk, ())
            ),
            options=tuple(
                document.Option(
                    text=option.text,
                    credit=option.credit,
                    match=option.match,
                    feedback=option.feedback,
                    claims=tuple(option_claims.get(option.pk, ())),
                )
                for option in options.get(question.pk, ())
            ),
        )
        for question in questions
    }


def documents(quizzes: Iterable[Quiz]) -> dict[int, document.Quiz]:
    """What each quiz would be published as, by primary key. Seven queries, however many quizzes; one more for draws."""
    quizzes = list(quizzes)
    slots: dict[int, list[Slot]] = {}
    for slot in Slot.objects.filter(quiz__in=[quiz.pk for quiz in quizzes]).select_related("question"):
        slots.setdefault(slot.quiz_id, []).append(slot)
    drawn = {(quiz.collection_id, slot.tag) for quiz in quizzes for slot in slots.get(quiz.pk, ()) if slot.tag}
    pools = _pools(drawn)
    asked = {slot.question for rows in slots.values() for slot in rows if slot.question}
    questions = questions_as_documents(asked.union(*pools.values()))
    return {
        quiz.pk: document.Quiz(
            title=quiz.title,
            setting=quiz.setting,
            tries=quiz.tries,
            slots=tuple(_slots(slots.get(quiz.pk, ()), questions)),
            draws=tuple(_draws(quiz, slots.get(quiz.pk, ()), questions, pools)),
            shuffled=quiz.shuffled,
            confidence=quiz.confidence,
            sees=quiz.sees,
            time_limit=quiz.time_limit,
            pass_mark=quiz.pass_mark,
        )
        for quiz in quizzes
    }


def _slots(rows: Iterable[Slot], questions: dict[int, document.Question]) -> Iterator[document.Slot]:
    for row in rows:
        if row.question_id:
            yield document.Slot(questions[row.question_id], row.weight, row.section)


def _draws(quiz: Quiz, rows: Iterable[Slot], questions: dict[int, document.Question], pools: Pools) -> Iterator[Draw]:
    at = 0
    for row in rows:
        if row.question_id:
            at += 1
        else:
            pool = tuple(questions[one.pk] for one in pools[quiz.collection_id, row.tag])
            yield Draw(row.tag, row.count, pool, row.weight, row.section, at)


def _pools(drawn: Collection[Tagged]) -> Pools:
    """The questions that have each tag. Those that stand in a lesson's text are not drawn."""
    pools: Pools = {one: [] for one in drawn}
    if drawn:
        bank = Question.objects.filter(collection__in={collection for collection, _tag in drawn}, retired=False)
        named = reduce(or_, (_may_have(tag) for _collection, tag in drawn))
        asked = bank.filter(named).exclude(kind=document.DESCRIPTION).exclude(slots__quiz__in_lesson=True)
        for question in asked.order_by("key"):
            for tag in question.tags:
                if (question.collection_id, tag) in pools:
                    pools[question.collection_id, tag].append(question)
    return pools


def _may_have(tag: str) -> Q:
    """Spares the bank that has another tag: databases keep letters beyond ASCII as they are or by their codes."""
    return Q(tags__icontains=json.dumps(tag)) | Q(tags__icontains=json.dumps(tag, ensure_ascii=False))


def problems_of_question(question: document.Question, *, sourced: bool) -> list[Problem]:
    found = []
    if not question.text.strip():
        found.append(("text", _("It has no text.")))
    if question.kind in KINDS:
        found += [(where, said(message)) for where, message in problems_of_kind(question)]
    else:
        found.append(("", _("There is no kind of question called %(kind)s.") % {"kind": question.kind}))
    if sourced and not question.claims and question.kind != document.DESCRIPTION:
        found.append(("claims", _("Its key stands on no claim.")))
    unfounded = [number for number, option in enumerate(question.options) if option.feedback and not option.claims]
    if sourced and unfounded:
        found.append((f"options.{unfounded[0]}.claims", _("A feedback stands on no claim.")))
    return [Problem(question.key, message, where) for where, message in found]


def problems_of_quiz(quiz: document.Quiz, *, sourced: bool) -> list[Problem]:
    """Empty when the quiz may be published."""
    found = [] if quiz.count else [Problem("", _("It has no questions yet."))]
    keys = [slot.question.key for slot in quiz.slots]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        found.append(Problem(key, _("It stands in this quiz twice.")))
    for draw, left in shortfall(quiz):
        values = {"count": draw.count, "tag": draw.tag, "left": left}
        found.append(Problem("", _("It draws %(count)s questions by “%(tag)s”, and only %(left)s are there.") % values))
    for question in pooled(quiz):
        found += problems_of_question(question, sourced=sourced)
    return found


@transaction.atomic
def publish(
    *, quiz: Quiz, by: User | None = None, note: str = "", contents: document.Quiz | None = None
) -> tuple[Edition, bool]:
    """The edition that says what the quiz says now, and whether it had to be made.

    `contents` spares the queries when the caller has the document already. Raises NotPublishable.
    """
    contents = contents or documents([quiz])[quiz.pk]
    if problems := problems_of_quiz(contents, sourced=quiz.collection.sourced):
        raise NotPublishable(quiz, problems)
    return _latest(quiz, contents, by=by, note=note)


@transaction.atomic
def publish_again(*, edition: Edition, by: User | None = None, note: str = "") -> tuple[Edition, bool]:
    """An edition that says what an earlier one said, and whether it had to be made.

    The quiz as its author has it stays as it is, and so does what learners did.
    """
    return _latest(edition.quiz, document.decode(edition.document), by=by, note=note)


def _latest(quiz: Quiz, contents: document.Quiz, *, by: User | None, note: str) -> tuple[Edition, bool]:
    """The latest edition, made unless the one there is says the same. Of two at once the second waits, and finds it."""
    Quiz.objects.select_for_update(of=("self",)).get(pk=quiz.pk)
    text = document.encode(contents)
    digest = document.digest(text)
    latest = quiz.editions.order_by("-number").first()
    if latest and latest.digest == digest:
        return latest, False
    edition = Edition.objects.create(
        quiz=quiz,
        number=latest.number + 1 if latest else 1,
        document=text,
        digest=digest,
        questions=contents.count,
        weight=full_mark(contents),
        published_by=by,
        note=note,
    )
    return edition, True


def unpublished(quizzes: Iterable[Quiz]) -> set[int]:
    """Primary keys of those that say something else than their latest edition, or have none. As many queries as
    `documents`, and one more."""
    contents = documents(quizzes)
    digests = {quiz.pk: quiz.edition_digest for quiz in Quiz.objects.with_edition().filter(pk__in=contents)}
    return {quiz for quiz, one in contents.items() if digests.get(quiz) != document.digest(document.encode(one))}


def unpublished_among(quizzes: QuizQuerySet) -> set[int]:
    """The same of any number of quizzes, at the cost of few: those that were not touched since they were published are
    passed over, of the others the newest COMPARED are compared, and any beyond count as changed."""
    touched = list(quizzes.touched().order_by("-pk").values_list("pk", flat=True))
    return unpublished(Quiz.objects.filter(pk__in=touched[:COMPARED])).union(touched[COMPARED:])
