"""What somebody did in a course beside answering."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal, Protocol

from django.utils.translation import gettext_noop
from msgspec import Meta

from accounts.models import User
from accounts.my_data import (
    FROM_THE_FUTURE,
    HERE,
    NO_COURSE,
    TAKEN,
    Count,
    Decision,
    Fate,
    Record,
    Slug,
    Small,
    Table,
    Text,
    Time,
    for_information,
    is_future,
    table_of,
)
from courses.models import Course, Lesson
from progress import notes
from progress.models import Note, Opinion

CourseSlug = Annotated[Slug, Meta(description="the course")]
LessonSlug = Annotated[Slug, Meta(description="the lesson")]


class InALesson(Protocol):
    @property
    def course(self) -> str: ...


def lessons_of(records: Iterable[InALesson]) -> dict[tuple[str, str], Lesson]:
    """Of their courses, by the slugs of course and lesson. One query."""
    found = Lesson.objects.filter(course__slug__in={record.course for record in records}).select_related("course")
    return {(lesson.course.slug, lesson.slug): lesson for lesson in found}


class Read(Record, frozen=True):
    read_at: Annotated[Time, Meta(description="when you marked it as read")]
    course: CourseSlug
    lesson: LessonSlug


class Readings:
    name = "readings"
    label = gettext_noop("Lessons read")
    about = "Lessons that you marked as read."
    record = Read
    tables: Sequence[Table] = (table_of("readings", Read),)

    def export(self, learner: User) -> Iterator[Read]:
        for row in learner.readings.select_related("lesson__course"):
            yield Read(row.read_at, row.lesson.course.slug, row.lesson.slug)

    def take(self, learner: User, records: Sequence[Read]) -> Iterator[tuple[Read, Decision]]:
        """Since the earlier of two days."""
        lessons = lessons_of(records)
        known = {row.lesson_id: row for row in learner.readings.all()}
        for record in sorted(records, key=lambda one: one.read_at, reverse=True):
            lesson = lessons.get((record.course, record.lesson))
            if lesson is None:
                yield record, NO_COURSE
            elif is_future(record.read_at):
                yield record, FROM_THE_FUTURE
            elif lesson.pk in known and known[lesson.pk].read_at <= record.read_at:
                yield record, HERE
            else:
                row = known.get(lesson.pk) or learner.readings.create(lesson=lesson)
                known[lesson.pk] = row
                row.read_at = record.read_at
                row.save(update_fields=["read_at"])
                yield record, TAKEN


class Written(Record, frozen=True):
    written_at: Annotated[Time, Meta(description="when you wrote it last")]
    course: CourseSlug
    lesson: LessonSlug
    text: Annotated[Text, Meta(description="what you wrote")]


class Notes:
    name = "notes"
    label = gettext_noop("Notes")
    about = "Your notes on the questions to think about."
    record = Written
    tables: Sequence[Table] = (table_of("notes", Written),)

    def export(self, learner: User) -> Iterator[Written]:
        for row in learner.notes.select_related("lesson__course"):
            yield Written(row.written_at, row.lesson.course.slug, row.lesson.slug, row.text)

    def take(self, learner: User, records: Sequence[Written]) -> Iterator[tuple[Written, Decision]]:
        """Two notes on one lesson are joined, as when a guest becomes part of an account."""
        lessons = lessons_of(records)
        known = {row.lesson_id: row for row in learner.notes.all()}
        for record in records:
            lesson = lessons.get((record.course, record.lesson))
            if lesson is None:
                yield record, NO_COURSE
                continue
            if is_future(record.written_at):
                yield record, FROM_THE_FUTURE
                continue
            other = Note(learner=learner, lesson=lesson, text=record.text, written_at=record.written_at)
            note = known.setdefault(lesson.pk, other)
            if note is other:
                note.save()
            elif notes.holds(note, other):
                yield record, HERE
                continue
            else:
                notes.join(note, other)
            yield record, TAKEN


class Opined(Record, frozen=True):
    at: Annotated[Time, Meta(description="when you answered")]
    course: CourseSlug
    moment: Annotated[Literal["before", "after"], Meta(description="before the first lesson or after the last")]
    choice: Annotated[Small, Meta(description="the place of your answer among those of the course, from 0")]
    option: Annotated[str, Meta(description="your answer")]


class Opinions:
    name = "opinions"
    label = gettext_noop("Closing questions")
    about = "Your answers to the closing question of a course."
    record = Opined
    tables: Sequence[Table] = (table_of("opinions", Opined),)

    def export(self, learner: User) -> Iterator[Opined]:
        for row in learner.opinions.select_related("course"):
            yield Opined(row.at, row.course.slug, row.moment, row.choice, _option(row.course, row.choice))  # type: ignore[arg-type]

    def take(self, learner: User, records: Sequence[Opined]) -> Iterator[tuple[Opined, Decision]]:
        """It stands as it was given; a guest's would be counted without one having been asked."""
        courses = {course.slug: course for course in Course.objects.filter(slug__in={one.course for one in records})}
        given = set(learner.opinions.values_list("course", "moment"))
        for record in records:
            course = courses.get(record.course)
            if course is None or _option(course, record.choice) != record.option:
                yield record, NO_COURSE
            elif is_future(record.at):
                yield record, FROM_THE_FUTURE
            elif learner.is_guest or (course.pk, record.moment) in given:
                yield record, NOT_COUNTED
            else:
                made = Opinion.objects.create(
                    learner=learner, course=course, moment=record.moment, choice=record.choice
                )
                Opinion.objects.filter(pk=made.pk).update(at=record.at)
                given.add((course.pk, record.moment))
                yield record, TAKEN


