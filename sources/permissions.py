"""Who may change what belongs to a collection. See docs/decisions/0011-who-may-do-what.md."""

from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet

from accounts.models import User
from sources.models import Collection

Row = TypeVar("Row", bound=Model)


def may_author(user: User | AnonymousUser, collection: Collection) -> bool:
    """Whether they may see all that is in it, its keys too, and change it."""
    return user.has_perm("quizzes.change_question") and Collection.objects.authored_by(user).contains(collection)


def likely_collection(user: Any) -> dict[str, int]:
    """What a new row is likely to belong to, as a form's initial data: their own collection where they have just one,
    or the one they may author."""
    open_to_them = Collection.objects.authored_by(user)
    for rows in (open_to_them.filter(owner=user), open_to_them):
        if len(found := rows.values_list("pk", flat=True)[:2]) == 1:
            return {"collection": found[0]}
    return {}


def within_own(rows: QuerySet[Row], path: str, user: Any) -> QuerySet[Row]:
    """Those of the rows whose collection, at the end of a path of relations, they may author. Where that is all of them
    nothing is filtered, so that a list of a million rows is read in its order."""
    own = Collection.objects.authored_by(user)
    others = Collection.objects.exclude(pk__in=own.values("pk"))
    return rows.filter(**{f"{path}__in": own}) if others.exists() else rows
