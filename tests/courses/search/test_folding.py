"""Words that are one, however they are written; and where they stand in the text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.search.folding import indexed, placed, words

SAME = [
    # case, compatibility, Latin diacritics
    ("Tehran", "TEHRAN"),
    ("Straße", "STRASSE"),
    ("İstanbul", "istanbul"),
    ("Diyarbakır", "DIYARBAKIR"),
    ("Σεισμός", "ΣΕΙΣΜΟΣ"),
    ("é", "e\u0301"),
    ("Ḥizballāh", "hizballah"),
    ("Pasdarān", "pasdaran"),
    ("Ṣaʿda", "sa'da"),
    ("Erdoğan", "erdogan"),
    ("Øresund", "oresund"),
    ("Łódź", "lodz"),
    ("Đorđe", "dorde"),
    ("Þór", "thor"),
    ("ﬁve", "five"),
    ("Ⅳ", "iv"),
    ("ＵＮ", "un"),
    ("m²", "m2"),
    ("Ёлка", "елка"),
    # digits
    ("۱۹۷۹", "1979"),
    ("١٩٧٩", "1979"),
    ("१९७९", "1979"),
    # yeh, alef maksura, hamza on yeh
    ("ايران", "ایران"),
    ("علي", "علی"),
    ("على", "علی"),
    ("رئيس", "رییس"),
    ("ېران", "یران"),
    # kaf
    ("كتاب", "کتاب"),
    ("مكة", "مکه"),
    # heh, teh marbuta, heh with yeh above
    ("المقاومة", "المقاومه"),
    ("خانۀ", "خانه"),
    ("خانهٔ", "خانه"),
    ("ھمه", "همه"),
    ("ہمہ", "همه"),
    ("کوردە", "کورده"),
    # alef, waw
    ("آب", "اب"),
    ("أنصار", "انصار"),
    ("إسلام", "اسلام"),
    ("ٱلله", "الله"),
    ("ا\u0653ب", "آب"),
    ("مؤمن", "مومن"),
    # harakat, superscript alef, tatweel, shadda
    ("مُحَمَّد", "محمد"),
    ("رحمٰن", "رحمن"),
    ("ايـــران", "ایران"),
    ("قرآنٌ", "قران"),
    # presentation forms
    ("ﺍﯾﺮﺍﻥ", "ایران"),
    ("ﻻ", "لا"),
    # what steers direction, and what nobody sees
    ("\u200fایران\u200e", "ایران"),
    ("\u202bقدس\u202c", "قدس"),
    ("\u2067قدس\u2069", "قدس"),
    ("co\u00adoperate", "cooperate"),
    ("\ufeffIran", "iran"),
    # other scripts are left whole
    ("한국", unicodedata.normalize("NFD", "한국")),
    # space, and any other mark between words
    ("a\u00a0b", "a b"),
    ("“Axis”, of: (Resistance)!", "axis of resistance"),
    ("up/down", "up down"),
    ("2010–2015", "2010 2015"),
]

APART = [("باد", "بد"), ("کار", "گار"), ("پدر", "بدر"), ("حرم", "هرم"), ("か", "が"), ("कि", "कु"), ("Iran", "Iraq")]

FOUND_BY_EITHER = [
    ("می‌رود", "می رود", "میرود"),
    ("حزب‌الله", "حزب الله", "حزبالله"),
    ("كتاب‌ها", "کتاب ها", "کتابها"),
    ("al-Assad", "al assad", "alassad"),
    ("Iran’s", "iran s", "irans"),
    ("Qurʾan", "qur an", "quran"),
    ("U.S.", "u s", "us"),
    ("150,000", "150 000", "150000"),
    ("۱۵۰٬۰۰۰", "150 000", "150000"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_these_are_one(one, other):
    assert words(one) == words(other) != []


@pytest.mark.parametrize(("one", "other"), APART)
def test_these_stay_two(one, other):
    assert words(one) != words(other)


@pytest.mark.parametrize(("written", "pieces", "whole"), FOUND_BY_EITHER)
def test_a_word_of_pieces_is_found_by_them_and_as_a_whole(written, pieces, whole):
    assert indexed(f"x {written} y") == f"x {pieces} y {whole}"


@pytest.mark.parametrize("text", ["", " ", "\x00", "\ud800", "…!?*", "-", "'", "\u200c", "\ue000", "\u0301", "ـ"])
def test_what_is_no_word_leaves_nothing(text):
    assert indexed(text) == ""


def test_a_word_is_marked_as_it_was_written_with_all_its_points():
    text = "«مُحَمَّدٌ» و ﬁve"
    pieces, _wholes = placed(text)
    assert [text[piece.start : piece.end] for piece in pieces] == ["مُحَمَّدٌ", "و", "ﬁve"]


def test_a_word_of_pieces_is_placed_as_a_whole_too():
    text = "the “al-Assad’s” fall"
    pieces, wholes = placed(text)
    assert [text[piece.start : piece.end] for piece in pieces] == ["the", "al", "Assad", "s", "fall"]
    assert [text[whole.start : whole.end] for whole in wholes] == ["al-Assad’s"]


@given(st.text())
def test_places_hold_what_is_indexed_whatever_the_text(text):
    pieces, wholes = placed(text)
    assert " ".join(one.folded for one in [*pieces, *wholes]) == indexed(text)
    assert all(0 <= one.start < one.end <= len(text) for one in [*pieces, *wholes])


@given(st.text())
def test_folding_a_second_time_changes_nothing(text):
    assert indexed(indexed(text)) == indexed(text).strip()


@given(st.text())
def test_how_characters_are_composed_makes_no_difference(text):
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert "".join(indexed(unicodedata.normalize(form, text)).split()) == "".join(indexed(text).split())
