import pytest

from quizzes.engine.english import asking, nameless, plain, sentences, stem, stems, unmarked, words

ALIKE = [
    "limit limits limited limiting limitation limitations",
    "ally allies allied alliance alliances",
    "defend defends defence defensive defended",
    "treaty treaties",
    "seismograph seismic",
    "respond response",
    "nation nations national nationality",
    "biology biologist biological",
    "state states",
]


@pytest.mark.parametrize("family", ALIKE)
def test_forms_of_a_word_have_one_stem(family):
    assert len({stem(word) for word in family.split()}) == 1


def test_other_words_have_others():
    assert len({stem(family.split()[0]) for family in ALIKE}) == len(ALIKE)
    assert len({stem(word) for word in "iran iraq international internal contract control country count".split()}) == 8


def test_only_words_that_mean_something_have_stems_and_they_are_told_as_written():
    assert stems("Which of the *Treaties* was it, the treaty of 1919?") == {"treat": "Treaties", "1919": "1919"}


def test_marks_of_emphasis_are_no_part_of_the_words():
    assert words("It\u2019s **not** so, _is_ it? a_b ___") == ["it's", "not", "so", "is", "it", "a", "b"]
    assert plain("*Who* `said` __that__") == "Who said that"
    assert unmarked("Who did **not** say *so* and _why_?").split() == ["Who", "did", "say", "and", "?"]


def test_names_are_what_has_a_capital_letter_within_a_sentence():
    assert (
        nameless("Which of Iran's partners left? The Houthis did.").split()
        == "Which of partners left? The did.".split()
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It fell. Why? When?", ["Why?", "When?"]),
        ("It fell. Name the day:", ["Name the day:"]),
        ("", [""]),
    ],
)
def test_what_asks_has_a_question_mark_or_comes_last(text, said):
    assert asking(text) == said


def test_a_sentence_ends_at_a_mark_and_a_space():
    assert sentences("At 3.5 km; then. Stop!") == ["At 3.5 km;", "then.", "Stop!"]
