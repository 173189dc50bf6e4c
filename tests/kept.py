"""Rows that many tests begin with: made once for as many tests in a row as want them, not once for each.

    @kept
    def lesson() -> Lesson:
        return make.lesson(...)

is a fixture like any other. Its rows lie in a transaction around those of the tests, which still take back all that
they write, and each test gets a copy of what it returned. A test that does not ask for it finds none of its rows.
"""

import copy
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.db import transaction

Build = Callable[[], Any]


def kept(build: Build) -> Any:
    def fixture(db: None, shelf: "Shelf") -> Any:
        return shelf.copy_of(build)

    fixture.__name__, fixture.__doc__, fixture.__module__ = build.__name__, build.__doc__, build.__module__
    fixture.build = build  # type: ignore[attr-defined]
    return pytest.fixture(fixture)


def parts_of(keeping: str, *names: str) -> list[Any]:
    """Fixtures of these names: parts of what another fixture builds, where a test has that, or else what these names
    mean around."""
    return [_part_of(keeping, name) for name in names]


def _part_of(keeping: str, name: str) -> Any:
    @pytest.fixture(name=name)
    def fixture(request: pytest.FixtureRequest, db: None) -> Any:
        if keeping in request.fixturenames:
            return getattr(request.getfixturevalue(keeping), name)
        return request.getfixturevalue(name)

    return fixture


def wanted_by(test: Any) -> Iterator[Build]:
    """What its fixtures keep."""
    for name in test.fixturenames:
        for fixture in test._fixtureinfo.name2fixturedefs.get(name, ())[-1:]:
            if build := getattr(fixture.func, "build", None):
                yield build


class Shelf:
    """What is kept now, each in a transaction within that of the one before."""

    def __init__(self) -> None:
        self.values: dict[Build, Any] = {}
        self.around: list[transaction.Atomic] = []

    def arrange(self, wanted: Iterable[Build]) -> None:
        """Keeps these, in their order, and nothing else. To be called between tests."""
        wanted = list(wanted)
        while [*self.values] != wanted[: len(self.values)]:
            self.values.popitem()
            self._take_back()
        for build in wanted[len(self.values) :]:
            self.around.append(transaction.atomic())
            self.around[-1]._from_testcase = True  # type: ignore[attr-defined]  # durable blocks may stand in it
            self.around[-1].__enter__()
            try:
                self.values[build] = build()
            except BaseException:
                self._take_back()
                raise

    def copy_of(self, build: Build) -> Any:
        """Or the value itself, made just now for a test that named this fixture only while it ran."""
        return copy.deepcopy(self.values[build]) if build in self.values else build()

    def _take_back(self) -> None:
        transaction.set_rollback(True)
        self.around.pop().__exit__(None, None, None)
