"""Finding a highlight's words again, whatever was done to the text around them. No database."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from courses.passages import Passage
from progress.finding import ALMOST, CONTEXT, find, find_in_another, locate, plain, selected

RIVER = (
    "Water runs downhill, and so does what it carries. In spring the river floods its banks; in summer it leaves them "
    "dry. Nobody in the valley calls that a surprise, since the river has done it for as long as anyone remembers."
)


def passage(words: str, address: str = "a", number: int = 0) -> Passage:
    return Passage(address, words, number=number)


def chosen(text: str, quote: str, *, address: str = "a", whole: bool = False):
    start = text.index(quote)
    return selected(passage(text, address), start, start + len(quote), whole=whole)


def test_words_that_did_not_move_are_found_where_they_were():
    one = chosen(RIVER, "floods its banks")
    found = find(one, [passage(RIVER)])
    assert (found.start, found.words) == (one.place, "floods its banks")


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Water runs downhill", "As everybody knows, water runs down the hill"),
        ("in summer it leaves them dry", "in summer one can walk in its bed"),
        ("In spring", "Every spring"),
        ("surprise, since", "surprise: and nobody should, for"),
    ],
)
def test_words_are_found_after_a_change_around_them(was, now):
    found = find(chosen(RIVER, "floods its banks"), [passage(RIVER.replace(was, now))])
    assert found.words == "floods its banks"


def test_of_the_same_words_twice_those_that_were_meant_are_found():
    text = "The north has a river. The south has a river too, and it is wider than the one we know."
    second = text.rindex("a river")
    one = selected(passage(text), second, second + len("a river"))
    longer = "Once more, and at more length. " + text
    assert find(one, [passage(longer)]).start == longer.rindex("a river")


def test_of_the_same_words_twice_the_other_ones_are_not_taken_for_those_that_are_gone():
    text = (
        "The north of the country has no Popular Mobilization Forces at all, to this day. "
        "Further down, where the plain is, the Popular Mobilization Forces hold two towns."
    )
    second = text.rindex("Popular Mobilization Forces")
    one = selected(passage(text), second, second + len("Popular Mobilization Forces"))
    gone = text[:81] + "Further down, where the plain is, nobody holds the two towns."
    assert find(one, [passage(gone)]) is None


def test_a_quote_that_was_reworded_a_little_is_found_between_what_stands_around_it():
    one = chosen(RIVER, "the river floods its banks; in summer it leaves them dry")
    found = find(one, [passage(RIVER.replace("in summer it leaves", "in late summer it leaves"))])
    assert found.words == "the river floods its banks; in late summer it leaves them dry"


@pytest.mark.parametrize(("was", "now"), [("downhill", "uphill"), ("floods", "feeds")])
def test_a_word_that_became_another_one_is_not_marked(was, now):
    assert find(chosen(RIVER, was), [passage(RIVER.replace(was, now))]) is None


def test_signs_may_be_set_in_another_way():
    text = "He said “no” - and meant it, as the river's people always do when they are asked."
    found = find(chosen(text, "“no” - and"), [passage(text.replace("“", '"').replace("”", '"').replace(" - ", " – "))])
    assert found.words == '"no" – and'


def test_a_passage_that_moved_in_its_lesson_is_followed_by_its_anchor():
    other = passage("Something else altogether stands here.", "b")
    assert find(chosen(RIVER, "dry"), [other, passage(RIVER)]).passage.address == "a"


def test_a_passage_whose_anchor_changed_is_known_by_its_text():
    assert find(chosen(RIVER, "dry"), [passage("Something else.", "a"), passage(RIVER, "b")]).passage.address == "b"


def test_a_sentence_that_moved_alone_is_found_where_it_is_now():
    sentence = "In spring the river floods its banks; in summer it leaves them dry."
    here = [passage(RIVER.replace(sentence, "")), passage(f"Seasons matter. {sentence} So they say.", "b", 1)]
    assert find(chosen(RIVER, sentence), here).passage.address == "b"


def test_a_word_alone_is_not_looked_for_all_over_the_lesson():
    here = [passage("It was removed.", "a"), passage("Another river, which is dry all year.", "b", 1)]
    assert find(chosen(RIVER, "dry"), here) is None


def test_a_passage_that_moved_to_another_lesson_is_found_by_its_anchor_or_by_its_text():
    one = chosen(RIVER, "floods its banks")
    assert find_in_another(one, [passage("Else.", "z")], [passage(RIVER, "a")]).words == "floods its banks"
    assert find_in_another(one, [passage("Else.", "a")], [passage(RIVER, "c")]).words == "floods its banks"


def test_an_anchor_that_two_lessons_have_proves_nothing():
    one = chosen("A river.", "A river.")
    assert find_in_another(one, [passage("Changed.", "a")], [passage("No word of it here.", "a")]) is None


@pytest.mark.parametrize("text", ["Yes.", "Water runs.", "It is so."])
def test_words_of_a_very_short_passage_are_found_too(text):
    for quote in text.split():
        assert find(chosen(text, quote), [passage(text)]).words == quote


def test_a_note_on_a_whole_passage_stays_on_it_while_most_of_it_stays():
    one = chosen(RIVER, RIVER, whole=True)
    found = find(one, [passage(RIVER.replace("spring", "March").replace("summer", "August"))])
    assert found.start == 0
    assert find(one, [passage("All of it was written anew, and nothing is as it was before.")]) is None
    assert find(one, [passage("Else.", "a"), passage(RIVER, "b")]).passage.address == "b"


def test_words_that_are_typed_are_found_whatever_their_case_and_signs():
    text = "The “Axis of Resistance” – so it is called."
    assert locate(passage(text), '  "axis of\n resistance" ').words == "“Axis of Resistance”"
    assert locate(passage(text), "axis of evil") is None
    assert locate(passage(text), "  ") is None


def test_of_words_that_stand_there_twice_those_are_taken_that_were_selected():
    text = "one two one three"
    assert locate(passage(text), "one", prefix="one two ", suffix=" three").start == 8
    assert locate(passage(text), "one", prefix="", suffix=" two one three").start == 0


WORDS = [one + other for one in "ba de fi ro mu sol tan ver wa kin".split() for other in "ra ne lis dor my tes".split()]
texts = st.lists(st.sampled_from(WORDS), max_size=40, unique=True).map(" ".join)
"""The words of a text are in others too, but no text says one thing over and over."""


@st.composite
def highlights(draw, skipped: int = 0):
    """(text, start, end) of some words in a text, after so many others."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=8 + skipped, max_size=60, unique=True))
    first = draw(st.integers(skipped, len(words) - 1))
    last = draw(st.integers(first, min(first + 8, len(words) - 1)))
    text = " ".join(words)
    start = len(" ".join(words[:first])) + bool(first)
    return text, start, start + len(" ".join(words[first : last + 1]))


