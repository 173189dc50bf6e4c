"""An export tells its learner nothing that a page would not tell by now."""

import re

import pytest

from quizzes.models import Option, Quiz
from tests.accounts.lives import answers, at, brook, exported, files, finishes, records, starts


@pytest.fixture
def rivers(make, db):
    return make.collection(slug="rivers")


def life_of(learner, quiz: Quiz) -> bytes:
    """Chose "Wrong" and went through the rest, in an exam that is not finished."""
    text = {option.text: place for place, option in enumerate(_options(quiz))}
    answers(learner, quiz, 0, [text["Wrong"]], minute=1)
    return exported(learner)


def _options(quiz: Quiz) -> list[Option]:
    return list(quiz.slots.first().question.options.order_by("position"))


def test_of_two_quizzes_with_other_keys_an_exam_under_way_exports_the_same(ada, rivers):
    asked = [("Right", 1), ("Wrong", 0), ("Also wrong", 0)]
    told = []
    for options in (asked, [("Also wrong", 0), ("Wrong", 1), ("Right", 0)]):
        quiz = one_question(rivers, options)
        data = life_of(ada, quiz)
        told.append(without_seed(data))
        ada.attempts.all().delete()
        quiz.editions.all().delete()
        quiz.slots.all().delete()
        quiz.delete()
        rivers.questions.all().delete()
    assert told[0] == told[1]


def without_seed(data: bytes) -> dict[str, str]:
    """Chance, and no secret."""
    return {name: re.sub(r'"seed":"\w+"', "", text) for name, text in files(data).items()}


def one_question(rivers, options) -> Quiz:
    from tests import make

    question = make.question(collection=rivers, key="which", options=options)
    return make.quiz(collection=rivers, slug="exam", questions=[question], setting="exam")


@pytest.mark.parametrize("sees", ["closed", "never"])
def test_marks_that_an_exam_holds_back_are_not_in_it(ada, rivers, sees):
    exam = brook(rivers, setting="exam", sees_mark=sees)
    answers(ada, exam, 0, [0], minute=1)
    finishes(ada, exam, minute=2)
    data = exported(ada)
    attempt = records(data, "attempts")[0]
    assert (attempt["told"], attempt["mark"], attempt["full_mark"]) == (False, None, None)
    assert [(one["fraction"], one["mark"]) for one in attempt["answers"]] == [(None, None)]
    card = records(data, "cards")[0]
    assert {card[name] for name in ("due_on", "stability", "difficulty", "sure_but_wrong", "reviewed_on")} == {None}


def test_they_come_once_it_is_closed(ada, rivers, time_machine):
    exam = brook(rivers, setting="exam", sees_mark="closed", closes_at=at(10))
    answers(ada, exam, 0, [0], minute=1)
    finishes(ada, exam, minute=2)
    time_machine.move_to(at(9))
    assert records(exported(ada), "attempts")[0]["mark"] is None
    time_machine.move_to(at(11))
    assert records(exported(ada), "attempts")[0]["mark"] == "1.00000"


def test_an_exam_under_way_tells_no_marks(ada, rivers):
    exam = brook(rivers, setting="exam")
    starts(ada, exam, minute=1)
    answers(ada, exam, 0, [0], minute=2)
    assert records(exported(ada), "attempts")[0]["told"] is False
    finishes(ada, exam, minute=3)
    assert records(exported(ada), "attempts")[0]["mark"] == "1.00000"


def test_a_mark_by_hand_comes_with_the_marks(ada, tom, rivers):
    from quizzes.marking import mark_by_hand

    exam = brook(rivers, setting="exam", essay=True, sees_mark="never")
    essay = answers(ada, exam, 4, "Because.", minute=1)
    finishes(ada, exam, minute=2)
    mark_by_hand(response=essay, credits=[1], comment="Good.", by=tom)
    assert records(exported(ada), "attempts")[0]["answers"][0]["by_hand"] is None
    assert "Good." not in "".join(files(exported(ada)).values())


def test_nothing_of_an_edition_but_what_was_chosen_is_in_it(ada, rivers):
    quiz = brook(rivers)
    answers(ada, quiz, 0, [1], minute=1)
    text = "".join(files(exported(ada)).values())
    assert '"Wrong"' in text
    assert '"Right"' not in text
    assert "Also wrong" not in text
    assert "Why Wrong is so." not in text
