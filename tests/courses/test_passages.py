"""The words of passages, and marks set into their HTML."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.passages import Span, addresses, marked, passages, words
from courses.text import parse

TEXT = """\
## A heading {#top}

Water runs *down*hill.[^downhill] It starts in a [spring](term:spring). {#start}

No anchor here.

No anchor here.

- one
- two {#list}

| Way | Wet? |
|---|---|
| down | yes & no |

:::since
**2025.** Later. {#later}
:::
"""


def html_of(text: str) -> str:
    return parse(text).blocks[0].html


def put(html: str, quote: str, name: str = "1") -> str:
    start = words(html).index(quote)
    return marked(html, [Span(start, start + len(quote), name)])


def marks(html: str) -> list[str]:
    return [unescape(re.sub("<[^>]*>", "", found)) for found in re.findall("<mark[^>]*>(.*?)</mark>", html, re.DOTALL)]


def test_words_are_what_is_read_without_numbers_of_footnotes_and_meanings():
    assert [one.words for one in passages(TEXT)] == [
        "Water runs downhill. It starts in a spring.",
        "No anchor here.",
        "No anchor here.",
        "one two",
        "Way Wet? down yes & no",
        "2025. Later.",
    ]


def test_a_passage_has_its_anchor_for_an_address_or_one_that_follows_from_its_words():
    found = [one.address for one in passages(TEXT)]
    assert (found[0], found[3], found[5]) == ("start", "list", "later")
    assert re.fullmatch("p-[0-9a-f]{12}", found[1])
    assert found[2] == f"{found[1]}-2"
    assert len(set(found)) == 6
    assert addresses(TEXT)[0] == ""


def test_a_passage_knows_its_section_and_its_claims():
    first = passages(TEXT)[0]
    assert (first.section, first.claims) == ("A heading", ("downhill",))


def test_words_are_marked_through_emphasis_footnotes_and_terms():
    html = html_of("Water runs *down*hill.[^downhill] It starts in a [spring](term:spring).")
    done = put(html, "downhill. It starts in a spring")
    assert marks(done) == ["down", "hill.", " It starts in a ", "spring"]
    assert '<em><mark data-highlight="1">down</mark></em>' in done
    assert re.search('data-note="">1</a>', done)
    assert "\ue000spring\ue001" in done


def test_overlapping_highlights_share_a_mark():
    done = marked("<p>one two three</p>", [Span(0, 7, "1"), Span(4, 13, "2")])
    assert done == (
        '<p><mark data-highlight="1">one </mark><mark data-highlight="1 2">two</mark>'
        '<mark data-highlight="2"> three</mark></p>'
    )


def test_a_table_and_a_list_stay_well_formed():
    table = next(block.html for block in parse(TEXT).blocks if "<table>" in block.html)
    assert marks(put(table, "Wet? down yes")) == ["Wet?", "down", "yes"]
    assert marks(put(html_of("- one\n- two"), "one two")) == ["one", "two"]


@pytest.mark.parametrize("span", [Span(0, 0, "1"), Span(50, 60, "1"), Span(-3, 2, "1"), Span(3, 2, "1")])
def test_a_span_that_fits_nowhere_marks_nothing(span):
    assert marked("<p>words</p>", [span]) == "<p>words</p>"


def test_a_span_that_reaches_too_far_is_cut_off():
    assert marks(marked("<p>words</p>", [Span(2, 99, "1")])) == ["rds"]


alphabet = "ab <>&\"'*_`[](){}#^!|-\n\u00a0é中\U0001f600"
markdown = st.text(st.sampled_from(alphabet), min_size=1, max_size=80)


@given(text=markdown, spans=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4))
def test_marks_change_nothing_but_add_marks_around_exactly_their_words(text, spans):
    """Whatever was written: what is text stays text."""
    for block in parse(text).blocks:
        said = words(block.html)
        named = [Span(start, end, str(number)) for number, (start, end) in enumerate(spans)]
        done = marked(block.html, named)
        assert re.sub("</?mark[^>]*>", "", done) == block.html
        assert words(done) == said
        covered = {place for start, end in spans for place in range(start, min(end, len(said)))}
        assert "".join("".join(marks(done)).split()) == "".join(
            "".join(letter for place, letter in enumerate(said) if place in covered).split()
        )
