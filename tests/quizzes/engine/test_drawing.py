from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine.document import Draw, Option, Question, Quiz, Slot, decode, encode
from quizzes.engine.drawing import deal, draw, order, shortfall


def question(key: str) -> Question:
    return Question(key, "single", "Which?", (Option("A", 1), Option("B")))


def pool(*keys: str) -> tuple[Question, ...]:
    return tuple(map(question, keys))


def keys(quiz: Quiz) -> list[str]:
    return [slot.question.key for slot in quiz.slots]


FINAL = Quiz("Final", (Slot(question("f")),), draws=(Draw("a", 2, pool(*"abcdf"), 2), Draw("b", 1, pool(*"cdef"))))


def dealt(quiz: Quiz, seed: str, seen: tuple[str, ...] = ()) -> Quiz:
    return deal(quiz, draw(quiz, seed, seen))


@given(st.text(max_size=8), st.sets(st.sampled_from("abcdef")))
def test_an_attempt_gets_its_count_without_repeats_and_the_same_every_time(seed, seen):
    found = dealt(FINAL, seed, seen)
    assert keys(found) == keys(dealt(FINAL, seed, seen))
    assert len(keys(found)) == FINAL.count == len(set(keys(found))) == 4
    assert keys(found)[0] == "f"
    assert set(keys(found)[1:3]) <= set("abcd")
    assert found.weight == FINAL.weight == 6
    assert found.draws == ()


@given(st.text(max_size=8))
def test_what_was_not_seen_comes_first(seed):
    assert set(draw(FINAL, seed, ("a", "b"))[:2]) == {"c", "d"}
    assert "e" in draw(FINAL, seed, ("a", "b", "c", "d"))
    assert set(draw(FINAL, seed, ("a", "b", "c"))[:2]) > {"d"}


def test_two_learners_get_different_questions():
    assert len({tuple(keys(dealt(FINAL, str(seed)))) for seed in range(40)}) > 10


def test_every_question_of_a_pool_comes_up():
    assert {key for seed in range(60) for key in keys(dealt(FINAL, str(seed)))} == set("abcdef")


def test_draws_stand_where_their_author_put_them():
    slots = tuple(Slot(question(key)) for key in "xyz")
    quiz = Quiz(
        "Mixed", slots, draws=(Draw("a", 1, pool("a"), at=1, section="One"), Draw("b", 2, pool("b", "c"), at=3))
    )
    found = dealt(quiz, "seed")
    assert keys(found)[:4] == ["x", "a", "y", "z"]
    assert set(keys(found)[4:]) == {"b", "c"}
    assert found.slots[1].section == "One"


SECTIONS = Quiz("Two parts", tuple(Slot(question(key), section="12"[key > "d"]) for key in "abcdefgh"))


def test_the_order_is_the_authors_unless_it_is_shuffled():
    assert order(SECTIONS, "seed") == list(range(8))


@given(st.text(max_size=8))
def test_a_shuffled_quiz_keeps_its_sections(seed):
    shown = order(Quiz("Two parts", SECTIONS.slots, shuffled=True), seed)
    assert sorted(shown[:4]) == [0, 1, 2, 3]
    assert sorted(shown[4:]) == [4, 5, 6, 7]


def test_shuffled_orders_differ():
    quiz = Quiz("Two parts", SECTIONS.slots, shuffled=True)
    assert len({tuple(order(quiz, str(seed))) for seed in range(50)}) > 30


def test_a_quiz_without_draws_stays_as_it_is():
    quiz = Quiz("Plain", (Slot(question("a")),))
    assert draw(quiz, "seed") == []
    assert deal(quiz, []) is quiz


def test_a_draw_that_could_run_out_is_found():
    assert shortfall(FINAL) == []
    short = Quiz("Short", (Slot(question("a")),), draws=(Draw("t", 2, pool("a", "b")),))
    assert [(draw.tag, left) for draw, left in shortfall(short)] == [("t", 1)]
    rivals = Quiz("Rivals", draws=(Draw("t", 1, pool("a", "b")), Draw("u", 2, pool("a", "b"))))
    assert [(draw.tag, left) for draw, left in shortfall(rivals)] == [("u", 1)]


def test_draws_come_back_from_the_document():
    assert decode(encode(FINAL)) == FINAL
