"""A learner who has studied every day for a year, and any number of others at the same quizzes."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import connection, models, transaction
from django.utils import timezone

from accounts.models import User
from courses.models import Course, Lesson
from progress import cards
from progress.models import Card
from quizzes.models import Attempt, Edition, Option, Question, Quiz, Response, Slot
from quizzes.publishing import publish
from sources.models import Collection


@dataclass(frozen=True)
class Size:
    courses: int = 4
    lessons: int = 25
    """Of a course."""
    checks: int = 10
    """Of a lesson, and all answered."""
    questions: int = 40
    """Of a lesson's quiz."""
    reviews: int = 9
    """Of each question."""

    @property
    def cards(self) -> int:
        return self.courses * self.lessons * (self.checks + self.questions)


EMAIL = "devotee@example.org"
OBJECTIVES = ("tell up from down", "tell rivers from lakes", "say why")
YEAR = 360
BATCH = 2_000


@transaction.atomic
def make_courses(size: Size) -> None:
    for number in range(size.courses):
        collection = Collection.objects.create(slug=f"river-{number}", title=f"River {number}")
        course = Course.objects.create(collection=collection, slug=collection.slug, title=collection.title)
        for place in range(size.lessons):
            name = f"lesson-{place}"
            keys = [f"{name}-{number}" for number in range(len(OBJECTIVES))]
            checks = _quiz(collection, f"{name}-checks", size.checks, keys, in_lesson=True)
            quiz = _quiz(collection, name, size.questions, keys, confidence="asked")
            Lesson.objects.create(
                course=course,
                slug=name,
                position=place,
                title=f"Lesson {place}",
                text="Water runs downhill. " * 500,
                objectives=[f"{text} {{#{key}}}" for text, key in zip(OBJECTIVES, keys, strict=True)],
                checks=checks,
                quiz=quiz,
            )


def _quiz(collection: Collection, slug: str, count: int, objectives: Sequence[str], **fields: object) -> Quiz:
    """Its questions test the objectives in turn."""
    quiz = Quiz.objects.create(collection=collection, slug=slug, title=slug, **fields)
    text = "Which of these towns lies on this river, and not on another one?"
    asked = {"collection": collection, "kind": "single", "text": text, "explanation": "It has few towns."}
    made = Question.objects.bulk_create(
        Question(key=f"{slug}-{number}", objective=objectives[number % len(objectives)], **asked)
        for number in range(count)
    )
    Option.objects.bulk_create(
        Option(question=one, position=place, text=f"Town {place}", credit=place == 0, feedback="So it is.")
        for one in made
        for place in range(4)
    )
    Slot.objects.bulk_create(Slot(quiz=quiz, position=place, question=one) for place, one in enumerate(made))
    publish(quiz=quiz)
    return quiz


@transaction.atomic
def make_devotee(size: Size) -> User:
    """Each question answered once in its lesson or quiz, and then reviewed on days spread over the year."""
    learner = User.objects.create_user(EMAIL)
    chance = random.Random(6)
    now = timezone.now()
    begun = now - timedelta(days=YEAR)
    editions = list(Edition.objects.select_related("quiz").defer("document").order_by("pk"))
    attempts: list[Attempt] = []
    given: list[Response] = []
    reviews: dict[tuple[int, int], Attempt] = {}
    for place, edition in enumerate(editions):
        first = place * YEAR // (2 * len(editions))
        attempt = _attempt(learner, edition, 1, begun + timedelta(days=first))
        attempts.append(attempt)
        for slot in range(edition.questions):
            days = [first, *sorted(chance.sample(range(first + 1, YEAR - 1), size.reviews))]
            for turn, day in enumerate(days):
                at = begun + timedelta(days=day, seconds=40 * slot)
                if turn and (edition.pk, day) not in reviews:
                    reviews[edition.pk, day] = _attempt(learner, edition, len(reviews) + 1, at, in_review=True)
                of = reviews[edition.pk, day] if turn else attempt
                given.append(_response(of, slot, f"{edition.quiz.slug}-{slot}", at, chance))
    Attempt.objects.bulk_create([*attempts, *reviews.values()], batch_size=BATCH)
    Response.objects.bulk_create(given, batch_size=BATCH)
    cards.replay(learner=learner)
    return learner


def _attempt(learner: User, edition: Edition, number: int, at: datetime, *, in_review: bool = False) -> Attempt:
    return Attempt(
        learner=learner,
        quiz=edition.quiz,
        edition=edition,
        number=number,
        seed=f"s{number}",
        started_at=at,
        finished_at=None if in_review or edition.quiz.in_lesson else at,
        in_review=in_review,
    )


def _response(attempt: Attempt, slot: int, key: str, at: datetime, chance: random.Random) -> Response:
    return Response(
        learner=attempt.learner,
        attempt=attempt,
        slot=slot,
        try_number=1,
        question_key=key,
        answer=[0],
        fraction=Decimal(chance.random() < 0.9),
        confidence=chance.choice([1, 2, 3]) if attempt.quiz.confidence and not attempt.in_review else None,
        mark=0,
        answered_at=at,
    )


@transaction.atomic
def make_others(count: int, *, like: User, quizzes: int) -> None:
    """So many more learners, each with a share of this one's attempts, answers and cards: those at so many quizzes.

    CROSS JOIN keeps SQLite to the order in which tables are named; by its own it looks through the cards of one learner
    for every answer of all others."""
    before = User.objects.count()
    numbers = range(before, before + count)
    made = User.objects.bulk_create([User(email=f"other{number}@example.org") for number in numbers])
    them = f"BETWEEN {made[0].pk} AND {made[-1].pk}"
    user, quiz, attempt, response, card = map(_table, (User, Quiz, Attempt, Response, Card))
    share = f"(of.quiz_id + u.id) % {Quiz.objects.count()} < {quizzes}"
    taken = f"of.learner_id = {like.pk} AND NOT of.in_review AND {share}"
    _copy(Attempt, {"learner_id": "u.id"}, f"FROM {user} u CROSS JOIN {attempt} of ON {taken} WHERE u.id {them}")
    same = f"b.learner_id = {like.pk} AND b.quiz_id = a.quiz_id AND NOT b.in_review"
    given = f"FROM {attempt} a CROSS JOIN {attempt} b ON {same} CROSS JOIN {response} of ON of.attempt_id = b.id"
    _copy(Response, {"learner_id": "a.learner_id", "attempt_id": "a.id"}, f"{given} WHERE a.learner_id {them}")
    asked = f"FROM {attempt} a CROSS JOIN {quiz} q ON q.id = a.quiz_id CROSS JOIN {response} r ON r.attempt_id = a.id"
    about = "of.collection_id = q.collection_id AND of.question_key = r.question_key"
    known = f"CROSS JOIN {card} of ON of.learner_id = {like.pk} AND {about}"
    _copy(Card, {"learner_id": "a.learner_id"}, f"{asked} {known} WHERE a.learner_id {them}")


def _table(model: type[models.Model]) -> str:
    return model._meta.db_table


def _copy(model: type[models.Model], changes: dict[str, str], where: str) -> None:
    """Adds the rows called `of` once more, but for these columns."""
    columns = [field.column for field in model._meta.local_concrete_fields if not field.primary_key]
    values = (changes.get(column, f"of.{column}") for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {_table(model)} ({', '.join(columns)}) SELECT {', '.join(values)} {where}")
