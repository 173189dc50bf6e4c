"""The benchmarks have questions of every kind, and ones that could be published."""

import pytest

from bench.rig.questions import samples
from quizzes.engine.document import DESCRIPTION
from quizzes.engine.kinds import KINDS
from quizzes.publishing import problems_of_question

ASKED = [name for name in KINDS if name != DESCRIPTION]
SAMPLES = {sample.question.kind: sample for sample in samples(len(ASKED))}


def test_every_kind_with_something_to_answer_is_there():
    assert sorted(SAMPLES) == sorted(ASKED)


@pytest.mark.parametrize("name", ASKED)
def test_it_could_be_published(name):
    assert problems_of_question(SAMPLES[name].question, sourced=True) == []


@pytest.mark.parametrize("name", [name for name in ASKED if not KINDS[name].by_hand])
def test_its_first_answer_is_right_and_its_last_is_not(name):
    question, answers = SAMPLES[name].question, SAMPLES[name].answers
    assert KINDS[name].mark(question, answers[0]) == 1
    assert KINDS[name].mark(question, answers[-1]) < 1


def test_a_kind_without_a_question_is_named(monkeypatch):
    monkeypatch.setitem(KINDS, "riddle", KINDS["single"])
    with pytest.raises(LookupError, match="riddle"):
        samples(1)
