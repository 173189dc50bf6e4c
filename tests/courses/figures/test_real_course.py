"""The figures of the first course: all that the brief has, nothing beside it, and what they are there to show."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from courses.figures.checking import check
from tests.courses.figures.conftest import COURSE, SAMPLES, laid_out, real

CLAIMS = set(re.findall(r"^- key: (\S+)$", (COURSE / "claims.yaml").read_text(), re.MULTILINE))
LESSONS = {re.sub(r"^\d+-", "", path.stem) for path in (COURSE / "lessons").glob("*.md")}
MOST = 60_000
SMALLEST = 11


@pytest.mark.parametrize("kind", SAMPLES)
def test_it_is_without_fault_and_every_row_stands_on_a_claim(kind):
    assert CLAIMS
    assert LESSONS
    assert check(real(kind), CLAIMS, LESSONS, sourced=True) == []


def test_nothing_of_the_brief_is_missing():
    network = real("network")
    assert len(network.actors) == 24
    assert len(network.ties) == 34  # 33 rows of the brief; the one on Saudi Arabia is a break and a restoration
    assert len(real("timeline").events) == 40
    assert len(real("comparison").rows) == 8
    assert {point.key for point in real("map").points} == {actor.key for actor in network.actors}


def test_actors_are_called_the_same_in_the_network_and_on_the_map():
    names = {actor.key: actor.name for actor in real("network").actors}
    assert {point.key: point.name for point in real("map").points} == names


def test_no_double_line_reaches_iran_and_four_join_others():
    binding = [tie.pair for tie in real("network").ties if tie.binding == "yes"]
    assert len(binding) == 4
    assert not any("iran" in pair for pair in binding)
    unclear = [tie.pair for tie in real("network").ties if tie.binding == "unclear"]
    assert unclear == [("iran", "syria-assad")]


def test_iran_is_in_no_row_that_binds():
    comparison = real("comparison")
    binding = {step.key for step in comparison.steps if step.binds}
    assert sum(row.step in binding for row in comparison.rows) == 3
    assert not any(row.centre and row.step in binding for row in comparison.rows)


def test_moments_are_those_of_the_issue():
    assert [moment.key for moment in real("network").moments] == ["1985", "2006", "2016", "2023", "2025-06", "today"]


def test_the_caption_of_the_time_line_counts_right():
    events = real("timeline").events
    assert sum(event.date >= "2023-10-07" for event in events) == 21


@pytest.mark.parametrize("kind", ["network", "map", "comparison"])
def test_no_letter_is_smaller_than_eleven_pixels_on_a_narrow_screen(client, real_figures, kind):
    """At 390 px the drawing is 358 px wide; at 1280 px it is as wide as its plan."""
    text = client.get(f"/courses/rivers/figures/{kind}/").text
    for name, shown in (("wide", 1104), ("narrow", 358)):
        drawing = re.search(rf'<svg class="drawing {kind} {name}".*?</svg>', text, re.DOTALL)[0]
        wide = float(re.search(r'viewBox="0 0 ([\d.]+)', drawing)[1])
        sizes = {float(size) for size in re.findall(r'font-size="([\d.]+)"', drawing)}
        assert sizes
        assert min(sizes) * shown / wide >= SMALLEST


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_page_weighs_at_most_60_kB_over_the_wire(client, real_figures, kind):
    response = client.get(f"/courses/rivers/figures/{kind}/", headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    page = gzip.decompress(response.content).decode()
    files = re.findall(r'(?:href|src)="/static/([^"]+)"', page)
    assert "courses/figures.css" in files
    static = sum(len(gzip.compress(Path(finders.find(file)).read_bytes())) for file in files)
    total = len(response.content) + static
    print(f"\n{kind}: {len(response.content) / 1000:.1f} kB and {static / 1000:.1f} kB of files")
    assert total <= MOST


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_lesson_with_a_figure_stays_light(real_figures, lesson, kind):
    text = render_to_string(
        "courses/figures/_in_lesson.html", {"figure": real_figures[kind], "lesson": lesson, "course": lesson.course}
    )
    assert len(gzip.compress(text.encode())) < 9_000


def test_layouts_are_small_enough_to_be_read_on_every_view():
    assert all(len(laid_out(real(kind))) < 60_000 for kind in SAMPLES)
