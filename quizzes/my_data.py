"""What this room holds on somebody, for a file of theirs (accounts.my_data): no more than a page would tell by now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal

from django.db.models import F
from django.utils.translation import gettext_noop
from msgspec import Meta

from accounts.models import User
from accounts.my_data import Count, Decision, Digest, Record, Slug, Small, Table, Time, for_information, table_of
from quizzes import importing, regrading
from quizzes.engine.kinds import KINDS
from quizzes.engine.seeds import PLAIN
from quizzes.looks import Look, looks_of
from quizzes.models import Allowance, Attempt, Dispute, Edition, HandMark, Regrade, Response
from quizzes.sittings import Sitting, dealt


class MarkByHand(Record, frozen=True):
    marked_at: Annotated[Time, Meta(description="when")]
    credits: Annotated[tuple[float, ...], Meta(description="for each row of the rubric, shares from 0 to 1")]
    comment: Annotated[str, Meta(description="the teacher's")]


class Answer(Record, frozen=True):
    slot: Annotated[Small, Meta(description="the question's place in the quiz as it was written, from 0")]
    try_number: Annotated[int, Meta(ge=1, le=999, description="1 for the first answer to it")]
    question: Annotated[Slug, Meta(description="its key")]
    answered_at: Annotated[Time, Meta(description="when")]
    answer: Annotated[
        dict[str, list[str]],
        Meta(
            description="what you filled in, by the name of the field: `answer` for what you chose or wrote, "
            "`answer-` and a row for what you chose for it"
        ),
    ]
    fraction: Annotated[
        Decimal | None, Meta(description="1 for right, 0 for wrong; null while a teacher has to mark it")
    ]
    mark: Annotated[Decimal | None, Meta(description="by how much it changed the mark of the attempt")]
    hints: Annotated[Small, Meta(description="how many you had taken")]
    confidence: Annotated[
        Literal[1, 2, 3] | None, Meta(description="1 not sure, 2 fairly sure, 3 very sure; null if not said")
    ]
    late: Annotated[bool, Meta(description="it came after the deadline, and does not count")]
    void: Annotated[bool, Meta(description="a teacher dropped the question")]
    by_hand: Annotated[MarkByHand | None, Meta(description="a teacher's mark for it")]


class Regraded(Record, frozen=True):
    at: Annotated[Time, Meta(description="when")]
    slot: Annotated[Small, Meta(description="of the question")]
    reason: Annotated[str, Meta(description="in the teacher's words")]
    before: Annotated[float, Meta(description="what the question had earned")]
    after: Annotated[float, Meta(description="what it earned then")]
    dropped: Annotated[bool, Meta(description="whether it was taken out of the quiz")]


class AttemptRecord(Record, frozen=True):
    started_at: Annotated[Time, Meta(description="when you started")]
    collection: Annotated[Slug, Meta(description="what the course's questions are called together")]
    quiz: Annotated[Slug, Meta(description="the quiz, or a lesson's checks")]
    digest: Annotated[Digest, Meta(description="of what everybody sees of the quiz as it was then")]
    edition: Annotated[Count, Meta(description="1 for the first that looked so; a key may be mended later")]
    number: Annotated[
        int, Meta(ge=1, le=1_000_000, description="1 for your first attempt at the quiz; reviews are counted apart")
    ]
    in_review: Annotated[bool, Meta(description="it holds what a day's review asked, and is no attempt at the quiz")]
    set_aside: Annotated[bool, Meta(description="it does not count, since another one ran at the same time")]
    due_at: Annotated[Time | None, Meta(description="the deadline")]
    finished_at: Annotated[Time | None, Meta(description="null while it runs")]
    seed: Annotated[str, Meta(max_length=32, description="chance: decides the order of questions and options")]
    drawn: Annotated[tuple[Slug, ...], Meta(description="keys of the questions that were drawn for you")]
    hints: Annotated[dict[str, Small], Meta(description="how many you took, by slot")]
    flags: Annotated[tuple[Small, ...], Meta(description="slots that you marked to come back to")]
    told: Annotated[bool, Meta(description="whether you may see marks by now; without that they are not in here")]
    mark: Annotated[Decimal | None, Meta(description="what it earned so far")]
    full_mark: Annotated[float | None, Meta(description="the most it could earn")]
    regrades: Annotated[tuple[Regraded, ...], Meta(description="what teachers put right afterwards")]
    answers: Annotated[tuple[Answer, ...], Meta(description="every answer you gave")]


_IN_NO_TABLE = {"digest", "seed", "drawn", "hints", "flags", "regrades", "answers", "by_hand"}
_of_attempt = tuple(name for name in AttemptRecord.__struct_fields__ if name not in _IN_NO_TABLE)
_of_answer = tuple(name for name in Answer.__struct_fields__ if name not in _IN_NO_TABLE)


def _row(record: AttemptRecord) -> Iterator[Sequence[object]]:
    yield [getattr(record, name) for name in _of_attempt]


def _answers(record: AttemptRecord) -> Iterator[Sequence[object]]:
    of = (record.collection, record.quiz, record.edition, record.number, record.in_review)
    for answer in record.answers:
        own = {name: getattr(answer, name) for name in _of_answer} | {"answer": _words(answer.answer)}
        yield [*of, *own.values()]


def _words(answer: dict[str, list[str]]) -> str:
    """What was filled in, for a cell of a table."""
    parts = [(name.partition("-")[2], "; ".join(values)) for name, values in sorted(answer.items())]
    return "; ".join(f"{row}: {said}" if row else said for row, said in parts)


class Attempts:
    name = "attempts"
    label = gettext_noop("Attempts and answers")
    about = "Every quiz you took, every check you answered in a lesson and every review, with all answers."
    record = AttemptRecord
    tables: Sequence[Table] = (
        Table("attempts", _of_attempt, _row),
        Table("answers", ("collection", "quiz", "edition", "number", "in_review", *_of_answer), _answers),
    )

    def export(self, learner: User) -> Iterator[AttemptRecord]:
        """Six queries, and one for each edition that this process reads for the first time."""
        attempts = learner.attempts.select_related("quiz__collection", "edition").defer("edition__document")
        given: dict[int, list[Response]] = {}
        for response in learner.responses.order_by("slot", "try_number"):
            given.setdefault(response.attempt_id, []).append(response)
        marks = {mark.response_id: mark for mark in HandMark.objects.filter(response__learner=learner).order_by("pk")}
        notices = regrading.dated_notices(learner)
        looks = looks_of(learner.attempts.values("quiz"))
        for attempt in attempts.order_by("pk"):
            one = Told(
                attempt, given.get(attempt.pk, []), looks[attempt.edition_id], notices.get(attempt.pk, ()), marks
            )
            yield one.record

    def take(self, learner: User, records: Sequence[AttemptRecord]) -> Iterable[tuple[AttemptRecord, Decision]]:
        return importing.take_attempts(learner, records)


@dataclass(frozen=True)
class Told:
    """An attempt as its learner may be told of it."""

    attempt: Attempt
    given: list[Response]
    look: Look
    notices: Sequence[tuple[Regrade, int, regrading.Notice]]
    marks: Mapping[int, HandMark]
    """The newest for each response."""

    @cached_property
    def sitting(self) -> Sitting:
        return Sitting(self.attempt, dealt(self.attempt, self.attempt.edition.digest))

    @cached_property
    def is_told(self) -> bool:
        return self.sitting.sees("mark")

    @property
    def record(self) -> AttemptRecord:
        attempt, told = self.attempt, self.is_told
        return AttemptRecord(
            started_at=attempt.started_at,
            collection=attempt.quiz.collection.slug,
            quiz=attempt.quiz.slug,
            digest=self.look.digest,
            edition=self.look.number,
            number=attempt.number,
            in_review=attempt.in_review,
            set_aside=attempt.set_aside,
            due_at=attempt.due_at,
            finished_at=attempt.finished_at,
            seed=attempt.seed,
            drawn=tuple(attempt.drawn),
            hints=attempt.hints,
            flags=tuple(attempt.flags),
            told=told,
            mark=attempt.mark if told else None,
            full_mark=attempt.weight if told else None,
            regrades=tuple(_regraded(*one) for one in self.notices) if told else (),
            answers=tuple(map(self._answer, self.given)),
        )

    def _answer(self, response: Response) -> Answer:
        question, told = self.sitting.question(response.slot), self.is_told
        return Answer(
            slot=response.slot,
            try_number=response.try_number,
            question=response.question_key,
            answered_at=response.answered_at,
            answer=KINDS[question.kind].field.fill(question, PLAIN, response.answer),
            fraction=response.fraction if told else None,
            mark=response.mark if told else None,
            hints=response.hints,
            confidence=response.confidence,  # type: ignore[arg-type]
            late=response.late,
            void=response.void and told,
            by_hand=self._by_hand(self.marks[response.pk]) if told and response.pk in self.marks else None,
        )

    def _by_hand(self, mark: HandMark) -> MarkByHand:
        comment = mark.comment if self.sitting.sees("feedback") else ""
        return MarkByHand(mark.marked_at, tuple(mark.credits), comment)


def _regraded(regrade: Regrade, slot: int, notice: regrading.Notice) -> Regraded:
    return Regraded(regrade.made_at, slot, notice.reason, notice.before, notice.after, notice.dropped)


class Challenge(Record, frozen=True):
    made_at: Annotated[Time, Meta(description="when")]
    collection: Annotated[Slug, Meta(description="of the course")]
    quiz: Annotated[Slug, Meta(description="that asked the question")]
    question: Annotated[Slug, Meta(description="its key")]
    answered_question_at: Annotated[Time, Meta(description="when you gave the answer that it is about")]
    reason: Annotated[str, Meta(description="why you think the question is wrong")]
    link: Annotated[str, Meta(description="that you gave with it")]
    state: Annotated[str, Meta(description="open, kept (the question stays) or mended")]
    reply: Annotated[str, Meta(description="the teacher's")]
    answered_at: Annotated[Time | None, Meta(description="when a teacher replied")]


class Challenges:
    name = "challenges"
    label = gettext_noop("Challenges")
    about = "Where you said that a question is wrong, and what was replied."
    record = Challenge
    tables: Sequence[Table] = (table_of("challenges", Challenge),)

    def export(self, learner: User) -> Iterator[Challenge]:
        rows = Dispute.objects.filter(response__learner=learner)
        for row in rows.select_related("response__attempt__quiz__collection"):
            quiz, response = row.response.attempt.quiz, row.response
            yield Challenge(
                made_at=row.made_at,
                collection=quiz.collection.slug,
                quiz=quiz.slug,
                question=response.question_key,
                answered_question_at=response.answered_at,
                reason=row.reason,
                link=row.link,
                state=row.state,
                reply=row.reply,
                answered_at=row.answered_at,
            )

    def take(self, learner: User, records: Sequence[Challenge]) -> Iterable[tuple[Challenge, Decision]]:
        """A teacher has answered them where they were made; nobody fills another one's list by a file."""
        return for_information(records)


