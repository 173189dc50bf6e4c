"""What earns a certificate, through the folder."""

import pytest

from courses.folder.dumping import dump
from courses.folder.loading import load
from courses.folder.reading import read
from courses.models import Course
from tests.courses.folder.conftest import texts

BLOCK = """\
certificate:
  lessons: [springs]
  quiz: springs
  mark: 0.7
"""


@pytest.fixture
def certifying(rivers):
    rivers.write("course.yaml", (rivers.path / "course.yaml").read_text() + BLOCK)
    return rivers


def test_it_is_loaded_and_dumped_as_it_was(certifying, tmp_path, db):
    load(certifying.path)
    course = Course.objects.get()
    assert course.certificate == {"lessons": ["springs"], "quiz": "springs", "mark": 0.7}
    dump(course, tmp_path / "again")
    assert texts(tmp_path / "again") == texts(certifying.path)


def test_a_block_that_asks_for_every_lesson_is_not_no_block(certifying, tmp_path, db):
    certifying.change("course.yaml", BLOCK, "certificate: {}\n")
    load(certifying.path)
    assert Course.objects.get().certificate == {}
    dump(Course.objects.get(), tmp_path / "again")
    assert texts(tmp_path / "again") == texts(certifying.path)
    certifying.change("course.yaml", "certificate: {}\n", "")
    load(certifying.path)
    assert Course.objects.get().certificate is None


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("quiz: springs", "quiz: spring", 'There is no quiz "spring". Is it "springs"?'),
        ("[springs]", "[sprungs]", 'There is no lesson "sprungs". Is it "springs"?'),
        ("[springs]", "[springs, springs]", '"springs" stands here twice.'),
        ("  mark: 0.7\n", "", "mark is missing; say which share of the full mark earns the certificate."),
        ("  quiz: springs\n", "", "quiz is missing; say in which quiz the mark is to be earned."),
        ("0.7", "70", "it must be a share of the full mark, above 0 and up to 1, such as 0.6."),
        (BLOCK, "certificate: yes\n", "certificate must have fields such as `lessons: ...`, but is text."),
    ],
)
def test_a_slip_is_named_with_its_line(certifying, old, new, expected):
    text = (certifying.path / "course.yaml").read_text()
    before, _block = text.split("certificate:")
    certifying.write("course.yaml", before + BLOCK.replace(old, new, 1) if old != BLOCK else before + new)
    faults = [fault for fault in read(certifying.path).faults if expected in str(fault)]
    assert faults
    assert all(fault.file == "course.yaml" and fault.line > before.count("\n") for fault in faults)


def test_a_quiz_that_never_shows_its_mark_can_not_earn_one(certifying):
    quizzes = (certifying.path / "quizzes.yaml").read_text()
    certifying.write("quizzes.yaml", quizzes.replace("- slug: springs\n", "- slug: springs\n  sees: {mark: never}\n"))
    faults = [str(fault) for fault in read(certifying.path).faults]
    assert any("The quiz springs never shows its mark, and the certificate would tell it." in one for one in faults)
