"""No test here may touch the database, so neither does the command."""

import pytest
import time_machine
from django.core.management.base import CommandError

from tests.courses.folder.conftest import FILES, command

SPARE = FILES["questions/02-floods.yaml"].replace("floods-much", "spare") + "\n"
IN_TIME = time_machine.travel("2026-07-01", tick=False)


@IN_TIME
def test_a_sound_course_passes(rivers):
    out = command("check_course", rivers.path)
    assert "No faults." in out
    assert "Warnings" not in out


def test_faults_are_listed_and_the_check_fails(rivers):
    rivers.change("lessons/01-springs.md", " {#rare}", "")
    rivers.change("lessons/02-floods.md", "term:flood", "term:flod")
    with pytest.raises(CommandError) as failed:
        command("check_course", rivers.path)
    assert failed.value.returncode == 1
    assert "2 faults:" in str(failed.value)
    assert "lessons/01-springs.md:14: This paragraph cites a claim" in str(failed.value)
    assert 'lessons/02-floods.md:5: The glossary has no term "flod". Is it "flood"?' in str(failed.value)


@pytest.mark.parametrize("text", ["lessons: []", "lessons: []\nsourced: true"])
def test_an_empty_course_fails(tmp_path, text):
    (tmp_path / "rivers").mkdir()
    (tmp_path / "rivers" / "course.yaml").write_text(f"title: Rivers\nlanguage: en\n{text}\n")
    with pytest.raises(CommandError, match=r"course\.yaml:3: The course has no lessons"):
        command("check_course", tmp_path / "rivers")


def test_an_empty_folder_fails(tmp_path):
    (tmp_path / "rivers").mkdir()
    with pytest.raises(CommandError, match=r"course\.yaml: This file is missing"):
        command("check_course", tmp_path / "rivers")


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("claims.yaml", "2027-06-30", "2026-06-30", "claims.yaml:6: spring-1 was to be checked again by 2026-06-30."),
        ("lessons/02-floods.md", "[flood](term:flood)", "flood", "glossary.yaml:7: No lesson links the term flood."),
        (
            "glossary.yaml",
            "  meaning: Water where",
            "  aliases: [Deluge, FLOÓD]\n  meaning: Water where",
            'glossary.yaml:9: The search finds flood by "FLOÓD" anyway.',
        ),
        (
            "questions/02-floods.yaml",
            "- key: floods-much",
            SPARE + "- key: floods-much",
            "questions/02-floods.yaml:1: No lesson and no quiz asks the question spare.",
        ),
    ],
)
@IN_TIME
def test_what_deserves_a_look_is_a_warning_and_no_fault(rivers, file, old, new, expected):
    rivers.change(file, old, new)
    out = command("check_course", rivers.path)
    assert "Warnings: 1\n" in out
    assert expected in out
    assert "No faults." in out


@IN_TIME
def test_another_name_of_two_terms_is_pointed_out(rivers):
    rivers.change("glossary.yaml", "  meaning: Where", "  aliases: [Head-water]\n  meaning: Where")
    rivers.change("glossary.yaml", "  meaning: Water", "  aliases: [headwater]\n  meaning: Water")
    out = command("check_course", rivers.path)
    assert "Warnings: 1\n" in out
    assert 'glossary.yaml:10: spring has the other name "headwater" as well as flood.' in out


@IN_TIME
def test_a_list_under_another_name_is_pointed_out(rivers):
    rivers.write("claim.yaml", FILES["claims.yaml"])
    assert "claim.yaml: This file is not read" in command("check_course", rivers.path)


@IN_TIME
def test_it_shows_how_far_options_give_keys_away(rivers):
    rows = [line.split() for line in command("check_course", rivers.path).splitlines()]
    assert ["springs", "1", "100%", "1", "2.0"] in rows
    assert ["floods", "1", "0%", "1", "2.0"] in rows
    assert ["all", "2", "50%", "2", "2.0"] in rows


@pytest.mark.parametrize("command_name", ["check_course", "load_course"])
def test_a_folder_that_is_not_there_is_an_error_and_no_traceback(tmp_path, command_name):
    with pytest.raises(CommandError, match="The folder can not be read"):
        command(command_name, tmp_path / "nowhere")
