"""What is typed, as it is understood; and what it finds and marks in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.search.engines import POSTGRES, SQLITE
from courses.search.excerpts import WIDTH, excerpt, marked
from courses.search.folding import indexed
from courses.search.query import LONGEST, MOST, parse

FOUND = [
    ("axis", "The Axis of Resistance"),
    ("resistance axis", "The Axis of Resistance"),
    ("resist", "The Axis of Resistance"),
    ("RÉSIST axi", "The Axis of Resistance"),
    ('"axis of resistance"', "The Axis of Resistance"),
    ('"axis of resist', "The Axis of Resistance"),
    ("“of resistance” axis", "The Axis of Resistance"),
    ("«axis of» resistance", "The Axis of Resistance"),
    ("al-assad", "Bashar al-Assad"),
    ("al assad", "Bashar al-Assad"),
    ("alassad", "Bashar al-Assad’s"),
    ("al-assad", "Bashar al Assad"),
    ("al-assad", "alAssad"),
    ("US", "the U.S. Navy"),
    ("u.s.", "the US Navy"),
    ("10000", "10,000 men"),
    ("میرود", "او می‌رود"),
    ("می رود", "او می‌رود"),
    ("می‌رود", "او می‌رود"),
    ("می‌رود", "او می رود"),
    ("می‌رود", "او میرود"),
    ("می رود", "او میرود"),
    ("او می رود", "او میرود"),
    ("او می رود", "او می‌رود"),
    ("حزبالله", "حزب الله"),
    ("حزبالله", "حزب‌الله"),
    ("حزب الله", "حزبالله"),
    ("حزبال", "حزب الله"),
    ("حزبالله لبنان", "حزب الله لبنان"),
    ("نیرویقدس", "نیروی قدس"),
    ("نيروي قدس", "نیروی قدس"),
    ("۱۹۸۲", "in 1982"),
]
NOT_FOUND = [
    ("axis evil", "The Axis of Resistance"),
    ('"resistance axis"', "The Axis of Resistance"),
    ('"axis of resist"', "The Axis of Resistance"),
    ("sistance", "The Axis of Resistance"),
    ("o resistance", "The Axis of Resistance"),
    ("رود", "میرود"),
    ("حزبالله لبنان", "حزب لبنان الله"),
    ("حزبال لبنان", "حزب الله لبنان"),
    ("کارت", "کار تمام"),
    ("hezballah", "hez ballah"),
]


@pytest.mark.parametrize(("typed", "text"), FOUND)
def test_it_finds_and_marks(typed, text):
    query = parse(typed)
    assert query.finds(indexed(text))
    assert any(piece.is_marked for piece in marked(text, query))


@pytest.mark.parametrize(("typed", "text"), NOT_FOUND)
def test_it_does_not_find(typed, text):
    assert not parse(typed).finds(indexed(text))


def test_words_may_stand_beside_the_text_but_not_all_of_them():
    text, title = indexed("a rocket"), indexed("Hezbollah")
    assert parse("hezbollah rocket").finds(text, beside=title)
    assert not parse("hezbollah").finds(text, beside=title)


@pytest.mark.parametrize("typed", ["", "   ", '"', '""', "***", "\x00", "\ud800", "-", "'", "…", '"" “”', "\u200c"])
def test_there_may_be_nothing_to_look_for(typed):
    assert parse(typed).ways == ()


def test_ten_thousand_characters_are_cut_and_said_to_be():
    query = parse("word " * 2000)
    assert len(query.typed) <= LONGEST
    assert len(query.ways[0]) == MOST
    assert query.is_cut
    assert not parse("a few words").is_cut


@given(st.text())
def test_whatever_is_typed_never_fails(typed):
    query = parse(typed)
    query.finds(indexed(typed))
    assert "".join(piece.text for piece in marked(typed, query)) == typed
    if query.ways:
        SQLITE.match(query)
        POSTGRES.match(query)


def test_what_sqlite_is_asked():
    asked = SQLITE.match(parse('al-assad "the axis" us'))
    assert asked == (
        '((("al assad" OR "alassad" OR "al assad"* OR "alassad"*) AND ("the axis") AND ("us" OR "us"*)))'
        ' AND {folded_title folded_text} : ("al assad"* OR "alassad"* OR "the axis" OR "us"*)'
    )


def test_what_postgresql_is_asked():
    asked = POSTGRES.match(parse('"the axis" us'))
    assert asked == ("(((('the' <-> 'axis')) & (('us') | ('us':*)))) & (('the':AB <-> 'axis':AB) | ('us':*AB))")


def pieces(found) -> str:
    return "".join(f"[{piece.text}]" if piece.is_marked else piece.text for piece in found)


def test_an_excerpt_begins_shortly_before_the_first_mark_with_whole_words():
    text = "before " * 40 + "the axis of resistance " + "after " * 60
    shown = pieces(excerpt(text, parse("axis resistance")))
    assert shown.startswith("… before before")
    assert "the [axis] of [resistance] after" in shown
    assert shown.endswith("after …")
    assert len(shown) <= WIDTH + 10


def test_a_short_text_is_shown_whole():
    assert pieces(excerpt("The Axis of Resistance", parse("resist"))) == "The Axis of [Resistance]"


def test_an_excerpt_of_one_endless_word_is_cut():
    assert len(pieces(excerpt("x" * 5000, parse("x")))) < WIDTH + 10


def test_marks_that_overlap_are_one():
    assert pieces(marked("al-Assad", parse("al-assad al assad"))) == "[al-Assad]"
