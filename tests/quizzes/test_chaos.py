"""A thousand interleavings of two tabs, two processes and one database, with servers that are killed in between;
two hundred where time is short.

Each is an attempt to which both tabs do something at the same time: answer, answer from an old page, send a form twice,
take hints, finish. In some the deadline passes meanwhile. Whatever happens,

- acknowledged answers = recorded answers = distinct pairs of slot and try,
- the attempt's mark = the mark computed anew from its responses.
"""

import random
from datetime import UTC, datetime

from quizzes.engine import behaviour
from quizzes.models import Attempt, Hint
from quizzes.sittings import sitting_of
from tests import make
from tests.cases import THOROUGH
from tests.quizzes import chaos

INTERLEAVINGS = 1000 if THOROUGH else 200
STRIDE = INTERLEAVINGS // 2
"""In each so many the deadlines of some pass, and each tab's server is killed once, while a form is under way."""


def make_attempts() -> list[int]:
    ada = make.ada()
    rivers = make.collection(slug="rivers")
    questions = [make.question(collection=rivers, key=f"q{n}") for n in range(3)]
    for question in questions:
        Hint.objects.create(question=question, text="North.", cost=0.1)
    for setting in ("practice", "exam", "immediate"):
        quiz = make.quiz(collection=rivers, slug=setting, setting=setting, questions=questions)
        edition = quiz.editions.get()
        Attempt.objects.bulk_create(
            Attempt(learner=ada, quiz=quiz, edition=edition, number=n, seed=setting) for n in range(INTERLEAVINGS // 2)
        )
    return list(Attempt.objects.order_by("number", "quiz").values_list("pk", flat=True)[:INTERLEAVINGS])


def what_is_there() -> dict[int, dict]:
    found = {}
    for attempt in Attempt.objects.select_related("edition", "quiz"):
        sitting = sitting_of(attempt)
        rows = [row for given in sitting.responses.values() for row in given]
        tries = {slot: sitting.tries(slot) for slot in sitting.responses}
        found[attempt.pk] = {
            "recorded": [(row.slot, row.try_number, row.answer[0]) for row in rows],
            "late": sum(row.late for row in rows),
            "mark": attempt.mark,
            "computed": behaviour.attempt_mark(sitting.quiz, tries),
            "finished": attempt.is_finished,
        }
    return found


def expire(attempts: list[int]) -> None:
    """Their deadlines have long passed."""
    Attempt.objects.filter(pk__in=attempts).update(due_at=datetime(2026, 1, 1, tzinfo=UTC))


def actions(chance: random.Random) -> list[tuple[str, int, int]]:
    """What one tab does to one attempt."""
    whats = chance.choices(["answer", "back", "retry", "hint", "finish"], [6, 3, 3, 1, 0.5], k=chance.randint(2, 4))
    return [(what, chance.randrange(2), chance.randrange(3)) for what in whats]


class Tab:
    """A tab whose server can be killed at any moment and is started anew; then the tab sends its last form again."""

    def __init__(self, on_copy) -> None:
        self.on_copy = on_copy
        self.killed = 0
        self.begin()

    def begin(self) -> None:
        self.server = self.on_copy.start(chaos.serve)

    def said(self) -> dict:
        """What the server says next, nothing if it was killed."""
        try:
            return self.server.said()
        except EOFError:
            return {}

    def tell(self, attempt: int, do: list, again: tuple[int, ...] = ()) -> None:
        self.attempt = attempt
        self.server.tell({"attempt": attempt, "do": do, "again": again})

    def acknowledged(self, *, kill: bool = False) -> list[tuple[int, ...]]:
        """The answers that were, until the tab is done with the attempt."""
        found: list[tuple[int, ...]] = []
        form: tuple[int, ...] = ()
        while not (said := self.said()).get("done"):
            if "sends" in said:
                form = said["sends"]
                if kill:
                    self.server.kill()
                    self.killed += 1
                    kill = False
            elif said.get("acknowledged"):
                found.append(form)
            elif not said:
                self.begin()
                self.tell(self.attempt, [], again=form)
        if not self.server.process.is_alive():  # killed when it had done all
            self.begin()
        return found


def test_whatever_interleaves_nothing_is_lost_and_nothing_counts_twice(on_copy):
    chance = random.Random(20260301)
    attempts = on_copy(make_attempts)
    assert len(attempts) == INTERLEAVINGS
    tabs = [Tab(on_copy) for _ in range(2)]
    acknowledged: dict[int, set[tuple[int, ...]]] = {}
    for number, pk in enumerate(attempts):
        in_turn = number % STRIDE
        if in_turn == 0:
            on_copy(expire, attempts[number : number + STRIDE : 10])
        for tab in tabs:
            tab.tell(pk, actions(chance))
        in_order = tabs if in_turn == 7 else tabs[::-1]  # the one to be killed is listened to first
        kill = in_turn in {7, 57}
        acknowledged[pk] = {answer for tab in in_order for answer in tab.acknowledged(kill=kill and tab is in_order[0])}
    for tab in tabs:
        tab.server.tell(None)
        tab.server.end()

    found = on_copy(what_is_there)
    for pk in attempts:
        recorded = found[pk]["recorded"]
        assert len({answer[:2] for answer in recorded}) == len(recorded)
        assert acknowledged[pk] == set(recorded)
        assert found[pk]["mark"] == found[pk]["computed"]
    assert sum(tab.killed for tab in tabs) >= INTERLEAVINGS // STRIDE
    assert sum(one["late"] for one in found.values()) > INTERLEAVINGS // 20
    assert sum(one["finished"] for one in found.values()) > INTERLEAVINGS // 10
    assert sum(len(one["recorded"]) for one in found.values()) > INTERLEAVINGS
