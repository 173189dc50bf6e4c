"""Writes rows of a folder into tables, many at a time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Max
from msgspec.structs import asdict

from courses.figures.data import Figure as FigureRow
from courses.figures.kinds import layout
from courses.folder import schemas
from courses.folder.schemas import UNDATED, Row, digest, plain
from courses.folder.stored import OPTION
from courses.models import Citation, Course, Coverage, Figure, Lesson, Term
from quizzes.models import Hint, Option, Question, Quiz, Slot
from sources.models import Claim, Collection, Source

T = TypeVar("T")


@dataclass(frozen=True)
class Target:
    """Where a table's rows go: what they belong to, what they are recognised by there, and what they bring."""

    model: Any
    owner: str
    name: str
    columns: tuple[str, ...]
    moments: tuple[str, ...] = ()
    """Columns with the time of writing."""


TARGETS = {
    "sources": Target(Source, "collection", "key", ("title", "publisher", "date", "url")),
    "claims": Target(
        Claim, "collection", "key", ("text", "status", "attributed_to", "as_of", "checked_on", "recheck_by")
    ),
    "terms": Target(Term, "course", "key", ("term", "script", "aliases", "meaning")),
    "questions": Target(
        Question,
        "collection",
        "key",
        ("kind", "marking", "tags", "difficulty", "objective", "text", "units", "confusables", "explanation"),
        ("reviewed_at",),
    ),
    "lessons": Target(Lesson, "course", "slug", ("title", "lede", "objectives", "reflect", "text")),
    "quizzes": Target(
        Quiz,
        "collection",
        "slug",
        (
            *("title", "setting", "tries", "shuffled", "confidence"),
            *("sees_mark", "sees_right", "sees_feedback", "sees_evidence"),
            *("opens_at", "closes_at", "time_limit", "attempts_allowed", "wait", "counts", "pass_mark"),
        ),
        ("edited_at",),
    ),
    "coverage": Target(Coverage, "course", "source", ("title", "sections")),
    "figures": Target(Figure, "course", "key", ("kind", "title", "description", "caption", "data", "layout")),
}
"""In an order in which nothing names what comes later."""


def chunks(items: Iterable[T], size: int = 500) -> Iterator[Sequence[T]]:
    """A query can name only so many things."""
    items = list(items)
    for start in range(0, len(items), size):
        yield items[start : start + size]


def save_course(collection: Collection, slug: str, row: schemas.Course) -> Course:
    collection.title, collection.language, collection.sourced = row.title, row.language, row.sourced
    collection.save(update_fields=["title", "language", "sourced"])
    columns = {name: getattr(row, name) for name in ("title", "language", "summary", "about", "sources_end")}
    columns |= {"wording": plain(row.wording), "opinion": plain(row.opinion) or {}}
    columns["certificate"] = plain(row.certificate)
    columns |= {"loaded_digest": digest(row), "retired": False}
    course, _made = Course.objects.update_or_create(collection=collection, slug=slug, defaults=columns)
    return course


