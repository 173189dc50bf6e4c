"""Two processes that load the same folder at the same moment, against one SQLite file."""

import os
import subprocess
import sys
from pathlib import Path

from tests.big_course import write

ROOT = Path(__file__).resolve().parents[3]

RACER = """
import sys, django
django.setup()
from courses.folder.loading import load
print("ready", flush=True)
sys.stdin.readline()
summary = load(sys.argv[1])
print(summary.editions, sum(actions["created"] for actions in summary.actions.values()), flush=True)
"""

COUNT = """
import django
django.setup()
from courses.models import Course, Lesson
from quizzes.models import Edition, Option, Question, Slot
print(*(model.objects.count() for model in (Course, Lesson, Question, Option, Slot, Edition)))
"""


def test_two_loads_at_once_load_the_course_once(tmp_path):
    write(tmp_path / "big", lessons=5, questions=50)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        "FOOTNOTE_VAR": str(tmp_path / "var"),
    }
    environment.pop("DATABASE_URL", None)

    def start(*command: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    assert start("manage.py", "migrate", "--verbosity=0").wait(timeout=60) == 0
    racers = [start("-c", RACER, str(tmp_path / "big")) for _ in range(2)]
    for racer in racers:
        assert racer.stdout
        assert racer.stdout.readline().strip() == "ready"
    for racer in racers:
        assert racer.stdin
        racer.stdin.write("go\n")
        racer.stdin.flush()
    assert sorted(racer.communicate(timeout=60)[0].strip() for racer in racers) == ["0 0", "10 141"]
    assert start("-c", COUNT).communicate(timeout=60)[0].split() == ["1", "5", "50", "200", "50", "10"]
