"""From a folder to the database: all of it or nothing, and as often as one likes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q

from courses.deriving import checks_slug, derive
from courses.figures.kinds import layout
from courses.figures.showing import data_of
from courses.folder.comparing import Action, Conflict, compare
from courses.folder.entries import Reading
from courses.folder.faults import Fault, Refused
from courses.folder.reading import Track, read, untracked
from courses.folder.saving import TARGETS, Saving, chunks, save_course
from courses.folder.schemas import Contents
from courses.folder.stored import Tables, stored
from courses.models import Course
from quizzes.models import Edition, Quiz, Slot
from quizzes.publishing import NotPublishable, documents, publish
from sources.models import Collection

WRITTEN = (Action.CREATED, Action.UPDATED)


@dataclass(frozen=True)
class Summary:
    """How many rows of each table were created, updated, left, retired and kept."""

    actions: dict[str, Counter[Action]]
    editions: int


def load(
    folder: str | Path, *, overwrite: bool = False, dry_run: bool = False, track: Track[Any] = untracked
) -> Summary:
    """Raises Refused with all that is wrong; then nothing was changed. A dry run does everything and takes it back.

    A second load waits for the first: on SQLite every transaction does, elsewhere by a lock on the collection.
    """
    reading = read(folder, track)
    contents = reading.contents()
    with transaction.atomic():
        summary = _Loading(reading, contents, overwrite, track).run()
        if dry_run:
            transaction.set_rollback(True)
    return summary


@dataclass
class _Loading:
    reading: Reading
    contents: Contents
    overwrite: bool
    track: Track[Any]
    plan: dict[str, dict[str, Action]] = field(default_factory=dict)

    def run(self) -> Summary:
        collection, course = _locked(self.contents.slug)
        self._decide(stored(collection, course))
        if course is None or self.plan["course"][self.contents.slug] in WRITTEN:
            course = save_course(collection, self.contents.slug, self.contents.course)
        self._save(Saving(collection, course))
        self._derive(course)
        actions = {table: Counter(actions.values()) for table, actions in self.plan.items()}
        return Summary(actions, self._publish(collection))

    def _decide(self, before: Tables) -> None:
        if taken := list(self._taken_slugs(before)):
            raise Refused(taken)
        conflicts = []
        for table, rows in self.contents.tables().items():
            self.plan[table] = {}
            for key, action in compare(rows, before[table], overwrite=self.overwrite):
                if isinstance(action, Conflict):
                    conflicts.append(self.reading.fault(table, key, action.message))
                else:
                    self.plan[table][key] = action
        if conflicts:
            raise Refused(conflicts, hint="To let the folder win over the admin: --overwrite.")

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

    def _with(self, table: str, *actions: Action) -> list[str]:
        return [key for key, action in self.plan[table].items() if action in actions]

    def _derive(self, course: Course) -> None:
        lessons = {lesson.slug: lesson for lesson in course.lessons.select_related("course__collection")}
        for slug in self.track(self._with("lessons", *WRITTEN), "Citations and checks"):
            derive(lesson=lessons[slug])
        self._draw_anew(course)

    def _draw_anew(self, course: Course) -> None:
        """Figures whose data are as they were, in case the way they are laid out has changed since."""
        for figure in course.figures.filter(retired=False, key__in=self._with("figures", Action.LEFT, Action.KEPT)):
            current = layout(data_of(figure))
            if current != figure.layout:
                figure.layout = current
                figure.save(update_fields=["layout"])

    def _publish(self, collection: Collection) -> int:
        """Returns how many editions that made."""
        faults, made = [], 0
        touched = self._touched(collection)
        contents = {quiz: document for some in chunks(touched, 100) for quiz, document in documents(some).items()}
        for quiz in self.track(touched, "Publishing"):
            try:
                made += publish(quiz=quiz, contents=contents[quiz.pk])[1]
            except NotPublishable as error:
                faults += [Fault(f"quiz {quiz.slug}", 0, f"Not to be published. {why}") for why in error.problems]
        if faults:
            raise Refused(faults)
        return made

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
            return self.plan["lessons"].get(quiz.lesson_of_checks.slug)
        return self.plan["quizzes"].get(quiz.slug)


def _locked(slug: str) -> tuple[Collection, Course | None]:
    """The course's collection, made if need be, and the course, if there is one; nobody else loads it meanwhile."""
    collection = Collection.objects.filter(course__slug=slug).first()
    if collection is None:
        collection, _made = Collection.objects.get_or_create(slug=slug, defaults={"title": slug})
    Collection.objects.select_for_update().get(pk=collection.pk)
    course = Course.objects.filter(collection=collection).first()
    if course and course.slug != slug:
        raise Refused([Fault(slug, 0, f'The collection of this name belongs to another course, "{course.slug}".')])
    return collection, course
