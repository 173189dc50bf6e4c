from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.management.base import CommandError
from django.db import transaction
from hypothesis import given

from courses.folder.dumping import dump
from courses.folder.loading import load
from courses.folder.writing import files
from courses.models import Course, Lesson
from sources.models import Claim
from tests.cases import cases_in_database
from tests.courses.folder.conftest import FILES, command, texts
from tests.courses.folder.random_courses import courses

REAL = Path(__file__).resolve().parents[3] / "fixtures" / "does-iran-have-allies"


def test_load_dump_diff_is_empty(loaded, tmp_path):
    out = command("dump_course", "rivers", tmp_path / "out" / "rivers")
    assert texts(tmp_path / "out" / "rivers") == FILES
    assert "10 files written" in out


def test_load_dump_diff_is_empty_for_the_first_course(tmp_path, db):
    load(REAL)
    command("dump_course", REAL.name, tmp_path / REAL.name)
    assert texts(tmp_path / REAL.name) == texts(REAL)


@cases_in_database(15)
@given(courses())
def test_load_dump_diff_is_empty_for_any_course(db, contents):
    with TemporaryDirectory() as place, transaction.atomic():
        folder = Path(place) / "random"
        for name, text in files(contents).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(text.encode())
        load(folder)
        dump(Course.objects.get(slug="random"), Path(place) / "again")
        assert texts(Path(place) / "again") == texts(folder)
        transaction.set_rollback(True)


def test_edits_in_the_admin_are_dumped_and_load_again_without_a_conflict(loaded, tmp_path):
    Claim.objects.filter(key="spring-1").update(text="Springs: a matter of 'depth'.")
    Lesson.objects.filter(slug="floods").update(text="Text\r\n\r\nwith lines of Windows.")
    dump(Course.objects.get(), loaded.path, force=True)
    assert b"Text\r\n\r\nwith lines of Windows." in (loaded.path / "lessons/02-floods.md").read_bytes()
    load(loaded.path)
    assert Claim.objects.get(key="spring-1").text == "Springs: a matter of 'depth'."


def test_what_is_retired_is_not_dumped(loaded, tmp_path):
    loaded.drop_lesson_two()
    load(loaded.path)
    dump(Course.objects.get(), tmp_path / "again")
    assert texts(tmp_path / "again") == texts(loaded.path)


def test_a_folder_that_holds_something_is_not_written_over(loaded):
    with pytest.raises(CommandError, match="The folder is not empty"):
        command("dump_course", "rivers", loaded.path)


def test_forced_it_writes_over_its_own_files_and_deletes_none(loaded):
    loaded.write("README", "Mine.")
    loaded.write("lessons/03-draft.md", "A draft.")
    loaded.write("claims.yaml", "- old")
    out = command("dump_course", "rivers", loaded.path, "--force")
    assert texts(loaded.path) == {**FILES, "README": "Mine.", "lessons/03-draft.md": "A draft."}
    assert "lessons/03-draft.md" in out


def test_forced_it_removes_files_of_lessons_that_moved_or_went(loaded):
    Lesson.objects.filter(slug="springs").update(position=3)
    Lesson.objects.filter(slug="floods").update(text="Nothing is asked.")
    command("dump_course", "rivers", loaded.path, "--force")
    names = {name for name in texts(loaded.path) if "/" in name}
    assert names == {"lessons/01-floods.md", "lessons/02-springs.md", "questions/02-springs.yaml"}


def test_a_link_that_leads_out_of_the_folder_is_not_written_through(loaded, tmp_path):
    (tmp_path / "precious.yaml").write_text("precious")
    loaded.remove("claims.yaml")
    (loaded.path / "claims.yaml").symlink_to(tmp_path / "precious.yaml")
    with pytest.raises(CommandError, match="leads out of the folder"):
        command("dump_course", "rivers", loaded.path, "--force")
    assert (tmp_path / "precious.yaml").read_text() == "precious"


def test_an_unknown_course_is_refused_with_those_there_are(loaded, tmp_path):
    with pytest.raises(CommandError, match=r'There is no course "lakes". Courses: rivers\.'):
        command("dump_course", "lakes", tmp_path / "lakes")
    assert not (tmp_path / "lakes").exists()


def test_a_place_that_can_not_be_written_is_refused(loaded, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="can not be written"):
        command("dump_course", "rivers", tmp_path / "file" / "rivers")


def test_it_says_why_a_dump_could_not_be_loaded(loaded, tmp_path, make):
    make.claim(collection=Course.objects.get().collection, key="mine")
    result = dump(Course.objects.get(), tmp_path / "again")
    assert [str(fault) for fault in result.faults] == ["claims.yaml:1: It names no source, and the course is sourced."]
