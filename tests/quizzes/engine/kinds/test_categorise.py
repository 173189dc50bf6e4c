import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine.document import Option, Question
from quizzes.engine.fields import Seen
from quizzes.engine.kinds import KINDS
from quizzes.engine.seeds import Hand
from quizzes.engine.words import Unreadable
from tests.quizzes.engine.kinds import laws
from tests.quizzes.engine.kinds.rows import answer, pairs, sent, some_pairs, turned

CATEGORISE = KINDS["categorise"]
ALL = "all_or_nothing"
MARKS = [
    ("ab", "", "", "ab", 1),
    ("ab", "", "", "aa", 1 / 2),
    ("ab", "", "", "b-", 0),
    ("aabb", "", "", "aabb", 1),
    ("aabb", "", "each", "aaaa", 1 / 2),
    ("aabb", "", "each", "bbbb", 1 / 2),
    ("aabb", "", "each", "bbaa", 0),
    ("aabb", "", "each", "aaba", 3 / 4),
    ("aabb", "", "each", "aa--", 1 / 2),
    ("aabb", "", "each", "---b", 1 / 4),
    ("aaab", "", "each", "aaab", 1),
    ("aaab", "", "each", "aaaa", 3 / 4),
    ("aaab", "", "each", "bbbb", 1 / 4),
    ("aaa", "b", "each", "aaa", 1),
    ("aaa", "b", "each", "aab", 2 / 3),
    ("aaa", "b", "each", "bbb", 0),
    ("abcab", "d", "each", "abcab", 1),
    ("abcab", "d", "each", "abcad", 4 / 5),
    ("abcab", "d", "each", "ddddd", 0),
    ("abcab", "d", "each", "aaaaa", 2 / 5),
    ("aabb", "", ALL, "aabb", 1),
    ("aabb", "", ALL, "aaba", 0),
    ("aabb", "", ALL, "aab-", 0),
    ("aaab", "", ALL, "aaaa", 0),
    ("aaa", "b", ALL, "aaa", 1),
    ("aaa", "b", ALL, "-aa", 0),
]


@pytest.mark.parametrize(("key", "spare", "marking", "chosen", "fraction"), MARKS)
def test_an_answer_earns_its_fraction(key, spare, marking, chosen, fraction):
    asked = pairs("categorise", key, marking, spare)
    assert CATEGORISE.mark(asked, answer(asked, chosen)) == pytest.approx(fraction)


PROBLEMS = [
    ("aabb", "", []),
    ("aa", "b", []),
    ("aa", "", ["It needs at least 2 different matches."]),
    ("a", "b", ["It needs at least 2 rows."]),
    ("", "ab", ["It needs at least 2 rows."]),
]


@pytest.mark.parametrize(("key", "spare", "problems"), PROBLEMS)
def test_what_an_author_got_wrong_is_told(key, spare, problems):
    asked = pairs("categorise", key, spare=spare)
    assert [str(problem) for problem in CATEGORISE.problems(asked)] == problems


@pytest.mark.parametrize(
    ("key", "chosen", "read"),
    [("aab", "aab", [0, 0, 1]), ("aab", "bbb", [1, 1, 1]), ("baa", "-b-", [None, 1, None])],
)
def test_choices_are_read_in_the_authors_order_of_items(key, chosen, read):
    assert CATEGORISE.field.read(pairs("categorise", key), laws.HAND, sent(chosen)) == read


@pytest.mark.parametrize(("form", "says"), [({}, "at least one row"), (sent("aaz"), "Reload the page")])
def test_an_unreadable_answer_says_what_to_do(form, says):
    with pytest.raises(Unreadable, match=says):
        CATEGORISE.field.read(pairs("categorise", "aab"), laws.HAND, form)


def test_categories_stand_in_their_natural_order_and_items_are_shuffled():
    names = ["16th century", "7th century", "earlier", "Later"]
    asked = Question("q", "categorise", "When?", tuple(Option(f"Item {name}", match=name) for name in names))
    shown = [CATEGORISE.field.show(asked, Hand(str(n), 0), Seen()) for n in range(30)]
    assert {tuple(choice.text for choice in one.choices) for one in shown} == {
        ("7th century", "16th century", "earlier", "Later")
    }
    assert len({tuple(row.text for row in one.rows) for one in shown}) > 10
    assert CATEGORISE.field.paper(asked, laws.HAND).choices == ("7th century", "16th century", "earlier", "Later")


def test_what_was_chosen_is_read_back_whatever_the_order_of_the_categories():
    names = ["16th century", "7th century"]
    asked = Question("q", "categorise", "When?", tuple(Option(f"Item {name}", match=name) for name in names))
    shown = CATEGORISE.field.show(asked, laws.HAND, Seen(answers=(CATEGORISE.correct(asked),)))
    texts = {choice.token: choice.text for choice in shown.choices}
    assert {row.text: f"Item {texts[row.chosen]}" for row in shown.rows} == {
        f"Item {name}": f"Item {name}" for name in names
    }


questions = some_pairs("categorise", CATEGORISE.markings)
laws_about_forms = questions.flatmap(lambda asked: st.tuples(st.just(asked), laws.form_data(asked)))


@given(questions, st.randoms())
def test_turning_the_key_changes_nothing_that_is_shown(asked, random):
    other = turned(asked, random.sample(range(len(asked.options)), len(asked.options)))
    given_answer = [0] * len(CATEGORISE.rows(asked))

    def shown(one: Question) -> list:
        parts = CATEGORISE.parts(one, given_answer)
        states = [Seen(), Seen(sent={}), Seen(answers=(given_answer,), parts=parts)]
        return [CATEGORISE.field.show(one, laws.HAND, state) for state in states]

    assert shown(asked) == shown(other)


@given(laws_about_forms)
def test_any_form_gives_an_answer_or_a_message(case):
    laws.any_form_gives_an_answer_or_a_message(*case)


@given(questions)
def test_the_correct_answer_earns_everything(asked):
    laws.the_correct_answer_earns_everything(asked)


@given(laws_about_forms, st.randoms())
def test_permuting_the_options_changes_nothing(case, random):
    asked, form = case
    order = random.sample(range(len(asked.options)), len(asked.options))
    laws.permuting_the_options_changes_nothing(asked, order, form)
