from courses.figures.lettering import base_lines, width, wrap


def test_wide_letters_need_more_room_and_regular_ones_less_than_bold():
    assert width("mmm", 10) > width("iii", 10)
    assert width("mmm", 10, bold=False) < width("mmm", 10)


def test_no_line_is_longer_than_its_room():
    lines = wrap("Islamic Resistance in Iraq and elsewhere", 90, 12)
    assert " ".join(lines) == "Islamic Resistance in Iraq and elsewhere"
    assert all(width(line, 12) <= 90 for line in lines)


def test_lines_are_about_equally_long():
    assert wrap("one two three four", width("one two three", 10), 10) == ("one two", "three four")


def test_a_word_that_is_too_long_has_a_line_of_its_own():
    assert wrap("a Donaudampfschifffahrt b", 40, 12) == ("a", "Donaudampfschifffahrt", "b")


def test_no_words_make_no_lines():
    assert wrap("", 40, 12) == ()


def test_base_lines_go_down_from_the_top():
    assert base_lines(("a", "b"), 100, 10) == (("a", 110.0), ("b", 122.5))
