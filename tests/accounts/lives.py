"""A learner who did everything that there is to do, and what it takes to move to another site."""

import json
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import time_machine
from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import ProtectedError

from accounts.models import Preferences, User
from accounts.my_data import archive, taking
from accounts.my_data.taking import Summary
from courses.models import Course, Lesson
from progress import cards, reviewing
from progress.models import (
    Certificate,
    DelayedCheck,
    Highlight,
    Note,
    Opinion,
    OwnAnswer,
    OwnQuestion,
    Reading,
    ReviewSettings,
)
from quizzes import marking
from quizzes import taking as quiz_taking
from quizzes.disputes import challenge, keep
from quizzes.models import Allowance, Attempt, Edition, Quiz, Regrade, Response
from quizzes.sittings import resume
from sources.models import Collection
from tests import make

NOON = datetime(2026, 5, 1, 12, 0, 0, 123456, tzinfo=UTC)


def at(minute: float) -> datetime:
    return NOON + timedelta(minutes=minute)


def brook(collection: Collection, *, slug: str = "brook", **fields) -> Quiz:
    """A quiz of several kinds. The essay, if asked for, comes last."""
    asked = [
        make.question(collection=collection, key=f"{slug}-single"),
        make.question(
            collection=collection, key=f"{slug}-multiple", kind="multiple", options=[("A", 1), ("B", 1), ("C", 0)]
        ),
        make.question(
            collection=collection,
            key=f"{slug}-matching",
            kind="matching",
            options=[{"text": "Seine", "match": "Paris"}, {"text": "Spree", "match": "Berlin"}],
        ),
        make.question(
            collection=collection,
            key=f"{slug}-cloze",
            kind="cloze",
            text="It flows [[where: choice]] since [[year: number]].",
            options=[
                {"text": "down", "match": "where", "credit": 1},
                {"text": "up", "match": "where"},
                {"text": "1854", "match": "year", "credit": 1},
            ],
        ),
    ]
    if fields.pop("essay", False):
        rubric = [{"text": "Says why", "credit": 1}]
        asked.append(make.question(collection=collection, key=f"{slug}-essay", kind="essay", options=rubric))
    return make.quiz(collection=collection, slug=slug, title=slug.title(), questions=asked, **fields)


ANSWERS: tuple[list[list], ...] = (
    [[0], [1]],
    [[0], [0, 1], [1, 2]],
    [[0, 1], [1, None]],
    [[1, "1854"], [0, None], [None, "1900"]],
)
"""For each slot of a `brook`, answers to choose from."""


def answers(learner: User, quiz: Quiz, slot: int, value, *, minute: float, confidence=None) -> Response:
    """One more try at a slot of the attempt that runs."""
    with time_machine.travel(at(minute), tick=False):
        published = Quiz.objects.with_edition().select_related("collection").get(pk=quiz.pk)
        sitting = resume(quiz=published, visitor=learner, secret=str(learner))
        try_number = len(sitting.responses.get(slot, [])) + 1
        given = {"slot": slot, "try_number": try_number, "value": value, "confidence": confidence}
        return quiz_taking.answer(sitting=sitting, learner=learner, **given).response


def finishes(learner: User, quiz: Quiz, *, minute: float) -> None:
    with time_machine.travel(at(minute), tick=False):
        quiz_taking.finish(attempt=learner.attempts.running().get(quiz=quiz))


def starts(learner: User, quiz: Quiz, *, minute: float) -> Attempt:
    with time_machine.travel(at(minute), tick=False):
        return quiz_taking.start(quiz=Quiz.objects.with_edition().get(pk=quiz.pk), learner=learner)


