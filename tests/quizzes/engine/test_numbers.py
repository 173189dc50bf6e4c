import contextlib
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine.numbers import LIMIT, names, number, quantity, span, unit_of
from quizzes.engine.words import Unreadable

READ = [
    # plain, and in other scripts
    ("1989", "1989"),
    (" 1989 ", "1989"),
    ("007", "7"),
    ("0", "0"),
    ("۱۹۸۹", "1989"),
    ("١٩٨٩", "1989"),
    ("１９８９", "1989"),
    ("\u200f۱۹۸۹ \u200e", "1989"),
    # signs
    ("+5", "5"),
    ("-5", "-5"),
    ("- 5", "-5"),
    ("−5", "-5"),
    ("–5", "-5"),
    ("‑5", "-5"),
    ("－5", "-5"),
    ("-0", "0"),
    # decimal point and comma
    ("3.5", "3.5"),
    ("3,5", "3.5"),
    ("۳٫۱۴", "3.14"),
    ("3،5", "3.5"),
    (".5", "0.5"),
    (",5", "0.5"),
    ("-.5", "-0.5"),
    ("5.", "5"),
    ("1.000", "1"),
    ("12.345", "12.345"),
    ("1,0000", "1"),
    ("3,14159", "3.14159"),
    ("0,125", "0.125"),
    (",125", "0.125"),
    ("1234,567", "1234.567"),
    # thousands
    ("1,000", "1000"),
    ("12,345", "12345"),
    ("1,000,000", "1000000"),
    ("1,000.5", "1000.5"),
    ("1.000,5", "1000.5"),
    ("1.000,500", "1000.5"),
    ("1.000.000", "1000000"),
    ("1 000 000", "1000000"),
    ("1\u2009000\u202f000", "1000000"),
    ("1\u00a0000,5", "1000.5"),
    ("1 000,500", "1000.5"),
    ("1'000'000.25", "1000000.25"),
    ("1’000", "1000"),
    ("۱٬۰۰۰٬۰۰۰", "1000000"),
    ("-1,000", "-1000"),
    # powers of ten
    ("1.5e9", "1500000000"),
    ("1,5E9", "1500000000"),
    ("1.5e+9", "1500000000"),
    ("15e-1", "1.5"),
    ("1e−3", "0.001"),
    ("1.5 × 10^9", "1500000000"),
    ("1.5×10⁹", "1500000000"),
    ("2*10^-3", "0.002"),
    ("2 x 10⁻³", "0.002"),
    ("1e99", "1" + "0" * 99),
    ("1e-99", "1e-99"),
]


@pytest.mark.parametrize(("text", "value"), READ)
def test_a_number_is_read_as_people_write_it(text, value):
    assert number(text) == Decimal(value)


UNREADABLE = [
    *("", " ", ".", ",", "-", "e5", "1e", "five", "one", "--5", "+-5", "5-", "5 6", "12 34", "1 000 0", "1 0000"),
    *("1,00,000", "1,000,5", "1.000.5", "1,234,5678", "1.2.3", "1,2,3", "1 000'000", "1 000 000,000,000"),
    *("½", "10²", "1/2", "12/5", "5%", "5 km", "€5", "~5", "about 5", "5..6", "5 ± 1", "(5)", "0x10", "1_000"),
    *("1e100", "1e-100", "1e999999999999", "1 × 10^1000000", "nan", "inf", "1" * (LIMIT + 1), "1e" + "9" * 90),
]


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_could_mean_anything_is_no_number(text):
    assert number(text) is None


LENGTHS = ("km", "m = 0.001", "mi = 1.609344")
QUANTITIES = [
    ((), "5", "5"),
    (LENGTHS, "5", "5"),
    (LENGTHS, "5 km", "5"),
    (LENGTHS, "5km", "5"),
    (LENGTHS, "5 KM.", "5"),
    (LENGTHS, "5000 m", "5"),
    (LENGTHS, "5,000m", "5"),
    (LENGTHS, "1e3 m", "1"),
    (LENGTHS, "1e3m", "1"),
    (LENGTHS, "3 mi", "4.828032"),
    (LENGTHS, "-2 m", "-0.002"),
    (("€",), "€5", "5"),
    (("€",), "€ 5", "5"),
    (("€",), "5 €", "5"),
    (("€",), "-€5", "-5"),
    (("€",), "€-5", "-5"),
    (("$", "cents = 0.01"), "250 cents", "2.5"),
    (("USD", "million USD = 1e6"), "2.5 million USD", "2500000"),
    (("%",), "50%", "50"),
    (("%",), "۵۰٪", "50"),
    (("٪",), "50 %", "50"),
    (("km²",), "3 km2", "3"),
    (("km²",), "3 km^2", "3"),
    (("km2",), "3 km²", "3"),
    (("km/h",), "3 km / h", "3"),
    (("µg",), "3 μg", "3"),
    (("°C",), "-3 °c", "-3"),
    (("سال",), "۳ سال", "3"),
    (("MW", "mW = 1e-9"), "3 MW", "3"),
    (("MW", "mW = 1e-9"), "3 mW", "3e-9"),
    (("years", "year = 1"), "1 year", "1"),
    (("years", "Years = 1"), "1 YEARS", "1"),
    (("'",), "5'", "5"),
    (("eV",), "5eV", "5"),
]


@pytest.mark.parametrize(("units", "text", "value"), QUANTITIES)
def test_a_quantity_is_converted_to_the_first_unit(units, text, value):
    assert quantity(text, units) == Decimal(value)


