"""What is found wrong with a figure, and where."""

import pytest

from courses.figures.checking import check
from courses.figures.kinds import layout
from tests.courses.figures.conftest import SAMPLES, sample

CLAIMS = {"downhill", "uphill"}
LESSONS = {"springs", "brooks"}


def faults(kind, *changes, sourced=False):
    return check(sample(kind, *changes), CLAIMS, LESSONS, sourced=sourced)


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_samples_are_without_fault(kind):
    assert faults(kind) == []


WRONG = [
    ("network", ("centre: lake", "centre: lak"), ("centre",), 'no actor "lak". Is it "lake"?'),
    ("network", ("first: now", "first: never"), ("first",), 'no moment "never"'),
    ("network", ("date: 1950}", "date: 2024-02-30}"), ("moments", 0, "date"), "no day of the calendar"),
    ("network", ("date: 1950}", "date: 2030}"), ("moments", 1, "date"), "in the order of time"),
    ("network", ("[spring, brook]", "[spring, brook, sea]"), ("groups", 1, "actors", 0), "stands in a group already"),
    ("network", ("[spring, brook]", "[spring, brook, lake]"), ("groups", 0, "actors", 2), "between the groups"),
    ("network", ("[spring, brook]", "[spring, brook, bog]"), ("groups", 0, "actors", 2), 'no actor "bog"'),
    ("network", ("[spring, brook]", "[brook]"), ("ties", 0, "who"), "needs a place in one of the groups"),
    ("network", ("who: brook, whom: spring", "who: brook, whom: sea"), ("ties", 7), "only on one side"),
    ("network", ("who: brook, whom: spring", "who: brook, whom: brook"), ("ties", 7, "whom"), "the same one twice"),
    ("network", ("who: brook, whom: spring", "who: bog, whom: spring"), ("ties", 7, "who"), 'no actor "bog"'),
    ("network", ("kind: envy, what", "kind: hate, what"), ("ties", 6, "kind"), 'no kind "hate"'),
    ("network", ("since: 1980s, start: 1980", "since: 1980s"), ("ties", 1, "since"), "say in `start`"),
    ("network", ('until: "2000"', "until: long ago"), ("ties", 2, "until"), "say in `end`"),
    ("network", ("start: 1980,", "start: 1980-02-31,"), ("ties", 1, "start"), "no day of the calendar"),
    ("network", ('until: "2000"', 'until: "1930"'), ("ties", 2), "ends before it starts"),
    ("network", ("key: cloud", "key: town"), ("actors", 6, "key"), "stands here twice"),
    ("network", ("claims: [uphill]", "claims: [downhil]"), ("ties", 1, "claims", 0), 'Is it "downhill"?'),
    ("timeline", ("date: 2024-03", "date: 2026"), ("events", 4, "date"), "in none of the spans"),
    ("timeline", ("date: 2024-03", "date: 2024-02-30"), ("events", 4, "date"), "no day of the calendar"),
    ("timeline", ("start: 2024, end: 2025", "start: 2023, end: 2025"), ("spans", 1, "start"), "before the span above"),
    ("timeline", ("start: 2024, end: 2025", "start: 2024, end: 2024"), ("spans", 1), "ends before it starts"),
    ("timeline", ("lesson: brooks", "lesson: broks"), ("events", 3, "lesson"), 'Is it "brooks"?'),
    ("timeline", ("key: sun", "key: dam"), ("events", 4, "key"), "stands here twice"),
    ("map", ("outlined: [Chad]", "outlined: [Chadd]"), ("outlined", 0), 'Is it "Chad"?'),
    ("map", ("west: 5, east: 30", "west: 30, east: 5"), ("views", 1), "west must be less than east"),
    ("map", ("latitude: 29.9, longitude: 32.5", "latitude: 29.9"), ("points", 2), "both latitude and longitude"),
    ("map", ("latitude: 29.9", "latitude: 59.9"), ("points", 2), "in none of the views"),
    ("comparison", ("step: duty", "step: dut"), ("rows", 0, "step"), 'Is it "duty"?'),
    ("comparison", ('[lost, "?"]', "[lost]"), ("rows", 1, "answers"), "There are 2 questions, and 1 answers."),
    ("comparison", ("key: lake-mill", "key: sea-mill"), ("rows", 1, "key"), "stands here twice"),
]


@pytest.mark.parametrize(("kind", "change", "path", "message"), WRONG)
def test_a_fault_is_found_at_its_place(kind, change, path, message):
    found = faults(kind, change)
    assert [said for at, said in found if at == path and message in said], found


def test_a_sourced_course_wants_a_claim_for_every_tie_event_and_row():
    found = faults("network", sourced=True)
    assert [path for path, _ in found] == [("ties", 3)]
    assert [path for path, _ in faults("comparison", sourced=True)] == [("rows", 1)]


def test_one_fault_does_not_hide_another():
    found = faults("network", ("centre: lake", "centre: lak"), ("first: now", "first: never"))
    assert {path for path, _ in found} >= {("centre",), ("first",)}


@pytest.mark.parametrize("kind", SAMPLES)
def test_what_is_without_fault_can_be_laid_out(kind):
    assert layout(sample(kind))
