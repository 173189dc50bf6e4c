from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from hypothesis import given

from courses.folder.reading import read
from courses.folder.schemas import Contents
from courses.folder.writing import files
from tests.cases import cases
from tests.courses.folder.conftest import FILES
from tests.courses.folder.random_courses import courses


def written_and_read(contents: Contents) -> Contents:
    with TemporaryDirectory() as place:
        for name, text in files(contents).items():
            path = Path(place) / contents.slug / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        return read(Path(place) / contents.slug).contents()


@cases(100)
@given(courses())
def test_what_is_written_reads_as_it_was(contents):
    again = written_and_read(contents)
    assert again == contents
    assert files(again) == files(contents)


@cases(30)
@given(courses())
def test_any_yaml_reader_finds_the_same_texts(contents):
    found = {
        row["key"]: row["text"]
        for name, text in files(contents).items()
        if name.startswith("questions/")
        for row in yaml.safe_load(text)
    }
    assert found == {key: question.text for key, question in contents.questions.items()}


def test_a_canonical_folder_is_written_as_it_is(rivers):
    assert files(read(rivers.path).contents()) == FILES


def test_claims_are_in_the_order_of_their_numbers(rivers):
    rivers.write(
        "claims.yaml", FILES["claims.yaml"] + "\n- key: spring-10\n  text: Ten.\n  status: disputed\n  sources: [s1]\n"
    )
    text = files(read(rivers.path).contents())["claims.yaml"]
    assert [row["key"] for row in yaml.safe_load(text)] == ["spring-1", "spring-2", "spring-10", "water-1"]


def test_a_question_that_no_lesson_asks_goes_to_the_bank(rivers):
    rivers.change("quizzes.yaml", "[springs-all, floods-much]", "[floods-much]")
    rivers.change("quizzes.yaml", "  weights: {springs-all: 2}\n", "")
    rivers.change("quizzes.yaml", "  draws:\n  - {tag: deep water, count: 1, weight: 0.5}\n", "")
    written = files(read(rivers.path).contents())
    assert "springs-all" not in written["questions/01-springs.yaml"]
    assert [row["key"] for row in yaml.safe_load(written["questions/bank.yaml"])] == ["springs-all"]


def test_a_question_that_the_quiz_of_a_lesson_draws_stands_with_the_lesson(rivers):
    rivers.change("quizzes.yaml", "  weights: {springs-all: 2}\n", "  draws: [{tag: wells, count: 1}]\n")
    rivers.change("quizzes.yaml", "[springs-all, floods-much]", "[floods-much]")
    assert "springs-all" in files(read(rivers.path).contents())["questions/01-springs.yaml"]


def test_the_bank_is_read(rivers):
    bank = FILES["questions/02-floods.yaml"].replace("floods-much", "spare")
    rivers.write("questions/bank.yaml", bank)
    contents = read(rivers.path).contents()
    assert "spare" in contents.questions
    assert files(contents)["questions/bank.yaml"] == bank
