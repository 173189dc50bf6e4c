"""Erasing somebody: all that is theirs goes, at once and for good.

What they did for others stays without them, as done by "a deleted account": editions they published, marks they gave,
what the admin's history says. That account is one row for all who ever left, and nobody can sign in to it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CASCADE, SET_NULL, Model, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User


@dataclass(frozen=True)
class Hindrance:
    """Why an account can not be erased yet, and where that is put right."""

    message: str
    url: str = ""
    link: str = ""


class NotErasable(Exception):
    """Something has to be put right first."""


Hindering = Callable[[User], Iterable[Hindrance]]
_hindering: list[Hindering] = []


def hindering(find: Hindering) -> Hindering:
    """Registers what an upper room has against it."""
    if find not in _hindering:
        _hindering.append(find)
    return find


def hindrances(user: User) -> list[Hindrance]:
    return [hindrance for find in _hindering for hindrance in find(user)]


@hindering
def is_last_administrator(user: User) -> Iterator[Hindrance]:
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    if user.is_superuser and not others.exists():
        yield Hindrance(_("You are the only administrator. Make somebody else one first: nobody could run this site."))


@hindering
def stands_for_others(user: User) -> Iterator[Hindrance]:
    if user.email == NOBODY:
        yield Hindrance(_("This account stands for all who left."))


@dataclass(frozen=True)
class Holding:
    """How many rows of a kind are somebody's own."""

    what: str
    count: int


def holdings(user: User) -> list[Holding]:
    """All that goes with somebody. One query for each table that belongs to learners."""
    counted = ((model, rows.count()) for model, rows in _own(user))
    return [Holding(_named(model, count), count) for model, count in counted if count]


def _named(model: type[Model], count: int) -> str:
    return str(model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural)


def _own(user: User) -> Iterator[tuple[type[Model], QuerySet[Any]]]:
    """Rows that are deleted with somebody; what the admin's history says of their deeds is not."""
    for model, name in _pointing(CASCADE):
        if model is not LogEntry and not model._meta.auto_created:
            yield model, model._base_manager.filter(**{name: user.pk})


def _pointing(on_delete: object) -> Iterator[tuple[type[Model], str]]:
    """Tables that point to users so, and their fields' names."""
    for relation in User._meta.get_fields(include_hidden=True):
        if getattr(relation, "on_delete", None) is on_delete:
            yield relation.related_model, relation.field.name  # type: ignore[misc, union-attr]


@transaction.atomic
def erase(*, user: User) -> None:
    """Doing it again does nothing. Raises NotErasable."""
    found = User.objects.select_for_update().filter(pk=user.pk).first()
    if found is None:
        return
    if hindrances(found):
        raise NotErasable
    _forget_in_history(found)
    _hand_over_deeds(found)
    found.delete()


def _forget_in_history(user: User) -> None:
    """What the admin's history says of somebody's rows names them."""
    about = Q(content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk))
    known = _in_history()
    for model, rows in _own(user):
        if model in known:
            keys = [str(pk) for pk in rows.values_list("pk", flat=True)]
            about |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=keys)
    if user.email:
        about |= Q(object_repr__icontains=user.email) | Q(change_message__icontains=user.email)
    LogEntry.objects.filter(about).update(object_repr=DEPARTED, change_message="")


def _in_history() -> set[type[Model] | None]:
    """Tables that the admin's history says anything of. Read-only ones, as those of answers, never appear there."""
    kinds = LogEntry.objects.order_by().values("content_type").distinct()
    return {kind.model_class() for kind in ContentType.objects.filter(pk__in=kinds)}


def _hand_over_deeds(user: User) -> None:
    done = [(model, name) for model, name in _pointing(SET_NULL)] + [(LogEntry, "user")]
    for model, name in done:
        rows = model._base_manager.filter(**{name: user.pk})
        if rows.exists():
            rows.update(**{name: departed()})


DEPARTED, NOBODY = "A deleted account", "deleted@account.invalid"


def departed() -> User:
    """Who stands for all who left."""
    fixed = {"name": DEPARTED, "is_active": False, "password": "!"}
    return User.objects.get_or_create(email=NOBODY, defaults=fixed)[0]
