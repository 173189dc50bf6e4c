"""Writes rows of a folder into tables, many at a time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from courses.figures.data import Figure as FigureRow
from courses.figures.kinds import layout
from courses.folder import schemas
from courses.folder.schemas import UNDATED, Row, digest, plain
from courses.models import Citation, Course, Coverage, Figure, Lesson, Term
from quizzes.models import Option, Question, Quiz, Slot
from sources.models import Claim, Collection, Source

T = TypeVar("T")


@dataclass(frozen=True)
class Target:
    """Where a table's rows go: what they belong to, what they are recognised by there, and what they bring."""

    model: Any
    owner: str
    name: str
    columns: tuple[str, ...]


TARGETS = {
    "sources": Target(Source, "collection", "key", ("title", "publisher", "date", "url")),
    "claims": Target(
        Claim, "collection", "key", ("text", "status", "attributed_to", "as_of", "checked_on", "recheck_by")
    ),
    "terms": Target(Term, "course", "key", ("term", "script", "meaning")),
    "questions": Target(Question, "collection", "key", ("kind", "marking", "tags", "text", "explanation")),
    "lessons": Target(Lesson, "course", "slug", ("title", "lede", "objectives", "reflect", "text")),
    "quizzes": Target(Quiz, "collection", "slug", ("title", "setting", "tries")),
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
            update_fields=[*target.columns, "loaded_digest", "retired"],
        )
        if table == "claims":
            self._relink("claims", rows, Claim.sources.through, "sources")
        if table == "questions":
            self._relink("questions", rows, Question.claims.through, "claims")
            self._replace_options(rows)
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
                columns = {name: getattr(option, name) for name in ("text", "credit", "feedback")}
                made.append(Option(question_id=questions[row.key], position=position, **columns))
                links[(questions[row.key], position)] = [claims[key] for key in option.claims]
        Option.objects.bulk_create(made)
        ids = Option.objects.filter(question__collection=self.collection)
        places = {(question, position): pk for question, position, pk in ids.values_list("question", "position", "pk")}
        _link(Option.claims.through, {places[place]: targets for place, targets in links.items()})

    def _replace_slots(self, rows: Sequence[schemas.Quiz]) -> None:
        quizzes, questions = self.ids("quizzes"), self.ids("questions")
        for some in chunks(rows):
            Slot.objects.filter(quiz__in=[quizzes[row.slug] for row in some]).delete()
        made = []
        for row in rows:
            asked: list[dict[str, Any]] = [
                {"question_id": questions[key], "weight": row.weights.get(key, 1)} for key in row.questions
            ]
            drawn = [{"tag": draw.tag, "count": draw.count, "weight": draw.weight} for draw in row.draws]
            for position, columns in enumerate(asked + drawn):
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


def _columns(target: Target, row: Row) -> dict[str, Any]:
    columns = {name: plain(getattr(row, name)) for name in (target.name, *target.columns) if name != "layout"}
    if isinstance(row, FigureRow):
        columns["layout"] = layout(row)
    if columns.get("date") == UNDATED:
        columns["date"] = ""
    return columns | {"loaded_digest": digest(row), "retired": False}


def _link(through: Any, links: Mapping[int, Iterable[int]]) -> None:
    owner, target = (field.name for field in through._meta.fields if field.is_relation)
    for some in chunks(links):
        through.objects.filter(**{f"{owner}__in": some}).delete()
    through.objects.bulk_create(
        through(**{f"{owner}_id": one, f"{target}_id": other}) for one, others in links.items() for other in others
    )
