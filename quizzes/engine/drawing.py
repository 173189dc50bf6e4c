"""Which questions an attempt asks where a quiz draws them, and in which order."""

from collections.abc import Collection, Sequence
from itertools import groupby, islice

from msgspec.structs import replace

from quizzes.engine.document import Draw, Question, Quiz, Slot
from quizzes.engine.seeds import shuffled


def draw(quiz: Quiz, seed: str, seen: Collection[str] = (), expired: Collection[str] = ()) -> list[str]:
    """The keys of the questions drawn for an attempt, draw by draw: those first that the learner has not seen, and
    expired ones only where no others are left, so that a quiz never asks fewer than it says. The same for the same
    seed, seen and expired ones, and no question twice."""
    taken = {slot.question.key for slot in quiz.slots}
    keys = []
    for number, one in enumerate(quiz.draws):
        order = shuffled(f"{seed}:draw:{number}", one.tag, len(one.pool))
        pool = [one.pool[place].key for place in order if one.pool[place].key not in taken]
        drawn = sorted(pool, key=lambda key: (key in expired, key in seen))[: one.count]
        keys += drawn
        taken.update(drawn)
    return keys


def deal(quiz: Quiz, drawn: Sequence[str]) -> Quiz:
    """The quiz as one attempt has it, with what was drawn for it in place of its draws."""
    if not quiz.draws:
        return quiz
    left = iter(drawn)
    slots: list[Slot] = []
    start = 0
    for one in quiz.draws:
        end = len(quiz.slots) if one.at is None else one.at
        slots += quiz.slots[start:end]
        start = end
        pool = {question.key: question for question in one.pool}
        slots += [Slot(pool[key], one.weight, one.section) for key in islice(left, one.count)]
    return replace(quiz, slots=(*slots, *quiz.slots[start:]), draws=())


def for_review(quiz: Quiz) -> Quiz:
    """Every question that the quiz could ask, to be asked one by one: one try each, and all of it shown at once."""
    return Quiz(quiz.title, tuple(Slot(question) for question in pooled(quiz)), tries=1)


def order(quiz: Quiz, seed: str) -> list[int]:
    """The slots of a dealt quiz in the order they are shown in: the author's, or shuffled within each section."""
    if not quiz.shuffled:
        return list(range(len(quiz.slots)))
    shown: list[int] = []
    for section, found in groupby(range(len(quiz.slots)), key=lambda number: quiz.slots[number].section):
        numbers = list(found)
        shown += [numbers[place] for place in shuffled(seed, f"slots:{section}", len(numbers))]
    return shown


def pooled(quiz: Quiz) -> list[Question]:
    """Every question that could be asked, once each."""
    questions = [slot.question for slot in quiz.slots] + [question for one in quiz.draws for question in one.pool]
    return list({question.key: question for question in questions}.values())


def shortfall(quiz: Quiz) -> list[tuple[Draw, int]]:
    """Draws that could run out of questions, each with how many it has when those before it took what they share."""
    fixed = {slot.question.key for slot in quiz.slots}
    found = []
    for number, one in enumerate(quiz.draws):
        own = {question.key for question in one.pool} - fixed
        rivals = sum(
            min(other.count, len(own & {question.key for question in other.pool})) for other in quiz.draws[:number]
        )
        if len(own) - rivals < one.count:
            found.append((one, len(own) - rivals))
    return found
