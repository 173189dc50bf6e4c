import re

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from sources.models import Collection
from tests import make
from tests.courses.conftest import lesson

__all__ = ["lesson"]


@pytest.fixture(autouse=True)
def _no_tries_so_far():
    cache.clear()


@pytest.fixture
def rivers(db) -> Collection:
    return make.collection(slug="rivers")


class Browser(Client):
    user: User


@pytest.fixture
def guest_client(settings, db):
    """The browser of a guest who has just given a first answer."""
    settings.ROOT_URLCONF = "tests.accounts.urls"
    client = Browser()
    client.user = User.objects.get(pk=int(client.post("/learn/").text))
    return client


@pytest.fixture
def letters(mailoutbox):
    """The bodies of letters sent to an address."""
    return lambda to: [letter.body for letter in mailoutbox if letter.to == [to]]


@pytest.fixture
def links(letters):
    """Where the letters sent to an address lead."""
    return lambda to: re.findall(r"http://testserver(/\S+)", "\n".join(letters(to)))
