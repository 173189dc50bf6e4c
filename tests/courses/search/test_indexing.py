"""The index is right whichever way rows are written: it is what it would be if it were made anew."""

import pytest
from django.db import DatabaseError, NotSupportedError, connection, transaction
from django.urls import reverse

from courses.folder.loading import load
from courses.models import Course, Lesson, SearchEntry, Term
from courses.passages import passages
from courses.search import engines
from courses.search.engines import counts
from courses.search.keeping import fill_empty
from courses.search.query import parse
from sources.models import Claim, Source
from tests import make
from tests.courses.folder.conftest import command

COLUMNS = [field.attname for field in SearchEntry._meta.fields if field.name != "id"]


def state() -> list[str]:
    """The entries, and what the database's own index knows of them."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # raises when the index and the table differ
            cursor.execute("INSERT INTO courses_search(courses_search, rank) VALUES ('integrity-check', 1)")
    return sorted(map(repr, SearchEntry.objects.values_list(*COLUMNS)))


def found(words: str) -> int:
    return sum(number for _kind, _course, number in counts(parse(words)))


@pytest.fixture
def is_as_made_anew(db):
    def compare() -> None:
        kept = state()
        command("reindex")
        assert kept == state()

    return compare


def test_a_load_indexes_passages_terms_claims_and_sources(loaded, is_as_made_anew):
    kinds = list(SearchEntry.objects.values_list("kind", flat=True))
    assert {kind: kinds.count(kind) for kind in kinds} == {"lesson": 5, "term": 2, "claim": 3, "source": 2}
    is_as_made_anew()


def test_a_second_load_changes_what_the_folder_changed(loaded, is_as_made_anew):
    loaded.change("claims.yaml", "Floods are disputed.", "Torrents are disputed.")
    loaded.change("lessons/01-springs.md", "Water comes up", "Vapour comes up")
    loaded.change("glossary.yaml", "  meaning: Water where", "  aliases: [Deluge]\n  meaning: Brine where")
    loaded.change("sources.yaml", "The Institute", "The Academy")
    load(loaded.path)
    assert [found(word) for word in ("torrents", "vapour", "brine", "deluge", "academy")] == [1] * 5
    assert found("institute") == 0
    is_as_made_anew()


def test_a_load_that_changes_nothing_writes_nothing(loaded):
    before = list(SearchEntry.objects.order_by("pk").values_list("pk", flat=True))
    load(loaded.path)
    assert list(SearchEntry.objects.order_by("pk").values_list("pk", flat=True)) == before


def test_a_dry_run_changes_nothing(loaded):
    before = state()
    loaded.drop_lesson_two()
    load(loaded.path, dry_run=True)
    assert state() == before


def test_what_a_load_retires_is_found_no_more_and_what_it_brings_back_is(loaded, is_as_made_anew):
    texts = {path: path.read_text() for path in loaded.path.rglob("*") if path.is_file()}
    loaded.drop_lesson_two()
    load(loaded.path)
    assert [found("flood"), found("disputed"), found("much")] == [1, 0, 0]  # the source called Floods is still there
    is_as_made_anew()
    for path, text in texts.items():
        path.write_text(text)
    load(loaded.path)
    assert [found("flood"), found("disputed"), found("much")] == [5, 1, 1]
    is_as_made_anew()


def test_an_edit_in_the_admin_is_found_at_once(loaded, admin_client, is_as_made_anew):
    claim = Claim.objects.get(key="water-1")
    form = {"text": "Rapids are disputed.", "status": "disputed", "sources": [claim.sources.get().pk]}
    page = reverse("admin:sources_claim_change", args=[claim.pk])
    assert admin_client.post(page, form).status_code == 302
    term = Term.objects.get(key="flood")
    page = reverse("admin:courses_term_change", args=[term.pk])
    assert admin_client.post(page, {"position": 1, "term": "Flood", "meaning": "Deluge."}).status_code == 302
    assert [found("rapids"), found("deluge")] == [1, 1]
    is_as_made_anew()


@pytest.mark.parametrize(("model", "key", "word"), [
    (Lesson, {"slug": "springs"}, "ministry"),
    (Term, {"key": "spring"}, "groundwater"),
    (Claim, {"key": "spring-2"}, "rare"),
    (Source, {"key": "s1"}, "survey"),
])  # fmt: skip
def test_what_is_retired_by_hand_is_found_no_more(loaded, is_as_made_anew, model, key, word):
    row, before = model.objects.get(**key), found(word)
    row.retired = True
    row.save(update_fields=["retired"])
    assert found(word) < before
    is_as_made_anew()
    row.retired = False
    row.save(update_fields=["retired"])
    assert found(word) == before
    is_as_made_anew()


def test_a_course_that_is_retired_takes_all_of_it_along(loaded, is_as_made_anew):
    course = Course.objects.get()
    before = state()
    course.retired = True
    course.save()
    assert not SearchEntry.objects.exists()
    is_as_made_anew()
    course.retired = False
    course.save()
    assert state() == before


def test_what_was_retired_behind_the_index_s_back_is_not_shown(loaded):
    for model in (Lesson, Term, Claim, Source):
        model.objects.update(retired=True)
    assert SearchEntry.objects.exists()
    assert not SearchEntry.objects.shown().exists()


def test_a_deleted_row_is_found_no_more(make, is_as_made_anew):
    rivers = make.collection(slug="rivers")
    course = make.course(collection=rivers)
    make.lesson(course=course, text="Meanders. {#one}")
    course.terms.create(key="weir", term="Weir", meaning="A low dam.")
    source = make.source(collection=rivers, title="Estuaries")
    make.claim(collection=rivers, text="Deltas grow.")
    assert [found(word) for word in ("meanders", "weir", "estuaries", "deltas")] == [1, 1, 1, 1]
    source.delete()
    Claim.objects.all().delete()
    assert [found(word) for word in ("meanders", "weir", "estuaries", "deltas")] == [1, 1, 0, 0]
    is_as_made_anew()
    course.delete()
    assert not SearchEntry.objects.exists()
    is_as_made_anew()


def test_the_admin_does_not_ask_about_entries_when_a_lesson_is_deleted(make, admin_client, db):
    lesson = make.lesson(course=make.course(collection=make.collection()))
    page = reverse("admin:courses_lesson_delete", args=[lesson.pk])
    assert "earch entr" not in admin_client.get(page).text
    assert admin_client.post(page, {"post": "yes"}).status_code == 302
    assert not SearchEntry.objects.exists()


def test_claims_written_before_their_course_are_indexed_with_it(make, is_as_made_anew):
    rivers = make.collection(slug="rivers")
    make.claim(collection=rivers, text="Deltas grow.")
    assert found("deltas") == 0
    make.course(collection=rivers)
    assert found("deltas") == 1
    is_as_made_anew()


def test_questions_options_and_feedback_are_never_indexed(loaded):
    for word in ("sea water", "that is the coast", "it does", "springs are groundwater"):
        assert found(f'"{word}"') == 0
    assert not SearchEntry.objects.filter(text__contains=":::").exists()


def test_what_was_taught_before_there_was_a_search_is_indexed_after_the_migration(loaded):
    before = state()
    SearchEntry.objects.all().delete()
    fill_empty()
    assert state() == before


def test_saving_what_the_index_does_not_hold_costs_nothing(loaded, django_assert_num_queries):
    lesson = Lesson.objects.get(slug="springs")
    with django_assert_num_queries(1):
        lesson.save(update_fields=["position"])


TEXT = """\
Before.

