from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine.seeds import Hand, seed_from, shuffled


@given(st.text(max_size=20), st.integers(0, 40))
def test_an_order_is_a_permutation_and_the_same_every_time(seed, count):
    assert sorted(shuffled(seed, "slots", count)) == list(range(count))
    assert shuffled(seed, "slots", count) == shuffled(seed, "slots", count)


def test_different_things_are_ordered_differently():
    assert len({tuple(shuffled("seed", str(what), 6)) for what in range(50)}) > 30


WORDS = ["alpha", "beta", "gamma", "delta"]


def test_tokens_differ_by_text_slot_and_attempt():
    seen = {token for seed in ("one", "two") for slot in range(5) for token in Hand(seed, slot).tokens(WORDS)}
    assert len(seen) == 2 * 5 * 4
    assert {len(token) for token in seen} == {12}


@given(st.permutations(WORDS), st.text(max_size=9), st.integers(0, 9))
def test_tokens_and_order_say_nothing_of_the_authors_places(words, seed, slot):
    hand = Hand(seed, slot)
    assert [words[place] for place in hand.order(words)] == [WORDS[place] for place in hand.order(WORDS)]
    assert {hand.token(word) for word in words} == set(hand.tokens(WORDS))


def test_parts_of_a_seed_do_not_run_together():
    assert seed_from("ab", "c") != seed_from("a", "bc")
    assert seed_from("x", 1) == seed_from("x", "1")
