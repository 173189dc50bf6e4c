import msgspec
import pytest

from quizzes.engine.document import Option, Question, Quiz, Slot, decode, digest, encode

QUIZ = Quiz(
    "Rivers",
    (Slot(Question("q", "single", "Which?", (Option("A", 1, feedback="Why", claims=("c",)), Option("B"))), weight=2),),
    tries=2,
)


def test_a_document_comes_back_as_it_was():
    assert decode(encode(QUIZ)) == QUIZ


def test_equal_quizzes_have_equal_documents_and_others_do_not():
    assert digest(encode(QUIZ)) == digest(encode(decode(encode(QUIZ))))
    assert digest(encode(QUIZ)) != digest(encode(msgspec.structs.replace(QUIZ, tries=3)))


def test_the_weight_is_the_sum_of_the_slots():
    assert QUIZ.weight == 2


def test_a_document_that_is_none_is_refused():
    with pytest.raises(msgspec.ValidationError):
        decode('{"schema": 1}')
