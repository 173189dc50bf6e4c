import pytest

from quizzes.engine.document import Option, Question
from quizzes.engine.voice import loaded, own_words, pattern

LOADED = [
    ("The regime fell.", "regime"),
    ("It stood. Regimes fall.", "Regimes"),
    ("The government fell.", ""),
    ('The paper wrote of "the regime".', ""),
    ("The minister called it a regime.", ""),
    ("He said so. The regime fell.", "regime"),
    ("The Regime Museum opened.", ""),
]


@pytest.mark.parametrize(("text", "word"), LOADED)
def test_a_loaded_word_is_found_in_the_authors_own_voice_only(text, word):
    assert loaded(text, pattern(["regime", "regimes"]), within=("Regime Museum",)) == word


def test_an_author_speaks_in_the_question_the_feedback_and_the_right_options():
    options = (Option("Right", 1, feedback="Yes"), Option("Wrong", feedback="No"))
    assert dict(own_words(Question("q", "single", "Which?", options, explanation="So."))) == {
        "text": "Which?",
        "explanation": "So.",
        "options.0": "Right",
        "options.0.feedback": "Yes",
        "options.1.feedback": "No",
    }


def test_no_option_is_the_authors_own_where_the_question_is_about_words():
    question = Question("q", "single", "What did he call it?", (Option("Right", 1),))
    assert "options.0" not in dict(own_words(question))
