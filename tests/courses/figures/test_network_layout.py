"""Where the network's boxes and lines are."""

import re

import pytest

from courses.figures.lettering import width
from courses.figures.network import lay_out
from tests.courses.figures.conftest import NETWORK, figure_of, real, sample

PLANS = ["wide", "narrow"]


def plan(figure, name):
    return getattr(lay_out(figure), name)


def actors_of(figure, line):
    tie = figure.ties[line.ties[0]]
    return {tie.who, tie.whom}


def overlap(one, other) -> bool:
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    along = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return across > 0 and along > 0


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("figure", [sample("network"), real("network")], ids=["sample", "real"])
def test_no_box_lies_on_another_and_all_lie_inside(figure, name):
    found = plan(figure, name)
    boxes = [found.centre, *found.boxes]
    for number, box in enumerate(boxes):
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= found.width
        assert box.y + box.height <= found.height
        assert not any(overlap(box, other) for other in boxes[:number])


@pytest.mark.parametrize("name", PLANS)
def test_names_fit_into_their_boxes(name):
    found = plan(real("network"), name)
    for box in found.boxes:
        assert all(width(text, found.size) <= box.width for text, _ in box.lines)
        assert all(box.y < y <= box.y + box.height for _, y in box.lines)


def test_words_on_a_line_fit_between_the_actor_and_the_centre():
    found = plan(real("network"), "wide")
    gap = found.centre.x - max(box.x + box.width for box in found.boxes if box.x < found.centre.x)
    level = [line for line in found.lines if line.anchor == "middle"]
    assert level
    for line in level:
        assert all(width(text, found.small, bold=False) < gap for words in line.labels.values() for text in words)


def test_ties_of_one_kind_and_direction_are_one_line():
    figure = sample("network")
    lines = [line for line in plan(figure, "wide").lines if actors_of(figure, line) == {"spring", "lake"}]
    assert [line.ties for line in lines] == [(0, 1)]
    assert lines[0].labels == {"1950": ("water, 1900",), "now": ("water, silt, 1900",)}


def test_the_direction_parts_lines():
    figure = sample(
        "network",
        ("who: spring, whom: lake, kind: water, what: silt", "who: lake, whom: spring, kind: water, what: silt"),
    )
    lines = [line for line in plan(figure, "wide").lines if actors_of(figure, line) == {"spring", "lake"}]
    assert [line.ties for line in lines] == [(0,), (1,)]
    assert lines[0].head != lines[1].head


def test_a_mutual_tie_has_no_head():
    figure = sample("network")
    heads = {figure.ties[line.ties[0]].what: bool(line.head) for line in plan(figure, "narrow").lines}
    assert heads == {"water": True, "pact": False, "envy": False}


def test_a_tie_that_binds_is_a_bond_whatever_its_kind():
    figure = sample("network")
    styles = {(frozenset(actors_of(figure, line)), line.style) for line in plan(figure, "wide").lines}
    assert (frozenset({"sea", "mill"}), "bond") in styles
    assert (frozenset({"lake", "mill"}), "plain") in styles


def test_an_unclear_tie_has_a_mark_and_no_other_has():
    figure = sample("network")
    marked = [actors_of(figure, line) for line in plan(figure, "wide").lines if line.unclear]
    assert marked == [{"lake", "mill"}]


def test_a_tie_that_is_over_says_from_when_to_when():
    figure = sample("network")
    line = next(line for line in plan(figure, "wide").lines if line.ties == (2,))
    assert line.labels["now"] == ("water, by 1940–2000",)
    assert line.labels["1950"] == ("water, by 1940",)


def upright(path: str) -> float:
    """Where a bracket runs up and down."""
    return float(re.search(r"H[\d.]+Q([\d.]+) ", path)[1])


def test_a_bracket_that_spans_another_runs_outside_it():
    figure = sample("network")
    found = {
        frozenset(actors_of(figure, line)): upright(line.path)
        for line in plan(figure, "wide").lines
        if line.style == "bond"
    }
    assert found[frozenset({"sea", "town"})] > found[frozenset({"sea", "mill"})]


def test_an_actor_without_a_tie_has_no_box():
    assert "cloud" not in {box.actor for box in plan(sample("network"), "wide").boxes}


def test_a_zigzag_between_two_others_is_one_too():
    figure = sample(
        "network",
        ("who: sea, whom: town, kind: pact", "who: sea, whom: town, kind: envy"),
        ('binding: "yes", since: "1920"', 'since: "1920"'),
    )
    line = next(line for line in plan(figure, "wide").lines if actors_of(figure, line) == {"sea", "town"})
    assert line.style == "zigzag"
    assert line.path.count(" ") + line.path.count("-") > 20


def test_many_brackets_make_the_drawing_wider_and_not_unreadable():
    names = [f"a{n}" for n in range(12)]
    actors = "".join(f"- {{key: {n}, name: {n}, kind: state, text: It is.}}\n" for n in names)
    ties = "".join(
        f"- {{who: {a}, whom: {b}, kind: pact, what: pact, mutual: true, since: '1900'}}\n"
        for i, a in enumerate(names)
        for b in names[i + 1 :]
    )
    head, rest = NETWORK.split("groups:\n")
    text = f"{head}groups:\n- {{title: All, side: right, actors: [{', '.join(names)}]}}\n{rest}{ties}".replace(
        "actors:\n- {key: lake", f"actors:\n{actors}- {{key: lake", 1
    )
    found = plan(figure_of(text, "network"), "wide")
    assert found.width > 1104
    assert all(box.x + box.width < found.width for box in found.boxes)
