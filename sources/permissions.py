"""Who may change what belongs to a collection."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from sources.models import Collection


def may_author(user: User | AnonymousUser, collection: Collection) -> bool:
    return user.is_staff and user.has_perm("quizzes.change_question")


def authored_by(user: User | AnonymousUser) -> list[Collection]:
    """All that they may author. One query, and what it takes to know for each."""
    return [collection for collection in Collection.objects.all() if may_author(user, collection)]
