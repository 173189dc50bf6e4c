"""Bars, steps and the double line of the comparison."""

import pytest

from courses.figures.comparison import lay_out
from courses.figures.lettering import width
from tests.courses.figures.conftest import real, sample

PLANS = ["wide", "narrow"]


def plan(figure, name):
    return getattr(lay_out(figure), name)


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("figure", [sample("comparison"), real("comparison")], ids=["sample", "real"])
def test_a_bar_crosses_the_double_line_when_its_step_binds_and_only_then(figure, name):
    found = plan(figure, name)
    binding = {step.key for step in figure.steps if step.binds}
    for bar in found.bars:
        assert (bar.end > found.threshold) == (figure.rows[bar.row].step in binding)


@pytest.mark.parametrize("name", PLANS)
def test_words_lie_inside_the_drawing_and_on_no_bar(name):
    found = plan(real("comparison"), name)
    for bar in found.bars:
        for text, y in bar.name.lines:
            end = bar.name.x + width(text, found.size)
            assert end <= found.width
            assert end <= bar.start or y < bar.y - found.dot
    for step in found.steps:
        for text, y in step.lines:
            assert step.x - width(text, found.small) / 2 >= 0
            assert step.x + width(text, found.small) / 2 <= found.width
            assert y < found.top


def test_without_a_step_that_binds_there_is_no_double_line():
    assert plan(sample("comparison", (", binds: true", "")), "wide").threshold is None
