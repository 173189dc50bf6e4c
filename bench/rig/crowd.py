"""A school's worth of rows, made by SQLite itself: a million responses in seconds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, models, transaction
from django.utils import timezone

from accounts.models import User
from courses.models import Course, Lesson
from quizzes.models import Attempt, Edition, Option, Question, Quiz, Response, Slot
from quizzes.publishing import publish
from sources.models import Claim, Collection

SLOTS = 10
"""Questions of a quiz."""
OPTIONS = 4


@dataclass(frozen=True)
class Size:
    collections: int
    claims: int
    quizzes: int
    questions: int
    """SLOTS for each quiz, or more."""
    learners: int
    attempts: int


SCHOOL = Size(
    collections=20, claims=2_000, quizzes=500, questions=100_000, learners=20_000, attempts=1_000_000 // SLOTS
)


@transaction.atomic
def make_school(*, teacher: User, size: Size = SCHOOL) -> None:
    """In a database that has no rows but people. The first collection is the teacher's."""
    of_collection = f"(i - 1) %% {size.collections} + 1"
    _fill(Collection, size.collections, {"slug": "'river-' || i", "title": "'River ' || i"})
    Collection.objects.filter(pk=1).update(owner=teacher)
    course = {"collection_id": "i", "slug": "'river-' || i", "title": "'River ' || i"}
    _fill(Course, size.collections, course)
    lesson = {"slug": "'lesson-' || i", "title": "'Lesson ' || i", "text": "'Water.'"}
    _fill(Lesson, size.quizzes, {**lesson, "course_id": of_collection})
    _make_claims(size, of_collection)
    _make_bank(size, of_collection)
    _make_quizzes(size, of_collection)
    _make_attempts(size)


def _fill(model: type[models.Model], count: int, columns: Mapping[str, str]) -> None:
    """Adds so many rows. `columns` are SQL of `i`, which counts from 1; others have the field's default."""
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    values = [columns.get(field.attname, "%s") for field in fields]
    defaults = [_default(field) for field in fields if field.attname not in columns]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({names}) "
            f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) "
            f"SELECT {', '.join(values)} FROM n",
            defaults,
        )


def _default(field: models.Field) -> object:
    value = timezone.now() if isinstance(field, models.DateTimeField) and not field.null else field.get_default()
    return field.get_db_prep_save(value, connection)


def _make_claims(size: Size, of_collection: str) -> None:
    """A twentieth of them is to be checked again."""
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    claim = {"collection_id": of_collection, "key": "'claim-' || i", "text": "'Claim ' || i", "status": "'established'"}
    _fill(Claim, size.claims, {**claim, "recheck_by": f"CASE WHEN i %% 40 < 2 THEN '{yesterday}' END"})


def _make_bank(size: Size, of_collection: str) -> None:
    """Each question with its options, on a claim of its collection."""
    question = {
        "collection_id": of_collection,
        "key": "'question-' || i",
        "kind": "'single'",
        "text": "'Which of these towns lies on river number ' || i || ', and not on another one?'",
        "explanation": "'River number ' || i || ' has few towns.'",
    }
    _fill(Question, size.questions, question)
    option = {"question_id": f"(i - 1) / {OPTIONS} + 1", "text": "'Town ' || i", "feedback": "'So it is.'"}
    _fill(Option, size.questions * OPTIONS, {**option, "credit": f"i %% {OPTIONS} = 1"})
    claim = f"{size.collections} * ((i / {size.collections}) %% {size.claims // size.collections}) + {of_collection}"
    _fill(Question.claims.through, size.questions, {"question_id": "i", "claim_id": claim})


def _make_quizzes(size: Size, of_collection: str) -> None:
    """Each with an edition, which all have the same document."""
    quiz = {"collection_id": of_collection, "slug": "'quiz-' || i", "title": "'Quiz ' || i", "tries": "1"}
    _fill(Quiz, size.quizzes, quiz)
    slot = {"quiz_id": f"(i - 1) / {SLOTS} + 1", "position": f"i %% {SLOTS}", "question_id": "i"}
    _fill(Slot, size.quizzes * SLOTS, slot)
    edition, _made = publish(quiz=Quiz.objects.get(pk=1))
    first = f"FROM {Edition._meta.db_table} WHERE id = {edition.pk}"
    frozen = {name: f"(SELECT {name} {first})" for name in ("document", "digest", "questions", "weight")}
    _fill(Edition, size.quizzes - 1, {**frozen, "quiz_id": "i + 1", "number": "1"})


def _make_attempts(size: Size) -> None:
    """With a response to each question, of which a few are late or wait for a mark."""
    first = User.objects.latest("pk").pk + 1
    learner = {"email": "'learner' || i || '@example.org'", "name": "'Learner ' || i", "password": "'!'"}
    _fill(User, size.learners, learner)
    attempt = {
        "learner_id": f"{first} + i %% {size.learners}",
        "number": f"i / {size.learners} + 1",
        "quiz_id": f"i %% {size.quizzes} + 1",
        "edition_id": f"i %% {size.quizzes} + 1",
        "seed": "'s'",
        "finished_at": "CASE WHEN i %% 20 THEN CURRENT_TIMESTAMP END",
    }
    _fill(Attempt, size.attempts, attempt)
    of_attempt = f"((i - 1) / {SLOTS} + 1)"
    response = {
        "attempt_id": of_attempt,
        "learner_id": f"{first} + {of_attempt} %% {size.learners}",
        "slot": f"(i - 1) %% {SLOTS}",
        "try_number": "1",
        "question_key": f"'question-' || (({of_attempt} %% {size.quizzes}) * {SLOTS} + (i - 1) %% {SLOTS} + 1)",
        "answer": "'[0]'",
        "fraction": "CASE WHEN i %% 5000 = 7 THEN NULL ELSE i %% 2 END",
        "late": "i %% 9999 = 0",
        "mark": "0",
    }
    _fill(Response, size.attempts * SLOTS, response)
