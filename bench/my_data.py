"""What it costs to take 50,000 answers along, to load them elsewhere, and to have them erased: seconds of the
processor, beside a floor in the same run (reading the same rows, writing them as JSON and packing that).

    python -m bench.my_data            tells what falls short of its target
    python -m bench.my_data --strict   fails then
"""

import json
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.rig.serving import own_var

QUIZZES, QUESTIONS, ATTEMPTS = 50, 100, 10
START = datetime(2025, 1, 1, 8, tzinfo=UTC)
TARGETS = {"export": 5.0, "load": 30.0, "load again": 10.0, "erase": 5.0}
"""Seconds. Loading is for the most part what FSRS takes to reckon the cards anew."""


def main() -> int:
    with own_var():
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        measured = measure()
    floor = measured["floor"]
    for name, seconds in measured.items():
        print(f"{name:12} {seconds:7.2f} s  {seconds / floor:6.1f} floors")
    short = [
        f"{name} took {measured[name]:.1f} s, not {most:g}" for name, most in TARGETS.items() if measured[name] > most
    ]
    print(*(f"SHORT  {line}" for line in short) if short else ["All targets hold."], sep="\n")
    return 1 if short and "--strict" in sys.argv else 0


def measure() -> dict[str, float]:
    from accounts.models import User
    from accounts.my_data import archive, erasing, taking
    from progress import cards

    ada = User.objects.create_user("ada@example.org", "a long word for ada")
    eve = User.objects.create_user("eve@example.org", "a long word for eve")
    make_history(ada)
    cards.replay(learner=ada)
    measured: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        began = time.process_time()
        done = work()
        measured[name] = time.process_time() - began
        return done

    timed("floor", lambda: bare(ada))
    timed("first export", lambda: archive.write(ada).close())  # reads the editions into this process
    file = timed("export", lambda: archive.write(ada))
    data = file.read()
    print(f"{ada.responses.count()} answers, {ada.cards.count()} cards: {len(data) / 1e6:.1f} MB\n")
    timed("load", lambda: taking.take(learner=eve, found=archive.read(data, name="a.zip")))
    timed("load again", lambda: taking.take(learner=eve, found=archive.read(data, name="a.zip")))
    assert eve.responses.count() == ada.responses.count()
    timed("erase", lambda: erasing.erase(user=eve))
    return measured


def bare(learner: Any) -> None:
    from ui.archives import pack

    rows = [list(map(str, row)) for row in learner.responses.values_list()]
    pack({"rows.json": json.dumps(rows).encode()}, level=6)


def make_history(learner: Any) -> None:
    """Attempts at quizzes of all kinds of questions, most answers right."""
    from bench.rig.questions import samples
    from quizzes.engine import document
    from quizzes.models import Edition, Quiz
    from sources.models import Collection

    rivers = Collection.objects.create(slug="rivers", title="Rivers")
    made = [one for one in samples(QUIZZES * (QUESTIONS + QUESTIONS // 9 + 1)) if one.question.kind != "essay"]
    chance = random.Random(1)
    for number in range(QUIZZES):
        own = made[number * QUESTIONS : (number + 1) * QUESTIONS]
        slots = tuple(document.Slot(one.question) for one in own)
        text = document.encode(document.Quiz(f"Quiz {number}", slots, tries=1))
        quiz = Quiz.objects.create(collection=rivers, slug=f"quiz-{number}", title=f"Quiz {number}", tries=1)
        edition = Edition.objects.create(
            quiz=quiz, number=1, document=text, digest=document.digest(text), questions=QUESTIONS, weight=QUESTIONS
        )
        take(learner, edition, own, chance, START + timedelta(days=number))


def take(learner: Any, edition: Any, asked: list[Any], chance: random.Random, start: datetime) -> None:
    """Ten attempts, a month apart."""
    from quizzes.engine import behaviour
    from quizzes.engine.kinds import KINDS
    from quizzes.models import Attempt, Response

    for number in range(ATTEMPTS):
        at = start + timedelta(days=30 * number)
        attempt = Attempt.objects.create(
            learner=learner, quiz=edition.quiz, edition=edition, number=number + 1, seed=f"{number:032}"
        )
        given = []
        for slot, one in enumerate(asked):
            answer = one.answers[0] if chance.random() < 0.8 else chance.choice(one.answers)
            fraction = behaviour.rounded(KINDS[one.question.kind].mark(one.question, answer) or 0.0)
            at += timedelta(seconds=chance.randint(3, 40), microseconds=chance.randint(0, 999_999))
            row = {"slot": slot, "try_number": 1, "question_key": one.question.key, "answer": answer}
            given.append(
                Response(learner=learner, attempt=attempt, **row, fraction=fraction, mark=fraction, answered_at=at)
            )
        Response.objects.bulk_create(given)
        mark = sum(one.mark for one in given)
        Attempt.objects.filter(pk=attempt.pk).update(
            mark=mark, started_at=start + timedelta(days=30 * number), finished_at=at
        )


if __name__ == "__main__":
    sys.exit(main())
