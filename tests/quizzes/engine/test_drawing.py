from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine.document import Draw, Option, Question, Quiz, Slot, decode, encode
from quizzes.engine.drawing import deal, shortfall


def question(key: str) -> Question:
    return Question(key, "single", "Which?", (Option("A", 1), Option("B")))


def pool(*keys: str) -> tuple[Question, ...]:
    return tuple(map(question, keys))


def keys(quiz: Quiz) -> list[str]:
    return [slot.question.key for slot in quiz.slots]


FINAL = Quiz("Final", (Slot(question("f")),), draws=(Draw("a", 2, pool(*"abcdf"), 2), Draw("b", 1, pool(*"cdef"))))


@given(st.text(max_size=8))
def test_an_attempt_gets_its_count_without_repeats_and_the_same_every_time(seed):
    dealt = deal(FINAL, seed)
    assert keys(dealt) == keys(deal(FINAL, seed))
    assert len(keys(dealt)) == FINAL.count == len(set(keys(dealt))) == 4
    assert keys(dealt)[0] == "f"
    assert set(keys(dealt)[1:3]) <= set("abcd")
    assert dealt.weight == FINAL.weight == 6
    assert dealt.draws == ()


def test_two_learners_get_different_questions():
    assert len({tuple(keys(deal(FINAL, str(seed)))) for seed in range(40)}) > 10


def test_every_question_of_a_pool_comes_up():
    assert {key for seed in range(60) for key in keys(deal(FINAL, str(seed)))} == set("abcdef")


def test_a_quiz_without_draws_stays_as_it_is():
    quiz = Quiz("Plain", (Slot(question("a")),))
    assert deal(quiz, "seed") is quiz


def test_a_draw_that_could_run_out_is_found():
    assert shortfall(FINAL) == []
    short = Quiz("Short", (Slot(question("a")),), draws=(Draw("t", 2, pool("a", "b")),))
    assert [(draw.tag, left) for draw, left in shortfall(short)] == [("t", 1)]
    rivals = Quiz("Rivals", draws=(Draw("t", 1, pool("a", "b")), Draw("u", 2, pool("a", "b"))))
    assert [(draw.tag, left) for draw, left in shortfall(rivals)] == [("u", 1)]


def test_draws_come_back_from_the_document():
    assert decode(encode(FINAL)) == FINAL
