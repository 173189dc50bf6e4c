"""A thousand interleavings of two tabs, two processes and one SQLite file, with servers that are killed in between;
two hundred where time is short.

Each is an attempt to which both tabs do something at the same time: answer, answer from an old page, send a form twice,
take hints, finish. In some the deadline passes meanwhile. Whatever happens,

- acknowledged answers = recorded answers = distinct pairs of slot and try,
- the attempt's mark = the mark computed anew from its responses.
"""

import json
import random
import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from tests.cases import THOROUGH

INTERLEAVINGS = 1000 if THOROUGH else 200
STRIDE = INTERLEAVINGS // 2
"""In each so many the deadlines of some pass, and each tab's server is killed once, while a form is under way."""

SETUP = f"""
from accounts.models import User
from quizzes.models import Attempt, Hint
from tests import make
ada = User.objects.create_user("ada@example.org", "a long word for ada", name="Ada")
rivers = make.collection(slug="rivers")
questions = [make.question(collection=rivers, key=f"q{{n}}") for n in range(3)]
for question in questions:
    Hint.objects.create(question=question, text="North.", cost=0.1)
for setting in ("practice", "exam", "immediate"):
    quiz = make.quiz(collection=rivers, slug=setting, setting=setting, questions=questions)
    edition = quiz.editions.get()
    Attempt.objects.bulk_create(
        Attempt(learner=ada, quiz=quiz, edition=edition, number=n, seed=setting) for n in range({INTERLEAVINGS} // 2)
    )
print(*Attempt.objects.order_by("number", "quiz").values_list("pk", flat=True)[:{INTERLEAVINGS}])
"""

READ = """
import json
from quizzes.engine import behaviour
from quizzes.models import Attempt
from quizzes.sittings import sitting_of
found = {}
for attempt in Attempt.objects.select_related("edition", "quiz"):
    sitting = sitting_of(attempt)
    rows = [row for given in sitting.responses.values() for row in given]
    tries = {slot: sitting.tries(slot) for slot in sitting.responses}
    found[attempt.pk] = {
        "recorded": [[row.slot, row.try_number, row.answer[0]] for row in rows],
        "late": sum(row.late for row in rows),
        "mark": str(attempt.mark),
        "computed": str(behaviour.attempt_mark(sitting.quiz, tries)),
        "finished": attempt.is_finished,
    }
print(json.dumps(found))
"""


def expire(database: Path, attempts: list[int]) -> None:
    """Their deadlines have long passed."""
    with closing(sqlite3.connect(database)) as connection, connection:
        rows = [(pk,) for pk in attempts]
        connection.executemany("UPDATE quizzes_attempt SET due_at = '2026-01-01 00:00:00' WHERE id = ?", rows)


def actions(chance: random.Random) -> list[tuple[str, int, int]]:
    """What one tab does to one attempt."""
    whats = chance.choices(["answer", "back", "retry", "hint", "finish"], [6, 3, 3, 1, 0.5], k=chance.randint(2, 4))
    return [(what, chance.randrange(2), chance.randrange(3)) for what in whats]


class Tab:
    """A tab whose server can be killed at any moment and is started anew; then the tab sends its last form again."""

    def __init__(self, start) -> None:
        self.start = start
        self.killed = 0
        self.begin()

    def begin(self) -> None:
        self.server = self.start("from tests.quizzes.chaos import main; main()")
        assert self.said() == {"ready": True}

    def said(self) -> dict:
        line = self.server.stdout.readline()
        return json.loads(line) if line.endswith("\n") else {}

    def tell(self, attempt: int, do: list, again: list | None = None) -> None:
        self.attempt = attempt
        self.server.stdin.write(json.dumps({"attempt": attempt, "do": do, "again": again}) + "\n")
        self.server.stdin.flush()

    def acknowledged(self, *, kill: bool = False) -> list[tuple[int, ...]]:
        """The answers that were, until the tab is done with the attempt."""
        found, form = [], None
        while not (said := self.said()).get("done"):
            if "sends" in said:
                form = said["sends"]
                if kill:
                    self.server.kill()
                    self.killed += 1
                    kill = False
            elif said.get("acknowledged"):
                found.append(tuple(form))
            elif not said:
                self.server.wait()
                self.begin()
                self.tell(self.attempt, [], again=form)
        return found


def test_whatever_interleaves_nothing_is_lost_and_nothing_counts_twice(on_files):
    chance = random.Random(20260301)
    attempts = [int(pk) for pk in on_files(SETUP).split()]
    assert len(attempts) == INTERLEAVINGS
    tabs = [Tab(on_files.start) for _ in range(2)]
    acknowledged: dict[int, set[tuple[int, ...]]] = {}
    for number, pk in enumerate(attempts):
        in_turn = number % STRIDE
        if in_turn == 0:
            expire(on_files.database, attempts[number : number + STRIDE : 10])
        for tab in tabs:
            tab.tell(pk, actions(chance))
        acknowledged[pk] = {
            answer for place, tab in enumerate(tabs) for answer in tab.acknowledged(kill=in_turn == 7 + 50 * place)
        }
    for tab in tabs:
        tab.server.stdin.close()
        tab.server.wait(timeout=30)

    found = {int(pk): one for pk, one in json.loads(on_files(READ)).items()}
    for pk in attempts:
        recorded = [tuple(answer) for answer in found[pk]["recorded"]]
        assert len({answer[:2] for answer in recorded}) == len(recorded)
        assert acknowledged[pk] == set(recorded)
        assert Decimal(found[pk]["mark"]) == Decimal(found[pk]["computed"])
    assert sum(tab.killed for tab in tabs) >= INTERLEAVINGS // STRIDE
    assert sum(one["late"] for one in found.values()) > INTERLEAVINGS // 20
    assert sum(one["finished"] for one in found.values()) > INTERLEAVINGS // 10
    assert sum(len(one["recorded"]) for one in found.values()) > INTERLEAVINGS
