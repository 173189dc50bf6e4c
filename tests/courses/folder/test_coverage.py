"""The file that says which statements of a source text a course teaches."""

import pytest
import time_machine
from django.core.management.base import CommandError

from courses.folder.dumping import dump
from courses.folder.loading import load
from courses.folder.reading import read
from courses.models import Course, Coverage
from tests.courses.folder.conftest import FILES, command, texts

IN_TIME = time_machine.travel("2026-07-01", tick=False)


def test_it_is_loaded(loaded):
    coverage = Coverage.objects.get()
    assert (coverage.source, coverage.title) == ("s1", "What the survey says, sentence by sentence")
    assert coverage.sections[0]["statements"] == [
        {"sentence": "1", "says": "Springs are where water comes up", "claims": ["spring-1"]},
        {"sentence": "2-3", "says": "They are rare: so some say", "claims": ["spring-2", "spring-1"]},
    ]
    assert coverage.sections[1]["statements"][0]["exempt"] == "It claims nothing."


def test_a_course_needs_none(rivers, db, tmp_path):
    rivers.remove("coverage.yaml")
    load(rivers.path)
    assert not Coverage.objects.exists()
    dump(Course.objects.get(), tmp_path / "again")
    assert texts(tmp_path / "again") == texts(rivers.path)


def test_what_changed_is_updated(loaded):
    loaded.change("coverage.yaml", "Thanks for reading", "Good-bye")
    assert load(loaded.path).actions["coverage"]["updated"] == 1
    assert Coverage.objects.get().sections[1]["statements"][0]["says"] == "Good-bye"


def test_what_is_gone_is_retired_and_not_dumped_and_comes_back(loaded, tmp_path):
    loaded.remove("coverage.yaml")
    assert load(loaded.path).actions["coverage"]["retired"] == 1
    assert Coverage.objects.get().retired
    dump(Course.objects.get(), loaded.path, force=True)
    assert texts(loaded.path) == {name: text for name, text in FILES.items() if name != "coverage.yaml"}
    loaded.write("coverage.yaml", FILES["coverage.yaml"])
    load(loaded.path)
    assert not Coverage.objects.get().retired


def test_of_two_texts_the_course_covers_the_one_that_the_file_names_now(loaded):
    loaded.change("coverage.yaml", "source: s1", "source: s2")
    load(loaded.path)
    assert dict(Coverage.objects.values_list("source", "retired")) == {"s1": True, "s2": False}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("source: s1", "source: s9", '1: There is no source "s9".'),
        ("source: s1\n", "", "1: source is missing."),
        ("[spring-1]", "[spring-11]", '9: There is no claim "spring-11". Is it "spring-1"?'),
        ("[spring-2, spring-1]", "[spring-2, spring-2]", '12: "spring-2" stands here twice.'),
        ("2-3", "two", '10: sentence is "two"; it must be a number such as 4, or 6-7'),
        ("2-3", "1", "10: This section has a sentence 1 already."),
        ("code: Z", "code: I", '13: Another section has the code "I".'),
        ("code: Z", "code: Part Z", '13: code is "Part Z"; it must be at most 10 letters, digits and hyphens.'),
        ("    says: Thanks for reading\n", "", "16: says is missing."),
        ("exempt: It", "exemt: It", '18: There is no field "exemt". Is it "exempt"?'),
        ("exempt: It", "claims: [spring-1]\n    exempt: It", "19: It has claims, so leave out exempt"),
        ("sections:", "sections: none\nmore:", "3: sections must be a list"),
    ],
)
def test_a_slip_is_named_with_its_line(rivers, old, new, expected):
    rivers.change("coverage.yaml", old, new)
    found = [str(fault) for fault in read(rivers.path).faults]
    assert any(fault.startswith(f"coverage.yaml:{expected}") for fault in found), found


@IN_TIME
def test_check_course_demands_that_every_statement_is_taught(rivers, db):
    rivers.change("lessons/01-springs.md", "says the Ministry.[^spring-2]", "says the Ministry.[^spring-1]")
    rivers.change("coverage.yaml", "[spring-2, spring-1]", "[spring-2]")
    rivers.change("coverage.yaml", "    claims: [spring-1]\n", "")
    with pytest.raises(CommandError) as failed:
        command("check_course", rivers.path)
    assert "coverage.yaml:7: I-1 is not taught: no passage cites a claim of it." in str(failed.value)
    assert "coverage.yaml:9: I-2-3 is not taught" in str(failed.value)
    assert "Z-1" not in str(failed.value)


def test_a_load_takes_what_is_not_taught_yet(rivers, db):
    rivers.change("coverage.yaml", "    claims: [spring-1]\n", "")
    assert load(rivers.path).actions["coverage"]["created"] == 1


@IN_TIME
def test_what_is_not_asked_yet_is_a_warning(rivers):
    rivers.change("coverage.yaml", "[spring-2, spring-1]", "[spring-2]")
    rivers.change("questions/01-springs.yaml", "claims: [spring-2]", "claims: [spring-1]")
    out = command("check_course", rivers.path)
    assert "coverage.yaml:10: No question asks I-2-3 yet." in out
    assert "No question asks I-1" not in out
    assert "Z-1" not in out
    assert "No faults." in out


@IN_TIME
def test_a_lesson_that_can_not_be_read_does_not_make_its_statements_untaught(rivers):
    rivers.write("lessons/01-springs.md", "no front matter")
    with pytest.raises(CommandError) as failed:
        command("check_course", rivers.path)
    assert "is not taught" not in str(failed.value)
