"""Two processes that load the same folder at the same moment, against one database."""

from courses.folder.loading import load
from courses.models import Course, Lesson
from quizzes.models import Edition, Option, Question, Slot
from tests.big_course import write


def load_when_told(wire, folder):
    wire.send("ready")
    wire.recv()
    summary = load(folder)
    wire.send((summary.editions, sum(actions["created"] for actions in summary.actions.values())))


def counts():
    return [model.objects.count() for model in (Course, Lesson, Question, Option, Slot, Edition)]


def test_two_loads_at_once_load_the_course_once(on_copy, tmp_path):
    write(tmp_path / "big", lessons=5, questions=50)
    racers = [on_copy.start(load_when_told, tmp_path / "big") for _ in range(2)]
    assert [racer.said() for racer in racers] == ["ready", "ready"]
    for racer in racers:
        racer.tell("go")
    assert sorted(racer.said() for racer in racers) == [(0, 0), (10, 141)]
    assert on_copy(counts) == [1, 5, 50, 200, 50, 10]
