"""Full-text search by the database: what differs between SQLite (FTS5) and PostgreSQL.

Both index the folded columns of SearchEntry by themselves whenever its rows change, title before text before context.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.db import NotSupportedError, connection

from courses.search.query import Phrase, Query

ENTRIES = "courses_searchentry"
INDEX = "courses_search"
_columns = ("folded_title", "folded_text", "folded_context")
_names = ", ".join(_columns)
_spelling = "tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* Co'\", prefix='2 3'"
_vector = " || ".join(f"setweight(to_tsvector('simple', {_columns[n]}), '{of}')" for n, of in enumerate("ABD"))
_worth = "CASE entry.kind WHEN 'term' THEN 2.0 WHEN 'lesson' THEN 1.5 WHEN 'claim' THEN 1.0 ELSE 0.3 END"
"""Of a kind, beside another one that matches as well: what explains comes before what proves. Sources, whose titles are
most of their words, come last."""


@dataclass(frozen=True)
class Engine:
    """`found` are the entries (as `entry`) that match, given what `Engine.match` returns; `rank` says how well."""

    create: tuple[str, ...]
    drop: tuple[str, ...]
    found: str
    rank: str

    def match(self, query: Query) -> str:
        """A query as the database writes it: all terms of one way, and one of them in the title or the text itself.
        Folded words are letters, digits and marks, so that nothing in them is special."""
        ways = (" & ".join(f"({self._any(term.spellings)})" for term in way) for way in query.ways)
        return self._both(" | ".join(f"({way})" for way in ways), self._any(query.phrases, is_own=True))

    def _any(self, phrases: tuple[Phrase, ...], *, is_own: bool = False) -> str:
        """What goes on from a word ranks below the word itself, which is asked for once more."""
        closed = [replace(phrase, is_open=False) for phrase in phrases if phrase.is_open and not is_own]
        return " | ".join(self._phrase(phrase, is_own=is_own) for phrase in [*closed, *phrases])

    def _phrase(self, phrase: Phrase, *, is_own: bool) -> str:
        raise NotImplementedError

    def _both(self, everything: str, own: str) -> str:
        raise NotImplementedError


class Sqlite(Engine):
    def _phrase(self, phrase: Phrase, *, is_own: bool) -> str:
        return f'"{" ".join(phrase.words)}"' + ("*" if phrase.is_open else "")

    def _both(self, everything: str, own: str) -> str:
        return f"({everything}) & {{folded_title folded_text}} : ({own})".replace("&", "AND").replace("|", "OR")


class Postgres(Engine):
    def _phrase(self, phrase: Phrase, *, is_own: bool) -> str:
        weights = "AB" if is_own else ""
        *firsts, last = (f"'{word}'" for word in phrase.words)
        end = f":{'*' if phrase.is_open else ''}{weights}" if phrase.is_open or weights else ""
        start = f":{weights}" if weights else ""
        return "(" + " <-> ".join([*(f"{word}{start}" for word in firsts), f"{last}{end}"]) + ")"

    def _both(self, everything: str, own: str) -> str:
        return f"({everything}) & ({own})"


def _triggers() -> tuple[str, ...]:
    """As SQLite's manual has them for a table that holds the texts outside the index."""
    new, old = (", ".join(f"{row}.{name}" for name in _columns) for row in ("new", "old"))
    added = f"INSERT INTO {INDEX}(rowid, {_names}) VALUES (new.id, {new});"  # noqa: S608
    gone = f"INSERT INTO {INDEX}({INDEX}, rowid, {_names}) VALUES ('delete', old.id, {old});"  # noqa: S608
    return (
        f"CREATE TRIGGER {INDEX}_added AFTER INSERT ON {ENTRIES} BEGIN {added} END",
        f"CREATE TRIGGER {INDEX}_gone AFTER DELETE ON {ENTRIES} BEGIN {gone} END",
        f"CREATE TRIGGER {INDEX}_changed AFTER UPDATE ON {ENTRIES} BEGIN {gone} {added} END",
    )


