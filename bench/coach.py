"""How often the item-writing coach is right: precision and recall of its rules on the labelled set
(tests.quizzes.engine.coach_set), what it says of the first course's questions, and how long it takes.

    python -m bench.coach
"""

import time
from collections import Counter
from pathlib import Path

import msgspec
import yaml

from quizzes.engine import coach
from quizzes.engine.document import Question
from quizzes.engine.voice import Wording
from tests.quizzes.engine.coach_set import HELD_OUT, TUNING, read, table

COURSE = Path("fixtures/does-iran-have-allies")


def of_the_course() -> str:
    """Of how many questions each rule speaks."""
    texts = [path.read_text() for path in sorted(COURSE.glob("questions/*.yaml"))]
    rows = [row for text in texts for row in yaml.load(text, yaml.BaseLoader)]
    questions = msgspec.convert(rows, list[Question], strict=False)
    course = yaml.load((COURSE / "course.yaml").read_text(), yaml.BaseLoader)
    context = coach.Context(sourced=True, wording=msgspec.convert(course["wording"], list[Wording]))
    start = time.perf_counter()
    told = [{advice.rule for advice in coach.advice(question, context)} for question in questions]
    took = (time.perf_counter() - start) * 1000 / len(questions)
    times = Counter(rule for rules in told for rule in rules)
    lines = [f"{rule:24} {times[rule]:8}" for rule in coach.RULES if times[rule]]
    return "\n".join([f"{len(questions)} questions of {COURSE.name}, {took:.2f} ms each", *lines])


def main() -> None:
    print(f"Tuning half\n{table(read(TUNING))}\n")
    print(f"Held-out half\n{table(read(HELD_OUT))}\n")
    print(of_the_course())


if __name__ == "__main__":
    main()
