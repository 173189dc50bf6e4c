import re

import pytest
from django.core.management.base import CommandError

from courses.folder.reading import read
from courses.folder.standards import bare_toll, breaches
from tests.courses.folder.conftest import command

TOLLS = [
    ("Some 240 people were killed.", True),
    ("The ministry counted 240 dead.", True),
    ("The ministry counted 240 dead on 16 June 2025.", False),
    ("On 16 June 2025 some 240 people were killed.", True),
    ("A drone killed three soldiers on 28 January 2024.", False),
    ("A drone at Tower 22 killed soldiers.", False),
    ("He was killed in 2024.", False),
    ("Some 240 people came.", False),
]


@pytest.mark.parametrize(("text", "bare"), TOLLS)
def test_a_number_of_dead_needs_who_counted_and_when(text, bare):
    assert bool(bare_toll(text, text)) is bare


WORDING = """\
wording:
- words: [rare]
  prefer: '"few"'
  why: It judges.
"""


def breach(rivers) -> str:
    with pytest.raises(CommandError) as failed:
        command("check_course", rivers.path)
    return str(failed.value)


def test_a_claim_that_no_lesson_cites_is_a_fault(rivers):
    rivers.change(
        "claims.yaml",
        "- key: water-1",
        "- key: water-0\n  text: Dry.\n  status: disputed\n  sources: [s1]\n\n- key: water-1",
    )
    assert "claims.yaml:15: No lesson cites the claim water-0." in breach(rivers)


def test_a_source_that_no_claim_uses_is_a_fault(rivers):
    rivers.change("claims.yaml", "[s1, s2]", "[s2]")
    assert "sources.yaml:1: No claim uses the source s1." in breach(rivers)


def test_a_loaded_word_in_a_lesson_is_a_fault_with_its_line(rivers):
    rivers.change("course.yaml", "lessons:", f"{WORDING}lessons:")
    rivers.change("lessons/02-floods.md", "---\n\n", "---\n\nSuch water is rare. {#such}\n\n")
    assert re.search(r'lessons/02-floods.md:\d+: "rare" is a loaded word', breach(rivers))


def test_a_number_of_dead_in_a_lesson_is_a_fault(rivers):
    rivers.change("lessons/02-floods.md", "---\n\n", "---\n\nIt killed 240 people. {#such}\n\n")
    assert "a number of dead needs the body that counted and the day" in breach(rivers)


def test_a_course_that_is_not_sourced_is_not_held_to_it(rivers):
    rivers.change("course.yaml", "sourced: true", "sourced: false")
    rivers.change("claims.yaml", "[s1, s2]", "[s2]")
    assert "No faults." in command("check_course", rivers.path)


def test_a_word_that_leads_to_the_glossary_is_explained_there(rivers):
    rivers.change("course.yaml", "lessons:", f"{WORDING.replace('rare', 'flood')}lessons:")
    assert "flood" not in str(breaches_of(rivers))


def breaches_of(rivers) -> list[str]:
    found = [str(fault) for fault in breaches(read(rivers.path))]
    return [fault for fault in found if fault.startswith("lessons/02")]
