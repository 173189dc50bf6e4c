"""What holds for every kind."""

import pytest

from courses.figures.kinds import KINDS, decode, layout
from courses.models import figure_kinds
from tests.courses.figures.conftest import SAMPLES, laid_out, real, sample


def test_the_model_knows_the_kinds_that_there_are():
    assert [kind for kind, _label in figure_kinds()] == list(KINDS)


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_figure_comes_back_from_its_stored_data(kind):
    for figure in (sample(kind), real(kind)):
        common = {name: getattr(figure, name) for name in ("key", "title", "description", "caption")}
        assert decode(figure.kind, data=figure.data, **common) == figure


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_same_figure_has_the_same_layout_to_the_byte(kind):
    assert layout(real(kind)) == laid_out(real(kind))


@pytest.mark.parametrize("kind", SAMPLES)
def test_words_alone_move_nothing(kind):
    moved = sample(kind, (SAMPLES[kind].splitlines()[1], "title: Another title"))
    assert layout(moved) == layout(sample(kind))
