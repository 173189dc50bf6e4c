import pytest

from quizzes.engine.readability import grade, syllables


def test_the_grade_of_a_text_follows_the_published_formula():
    # 6 words, 1 sentence, 6 syllables: 0.39 * 6 + 11.8 * 1 - 15.59
    assert grade("The cat sat on the mat.") == pytest.approx(-1.45)
    assert grade("") is None
    assert [syllables(word) for word in ("water", "make", "table", "idea", "rhythm")] == [2, 1, 2, 2, 1]
