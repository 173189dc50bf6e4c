"""Ada after she did everything that there is to do, for modules that import all fixtures of this one."""

from typing import NamedTuple

import pytest
from django.contrib.auth.models import Group

from accounts.models import User
from courses.models import Lesson
from tests.accounts.lives import lives
from tests.courses.conftest import springs
from tests.kept import kept, parts_of

__all__ = ["ada", "lesson", "life", "lived", "tom"]


class Lived(NamedTuple):
    ada: User
    lesson: Lesson
    tom: User


@kept
def lived() -> Lived:
    ada = User.objects.create_user("ada@example.org", "a long word for ada", name="Ada")
    tom = User.objects.create_user("tom@example.org", "a long word for tom", name="Tom", is_staff=True)
    tom.groups.add(Group.objects.get(name="Teachers"))
    made = Lived(ada, springs(), tom)
    lives(*made)
    return made


@pytest.fixture
def life(lived) -> User:
    return lived.ada


ada, lesson, tom = parts_of("lived", "ada", "lesson", "tom")
