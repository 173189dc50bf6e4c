"""One of two tabs, with a server in a process of its own: does to attempts what it is told.

It says what each form sends before it sends it, as `{"sends": (slot, try, option)}`, and what came of it, as
`{"acknowledged": True}` or False; `{"done": True}` ends an interleaving.
"""

from multiprocessing.connection import Connection

from quizzes import taking
from quizzes.models import Attempt
from quizzes.sittings import Sitting, sitting_of


class Tab:
    def __init__(self, wire: Connection, pk: int) -> None:
        self.wire = wire
        self.pk = pk
        self.old = self.load()
        self.last: tuple[int, int, int] | None = None

    def load(self) -> Sitting:
        return sitting_of(Attempt.objects.select_related("edition", "quiz", "learner").get(pk=self.pk))

    def do(self, what: str, slot: int, option: int) -> None:
        if what == "finish":
            taking.finish(attempt=self.load().attempt)
        elif what == "hint":
            self.hint(slot)
        elif what == "retry":
            if self.last:
                self.send(*self.last)
        else:
            page = self.old if what == "back" else self.load()
            self.send(slot, len(page.responses.get(slot, [])) + 1, option)

    def send(self, slot: int, number: int, option: int) -> None:
        self.last = (slot, number, option)
        self.wire.send({"sends": self.last})
        now = self.load()
        try:
            recorded = taking.answer(
                sitting=now, learner=now.attempt.learner, slot=slot, try_number=number, value=[option]
            )
        except (taking.AttemptClosed, taking.TryOutOfTurn):
            self.wire.send({"acknowledged": False})
        else:
            self.wire.send({"acknowledged": not recorded.differs})

    def hint(self, slot: int) -> None:
        now = self.load()
        try:
            number = now.hints_taken(slot) + 1
            taking.take_hint(sitting=now, learner=now.attempt.learner, slot=slot, number=number)
        except taking.NoHint:
            return


def serve(wire: Connection) -> None:
    while told := wire.recv():
        tab = Tab(wire, told["attempt"])
        if form := told["again"]:
            tab.send(*form)
        for action in told["do"]:
            tab.do(*action)
        wire.send({"done": True})