## Where {#where}

First.[^a] {#first}

More.

Second. {#second}

## Whither

:::check c

:::since
Later. {#later}
:::

### No more
"""


def test_a_passage_is_led_to_by_its_place_with_its_section(make, client, db):
    lesson = make.lesson(course=make.course(collection=make.collection()), title="Springs", lede="*All*.", text=TEXT)
    rows = SearchEntry.objects.filter(lesson=lesson).order_by("pk")
    before, more = (passage.address for passage in passages(TEXT) if passage.words in ("Before.", "More."))
    assert list(rows.values_list("fragment", "section", "title", "text")) == [
        ("", "", "Springs", "All."),
        (f"passage-{before}", "", "", "Before."),
        ("where", "Where", "Where", "First."),
        (f"passage-{more}", "Where", "", "More."),
        ("second", "Where", "", "Second."),
        ("later", "Whither", "Whither", "Later."),
        ("", "No more", "No more", ""),
    ]
    page = client.get(lesson.get_absolute_url()).text
    assert all(f'id="{row.fragment}"' in page for row in rows if row.fragment)


def test_the_words_of_a_passage_come_without_marks_and_notes(make, db):
    text = "Let *un*equal [words](term:word) &amp; `code` <b>stand</b>.[^a][^b] {#one}\n"
    lesson = make.lesson(course=make.course(collection=make.collection()), text=text)
    assert SearchEntry.objects.get(lesson=lesson, fragment="one").text == "Let unequal words & code <b>stand</b>."


class Editor:
    """As much of a schema editor as the migration uses, within the transaction of a test."""

    connection = connection

    def execute(self, statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_migration_can_be_undone_and_done_again_over_what_is_there(loaded):
    before = found("water")
    connection.check_constraints()  # PostgreSQL alters no table while some wait
    engines.drop_index(None, Editor())
    with pytest.raises(DatabaseError), transaction.atomic():
        found("water")
    make.lesson(course=Course.objects.get(), text="Water meanders.")
    connection.check_constraints()
    engines.make_index(None, Editor())
    assert found("water") == before + 1
    state()


def test_without_fts5_the_migration_says_what_to_do():
    class Without:
        """A connection to a SQLite that has no modules at all."""

        vendor = "sqlite"

        def cursor(self):
            return self

        def __enter__(self):
            return self

        def __exit__(self, *error):
            return None

        def execute(self, sql):
            assert "pragma_module_list" in sql

        def fetchone(self):
            return None

    with pytest.raises(NotSupportedError, match="FTS5"):
        engines.make_index(None, type("Editor", (), {"connection": Without()})())
    with pytest.raises(NotSupportedError, match="DATABASE_URL"):
        engines.engine("oracle")
