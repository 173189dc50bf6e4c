"""A figure in the text of a lesson."""

import pytest
from django.template.loader import render_to_string

from courses.figures.in_lesson import small
from tests.courses.figures.conftest import SAMPLES, sample, store


def drawn(figure, lesson) -> str:
    return render_to_string(
        "courses/figures/_in_lesson.html", {"figure": figure, "lesson": lesson, "course": lesson.course}
    )


@pytest.mark.parametrize("kind", SAMPLES)
def test_it_has_its_caption_and_leads_to_its_page(figures, lesson, kind):
    text = drawn(figures[kind], lesson)
    assert figures[kind].caption in text
    assert f'<a href="{figures[kind].get_absolute_url()}">' in text


@pytest.mark.parametrize("kind", ["network", "map", "comparison"])
def test_it_is_one_small_picture_with_a_description_and_nothing_to_click_in_it(figures, lesson, kind):
    text = drawn(figures[kind], lesson)
    assert text.count('role="img"') == 1
    assert "narrow" in text
    assert figures[kind].description in text
    assert "<a " not in text.split("</svg>")[0]


def test_the_network_is_drawn_as_of_its_first_moment_and_says_when_that_is(figures, lesson):
    assert "May 2024." in drawn(figures["network"], lesson)


def test_a_time_line_shows_the_events_of_the_lesson(figures, lesson):
    text = drawn(figures["timeline"], lesson)
    assert "The dam" in text
    assert "It is built." in text
    assert "Snow" not in text


def test_where_a_lesson_has_hardly_any_events_the_last_strip_is_named(figures, make, lesson):
    brooks = make.lesson(course=lesson.course, slug="brooks")
    shown = small(figures["timeline"], lesson=brooks.slug)
    assert [event.key for event in shown.events] == ["rain", "snow", "sun"]
    assert "It falls." not in drawn(figures["timeline"], brooks)


def test_a_map_without_an_outline_shows_its_closest_view(lesson):
    figure = store(sample("map", ("outlined: [Chad]", "outlined: []")), lesson.course)
    assert small(figure, lesson="springs").panel.key == "near"
