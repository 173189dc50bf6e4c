import pytest
from hypothesis import given
from hypothesis import strategies as st

from progress import codes

letters = st.sampled_from(codes.ALPHABET)
places = st.integers(0, codes.LENGTH - 1)


@st.composite
def made(draw) -> str:
    """A code with any letters drawn, not only those that chance would draw."""
    drawn = "".join(draw(letters) for _ in range(codes.LENGTH - 1))
    return next(drawn + last for last in codes.ALPHABET if not codes.has_slip(drawn + last))


def test_codes_are_long_right_and_all_different():
    some = {codes.new() for _ in range(500)}
    assert len(some) == 500
    assert {len(code) for code in some} == {codes.LENGTH}
    assert not any(codes.has_slip(code) for code in some)


@given(code=made(), place=places, letter=letters)
def test_one_wrong_letter_anywhere_is_found(code, place, letter):
    wrong = code[:place] + letter + code[place + 1 :]
    assert codes.has_slip(wrong) == (wrong != code)


@given(code=made(), place=st.integers(0, codes.LENGTH - 2))
def test_neighbours_in_each_other_s_place_are_found(code, place):
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert codes.has_slip(wrong) == (wrong != code)


@given(code=made(), places=st.tuples(places, places))
def test_so_are_any_two_letters_in_each_other_s_place(code, places):
    first, second = places
    wrong = list(code)
    wrong[first], wrong[second] = wrong[second], wrong[first]
    assert codes.has_slip("".join(wrong)) == ("".join(wrong) != code)


@given(code=made(), typed=st.sampled_from([str.lower, codes.grouped, lambda code: f" {code[:7]} {code[7:]}\n"]))
def test_it_is_read_however_it_is_typed(code, typed):
    assert codes.normal(typed(code)) == code


@given(code=made())
def test_look_alikes_are_taken_for_each_other(code):
    for one in ("O0", "I1", "L1", "o0", "i1", "l1"):
        assert codes.normal(code.replace(one[1], one[0])) == code


@pytest.mark.parametrize("typed", ["", "N8QY", "\0", "N" * 17, "ÜÜÜÜ-ÜÜÜÜ-ÜÜÜÜ-ÜÜÜÜ", "قدس", "0000-0000-0000-0001"])
def test_what_can_be_no_code_is_told_so(typed):
    assert codes.has_slip(typed)


def test_it_is_shown_in_groups_of_four():
    assert codes.grouped("N8QYZAEZADF5ZN98") == "N8QY-ZAEZ-ADF5-ZN98"
