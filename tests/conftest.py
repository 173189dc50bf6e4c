"""The cast: Ada learns, Tom teaches, Eve is a stranger, Gus is a guest. `make` builds everything else."""

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from _pytest import runner
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.template import Template
from django.test import Client
from django.test.utils import _TestState
from hypothesis import settings as hypothesis
from pytest_django import DjangoDbBlocker

from accounts.models import User
from config.env import BASE_DIR
from tests import make as make_module
from tests.cases import THOROUGH
from tests.kept import Shelf, wanted_by
from tests.processes import DatabaseCopy, copy, copy_of_ours, drop

if sys.dont_write_bytecode:  # not beside the source, then: to read all tests anew takes five seconds more
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(BASE_DIR / "var" / "pycache")

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's sync API runs an event loop


hypothesis.register_profile("quick", max_examples=20, deadline=None)
hypothesis.register_profile("thorough", max_examples=100, deadline=None)
hypothesis.load_profile("thorough" if THOROUGH else "quick")

gc.disable()  # nothing that is made while tests are collected ever goes, and little of what is made by one test


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.set_threshold(50_000)
    gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> object:
    return runner.pytest_runtest_protocol(item, nextitem)


# Python asks the system for 16 KB of stack whenever calls pass the end of what it has, and gives them back when those
# return: a thousand times a test where a loop lies there, a tenth of all time. One large frame below takes it once.
pytest_runtest_protocol.__code__ = pytest_runtest_protocol.__code__.replace(co_stacksize=33_000)


HTMX = {"HX-Request": "true"}
"""Headers of a request by htmx."""


def both_ways(cases: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Each case with the headers of a browser, and with those of htmx too: outside CI, the first one only."""
    return [(*case, {}) for case in cases] + [(*case, HTMX) for case in (cases if THOROUGH else cases[:1])]


@pytest.fixture(autouse=True, scope="session")
def templates_leave_no_copies(django_test_environment: None) -> None:
    """Django keeps a copy of the context of every template that a test renders, for `response.context`: a fifth of the
    time of pages made of many small ones. Tests here read pages, as their users do."""
    Template._render = _TestState.saved_data.template_render  # type: ignore[attr-defined]


def client_of(user: User) -> Client:
    """A browser that somebody has signed in with, as by `force_login`, which makes a session three times over."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    return client


@pytest.fixture(scope="session")
def shelf(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Shelf]:
    shelf = Shelf()
    yield shelf
    with django_db_blocker.unblock():
        shelf.arrange([])


@pytest.fixture
def _shelf_for_the_test(shelf: Shelf, django_db_blocker: DjangoDbBlocker, request: pytest.FixtureRequest) -> None:
    with django_db_blocker.unblock():
        shelf.arrange(wanted_by(request.node))


@pytest.fixture
def _django_db_helper(_shelf_for_the_test: None, _django_db_helper: None) -> None:
    """pytest-django's transaction around a test, in that of what is kept."""


@pytest.fixture(scope="session")
def empty_copy(shelf: Shelf, django_db_blocker: DjangoDbBlocker, tmp_path_factory) -> Iterator[str]:
    """The name of a database as migrations leave it, which nobody is connected to."""
    with django_db_blocker.unblock():
        shelf.arrange([])
        name = copy_of_ours(tmp_path_factory.mktemp("empty"))
    yield name
    with django_db_blocker.unblock():
        drop(name)


@pytest.fixture
def on_copy(empty_copy: str, db: None, tmp_path: Path) -> Iterator[DatabaseCopy]:
    """Runs functions in processes of their own on a database of the test's own."""
    name = copy(empty_copy, tmp_path)
    yield DatabaseCopy(name)
    drop(name)


@pytest.fixture
def make() -> ModuleType:
    return make_module


@pytest.fixture
def ada(db):
    return make_module.ada()


@pytest.fixture
def tom(db):
    return make_module.tom()


@pytest.fixture
def eve(db):
    return User.objects.create_user("eve@example.org", "a long word for eve", name="Eve")


@pytest.fixture
def gus(db):
    return User.objects.create(is_guest=True, guest_key="gus")


@pytest.fixture
def admin_client(admin_user):
    return client_of(admin_user)


@pytest.fixture
def ada_client(ada):
    return client_of(ada)


@pytest.fixture
def tom_client(tom):
    return client_of(tom)


@pytest.fixture
def eve_client(eve):
    return client_of(eve)


@pytest.fixture
def gus_client(gus):
    return client_of(gus)
