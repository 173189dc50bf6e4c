"""The cast: Ada learns, Tom teaches, Eve is a stranger, Gus is a guest. `make` builds everything else."""

import os
from types import ModuleType

import pytest
from django.contrib.auth.models import Group
from django.template import Template
from django.test import Client
from django.test.utils import _TestState
from hypothesis import settings

from accounts.models import User
from tests import make as make_module
from tests.cases import THOROUGH

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's sync API runs an event loop


settings.register_profile("quick", max_examples=30, deadline=None)
settings.register_profile("thorough", max_examples=100, deadline=None)
settings.load_profile("thorough" if THOROUGH else "quick")

HTMX = {"HX-Request": "true"}
"""Headers of a request by htmx."""


@pytest.fixture(autouse=True, scope="session")
def templates_leave_no_copies(django_test_environment: None) -> None:
    """Django keeps a copy of the context of every template that a test renders, for `response.context`: a fifth of the
    time of pages made of many small ones. Tests here read pages, as their users do."""
    Template._render = _TestState.saved_data.template_render  # type: ignore[attr-defined]


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def make() -> ModuleType:
    return make_module


@pytest.fixture
def ada(db):
    return User.objects.create_user("ada@example.org", "a long word for ada", name="Ada")


@pytest.fixture
def tom(db):
    user = User.objects.create_user("tom@example.org", "a long word for tom", name="Tom", is_staff=True)
    user.groups.add(Group.objects.get(name="Teachers"))
    return user


@pytest.fixture
def eve(db):
    return User.objects.create_user("eve@example.org", "a long word for eve", name="Eve")


@pytest.fixture
def gus(db):
    return User.objects.create(is_guest=True, guest_key="gus")


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