SQLITE = Sqlite(
    create=(
        f"CREATE VIRTUAL TABLE {INDEX} USING fts5({_names}, content='{ENTRIES}', content_rowid='id', {_spelling})",
        *_triggers(),
        f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')",  # noqa: S608
    ),
    drop=(
        *(f"DROP TRIGGER IF EXISTS {INDEX}_{name}" for name in ("added", "gone", "changed")),
        f"DROP TABLE IF EXISTS {INDEX}",
    ),
    # CROSS JOIN: the index is asked once, whatever SQLite thinks of the numbers of rows.
    found=f"{INDEX} CROSS JOIN {ENTRIES} entry ON entry.id = {INDEX}.rowid WHERE {INDEX} MATCH %(match)s",
    rank=f"-bm25({INDEX}, 8.0, 2.0, 0.5)",
)

POSTGRES = Postgres(
    create=(
        f"ALTER TABLE {ENTRIES} ADD COLUMN folded tsvector GENERATED ALWAYS AS ({_vector}) STORED",
        f"CREATE INDEX {INDEX} ON {ENTRIES} USING gin (folded)",
    ),
    drop=(f"DROP INDEX IF EXISTS {INDEX}", f"ALTER TABLE {ENTRIES} DROP COLUMN IF EXISTS folded"),
    found=f"{ENTRIES} entry WHERE entry.folded @@ to_tsquery('simple', %(match)s)",
    rank="ts_rank('{0.05, 0.1, 0.25, 1}', entry.folded, to_tsquery('simple', %(match)s), 1)",
)

_engines: dict[str, Engine] = {"sqlite": SQLITE, "postgresql": POSTGRES}


def engine(vendor: str) -> Engine:
    if vendor not in _engines:
        raise NotSupportedError(f"Search needs SQLite or PostgreSQL, not {vendor}. Set DATABASE_URL to one of them.")
    return _engines[vendor]


def make_index(apps: Any, schema_editor: Any) -> None:
    vendor = schema_editor.connection.vendor
    if vendor == "sqlite" and not _has_fts5(schema_editor.connection):
        raise NotSupportedError(
            "This Python's SQLite was built without FTS5, which search needs. Use a Python with another SQLite (those "
            "of Debian, Homebrew, python.org and uv have it), or PostgreSQL by DATABASE_URL."
        )
    for statement in engine(vendor).create:
        schema_editor.execute(statement)


def drop_index(apps: Any, schema_editor: Any) -> None:
    for statement in engine(schema_editor.connection.vendor).drop:
        schema_editor.execute(statement)


def _has_fts5(connection: Any) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'")
        return cursor.fetchone() is not None


def counts(query: Query) -> list[tuple[str, int, int]]:
    """How many entries a query finds, as (kind, course, number). One query."""
    own = engine(connection.vendor)
    sql = f"SELECT kind, course_id, COUNT(*) FROM {own.found} GROUP BY kind, course_id"  # noqa: S608
    return _rows(sql, {"match": own.match(query)})


def best(query: Query, *, kind: str, course: int | None, first: int, number: int) -> list[int]:
    """Primary keys of entries that a query finds, best first, from the `first` on. One query."""
    own = engine(connection.vendor)
    values = {"match": own.match(query), "kind": kind, "course": course, "first": first, "number": number}
    only = (" AND kind = %(kind)s" if kind else "") + (" AND course_id = %(course)s" if course else "")
    order = f"{own.rank} * {_worth} DESC, entry.id"
    sql = f"SELECT entry.id FROM {own.found}{only} ORDER BY {order} LIMIT %(number)s OFFSET %(first)s"  # noqa: S608
    return [row[0] for row in _rows(sql, values)]


def _rows(sql: str, values: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[Any] = cursor.fetchall()
    return rows