REFUSED = [
    ((), "five", "one number and nothing else"),
    ((), "5 km", "one number and nothing else"),
    ((), "1e100", "one number and nothing else"),
    (LENGTHS, "five", "in one of these units: km, m, mi"),
    (LENGTHS, "5 ft", "in one of these units: km, m, mi"),
    (LENGTHS, "km 5 m", "in one of these units: km, m, mi"),
    (LENGTHS, "5 km 200 m", "in one of these units: km, m, mi"),
    (LENGTHS, "km", "in one of these units: km, m, mi"),
    (("€",), "$5", "in one of these units: €"),
    (("MW", "mW = 1e-9"), "3 mw", "in one of these units: MW, mW"),
]


@pytest.mark.parametrize(("units", "text", "says"), REFUSED)
def test_what_is_no_quantity_is_refused_with_what_to_write(units, text, says):
    with pytest.raises(Unreadable, match=says):
        quantity(text, units)


def test_a_unit_can_be_required():
    with pytest.raises(Unreadable, match="Write the unit too, one of these: km, m, mi"):
        quantity("5", LENGTHS, unit_required=True)
    assert quantity("5000 m", LENGTHS, unit_required=True) == 5


SPANS = [
    ("1989", "1989", "1989"),
    ("1989 ± 1", "1988", "1990"),
    ("1989±1", "1988", "1990"),
    ("1989 +- 1", "1988", "1990"),
    ("1989 +/- 1", "1988", "1990"),
    ("1989 ± 0", "1989", "1989"),
    ("-5 ± 0.1", "-5.1", "-4.9"),
    ("3.5 ± 5 %", "3.325", "3.675"),
    ("3.5±5%", "3.325", "3.675"),
    ("-100 ± 5 %", "-105", "-95"),
    ("1,000,000 ± 10 %", "900000", "1100000"),
    ("۱۹۸۹ ± ۱", "1988", "1990"),
    ("۲۰ ± ۵٪", "19", "21"),
    ("1988..1990", "1988", "1990"),
    ("1988 .. 1990", "1988", "1990"),
    ("-2..-1", "-2", "-1"),
    (".5...75", ".5", ".75"),
    ("1e3..2e3", "1000", "2000"),
    ("1e99 ± 1e-99", f"{'9' * 99}.{'9' * 99}", f"1{'0' * 99}.{'0' * 98}1"),
]


@pytest.mark.parametrize(("text", "low", "high"), SPANS)
def test_an_accepted_value_is_all_between_its_ends(text, low, high):
    found = span(text)
    assert (found.low, found.high) == (Decimal(low), Decimal(high))
    assert found.low in found
    assert found.high in found


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "five",
        "5 km",
        "5 %",
        "± 1",
        "5 ±",
        "5 ± -1",
        "5 ± x",
        "5 ± 1 ± 1",
        "1990..1988",
        "1..",
        "..",
        "1..2..3",
    ],
)
def test_anything_else_is_no_accepted_value(text):
    assert span(text) is None


def test_learners_are_told_a_value_without_its_tolerance_and_both_ends_of_a_range():
    assert [span(text).told for text in ("3,5 ± 5 %", "1988..1990")] == ["3,5", "1988 – 1990"]


UNITS = [
    ("km", True, ("km", 1)),
    (" km ", True, ("km", 1)),
    ("m = 0.001", False, ("m", "0.001")),
    ("m=1e-3", False, ("m", "0.001")),
    ("km = 1", True, None),
    ("m", False, None),
    ("", True, None),
    ("= 2", False, None),
    ("m =", False, None),
    ("m = 0", False, None),
    ("m = -1", False, None),
    ("m = 1 km", False, None),
    ("2m", True, None),
    (".m", True, None),
    ("x 10^3", True, None),
    ("m = 1 = 2", False, None),
]


@pytest.mark.parametrize(("text", "first", "unit"), UNITS)
def test_units_are_written_by_name_and_by_what_they_are_of_the_first(text, first, unit):
    assert unit_of(text, first=first) == (unit and (unit[0], Decimal(unit[1])))


def test_units_that_can_not_be_read_are_left_out():
    assert names(["km", "m", "mi = 1.609344"]) == ("km", "mi")


def test_edges_are_exact():
    assert Decimal("0.3") in span("0.1 ± 0.2")
    assert number("0.30000000000000000000000000000000000000001") not in span("0.1 ± 0.2")
    assert quantity("1.1 m", ["km", "m = 0.001"]) in span("0.0011")
    assert number("1" + "0" * 60) not in span("1" + "0" * 59 + "1")


@pytest.mark.parametrize("unit", ["1,111", "1 111 ", "1.111", " ", "- ", "€", "e9", "x 10^9", "± 1"])
def test_no_text_takes_long(unit):
    text = (unit * LIMIT)[:LIMIT]
    before = time.perf_counter()
    for one in (text, text + "x", text[:-1] + "1", text[:-1] + "x"):
        number(one)
        span(one)
    assert time.perf_counter() - before < 0.05


@given(st.text(max_size=LIMIT), st.lists(st.text(max_size=12), max_size=3))
def test_reading_never_raises_anything_else(text, units):
    span(text)
    span(f"5 ± {text}")
    with contextlib.suppress(Unreadable):
        quantity(text, units)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20))
def test_a_number_that_python_writes_is_read_as_it_is(value):
    assert number(f"{value:f}" if "E" not in str(value) else str(value)) == value


@given(st.integers(-(10**12), 10**12))
def test_separated_thousands_are_read_back(value):
    written = f"{value:,}"
    for separator in (",", " ", "'", "\u2009"):
        assert number(written.replace(",", separator)) == value