NOT_COUNTED = Decision(Fate.KEPT, gettext_noop("An answer to a closing question counts once, and for accounts only."))


def _option(course: Course, choice: int) -> str:
    """Empty where the course does not have it any more."""
    options: list[str] = course.opinion.get("options", [])
    return options[choice] if choice < len(options) else ""


class Certified(Record, frozen=True):
    issued_at: Annotated[Time, Meta(description="when you claimed it")]
    course: CourseSlug
    code: Annotated[str, Meta(description="by which anybody could check it on the site that issued it")]
    name: Annotated[str, Meta(description="that it was issued to")]
    title: Annotated[str, Meta(description="of the course")]
    lessons: Annotated[Small, Meta(description="that you had done")]
    quiz: Annotated[str, Meta(description="title of the quiz that it asked for, if any")]
    edition: Annotated[Count | None, Meta(description="of that quiz, in your latest attempt")]
    needed: Annotated[float | None, Meta(description="the share of the full mark that it asked for")]
    mark: Annotated[float | None, Meta(description="the share that counted for you")]
    shows_mark: Annotated[bool, Meta(description="whether it tells others your mark")]
    revoked_at: Annotated[Time | None, Meta(description="when it was revoked, if it was")]
    reason: Annotated[str, Meta(description="why")]


class Certificates:
    name = "certificates"
    label = gettext_noop("Certificates")
    about = "Certificates that you claimed. Another site keeps them as they are, and issues none for them."
    record = Certified
    tables: Sequence[Table] = (table_of("certificates", Certified),)

    def export(self, learner: User) -> Iterator[Certified]:
        for row in learner.certificates.select_related("course"):
            yield Certified(
                issued_at=row.issued_at,
                course=row.course.slug,
                code=row.grouped_code,
                name=row.name,
                title=row.title,
                lessons=row.lessons,
                quiz=row.quiz_title,
                edition=row.edition,
                needed=row.needed,
                mark=row.mark,
                shows_mark=row.shows_mark,
                revoked_at=row.revoked_at,
                reason=row.reason,
            )

    def take(self, learner: User, records: Sequence[Certified]) -> Iterable[tuple[Certified, Decision]]:
        return for_information(records)