class MoreTime(Record, frozen=True):
    collection: Annotated[Slug | None, Meta(description="null for every quiz")]
    quiz: Annotated[Slug | None, Meta(description="null for every quiz")]
    factor: Annotated[float, Meta(description="on the time limit")]
    minutes: Annotated[Small, Meta(description="on top of that")]


class Allowances:
    name = "allowances"
    label = gettext_noop("Allowances")
    about = "More time that a teacher allows you."
    record = MoreTime
    tables: Sequence[Table] = (table_of("allowances", MoreTime),)

    def export(self, learner: User) -> Iterator[MoreTime]:
        for row in Allowance.objects.filter(learner=learner).select_related("quiz__collection"):
            collection = row.quiz.collection.slug if row.quiz else None
            yield MoreTime(collection, row.quiz.slug if row.quiz else None, row.factor, row.minutes)

    def take(self, learner: User, records: Sequence[MoreTime]) -> Iterable[tuple[MoreTime, Decision]]:
        """A teacher here gives them."""
        return for_information(records)


class Taught(Record, frozen=True):
    at: Annotated[Time, Meta(description="when")]
    did: Annotated[
        Literal["published", "marked", "regraded", "undid a regrade", "answered a challenge"], Meta(description="what")
    ]
    collection: Annotated[Slug, Meta(description="of the course")]
    quiz: Annotated[Slug, Meta(description="that it was about")]
    words: Annotated[str, Meta(description="what you wrote: a note, a comment, a reason or a reply")]


