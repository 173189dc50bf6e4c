"""The network at a moment."""

import pytest

from courses.figures import moments
from courses.figures.network import lay_out
from courses.figures.viewing import NoSuchView
from tests.courses.figures.conftest import real, sample


def shown(figure=None, **asked):
    figure = figure or sample("network")
    return moments.show(figure, lay_out(figure), asked)


def ties(view) -> list[str]:
    return [f"{row.tie.who}-{row.tie.whom}" for row in view.rows]


def test_the_figure_says_which_moment_comes_first():
    assert shown().moment.key == "now"


def test_a_tie_is_there_from_its_start_on():
    assert "sea-mill" not in ties(shown(at="1950"))
    assert "sea-mill" in ties(shown(at="now"))


def test_a_year_that_is_all_we_know_counts_from_its_first_day():
    assert "sea-mill" in ties(shown(sample("network", ("date: 1950}", "date: 1990-05-01}")), at="1950"))
    assert "sea-mill" not in ties(shown(sample("network", ("date: 1950}", "date: 1990-04-30}")), at="1950"))


def test_a_tie_ends_with_the_last_day_of_its_end():
    early = sample("network", ("date: 1950}", "date: 2000-12-30}"))
    late = sample("network", ("date: 1950}", "date: 2000-12-31}"))
    ended = [{row.number: row.ended for row in shown(figure, at="1950").rows}[2] for figure in (early, late)]
    assert ended == [False, True]


def test_what_was_not_there_at_the_moment_before_is_new():
    new = {f"{row.tie.who}-{row.tie.what}" for row in shown(at="now").rows if row.is_new}
    assert new == {"spring-silt", "sea-pact", "brook-water"}
    assert not any(row.is_new for row in shown(at="1950").rows)


def test_a_kind_leaves_its_ties_alone():
    assert ties(shown(kind="envy")) == ["lake-town"]


def test_the_filter_of_what_binds_keeps_what_may():
    assert ties(shown(kind="binding")) == ["lake-mill", "sea-mill", "sea-town"]


@pytest.mark.parametrize("asked", [{"at": "1984"}, {"kind": "love"}, {"at": "1950", "kind": "love"}])
def test_what_is_not_there_can_not_be_shown(asked):
    with pytest.raises(NoSuchView):
        shown(**asked)


def test_bonds_of_the_centre_are_counted_for_themselves():
    assert shown().bonds_of_centre == []
    bound = sample("network", ("binding: unclear", 'binding: "yes"'))
    assert [row.whom.key for row in shown(bound).bonds_of_centre] == ["mill"]


def test_who_may_be_bound_to_the_centre_is_named():
    assert [actor.key for actor in shown().unclear_of_centre] == ["mill"]


@pytest.mark.parametrize("at", ["1950", "now"])
@pytest.mark.parametrize("kind", ["", "water", "pact", "envy", "binding"])
def test_drawing_and_rows_say_the_same(at, kind):
    view = shown(at=at, kind=kind)
    for drawing in view.drawings:
        drawn = {number for one in drawing.lines for number in one.line.ties}
        there = {row.number for row in view.rows}
        assert there <= drawn
        assert {one.actor.key for one in drawing.boxes} == {a for row in view.rows for a in row.tie.pair} - {"lake"}
        for one in drawing.lines:
            own = [row.ended for row in view.rows if row.number in one.line.ties]
            assert one.ended == all(own)


def test_places_are_the_same_at_all_moments():
    figure = real("network")
    places: dict[tuple[str, str], tuple[float, float]] = {}
    for moment in figure.moments:
        for drawing in shown(figure, at=moment.key).drawings:
            for one in drawing.boxes:
                at = places.setdefault((drawing.name, one.actor.key), (one.box.x, one.box.y))
                assert at == (one.box.x, one.box.y)


def test_a_heading_goes_with_its_actors():
    assert [heading.lines[0][0] for heading in shown(kind="envy").drawings[0].headings] == ["Others"]


def test_who_has_no_tie_is_named_as_absent():
    assert {actor.key for actor in shown(kind="envy").absent} == {"spring", "brook", "sea", "mill", "cloud"}
