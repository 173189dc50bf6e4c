"""From a folder to the database: all of it or nothing, and as often as one likes."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q
from msgspec.structs import replace

from accounts.models import User
from courses.deriving import checks_slug, derive
from courses.figures.kinds import layout
from courses.figures.showing import data_of
from courses.folder import schemas
from courses.folder.comparing import Action, Decision, Edit, Edits, compare
from courses.folder.entries import Reading
from courses.folder.faults import Fault, Refused
from courses.folder.reading import Track, read, untracked
from courses.folder.saving import TARGETS, Saving, chunks, save_course
from courses.folder.schemas import Contents, digest
from courses.folder.stored import Stored, Tables, stored
from courses.models import Course
from courses.search.indexing import refresh_loaded
from quizzes.clock import set_anew
from quizzes.models import Attempt, Edition, Quiz, Slot
from quizzes.publishing import NotPublishable, documents, publish
from sources.models import Claim, Collection

WRITTEN = (Action.CREATED, Action.UPDATED)
HINT = "To let the folder win over the admin: --overwrite. To keep the edits: --keep."


@dataclass(frozen=True)
class Edited:
    """A row that was edited in the admin: where the folder has it, or had it."""

    table: str
    key: str
    place: Fault
    edit: Edit


@dataclass(frozen=True)
class Summary:
    """What a load did with each row of each table, what had been edited in the admin, and what was published."""

    course: Course
    plan: Mapping[str, Mapping[str, Decision]]
    edited: list[Edited]
    published: list[Quiz]

    @property
    def actions(self) -> dict[str, Counter[Action]]:
        """How many rows of each table were created, updated, left, retired and kept."""
        return {table: Counter(one.action for one in rows.values()) for table, rows in self.plan.items()}

    @property
    def editions(self) -> int:
        return len(self.published)

    def keys(self, table: str, action: Action) -> list[str]:
        return [key for key, one in self.plan[table].items() if one.action is action]

    @property
    def fingerprint(self) -> str:
        """Of what was edited, on both sides: another one says that there is something new to decide."""
        told = [
            (one.table, one.key, digest(one.edit.stored.row), one.edit.stored.retired, one.edit.settled_digest)
            for one in self.edited
        ]
        return sha256(repr(told).encode()).hexdigest()


def load(
    folder: str | Path,
    *,
    edits: Edits = Edits.ASK,
    dry_run: bool = False,
    by: User | None = None,
    track: Track[Any] = untracked,
) -> Summary:
    """Raises Refused with all that is wrong; then nothing was changed. A dry run does everything and takes it back.

    A second load waits for the first: on SQLite every transaction does, elsewhere by a lock on the collection.
    """
    reading = read(folder, track)
    contents = reading.contents()
    with transaction.atomic():
        summary = _Loading(reading, contents, edits, by, track).run()
        if dry_run:
            transaction.set_rollback(True)
    return summary


@dataclass
class _Loading:
    reading: Reading
    contents: Contents
    edits: Edits
    by: User | None
    track: Track[Any]
    plan: dict[str, dict[str, Decision]] = field(default_factory=dict)

    def run(self) -> Summary:
        collection, course = _locked(self.contents.slug, owner=self.by)
        before = stored(collection, course)
        edited = self._decide(before)
        if course is None or self._with("course", *WRITTEN):
            course = save_course(collection, self.contents.slug, self.contents.course)
        saving = Saving(collection, course)
        self._doubt(collection, before["claims"])
        self._save(saving)
        self._settle(saving, edited)
        self._reschedule(collection, before["quizzes"])
        self._derive(course)
        self._index(course)
        return Summary(course, self.plan, edited, self._publish(collection))

    def _decide(self, before: Tables) -> list[Edited]:
        if taken := list(self._taken_slugs(before)):
            raise Refused(taken)
        edited = []
        for table, rows in self.contents.tables().items():
            self.plan[table] = dict(compare(rows, before[table], overwrite=self.edits is Edits.OVERWRITE))
            for key, decision in self.plan[table].items():
                if edit := decision.edit:
                    edited.append(Edited(table, key, self.reading.fault(table, key, edit.message), edit))
        conflicts = [one.place for one in edited if one.edit.is_conflict]
        if conflicts and self.edits is Edits.ASK:
            raise Refused(conflicts, hint=HINT)
        return edited

    def _taken_slugs(self, before: Tables) -> Iterable[Fault]:
        for slug, place in self.reading.texts.items():
            quiz = checks_slug(slug)
            if place.text.checks and quiz in before["quizzes"]:
                yield Fault(place.file, 0, f'Its checks make a quiz "{quiz}", and another one of that name exists.')

    def _save(self, saving: Saving) -> None:
        tables = self.contents.tables()
        for table in self.track(list(TARGETS), "Saving"):
            saving.save(table, [tables[table][key] for key in self._with(table, *WRITTEN)])
            saving.retire(table, self._with(table, Action.RETIRED))
        saving.place("terms", self.contents.terms)
        saving.place("figures", self.contents.figures)
        if self._with("course", *WRITTEN):
            saving.place("lessons", self.contents.lessons)
        else:
            saving.place_last("lessons", self._with("lessons", Action.CREATED))

    def _settle(self, saving: Saving, edited: Iterable[Edited]) -> None:
        """What is kept over a change in the folder is no conflict the next time."""
        for one in edited:
            if one.edit.is_conflict and self.plan[one.table][one.key].action is Action.KEPT:
                saving.note_loaded(one.table, one.key, one.edit.settled_digest)

    def _doubt(self, collection: Collection, before: Mapping[str, Stored]) -> None:
        """What stands on a claim with new content needs review, unless it is written now too; a claim with new dates
        alone was confirmed."""
        claims = Claim.objects.filter(collection=collection)
        changed = self._with("claims", Action.RETIRED)
        confirmed: list[str] = []
        for key in self._with("claims", Action.UPDATED):
            old, new = before[key].row, self.contents.claims[key]
            if digest(old) != digest(new):
                (confirmed if _differ_in_dates_alone(old, new) else changed).append(key)
        for some in chunks(changed):
            claims.filter(key__in=some).put_in_doubt()
        for some in chunks(confirmed):
            claims.filter(key__in=some).take_out_of_doubt()

    def _reschedule(self, collection: Collection, before: Mapping[str, Stored]) -> None:
        """Attempts that run at a quiz whose closing date has changed are due at another time."""
        closing = {slug: self.contents.quizzes[slug].closes_at for slug in self._with("quizzes", Action.UPDATED)}
        moved = [slug for slug, at in closing.items() if before[slug].row.closes_at != at]  # type: ignore[attr-defined]
        if moved:
            set_anew(Attempt.objects.filter(quiz__collection=collection, quiz__slug__in=moved))

    def _with(self, table: str, *actions: Action) -> list[str]:
        return [key for key, decision in self.plan[table].items() if decision.action in actions]

    def _derive(self, course: Course) -> None:
        lessons = {lesson.slug: lesson for lesson in course.lessons.select_related("course__collection")}
        for slug in self.track(self._with("lessons", *WRITTEN), "Citations and checks"):
            derive(lesson=lessons[slug])
        self._draw_anew(course)

    def _index(self, course: Course) -> None:
        searched = ("lessons", "terms", "claims", "sources")
        refresh_loaded(course, {table: self._with(table, *WRITTEN, Action.RETIRED) for table in searched})

    def _draw_anew(self, course: Course) -> None:
        """Figures whose data are as they were, in case the way they are laid out has changed since."""
        for figure in course.figures.filter(retired=False, key__in=self._with("figures", Action.LEFT, Action.KEPT)):
            current = layout(data_of(figure))
            if current != figure.layout:
                figure.layout = current
                figure.save(update_fields=["layout"])

    def _publish(self, collection: Collection) -> list[Quiz]:
        """Returns those that got a new edition."""
        faults, published = [], []
        touched = self._touched(collection)
        contents = {quiz: document for some in chunks(touched, 100) for quiz, document in documents(some).items()}
        for quiz in self.track(touched, "Publishing"):
            try:
                if publish(quiz=quiz, by=self.by, contents=contents[quiz.pk])[1]:
                    published.append(quiz)
            except NotPublishable as error:
                faults += [Fault(f"quiz {quiz.slug}", 0, f"Not to be published. {why}") for why in error.problems]
        if faults:
            raise Refused(faults)
        return published

    def _touched(self, collection: Collection) -> list[Quiz]:
        """Quizzes that this load wrote, that ask a question it wrote or may draw another one now, or that have no
        edition yet. What a teacher made in the admin and did not publish is left alone."""
        shown = Q(in_lesson=False) | Q(lesson_of_checks__retired=False)
        quizzes = Quiz.objects.filter(shown, collection=collection, retired=False)
        slots = Slot.objects.filter(quiz__collection=collection).values_list("quiz", "question__key", "tag")
        written = set(self._with("questions", *WRITTEN))
        redrawn = self._with("questions", *WRITTEN, Action.RETIRED) + self._with("lessons", *WRITTEN, Action.RETIRED)
        asking = {quiz for quiz, key, tag in slots if key in written or (tag and redrawn)}
        published = set(Edition.objects.filter(quiz__collection=collection).values_list("quiz", flat=True))
        touched = []
        for quiz in quizzes.select_related("collection", "lesson_of_checks"):
            action = self._action_of(quiz)
            if action in WRITTEN or (quiz.pk in asking if quiz.pk in published else action is Action.LEFT):
                touched.append(quiz)
        return touched

    def _action_of(self, quiz: Quiz) -> Action | None:
        """What was done with a quiz, or with the lesson whose checks it is."""
        if quiz.in_lesson:
            return self._action("lessons", quiz.lesson_of_checks.slug)
        return self._action("quizzes", quiz.slug)

    def _action(self, table: str, key: str) -> Action | None:
        decision = self.plan[table].get(key)
        return decision.action if decision else None


def _differ_in_dates_alone(old: Any, new: schemas.Claim) -> bool:
    return digest(old) == digest(replace(new, checked_on=old.checked_on, recheck_by=old.recheck_by))


def collection_for(slug: str) -> Collection | None:
    """What a course of this slug is loaded into; None where a collection would have to be made."""
    collections = Collection.objects.all()
    return collections.filter(course__slug=slug).first() or collections.filter(slug=slug).first()


def _locked(slug: str, *, owner: User | None) -> tuple[Collection, Course | None]:
    """The course's collection, made if need be, and the course, if there is one; nobody else loads it meanwhile. What
    nobody in particular loads is open to every teacher."""
    collection = collection_for(slug)
    if collection is None:
        fresh = {"title": slug, "owner": owner, "open_to_teachers": owner is None}
        collection, _made = Collection.objects.get_or_create(slug=slug, defaults=fresh)
    Collection.objects.select_for_update().get(pk=collection.pk)
    course = Course.objects.filter(collection=collection).first()
    if course and course.slug != slug:
        raise Refused([Fault(slug, 0, f'The collection of this name belongs to another course, "{course.slug}".')])
    return collection, course
