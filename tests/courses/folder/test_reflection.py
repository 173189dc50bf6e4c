"""Questions to think about, and the closing question, through the folder."""

import pytest

from courses.folder.dumping import dump
from courses.folder.loading import load
from courses.folder.reading import read
from courses.models import Course, Lesson
from tests.courses.folder.conftest import texts

OPINION = """\
opinion:
  question: Up or down?
  options:
  - Up
  - Down
"""
REFLECT = """\
reflect:
- Where does a river begin?
- "Who decides: you?"
"""


@pytest.fixture
def reflective(rivers):
    rivers.write("course.yaml", (rivers.path / "course.yaml").read_text() + OPINION)
    rivers.change("lessons/01-springs.md", "- tell a spring from a well\n", f"- tell a spring from a well\n{REFLECT}")
    return rivers


def test_they_are_loaded_and_dumped_as_they_were(reflective, tmp_path, db):
    load(reflective.path)
    course = Course.objects.get()
    assert course.opinion == {"question": "Up or down?", "options": ["Up", "Down"]}
    assert Lesson.objects.get(slug="springs").reflect == ["Where does a river begin?", "Who decides: you?"]
    assert Lesson.objects.get(slug="floods").reflect == []
    dump(course, tmp_path / "again")
    assert texts(tmp_path / "again") == texts(reflective.path)


def test_they_go_when_they_are_gone_from_the_folder(reflective, db):
    load(reflective.path)
    reflective.change("course.yaml", OPINION, "")
    reflective.change("lessons/01-springs.md", REFLECT, "")
    load(reflective.path)
    assert Course.objects.get().opinion == {}
    assert Lesson.objects.get(slug="springs").reflect == []


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("course.yaml", "  question: Up or down?\n", "", "question is missing."),
        ("course.yaml", "Up or down?", "''", "question is empty."),
        ("course.yaml", "  - Down\n", "", "A closing question has two or more options."),
        ("course.yaml", "- Down", "- Up", '"Up" stands here twice.'),
        ("course.yaml", "- Down", '- "Do\\nwn"', "it must be text on one line, without space around it."),
        (
            "course.yaml",
            OPINION,
            "opinion: Up or down?\n",
            "opinion must have fields such as `question: ...`, but is text.",
        ),
        ("course.yaml", "  options:", "  choices:", 'There is no field "choices".'),
        ("lessons/01-springs.md", REFLECT, "reflect: Why?\n", "reflect must be a list such as [a, b], but is text."),
        (
            "lessons/01-springs.md",
            '"Who decides: you?"',
            '"Who decides:\\u2028you?"',
            "it must be text on one line, without space around it.",
        ),
        ("lessons/01-springs.md", '"Who decides: you?"', '""', "an entry of reflect is empty."),
    ],
)
def test_a_slip_is_named_with_its_line(reflective, file, old, new, expected):
    reflective.change(file, old, new)
    changed = (reflective.path / file).read_text()
    first = changed.index("opinion:" if file == "course.yaml" else "reflect:")
    faults = [fault for fault in read(reflective.path).faults if expected in str(fault)]
    assert faults
    assert all(fault.file == file and fault.line > changed.count("\n", 0, first) for fault in faults)