class Saving:
    """Into one course and its collection."""

    def __init__(self, collection: Collection, course: Course) -> None:
        self.collection = collection
        self.owners = {"collection": collection, "course": course}

    def save(self, table: str, rows: Sequence[Any]) -> None:
        """Makes or updates the rows, with all that belongs to them. What they name is there already."""
        if not rows:
            return
        target = TARGETS[table]
        target.model.objects.bulk_create(
            [target.model(**self._owner(target), **_columns(target, row)) for row in rows],
            update_conflicts=True,
            unique_fields=[target.owner, target.name],
            update_fields=[*target.columns, *target.moments, "loaded_digest", "retired"],
        )
        if table == "claims":
            self._relink("claims", rows, Claim.sources.through, "sources")
        if table == "questions":
            self._relink("questions", rows, Question.claims.through, "claims")
            self._replace_options(rows)
            self._replace_hints(rows)
        if table == "lessons":
            shown = Quiz.objects.filter(lesson_of_checks__retired=False, collection=self.collection)
            shown.filter(retired=True).update(retired=False)
        if table == "quizzes":
            self._replace_slots(rows)
            self._link_lessons(rows)

    def retire(self, table: str, keys: Iterable[str]) -> None:
        """Kept for what was done with it; a later load may bring it back."""
        ids = self.ids(table)
        for some in chunks(ids[key] for key in keys):
            TARGETS[table].model.objects.filter(pk__in=some).update(retired=True, loaded_digest="")
            if table == "lessons":
                Citation.objects.filter(lesson__in=some).delete()
                Quiz.objects.filter(lesson_of_checks__in=some).update(retired=True)
            if table == "quizzes":
                Lesson.objects.filter(quiz__in=some).update(quiz=None)

    def place(self, table: str, keys: Iterable[str]) -> None:
        """In this order; what the folder does not name comes after."""
        target, order = TARGETS[table], {key: position for position, key in enumerate(keys, 1)}
        moved = []
        for row in target.model.objects.filter(**self._owner(target)).only(target.name, "position"):
            position = order.get(getattr(row, target.name), len(order) + 1)
            if row.position != position:
                row.position = position
                moved.append(row)
        target.model.objects.bulk_update(moved, ["position"], batch_size=500)

    def place_last(self, table: str, keys: Sequence[str]) -> None:
        """In this order, after all others."""
        target = TARGETS[table]
        rows = target.model.objects.filter(**self._owner(target))
        others = rows.exclude(**{f"{target.name}__in": keys})
        last = others.aggregate(last=Max("position"))["last"] or 0
        for position, key in enumerate(keys, last + 1):
            rows.filter(**{target.name: key}).update(position=position)

    def note_loaded(self, table: str, key: str, row_digest: str) -> None:
        """That a folder said this of a row, whatever the row says."""
        if table == "course":
            Course.objects.filter(collection=self.collection).update(loaded_digest=row_digest)
        else:
            target = TARGETS[table]
            rows = target.model.objects.filter(**self._owner(target), **{target.name: key})
            rows.update(loaded_digest=row_digest)

    def ids(self, table: str) -> dict[str, int]:
        target = TARGETS[table]
        return dict(target.model.objects.filter(**self._owner(target)).values_list(target.name, "pk"))

    def _owner(self, target: Target) -> dict[str, Any]:
        return {target.owner: self.owners[target.owner]}

    def _relink(self, table: str, rows: Iterable[Any], through: Any, linked: str) -> None:
        """The links that rows of one table have to another, in their order."""
        ids, linked_ids = self.ids(table), self.ids(linked)
        _link(through, {ids[row.key]: [linked_ids[key] for key in getattr(row, linked)] for row in rows})

    def _replace_options(self, rows: Sequence[schemas.Question]) -> None:
        questions, claims = self.ids("questions"), self.ids("claims")
        made, links = [], {}
        for some in chunks(rows):
            Option.objects.filter(question__in=[questions[row.key] for row in some]).delete()
        for row in rows:
            for position, option in enumerate(row.options):
                columns = {name: getattr(option, name) for name in OPTION}
                made.append(Option(question_id=questions[row.key], position=position, **columns))
                links[(questions[row.key], position)] = [claims[key] for key in option.claims]
        Option.objects.bulk_create(made)
        ids = Option.objects.filter(question__collection=self.collection)
        places = {(question, position): pk for question, position, pk in ids.values_list("question", "position", "pk")}
        _link(Option.claims.through, {places[place]: targets for place, targets in links.items()})

    def _replace_hints(self, rows: Sequence[schemas.Question]) -> None:
        questions = self.ids("questions")
        for some in chunks(rows):
            Hint.objects.filter(question__in=[questions[row.key] for row in some]).delete()
        Hint.objects.bulk_create(
            Hint(question_id=questions[row.key], position=position, **asdict(hint))
            for row in rows
            for position, hint in enumerate(row.hints)
        )

    def _replace_slots(self, rows: Sequence[schemas.Quiz]) -> None:
        quizzes, questions = self.ids("quizzes"), self.ids("questions")
        for some in chunks(rows):
            Slot.objects.filter(quiz__in=[quizzes[row.slug] for row in some]).delete()
        made = []
        for row in rows:
            for position, columns in enumerate(_slots(row, questions)):
                made.append(Slot(quiz_id=quizzes[row.slug], position=position, **columns))
        Slot.objects.bulk_create(made)

    def _link_lessons(self, rows: Sequence[schemas.Quiz]) -> None:
        """First none, so that two lessons may exchange their quizzes."""
        quizzes, lessons = self.ids("quizzes"), self.ids("lessons")
        for some in chunks(rows):
            Lesson.objects.filter(quiz__in=[quizzes[row.slug] for row in some]).update(quiz=None)
        for row in rows:
            if row.lesson:
                Lesson.objects.filter(pk=lessons[row.lesson]).update(quiz=quizzes[row.slug])


def _slots(quiz: schemas.Quiz, questions: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    for part in quiz.parts:
        for key in part.questions:
            yield {"section": part.title, "question_id": questions[key], "weight": quiz.weights.get(key, 1)}
        for draw in part.draws:
            yield {"section": part.title, **asdict(draw)}


def _columns(target: Target, row: Row) -> dict[str, Any]:
    columns = _renamed(row)
    columns |= {name: plain(getattr(row, name)) for name in (target.name, *target.columns) if name not in columns}
    if columns.get("date") == UNDATED:
        columns["date"] = ""
    return columns | {"loaded_digest": digest(row), "retired": False}


def _renamed(row: Row) -> dict[str, Any]:
    """Columns that the folder has under another name, or that follow from what it has."""
    if isinstance(row, FigureRow):
        return {"layout": layout(row)}
    if isinstance(row, schemas.Quiz):
        return {"attempts_allowed": row.attempts} | {f"sees_{what}": when for what, when in asdict(row.sees).items()}
    return {}


def _link(through: Any, links: Mapping[int, Iterable[int]]) -> None:
    owner, target = (field.name for field in through._meta.fields if field.is_relation)
    for some in chunks(links):
        through.objects.filter(**{f"{owner}__in": some}).delete()
    through.objects.bulk_create(
        through(**{f"{owner}_id": one, f"{target}_id": other}) for one, others in links.items() for other in others
    )