class Teaching:
    """What teachers wrote is theirs; whom it was about is not."""

    name = "teaching"
    label = gettext_noop("Work as a teacher")
    about = "What you did as a teacher: editions you published, answers you marked, challenges you replied to."
    record = Taught
    tables: Sequence[Table] = (table_of("teaching", Taught),)

    def export(self, learner: User) -> Iterator[Taught]:
        for did, rows, at, quiz, words in _taught(learner):
            where = (f"{quiz}__collection__slug", f"{quiz}__slug")
            for row_at, collection, slug, said in rows.values_list(at, *where, words or F("pk")):
                yield Taught(row_at, did, collection, slug, said if words else "")

    def take(self, learner: User, records: Sequence[Taught]) -> Iterable[tuple[Taught, Decision]]:
        return for_information(records)


def _taught(teacher: User) -> Iterator[tuple[Any, Any, str, str, str]]:
    """What, of which rows, and the names of what is told of them."""
    of_response = "response__attempt__quiz"
    yield "published", Edition.objects.filter(published_by=teacher), "published_at", "quiz", "note"
    yield "marked", HandMark.objects.filter(marked_by=teacher), "marked_at", of_response, "comment"
    yield "regraded", Regrade.objects.filter(made_by=teacher), "made_at", "quiz", "reason"
    yield "undid a regrade", Regrade.objects.filter(undone_by=teacher), "undone_at", "quiz", ""
    yield "answered a challenge", Dispute.objects.filter(answered_by=teacher), "answered_at", of_response, "reply"