def lives(learner: User, lesson: Lesson, teacher: User) -> None:
    """All that can be said of a learner, with the answers at one quiz, one exam and the checks of the lesson."""
    course = lesson.course
    collection = course.collection
    Course.objects.filter(pk=course.pk).update(opinion={"question": "Up?", "options": ["Up", "Down"]})
    teacher.shared_collections.add(collection)
    practice, exam = brook(collection), brook(collection, slug="final", setting="exam")
    essays = brook(collection, slug="essays", setting="exam", essay=True)
    answers(learner, lesson.checks, 0, [1], minute=1)
    answers(learner, lesson.checks, 0, [0], minute=2)
    for slot, values in enumerate(ANSWERS):
        for number, value in enumerate(reversed(values)):
            with suppress(quiz_taking.AttemptClosed):
                answers(learner, practice, slot, value, minute=10 + slot * 5 + number)
        answers(learner, exam, slot, values[0], minute=40 + slot)
        answers(learner, essays, slot, values[0], minute=60 + slot)
    finishes(learner, practice, minute=33)
    finishes(learner, exam, minute=50)
    essay = answers(learner, essays, 4, "=Because\nwater runs.", minute=70)
    finishes(learner, essays, minute=71)
    starts(learner, practice, minute=80)
    answers(learner, practice, 1, [0, 1], minute=81)
    with time_machine.travel(at(90), tick=False):
        marking.mark_by_hand(response=essay, credits=[0.5], comment="Half.", by=teacher)
        given = learner.responses.filter(attempt__quiz=lesson.checks).first()
        keep(dispute=challenge(response=given, reason="It flows up."), reply="It does not.", by=teacher)
        _says_more(learner, lesson, course)
        reviewing.look_back(response=given, knew=True)
        reviewing.set_plan(
            ReviewSettings(learner=learner, retention=0.85, exam_course=course, exam_on=date(2026, 6, 1))
        )
        cards.sync(learner=learner)
        learner.cards.get(question_key="brook-cloze").suspend()
        learner.cards.get(question_key="brook-multiple").bury()


def _says_more(learner: User, lesson: Lesson, course: Course) -> None:
    Reading.objects.create(learner=learner, lesson=lesson)
    Note.objects.create(learner=learner, lesson=lesson, text="-1 is less than 0", written_at=at(90))
    Allowance.objects.create(learner=learner, factor=1.5, minutes=5)
    Preferences.objects.create(user=learner, theme="dark", time_zone="Asia/Tehran")
    DelayedCheck.objects.create(learner=learner, lesson=lesson, days=7, questions=["slope"])
    marked = Highlight.objects.create(
        learner=learner, lesson=lesson, address="start", quote="Water runs downhill.", note="Why?"
    )
    own = OwnQuestion.objects.create(
        highlight=marked, learner=learner, collection=course.collection, text="Water runs downhill.", blanks=[[11, 19]]
    )
    OwnAnswer.objects.create(question=own, on=date(2026, 5, 1), answer=["uphill"], fraction=0, knew=False)
    cards.sync(learner=learner, also=[own.card_key])
    if not learner.is_guest:
        Opinion.objects.create(learner=learner, course=course, moment="before", choice=1)
        Certificate.objects.create(learner=learner, course=course, name="Ada", title=course.title, lessons=1)
        EmailAddress.objects.create(user=learner, email="new@example.org")
        LogEntry.objects.create(
            user=learner,
            content_type=ContentType.objects.get_for_model(Lesson),
            object_id=str(lesson.pk),
            object_repr="Springs",
            action_flag=2,
            change_message='[{"changed": {"fields": ["Title"]}}]',
        )


def exported(learner: User) -> bytes:
    with archive.write(User.objects.get(pk=learner.pk)) as file:
        return file.read()


def loaded(learner: User, data: bytes) -> Summary:
    return taking.take(learner=learner, found=archive.read(data, name="my-data.zip"))


def files(data: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(data)) as opened:
        return {name.removeprefix("my-data/"): opened.read(name).decode() for name in opened.namelist()}


def records(data: bytes, kind: str) -> list[dict]:
    return json.loads(files(data)[f"{kind}.json"])


def forged(data: bytes, **kinds) -> bytes:
    """With other records of some kinds; None leaves the file out."""
    contents = files(data)
    for kind, made in kinds.items():
        contents.pop(f"{kind}.json", None)
        if made is not None:
            contents[f"{kind}.json"] = made if isinstance(made, str) else json.dumps(made)
    packed = BytesIO()
    with ZipFile(packed, "w") as made:
        for name, content in contents.items():
            made.writestr(f"my-data/{name}", content)
    return packed.getvalue()


def same_person_elsewhere(learner: User, email: str | None = None) -> User:
    """The learner's account at a site that knows nothing of them yet. With the other, this one is gone."""
    name, was = learner.name, learner.email
    User.objects.get(pk=learner.pk).delete()
    if learner.is_guest:
        return User.objects.create(is_guest=True, guest_key="elsewhere")
    made = User.objects.create_user(email or was, "a long word for ada", name=name)
    EmailAddress.objects.create(user=made, email="new@example.org")
    return made


def empty_site() -> None:
    """All courses gone, as on a site that has others."""
    for rows in (Highlight, Attempt, Regrade, Lesson):
        rows.objects.all().delete()
    Course.objects.all().delete()
    Edition.objects.all().delete()
    with suppress(ProtectedError):
        Quiz.objects.all().delete()
    for quiz in Quiz.objects.all():
        quiz.slots.all().delete()
        quiz.delete()
    Collection.objects.all().delete()
