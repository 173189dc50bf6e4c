"""A school's worth of rows, made by the database itself: a hundred thousand questions, a million responses."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import connection, models, transaction
from django.utils import timezone

from accounts.models import User
from courses.models import Course, Lesson
from quizzes.models import Attempt, Edition, Option, Question, Quiz, Response, Slot
from quizzes.publishing import publish
from sources.models import Claim, Collection

COLLECTIONS, CLAIMS, QUIZZES, LEARNERS, ATTEMPTS, SLOTS = 20, 2_000, 500, 20_000, 100_000, 10
QUESTIONS, OPTIONS = 100_000, 4
RESPONSES = ATTEMPTS * SLOTS


def fill(model: type[models.Model], count: int, columns: Mapping[str, str]) -> None:
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


@transaction.atomic
def make_school(*, teacher: User) -> None:
    """In a fresh SQLite database. The first collection, a twentieth of all, is the teacher's."""
    now = timezone.now().replace(tzinfo=None).isoformat(sep=" ")
    fill(Collection, COLLECTIONS, {"slug": "'river-' || i", "title": "'River ' || i"})
    Collection.objects.filter(pk=1).update(owner=teacher)
    of_collection = f"(i - 1) %% {COLLECTIONS} + 1"
    fill(Course, COLLECTIONS, {"collection_id": "i", "slug": "'river-' || i", "title": "'River ' || i"})
    lesson = {"course_id": of_collection, "slug": "'lesson-' || i", "title": "'Lesson ' || i", "text": "'Water.'"}
    fill(Lesson, COLLECTIONS * 10, lesson)
    doubted = (timezone.localdate() - timedelta(days=1)).isoformat()
    claim = {"collection_id": of_collection, "key": "'claim-' || i", "text": "'Claim ' || i", "status": "'established'"}
    fill(Claim, CLAIMS, {**claim, "recheck_by": f"CASE WHEN i %% 50 < 2 THEN '{doubted}' END"})
    _make_bank(of_collection)
    _make_quizzes(of_collection)
    first = User.objects.latest("pk").pk + 1
    learner = {"email": "'learner' || i || '@example.org'", "name": "'Learner ' || i", "password": "'!'"}
    fill(User, LEARNERS, learner)
    attempt = {
        "learner_id": f"{first} + i %% {LEARNERS}",
        "number": f"i / {LEARNERS} + 1",
        "quiz_id": f"i %% {QUIZZES} + 1",
        "edition_id": f"i %% {QUIZZES} + 1",
        "seed": "'s'",
        "finished_at": f"CASE WHEN i %% 20 THEN '{now}' END",
    }
    fill(Attempt, ATTEMPTS, attempt)
    of_attempt = f"((i - 1) / {SLOTS} + 1)"
    response = {
        "attempt_id": of_attempt,
        "learner_id": f"{first} + {of_attempt} %% {LEARNERS}",
        "slot": f"(i - 1) %% {SLOTS}",
        "try_number": "1",
        "question_key": f"'question-' || (({of_attempt} %% {QUIZZES}) * {SLOTS} + (i - 1) %% {SLOTS} + 1)",
        "answer": "'[0]'",
        "fraction": "CASE WHEN i %% 5000 = 0 THEN NULL ELSE i %% 2 END",
        "late": "i %% 9999 = 0",
        "mark": "0",
    }
    fill(Response, RESPONSES, response)


def _make_bank(of_collection: str) -> None:
    question = {
        "collection_id": of_collection,
        "key": "'question-' || i",
        "kind": "'single'",
        "text": "'Which of these towns lies on river number ' || i || ', and not on another one?'",
        "explanation": "'River number ' || i || ' has few towns.'",
    }
    fill(Question, QUESTIONS, question)
    option = {"question_id": f"(i - 1) / {OPTIONS} + 1", "text": "'Town ' || i", "feedback": "'So it is.'"}
    fill(Option, QUESTIONS * OPTIONS, {**option, "credit": f"i %% {OPTIONS} = 1"})
    same = f"{COLLECTIONS} * ((i / {COLLECTIONS}) %% {CLAIMS // COLLECTIONS}) + {of_collection}"
    fill(Question.claims.through, QUESTIONS, {"question_id": "i", "claim_id": same})


def _make_quizzes(of_collection: str) -> None:
    """Each with an edition, which all have the same document."""
    quiz = {"collection_id": of_collection, "slug": "'quiz-' || i", "title": "'Quiz ' || i", "tries": "1"}
    fill(Quiz, QUIZZES, quiz)
    slot = {"quiz_id": f"(i - 1) / {SLOTS} + 1", "position": f"i %% {SLOTS}", "question_id": "i"}
    fill(Slot, QUIZZES * SLOTS, slot)
    edition, _made = publish(quiz=Quiz.objects.get(pk=1))
    first = f"FROM {Edition._meta.db_table} WHERE id = {edition.pk}"
    frozen = {name: f"(SELECT {name} {first})" for name in ("document", "digest", "questions", "weight")}
    fill(Edition, QUIZZES - 1, {**frozen, "quiz_id": "i + 1", "number": "1"})
