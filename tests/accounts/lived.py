"""Ada after she did everything that there is to do, for modules that import all fixtures of this one."""

from typing import NamedTuple

import pytest

from accounts.models import User
from courses.models import Lesson
from tests import make
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
    made = Lived(make.ada(), springs(), make.tom())
    lives(*made)
    return made


@pytest.fixture
def life(lived) -> User:
    return lived.ada


ada, lesson, tom = parts_of("lived", "ada", "lesson", "tom")
