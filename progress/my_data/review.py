"""What comes back to somebody in reviews."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_noop
from msgspec import Meta
from msgspec.structs import asdict

from accounts.models import User
from accounts.my_data import (
    FROM_THE_FUTURE,
    HERE,
    NO_COURSE,
    TAKEN,
    Decision,
    Fate,
    Record,
    Slug,
    Small,
    Table,
    Time,
    is_future,
    table_of,
)
from courses.models import Course
from progress import cards
from progress.models import Card, Hindsight, ReviewSettings
from progress.my_data.taking_part import CourseSlug, LessonSlug, lessons_of
from quizzes.models import Response
from quizzes.sittings import Sitting, dealt

CollectionSlug = Annotated[Slug, Meta(description="what the course's questions are called together")]
QuestionKey = Annotated[Slug, Meta(description="the question's key; one of your own begins with `own-`")]


class Plan(Record, frozen=True):
    changed_at: Annotated[Time, Meta(description="when you chose")]
    retention: Annotated[float, Meta(description="the chance of knowing a question at which it comes back")]
    session_size: Annotated[Small, Meta(description="questions in a session")]
    daily_cap: Annotated[Small, Meta(description="most questions in a day")]
    exam_on: Annotated[date | None, Meta(description="the day of your exam")]
    exam_target: Annotated[float, Meta(description="the chance of knowing each question on that day")]
    exam_course: Annotated[Slug | None, Meta(description="the course of the exam; null for every course")]


class Plans:
    name = "review_settings"
    label = gettext_noop("Settings for reviews")
    about = "How you want to review, if you ever chose."
    record = Plan
    tables: Sequence[Table] = ()

    def export(self, learner: User) -> Iterator[Plan]:
        for row in ReviewSettings.objects.filter(learner=learner).select_related("exam_course"):
            course = row.exam_course.slug if row.exam_course else None
            values = {name: getattr(row, name) for name in Plan.__struct_fields__ if name != "exam_course"}
            yield Plan(exam_course=course, **values)

    def take(self, learner: User, records: Sequence[Plan]) -> Iterator[tuple[Plan, Decision]]:
        """Those chosen last hold."""
        courses = {
            course.slug: course for course in Course.objects.filter(slug__in={one.exam_course for one in records})
        }
        for record in sorted(records, key=lambda one: one.changed_at):
            decision = _decision(learner, record, courses)
            if decision == TAKEN:
                values = asdict(record) | {"exam_course": courses.get(record.exam_course or "")}
                ReviewSettings.objects.update_or_create(learner=learner, defaults=values)
                ReviewSettings.objects.filter(learner=learner).update(changed_at=record.changed_at)
                cards.reschedule(learner=learner)
            yield record, decision


def _decision(learner: User, record: Plan, courses: dict[str, Course]) -> Decision:
    if record.exam_course and record.exam_course not in courses:
        return NO_COURSE
    if is_future(record.changed_at):
        return FROM_THE_FUTURE
    if ReviewSettings.objects.filter(learner=learner, changed_at__gte=record.changed_at).exists():
        return HERE
    try:
        row = ReviewSettings(
            learner=learner, **(asdict(record) | {"exam_course": courses.get(record.exam_course or "")})
        )
        row.clean_fields()
        row.validate_constraints()
    except ValidationError:
        return NOT_POSSIBLE
    return TAKEN


NO_ANSWERS = Decision(Fate.KEPT, gettext_noop("The answers that it follows from are not here."))
NOT_POSSIBLE = Decision(Fate.REFUSED, gettext_noop("It holds a number that can not be."))


class SaidAfterwards(Record, frozen=True):
    answered_at: Annotated[Time, Meta(description="when you gave the answer that it is about")]
    collection: CollectionSlug
    question: QuestionKey
    knew: Annotated[bool, Meta(description="you knew it; if not, it was a guess")]


class Hindsights:
    name = "hindsights"
    label = gettext_noop("Afterthoughts")
    about = "What you said of an answer afterwards: that you knew it, or that you guessed."
    record = SaidAfterwards
    tables: Sequence[Table] = (table_of("hindsights", SaidAfterwards),)

    def export(self, learner: User) -> Iterator[SaidAfterwards]:
        rows = Hindsight.objects.filter(response__learner=learner)
        names = ("answered_at", "attempt__quiz__collection__slug", "question_key")
        for at, collection, key, knew in rows.values_list(*(f"response__{name}" for name in names), "knew"):
            yield SaidAfterwards(at, collection, key, knew)

    def take(self, learner: User, records: Sequence[SaidAfterwards]) -> Iterator[tuple[SaidAfterwards, Decision]]:
        """Where nothing was said here."""
        given = learner.responses.filter(answered_at__in={record.answered_at for record in records})
        given = given.select_related("attempt__quiz__collection", "hindsight")
        found = {(one.answered_at, one.attempt.quiz.collection.slug, one.question_key): one for one in given}
        said: list[Response] = []
        for record in records:
            response = found.get((record.answered_at, record.collection, record.question))
            if response is None:
                yield record, NO_COURSE
            elif hasattr(response, "hindsight"):
                yield record, HERE
            else:
                response.hindsight = Hindsight.objects.create(response=response, knew=record.knew)
                said.append(response)
                yield record, TAKEN
        if said:
            keys = {(one.attempt.quiz.collection_id, one.question_key) for one in said}
            cards.sync(learner=learner, also=keys)


class Dealt(Record, frozen=True):
    dealt_at: Annotated[Time, Meta(description="when you began it")]
    course: CourseSlug
    lesson: LessonSlug
    days: Annotated[Small, Meta(description="after how many days at the earliest it was to come")]
    questions: Annotated[tuple[Slug, ...], Meta(max_length=20, description="keys of the questions that it asks")]


class DelayedChecks:
    name = "delayed_checks"
    label = gettext_noop("Delayed checks")
    about = "What you were asked some time after a lesson. The answers are among those of reviews."
    record = Dealt
    tables: Sequence[Table] = ()

    def export(self, learner: User) -> Iterator[Dealt]:
        for row in learner.delayed_checks.select_related("lesson__course"):
            yield Dealt(row.dealt_at, row.lesson.course.slug, row.lesson.slug, row.days, tuple(row.questions))

    def take(self, learner: User, records: Sequence[Dealt]) -> Iterator[tuple[Dealt, Decision]]:
        """Of two, the one that was dealt first holds."""
        lessons = lessons_of(records)
        for record in sorted(records, key=lambda one: one.dealt_at):
            lesson = lessons.get((record.course, record.lesson))
            if lesson is None:
                yield record, NO_COURSE
                continue
            if is_future(record.dealt_at):
                yield record, FROM_THE_FUTURE
                continue
            same = learner.delayed_checks.filter(lesson=lesson, days=record.days)
            if same.filter(dealt_at__lte=record.dealt_at).exists():
                yield record, HERE
            else:
                dealt_then: dict[str, Any] = {"questions": list(record.questions), "dealt_at": record.dealt_at}
                learner.delayed_checks.update_or_create(lesson=lesson, days=record.days, defaults=dealt_then)
                yield record, TAKEN


class CardRecord(Record, frozen=True):
    collection: CollectionSlug
    question: QuestionKey
    suspended: Annotated[bool, Meta(description="you set it aside")]
    buried_until: Annotated[date | None, Meta(description="you put it off until this day")]
    due_on: Annotated[date | None, Meta(description="when it comes back; null while an exam holds its mark back")]
    exam_due_on: Annotated[date | None, Meta(description="when it comes back for your exam, if that is earlier")]
    reviewed_on: Annotated[date | None, Meta(description="when you answered it last")]
    answered_at: Annotated[Time | None, Meta(description="the latest answer that all of this follows from")]
    stability: Annotated[float | None, Meta(description="days until the chance of knowing it falls to 90%, by FSRS 6")]
    difficulty: Annotated[float | None, Meta(description="from 1 to 10, by FSRS 6")]
    sure_but_wrong: Annotated[bool | None, Meta(description="you were sure, and wrong")]


_OF_FSRS = ("due_on", "exam_due_on", "reviewed_on", "answered_at", "stability", "difficulty", "sure_but_wrong")


class Cards:
    name = "cards"
    label = gettext_noop("Cards")
    about = (
        "The questions in your review. All but what you put off or set aside follows from your answers, and is "
        "reckoned from them anew where this file is loaded."
    )
    record = CardRecord
    tables: Sequence[Table] = (table_of("cards", CardRecord),)

    def export(self, learner: User) -> Iterator[CardRecord]:
        cards.sync(learner=learner)
        held_back = _held_back(learner)
        for card in learner.cards.select_related("collection"):
            yield _record(card, told=(card.collection_id, card.question_key) not in held_back)

    def take(self, learner: User, records: Sequence[CardRecord]) -> Iterator[tuple[CardRecord, Decision]]:
        """What either put off stays put off, as when a guest becomes part of an account."""
        known = {(card.collection.slug, card.question_key): card for card in learner.cards.select_related("collection")}
        for record in records:
            card = known.get((record.collection, record.question))
            if card is None:
                yield record, NO_ANSWERS
                continue
            before = (card.suspended, card.buried_until)
            card.put_off_alike(suspended=record.suspended, buried_until=record.buried_until)
            yield record, HERE if before == (card.suspended, card.buried_until) else TAKEN


def _record(card: Card, *, told: bool) -> CardRecord:
    return CardRecord(
        collection=card.collection.slug,
        question=card.question_key,
        suspended=card.suspended,
        buried_until=card.buried_until,
        **{name: getattr(card, name) if told else None for name in _OF_FSRS},
    )


def _held_back(learner: User) -> set[cards.Key]:
    """Questions of attempts whose marks the learner may not see yet: a card would tell them."""
    attempts = learner.attempts.select_related("quiz", "edition").defer("edition__document")
    hidden = [one.pk for one in attempts if not Sitting(one, dealt(one, one.edition.digest)).sees("mark")]
    given = learner.responses.filter(attempt__in=hidden).order_by()
    return set(given.values_list("attempt__quiz__collection", "question_key"))