@given(highlight=highlights(skipped=6), before=texts, after=texts)
def test_words_are_found_when_anything_was_added_before_and_behind_the_text(highlight, before, after):
    text, start, end = highlight
    one = selected(passage(text), start, end)
    longer = f"{before} {text} {after}".strip()
    found = find(one, [passage(longer)])
    assert found is not None
    assert found.words == one.quote
    assert longer[: found.start].endswith(one.prefix)


@given(highlight=highlights(skipped=32), before=texts, after=texts)
def test_words_are_found_when_all_is_new_but_what_stands_right_before_them(highlight, before, after):
    text, start, end = highlight
    one = selected(passage(text), start, end)
    assert len(one.prefix) == CONTEXT
    assume(one.quote not in after)
    changed = f"{before} {one.prefix}{one.quote} {after}"
    found = find(one, [passage(changed)])
    assert found is not None
    assert changed[: found.start].endswith(one.prefix)


@given(highlight=highlights(), others=st.lists(texts, max_size=4), place=st.integers(0, 4))
def test_words_are_found_wherever_their_passage_moves(highlight, others, place):
    text, start, end = highlight
    one = selected(passage(text), start, end)
    here = [passage(other, f"x{number}", number) for number, other in enumerate(others)]
    here.insert(min(place, len(here)), passage(text))
    found = find(one, here)
    assert (found.passage.address, found.start, found.end) == ("a", start, end)


@given(highlight=highlights(), here=st.lists(texts, max_size=5))
def test_nothing_is_ever_marked_but_those_words_or_most_of_them(highlight, here):
    text, start, end = highlight
    one = selected(passage(text), start, end)
    passages = [passage(other, "a" if number == 2 else f"x{number}", number) for number, other in enumerate(here)]
    if found := find(one, passages):
        same = set(plain(found.words).split()) & set(one.quote.split())
        assert found.words == one.quote or len(same) >= ALMOST * len(set(one.quote.split())) / 2


@given(highlight=highlights())
def test_words_that_were_cut_out_are_not_found_in_the_rest(highlight):
    text, start, end = highlight
    one = selected(passage(text), start, end)
    rest = " ".join((text[:start] + text[end:]).split())
    assume(one.quote not in rest)
    assert find(one, [passage(rest)]) is None
