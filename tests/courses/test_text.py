"""Markdown of a lesson, as a table of what goes in and what comes out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.text import parse


def html(text: str) -> str:
    return "".join(block.html for block in parse(text).blocks)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Water. {#a}", '<p id="a">Water.</p>'),
        ("Water.\n{#a}", '<p id="a">Water.</p>'),
        ("## Head {#h}", '<h2 id="h">Head</h2>'),
        ("*soft* **hard**", "<p><em>soft</em> <strong>hard</strong></p>"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("[a](https://x.test/)", '<a href="https://x.test/">a</a>'),
        ('It said "yes".', "“yes”"),
        ("A.[^c] {#a}", '<a href="#a-1" role="doc-noteref" data-note="">1</a>'),
        ("| H |\n| --- |\n| c |", '<td data-label="H">c</td>'),
        ("[w](term:spring)", 'href="#term-spring" aria-describedby="term-spring"'),
    ],
)
def test_markdown_becomes_html(text, expected):
    assert expected in html(text)


@pytest.mark.parametrize("text", ["[a](javascript:alert(1))", "![x](https://x.test/i.png)", "<img src=x onerror=y>"])
def test_nothing_that_runs_or_loads_gets_through(text):
    for sign in ("<img", "javascript:", "<script"):
        assert f'"{sign}' not in html(text)
        assert "<img" not in html(text)


FAULTS = [
    ("# Title", 1, "Headings start at ##"),
    ("A {#x}\n\nB {#x}", 3, "twice"),
    ("A {#No Good}", 1, "no anchor"),
    ("A cites.[^c]", 1, "needs an {#anchor}"),
    (":::picture map", 1, "no box or line"),
    (":::check", 1, "no box or line"),
    ("[a](term:x) b\n\n[c](term:x)", 3, "linked in this lesson before"),
]


@pytest.mark.parametrize(("text", "line", "says"), FAULTS)
def test_faults_name_their_line_and_what_to_do(text, line, says):
    (found,) = parse(text).faults
    assert found[0] == line
    assert says in found[1]


def test_checks_citations_terms_and_anchors_are_listed_with_their_lines():
    text = parse("## H {#h}\n\nA[^c1][^c2] [w](term:t) {#a}\n\n:::check q\n\nB[^c1] {#b}")
    assert [(check.key, check.line) for check in text.checks] == [("q", 5)]
    assert [(c.claim, c.anchor, c.line) for c in text.citations] == [("c1", "a", 3), ("c2", "a", 3), ("c1", "b", 7)]
    assert [(term.key, term.line) for term in text.terms] == [("t", 3)]
    assert [(anchor.name, anchor.heading) for anchor in text.anchors] == [("h", "H"), ("a", ""), ("b", "")]
    assert text.numbers == {"c1": 1, "c2": 2}
    assert text.section_of("b") == "H"
    assert text.section_of("nowhere") == ""


def test_the_box_of_later_events_holds_blocks():
    (box,) = parse(":::since\n**2025.** More.[^c] {#m}\n\n:::check q\n:::\n").blocks
    assert box.kind == "since"
    assert [block.kind for block in box.blocks] == ["text", "check"]
    assert box.blocks[0].claims == ("c",)


def test_reading_time_counts_words_and_checks():
    assert parse("word " * 200).minutes == 1
    assert parse("word " * 201).minutes == 2
    assert parse("word " * 200 + "\n\n:::check q\n").minutes == 2


@given(st.text(alphabet=st.sampled_from('abc {}#:^[]()|-*`\n"<>&term check since'), max_size=200))
def test_no_text_breaks_the_parser(text):
    parsed = parse(text)
    assert parsed.words >= 0


def test_a_figure_stands_on_a_line_of_its_own():
    text = parse("A. {#a}\n\n:::figure network\n")
    assert [(figure.key, figure.line) for figure in text.figures] == [("network", 3)]
    assert [block.kind for block in text.blocks] == ["text", "figure"]
    assert text.faults == ()
