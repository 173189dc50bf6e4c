"""What somebody marked in lessons, wrote beside it, and wants to be asked about."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext_noop
from msgspec import Meta

from accounts.models import User
from accounts.my_data import (
    FROM_THE_FUTURE,
    HERE,
    NO_COURSE,
    TAKEN,
    Decision,
    Fate,
    Record,
    Small,
    Table,
    Text,
    Time,
    is_future,
)
from courses.models import Lesson
from progress import cards, highlights, own_questions
from progress.models import Highlight, OwnAnswer, OwnQuestion
from progress.models.highlights import OWN
from progress.my_data.taking_part import CourseSlug, LessonSlug, lessons_of
from quizzes.engine.behaviour import rounded
from quizzes.engine.kinds import KINDS
from quizzes.engine.seeds import PLAIN
from quizzes.engine.words import Unreadable


class OwnReply(Record, frozen=True):
    on: Annotated[date, Meta(description="the day")]
    answered_at: Annotated[Time, Meta(description="when")]
    answer: Annotated[dict[str, list[str]], Meta(description="what you filled in, blank by blank")]
    fraction: Annotated[Decimal, Meta(description="1 for right, 0 for wrong")]
    knew: Annotated[bool | None, Meta(description="what you said afterwards: you knew it, or guessed")]


class Asked(Record, frozen=True):
    key: Annotated[str, Meta(pattern=f"^{OWN}[0-9a-f]{{16}}$", description="that its card is known by")]
    made_at: Annotated[Time, Meta(description="when you made it")]
    text: Annotated[str, Meta(min_length=1, max_length=own_questions.LONGEST, description="the whole sentence")]
    blanks: Annotated[
        tuple[tuple[Small, Small], ...],
        Meta(
            min_length=1,
            max_length=own_questions.MOST_BLANKS,
            description="where each blank begins in it and before what it ends, from 0",
        ),
    ]
    answers: Annotated[tuple[OwnReply, ...], Meta(description="one a day")]


class Marked(Record, frozen=True):
    made_at: Annotated[Time, Meta(description="when you marked it")]
    course: CourseSlug
    lesson: LessonSlug
    address: Annotated[str, Meta(max_length=70, description="the passage")]
    whole: Annotated[bool, Meta(description="all of the passage, and nothing in it")]
    quote: Annotated[Text, Meta(min_length=1, description="the words")]
    prefix: Annotated[str, Meta(max_length=64, description="what stood before them")]
    suffix: Annotated[str, Meta(max_length=64, description="what stood after them")]
    place: Annotated[int, Meta(ge=0, le=2**31 - 1, description="of the first letter in the passage, from 0")]
    note: Annotated[Text, Meta(description="what you wrote beside it")]
    changed_at: Annotated[Time, Meta(description="when you wrote that last")]
    deleted_at: Annotated[Time | None, Meta(description="when you deleted it; it can be taken back for a day")]
    asked: Annotated[Asked | None, Meta(description="what you want to be asked about it")]


_columns = ("made_at", "course", "lesson", "quote", "note", "changed_at", "deleted_at")


class Highlights:
    name = "highlights"
    label = gettext_noop("Highlights")
    about = "What you marked in lessons, with your notes, and the questions that you made of it."
    record = Marked
    tables: Sequence[Table] = (
        Table("highlights", _columns, lambda one: [[getattr(one, column) for column in _columns]]),
    )

    def export(self, learner: User) -> Iterator[Marked]:
        rows = learner.highlights.select_related("lesson__course", "question")
        for row in rows.prefetch_related("question__answers"):
            yield Marked(
                made_at=row.made_at,
                course=row.lesson.course.slug,
                lesson=row.lesson.slug,
                address=row.address,
                whole=row.whole,
                quote=row.quote,
                prefix=row.prefix,
                suffix=row.suffix,
                place=row.place,
                note=row.note,
                changed_at=row.changed_at,
                deleted_at=row.deleted_at,
                asked=_asked(row.asked) if row.asked else None,
            )

    def take(self, learner: User, records: Sequence[Marked]) -> Iterator[tuple[Marked, Decision]]:
        lessons = lessons_of(records)
        known = {_words(row): row for row in learner.highlights.all()}
        counts = Counter(row.lesson_id for row in known.values())
        taken = set(OwnQuestion.objects.filter(question_key__in=_keys(records)).values_list("question_key", flat=True))
        new: list[cards.Key] = []
        for record in records:
            lesson = lessons.get((record.course, record.lesson))
            if lesson is None:
                yield record, NO_COURSE
            elif is_future(max(record.made_at, record.changed_at)):
                yield record, FROM_THE_FUTURE
            elif record.asked and not _can_be_asked(record.asked):
                yield record, NOT_ASKABLE
            else:
                made = _highlight(learner, lesson, record)
                row = known.get(_words(made), made)
                if row is made and counts[lesson.pk] >= highlights.MOST:
                    yield record, TOO_MANY
                    continue
                known[_words(made)] = row
                counts[lesson.pk] += row is made
                yield record, _take(row, made, record, taken, new)
        if new:
            cards.sync(learner=learner, also=new)


NOT_ASKABLE = Decision(Fate.REFUSED, gettext_noop("Its question has blanks that do not fit, or answers that do not."))
TOO_MANY = Decision(Fate.KEPT, gettext_noop("The lesson has as many highlights of yours as it can have."))
ANOTHERS = Decision(Fate.KEPT, gettext_noop("Its question belongs to another account here."))


def _words(row: Highlight) -> tuple[object, ...]:
    """Equal for two highlights of the same words."""
    return row.lesson_id, row.address, row.whole, row.place, row.quote, row.deleted_at is None


def _keys(records: Sequence[Marked]) -> set[str]:
    return {record.asked.key for record in records if record.asked}


def _asked(own: OwnQuestion) -> Asked:
    field, question = KINDS["cloze"].field, own_questions.question_of(own)
    answers = tuple(
        OwnReply(one.on, one.answered_at, field.fill(question, PLAIN, one.answer), one.fraction, one.knew)
        for one in sorted(own.answers.all(), key=lambda one: one.on)
    )
    blanks = tuple((start, end) for start, end in own.blanks)
    return Asked(own.question_key, own.made_at, own.text, blanks, answers)


def _highlight(learner: User, lesson: Lesson, record: Marked) -> Highlight:
    """Not saved yet."""
    names = ("address", "whole", "quote", "prefix", "suffix", "place", "note", "made_at", "changed_at", "deleted_at")
    return Highlight(learner=learner, lesson=lesson, **{name: getattr(record, name) for name in names})


def _take(row: Highlight, made: Highlight, record: Marked, taken: set[str], new: list[cards.Key]) -> Decision:
    """`row` is `made`, unless the same words were marked here."""
    asked = record.asked
    if asked and asked.key in taken and (row is made or not row.asked or row.asked.question_key != asked.key):
        return ANOTHERS
    changed = row is made
    if row is made:
        row.save()
    elif made.note and made.note not in row.note:
        highlights.add_note(row, made.note)
        changed = True
    if asked and not row.asked:
        own = _ask(row, asked)
        new.append(own.card_key)
        taken.add(asked.key)
        changed = True
    return TAKEN if changed else HERE


def _ask(highlight: Highlight, asked: Asked) -> OwnQuestion:
    own = _own(asked)
    own.highlight, own.learner, own.collection = highlight, highlight.learner, highlight.lesson.course.collection
    own.save()
    question = own_questions.question_of(own)
    OwnAnswer.objects.bulk_create(
        OwnAnswer(
            question=own,
            on=one.on,
            answer=(answer := KINDS["cloze"].field.read(question, PLAIN, one.answer)),
            fraction=rounded(KINDS["cloze"].mark(question, answer) or 0.0),
            knew=one.knew,
            answered_at=one.answered_at,
        )
        for one in asked.answers
    )
    highlight.question = own
    return own


def _own(asked: Asked) -> OwnQuestion:
    blanks = [list(blank) for blank in asked.blanks]
    return OwnQuestion(question_key=asked.key, text=asked.text, blanks=blanks, made_at=asked.made_at)


def _can_be_asked(asked: Asked) -> bool:
    ends = [place for blank in asked.blanks for place in blank]
    if ends != sorted(set(ends)) or ends[-1] > len(asked.text) or is_future(asked.made_at):
        return False
    question = own_questions.question_of(_own(asked))
    if KINDS["cloze"].problems(question) or len({one.on for one in asked.answers}) < len(asked.answers):
        return False
    try:
        for one in asked.answers:
            KINDS["cloze"].field.read(question, PLAIN, one.answer)
    except Unreadable:
        return False
    return not any(is_future(one.answered_at) for one in asked.answers)
