import pytest

from ui.templatetags.ui import direction, mark, partial_date, percent
from ui.text import inline


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain", "plain"),
        ("*soft*", "<em>soft</em>"),
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
        ("[a](http://x.test)", "[a](http://x.test)"),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
        ('a "b"', "a “b”"),
    ],
)
def test_inline_markdown_is_safe(text, html):
    assert inline(text) == html


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2025-06-13", "13 June 2025"),
        ("2025-06", "June 2025"),
        ("2025", "2025"),
        ("", ""),
        ("2025-13-45", "2025-13-45"),
    ],
)
def test_partial_dates_are_read_as_words(value, words):
    assert partial_date(value) == words


@pytest.mark.parametrize(("value", "words"), [(1, "1"), (0.66667, "0.67"), (0.5, "0.5"), (12.999999, "13"), (0, "0")])
def test_marks_have_no_more_decimals_than_they_need(value, words):
    assert mark(value) == words


def test_percent_and_direction():
    assert percent(2 / 3) == "67%"
    assert [direction(tag) for tag in ("en", "fa", "ar-EG", "de-AT")] == ["ltr", "rtl", "rtl", "ltr"]
