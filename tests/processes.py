"""Processes of their own on one database, as in production: SQLite in memory would hide what happens when two write.
They are forked from one that has loaded Django, and the database begins as a copy of the tests' own, empty.
"""

import multiprocessing
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.db import connection, connections
from django.test.utils import setup_test_environment

if not apps.ready:
    django.setup()

PATIENCE = 60
"""Seconds."""

_forked = multiprocessing.get_context("forkserver")
_forked.set_forkserver_preload([__name__, "pytest", "config.urls"])


@dataclass
class Running:
    """A process at work; its `wire` is the other end of the one that its function got first."""

    process: multiprocessing.process.BaseProcess
    wire: Connection

    def said(self) -> Any:
        """What it sends next. Raises EOFError when it has ended."""
        if not self.wire.poll(PATIENCE):
            raise TimeoutError
        try:
            return self.wire.recv()
        except OSError as broken:  # killed within a word
            raise EOFError from broken

    def tell(self, what: Any) -> None:
        self.wire.send(what)

    def kill(self) -> None:
        self.process.kill()
        self.process.join()

    def end(self) -> None:
        self.process.join(PATIENCE)
        assert self.process.exitcode == 0


@dataclass
class DatabaseCopy:
    """Calling it runs a function of a test module in a process and returns what that returned."""

    name: str
    """On SQLite, its file."""

    def start(self, work: Callable, *args: Any) -> Running:
        ours, theirs = _forked.Pipe()
        with theirs:
            process = _forked.Process(target=_work, args=(self.name, work, theirs, *args), daemon=True)
            process.start()
        return Running(process, ours)

    def __call__(self, work: Callable, *args: Any) -> Any:
        running = self.start(_returning, work, *args)
        found = running.said()
        running.end()
        return found


def copy_of_ours(folder: Path) -> str:
    """The name of a copy of the tests' own database as it is now."""
    if connection.vendor == "postgresql":
        connection.close()  # it copies no database that somebody is connected to
        return copy(str(connection.settings_dict["NAME"]), folder)
    path = folder / "db.sqlite3"
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as file:
        connection.connection.backup(file)
        file.execute("PRAGMA journal_mode=WAL")
    return str(path)


def copy(name: str, folder: Path) -> str:
    """The name of a copy of a database that nobody is connected to."""
    if connection.vendor == "sqlite":
        return str(shutil.copy(name, folder))
    _administer(f'CREATE DATABASE "{name}_copy" TEMPLATE "{name}"')
    return f"{name}_copy"


def drop(name: str) -> None:
    if connection.vendor == "postgresql":
        _administer(f'DROP DATABASE "{name}" WITH (FORCE)')


def _administer(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def _work(name: str, work: Callable, wire: Connection, *args: Any) -> None:
    connections.settings["default"]["NAME"] = name
    setup_test_environment()
    work(wire, *args)


def _returning(wire: Connection, work: Callable, *args: Any) -> None:
    wire.send(work(*args))
