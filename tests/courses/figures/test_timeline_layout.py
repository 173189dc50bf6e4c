"""Flags and strips of the time line."""

import pytest

from courses.figures.lettering import width
from courses.figures.timeline import SIZE, WIDTH, lay_out, show
from courses.figures.viewing import NoSuchView
from tests.courses.figures.conftest import real, sample

FIGURES = [sample("timeline"), real("timeline")]


@pytest.mark.parametrize("figure", FIGURES, ids=["sample", "real"])
def test_every_event_has_one_flag_inside_the_drawing(figure):
    layout = lay_out(figure)
    flags = [flag for strip in layout.strips for flag in strip.flags]
    assert sorted(flag.event for flag in flags) == list(range(len(figure.events)))
    for flag in flags:
        assert flag.x >= 0
        assert flag.text_x + width(figure.events[flag.event].title, SIZE, bold=False) <= WIDTH
        assert 0 <= flag.top < flag.axis <= layout.height


@pytest.mark.parametrize("figure", FIGURES, ids=["sample", "real"])
def test_no_flag_lies_on_another_and_no_pole_crosses_one(figure):
    for strip in lay_out(figure).strips:
        for one in strip.flags:
            end = one.text_x + width(figure.events[one.event].title, SIZE, bold=False)
            for other in strip.flags:
                if other is not one and one.x <= other.x < end:
                    assert other.top >= one.y, "the later pole or flag reaches up into the earlier flag"


def test_flags_stand_in_the_order_of_time():
    strip = lay_out(sample("timeline")).strips[1]
    assert [flag.x for flag in strip.flags] == sorted(flag.x for flag in strip.flags)


def test_years_are_labelled_where_there_is_room():
    first, second = lay_out(real("timeline")).strips
    assert [tick.label for tick in second.ticks] == ["2024", "2025", "2026"]
    assert [tick.label for tick in first.ticks][:3] == ["1955", "1960", "1965"]


def test_a_short_strip_that_follows_is_an_enlargement_and_a_long_one_is_not():
    assert len(lay_out(real("timeline")).enlargements) == 1
    assert lay_out(sample("timeline", ("end: 2025}", "end: 2124}"))).enlargements == ()


def test_a_lesson_leaves_its_events_and_dots_of_the_others():
    figure = sample("timeline")
    view = show(figure, lay_out(figure), {"lesson": "brooks"})
    assert [event.key for event in view.events] == ["snow", "sun"]
    shown = {one.event.key: one.is_shown for strip in view.strips for one in strip.flags}
    assert shown == {"dam": False, "flood": False, "rain": False, "snow": True, "sun": True}


def test_an_unknown_lesson_can_not_be_shown():
    figure = sample("timeline")
    with pytest.raises(NoSuchView):
        show(figure, lay_out(figure), {"lesson": "oceans"})
