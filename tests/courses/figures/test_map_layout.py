"""Projection, outlines and names of the map."""

import math
from functools import cache
from itertools import pairwise

import pytest

from courses.figures.data import MapView
from courses.figures.lettering import width
from courses.figures.map import clusters, lay_out, panel_of
from courses.figures.projection import Projection, countries, equal_earth, land
from tests.courses.figures.conftest import real, sample

FIGURES = [sample("map"), real("map")]
PLANS = ["wide", "narrow"]


laid_out = cache(lay_out)


def plan(figure, name):
    return getattr(laid_out(figure), name)


def view(west, east, south, north):
    return MapView(key="v", title="v", west=west, east=east, south=south, north=north)


@pytest.mark.parametrize(
    ("longitude", "latitude", "x", "y"),
    [(0, 0, 0, 0), (180, 0, 2.70663, 0), (0, 90, 0, 1.31737), (180, 90, 1.60359, 1.31737)],
)
def test_equal_earth_has_the_published_extent(longitude, latitude, x, y):
    assert equal_earth(longitude, latitude) == pytest.approx((x, y), abs=1e-4)


def test_shapes_are_true_in_the_middle_of_a_view():
    project = Projection(view(30, 60, 20, 40), 600)
    (x, y), (east, _), (_, north) = project(45, 30), project(45.1, 30), project(45, 30.1)
    assert (east - x) / math.cos(math.radians(30)) == pytest.approx(y - north, rel=0.01)


def test_corners_of_a_view_are_corners_of_its_panel():
    project = Projection(view(-20, 20, -10, 10), 400)
    assert project(0, 10)[1] == pytest.approx(0, abs=1e-6)
    assert project(0, -10)[1] == pytest.approx(project.height)
    assert project(-20, 0)[0] == pytest.approx(0, abs=0.5)


def test_nothing_is_drawn_outside_a_panel():
    for name in PLANS:
        for panel in plan(real("map"), name).panels:
            for x, y in absolute(panel.land) + absolute(panel.outlined):
                assert -0.1 <= x <= panel.width + 0.1
                assert -0.1 <= y <= panel.height + 0.1


def absolute(path: str) -> list[tuple[float, float]]:
    points = []
    for ring in filter(None, path.split("z")):
        start, _, steps = ring.removeprefix("M").partition("l")
        x, y = map(float, start.split(" "))
        points.append((x, y))
        numbers = [float(number) for number in steps.replace("-", " -").split()]
        for across, along in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + across, y + along
            points.append((x, y))
    return points


def test_land_has_no_jumps_round_the_globe_and_no_antarctica():
    for ring in land():
        longitudes, latitudes = ring[::2], ring[1::2]
        assert max(abs(a - b) for a, b in pairwise(longitudes)) < 18_000
        assert max(latitudes) > -6000
    assert {"Iran", "Chad"} <= countries().keys()


def test_places_at_one_point_are_one():
    figure = sample("map")
    assert [[point.key for point in cluster.points] for cluster in clusters(figure.points)] == [
        ["lake", "spring"],
        ["sea"],
    ]


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("figure", FIGURES, ids=["sample", "real"])
def test_every_actor_with_a_place_is_named_once(figure, name):
    named = [
        one.actor
        for panel in plan(figure, name).panels
        for place in panel.places
        if place.words
        for one in place.words.names
    ]
    assert sorted(named) == sorted(point.key for point in figure.points if point.latitude is not None)


def rects(panel, sheet):
    """Left, top, right and bottom of every line of words in a panel, with the dot it belongs to."""
    for number, place in enumerate(panel.places):
        if not place.words:
            continue
        words = place.words
        lines = [(text, y, sheet.size, True) for name in words.names for text, y in name.lines]
        if words.title:
            lines.append((words.title, words.title_y, sheet.small, False))
        for text, y, size, bold in lines:
            wide = width(text, size, bold=bold)
            left = words.x - {"start": 0, "middle": wide / 2, "end": wide}[words.anchor]
            yield number, left, y - size * 0.75, left + wide, y + size * 0.2


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("figure", FIGURES, ids=["sample", "real"])
def test_names_lie_inside_their_view_on_no_other_name_and_on_no_dot(figure, name):
    sheet = plan(figure, name)
    for panel in sheet.panels:
        words = list(rects(panel, sheet))
        for number, (place, left, top, right, bottom) in enumerate(words):
            assert 0 <= left < right <= panel.width
            assert 0 <= top < bottom <= panel.height
            for _, other_left, other_top, other_right, other_bottom in words[:number]:
                apart = right <= other_left or other_right <= left or bottom <= other_top or other_bottom <= top
                assert apart, panel.title
            dots = [dot for at, dot in enumerate(panel.places) if dot.words and at != place]
            assert not any(left < dot.x < right and top < dot.y < bottom for dot in dots)


def test_views_share_a_row_where_the_screen_is_wide():
    wide, narrow = (plan(real("map"), name).panels for name in PLANS)
    assert wide[1].y == wide[2].y > wide[0].y
    assert [panel.y for panel in narrow] == sorted({panel.y for panel in narrow})


def test_a_frame_marks_the_next_closer_view_and_not_the_one_within():
    assert [len(panel.frames) for panel in plan(real("map"), "wide").panels] == [1, 1, 0]


@pytest.mark.parametrize(("actor", "view"), [("hezbollah", "region"), ("russia", "world"), ("iran", "region")])
def test_an_actor_is_looked_for_in_the_closest_view_with_an_outline(actor, view):
    assert panel_of(laid_out(real("map")), actor).key == view


def test_an_actor_without_a_place_is_nowhere():
    assert panel_of(laid_out(real("map")), "brics") is None
