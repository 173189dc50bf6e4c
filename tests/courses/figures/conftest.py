from functools import cache
from pathlib import Path

import pytest

from courses.figures.kinds import KINDS, layout
from courses.folder import data
from courses.folder.shaping import shape
from courses.models import Course, Figure
from sources.models import Claim
from tests.kept import kept

ROOT = Path(__file__).resolve().parents[3]
COURSE = ROOT / "fixtures" / "does-iran-have-allies"

NETWORK = """\
kind: network
title: Who feeds whom
description: The lake stands in the middle, and nobody is bound to it.
caption: A double line is a promise. None of them reaches the lake.
centre: lake
first: now
moments:
- {key: "1950", label: "1950", date: 1950}
- {key: now, label: May 2024, date: 2024-05-31}
kinds:
- {key: water, label: Water, line: heavy}
- {key: pact, label: Pacts, line: plain}
- {key: envy, label: Envy, line: zigzag}
groups:
- {title: Sources, side: left, actors: [spring, brook]}
- {title: Others, side: right, actors: [sea, mill, town]}
actors:
- {key: lake, name: The Lake, kind: state, place: Valley, text: It lies in the middle.}
- {key: spring, name: The Spring, kind: movement, place: Hill, text: It starts., since: "1900"}
- {key: brook, name: The Brook, kind: armed-group, text: It runs.}
- {key: sea, name: The Sea, kind: state, text: It waits.}
- {key: mill, name: The Mill, kind: organisation, text: It turns.}
- {key: town, name: The Town, kind: state, text: It drinks.}
- {key: cloud, name: The Cloud, kind: state, text: It has no ties.}
ties:
- {who: spring, whom: lake, kind: water, what: water, since: "1900", claims: [downhill]}
- {who: spring, whom: lake, kind: water, what: silt, since: 1980s, start: 1980, claims: [uphill]}
- {who: lake, whom: sea, kind: water, what: water, since: by 1940, start: 1940, until: "2000", claims: [downhill]}
- {who: lake, whom: mill, kind: pact, what: pact, mutual: true, binding: unclear, terms: lost, since: "1930"}
- {who: sea, whom: mill, kind: pact, what: pact, mutual: true, binding: "yes", since: 1990-05-01, claims: [downhill]}
- {who: sea, whom: town, kind: pact, what: pact, mutual: true, binding: "yes", since: "1920", claims: [downhill]}
- {who: lake, whom: town, kind: envy, what: envy, mutual: true, since: "1910", claims: [uphill]}
- {who: brook, whom: spring, kind: water, what: water, since: "1990", claims: [downhill]}
"""

TIMELINE = """\
kind: timeline
title: What happened
description: Five events, three of them in one year.
caption: Most of it happened in 2024.
spans:
- {start: 1900, end: 2024}
- {start: 2024, end: 2025}
events:
- {key: dam, date: 1930, title: The dam, text: It is built., lesson: springs, claims: [downhill]}
- {key: flood, date: 1990-05, title: The flood, text: It breaks., lesson: springs, claims: [uphill]}
- {key: rain, date: 2024-02-01, title: Rain, text: It falls., lesson: springs, claims: [downhill]}
- {key: snow, date: 2024-02-03, title: Snow, text: It melts., lesson: brooks, claims: [downhill]}
- {key: sun, date: 2024-03, title: Sun, text: It shines., lesson: brooks, claims: [downhill]}
"""

MAP = """\
kind: map
title: Where they are
description: The lake lies in Chad, far from the sea.
caption: Far from the sea.
note: Borders are not drawn.
outlined: [Chad]
seas: [{name: Red Sea, latitude: 20, longitude: 38.5}]
views:
- {key: wide, title: Africa, west: -20, east: 55, south: -36, north: 38}
- {key: near, title: The middle, west: 5, east: 30, south: 5, north: 25, share: 0.6}
points:
- {key: lake, name: The Lake, place: Bol, latitude: 13.4, longitude: 14.7}
- {key: spring, name: The Spring, place: Bol, latitude: 13.4, longitude: 14.7}
- {key: sea, name: The Sea, place: Suez, latitude: 29.9, longitude: 32.5}
- {key: cloud, name: The Cloud, place: nowhere}
"""

COMPARISON = """\
kind: comparison
title: How firm it is
description: One crosses the line, the lake does not.
caption: The lake stops before the line.
steps:
- {key: none, label: Nothing}
- {key: text, label: A text}
- {key: duty, label: A duty, binds: true}
questions: ["Is there a text?", "Until when?"]
rows:
- {key: sea-mill, name: Sea and Mill, step: duty, published: "yes", answers: ["yes", for ever], claims: [downhill]}
- {key: lake-mill, name: Lake and Mill, centre: true, step: text, published: "no", answers: [lost, "?"]}
"""

SAMPLES = {"network": NETWORK, "timeline": TIMELINE, "map": MAP, "comparison": COMPARISON}


def figure_of(text: str, key: str):
    """As the course folder reads it; a broken file fails the test."""
    found = data.parse(text, file=f"{key}.yaml")
    found.value["key"] = key
    faults = list(found.faults)
    entry = shape(found, KINDS[found.value["kind"]].schema, faults)
    assert not faults
    return entry.row


def sample(kind: str, *changes: tuple[str, str]):
    """A figure of the kind, with parts of its text replaced."""
    text = SAMPLES[kind]
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return figure_of(text, kind)


@cache
def real(key: str):
    """A figure of the first course."""
    return figure_of((COURSE / "figures" / f"{key}.yaml").read_text(), key)


def store(figure, course, position: int = 0) -> Figure:
    columns = {name: getattr(figure, name) for name in ("key", "kind", "title", "description", "caption", "data")}
    return Figure.objects.create(course=course, position=position, layout=laid_out(figure), **columns)


laid_out = cache(layout)


@kept
def figures_of_rivers() -> dict[str, Figure]:
    course = Course.objects.get(slug="rivers")
    return {kind: store(sample(kind), course, number) for number, kind in enumerate(SAMPLES)}


@pytest.fixture
def figures(lesson, figures_of_rivers) -> dict[str, Figure]:
    """One of each kind, in the course of Rivers."""
    return figures_of_rivers


@pytest.fixture
def real_figures(lesson) -> dict[str, Figure]:
    """Those of the first course, in the course of Rivers; every claim they name is there."""
    figures = {kind: store(real(kind), lesson.course, number) for number, kind in enumerate(SAMPLES)}
    keys = {claim for figure in figures.values() for claim in _claims(figure)}
    collection = lesson.course.collection
    Claim.objects.bulk_create(
        Claim(collection=collection, key=key, text="So it is.", status="established") for key in keys
    )
    return figures


def _claims(row: Figure) -> set[str]:
    figure = real(row.key)
    items = [item for field in ("ties", "events", "rows") for item in getattr(figure, field, ())]
    return {claim for item in items for claim in item.claims}
