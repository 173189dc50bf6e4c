"""Keeps the search right whenever a row is saved or deleted, in the same transaction. What writes many rows at a time,
past these signals, calls `refresh_loaded` itself."""

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_migrate, post_save, pre_delete
from django.dispatch import receiver

from courses.models import Course, Lesson, SearchEntry, Term
from courses.search.indexing import keep_in_line, rebuild, refresh
from sources.models import Claim, Source

_told = {
    Lesson: ("lesson", {"title", "lede", "objectives", "text", "retired"}),
    Term: ("term", {"term", "script", "aliases", "meaning", "retired"}),
    Claim: ("claim", {"text", "attributed_to", "as_of", "retired"}),
    Source: ("source", {"title", "publisher", "date", "retired"}),
}
"""What a model's entries are called, and the fields that they are made of."""


def _refresh(
    sender: Any, instance: Any, *, raw: bool = False, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    kind, fields = _told[sender]
    if raw or (update_fields is not None and fields.isdisjoint(update_fields)):
        return
    if course := _course_of(instance):
        refresh(course, kind, [instance])


def _course_of(row: Any) -> Course | None:
    """None for a claim or a source of a collection that has no course yet."""
    if isinstance(row, Claim | Source):
        return Course.objects.filter(collection=row.collection_id).first()
    course: Course = row.course
    return course


def _forget(sender: Any, instance: Any, **kwargs: Any) -> None:
    SearchEntry.objects.filter(**{_told[sender][0]: instance}).delete()


for _model in _told:
    post_save.connect(_refresh, sender=_model)
    pre_delete.connect(_forget, sender=_model)


@receiver(post_save, sender=Course)
def _keep_in_line(instance: Course, *, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        keep_in_line(instance)


@receiver(pre_delete, sender=Course)
def _forget_course(instance: Course, **kwargs: Any) -> None:
    SearchEntry.objects.filter(course=instance).delete()


def fill_empty(**kwargs: Any) -> None:
    """For what was taught before there was a search: after a migration, an index without entries is made."""
    if not SearchEntry.objects.exists():
        for course in Course.objects.filter(retired=False):
            rebuild(course)


def connect(app: Any) -> None:
    post_migrate.connect(fill_empty, sender=app)
