"""Which questions an attempt asks where a quiz draws them."""

from msgspec.structs import replace

from quizzes.engine.document import Draw, Question, Quiz, Slot
from quizzes.engine.seeds import shuffled


def deal(quiz: Quiz, seed: str) -> Quiz:
    """The quiz as one attempt has it: its draws turned into slots, after the fixed ones. The same for the same seed,
    and no question twice."""
    if not quiz.draws:
        return quiz
    slots = list(quiz.slots)
    taken = {slot.question.key for slot in slots}
    for number, draw in enumerate(quiz.draws):
        for question in _drawn(draw, f"{seed}:draw:{number}", taken):
            slots.append(Slot(question, draw.weight))
            taken.add(question.key)
    return replace(quiz, slots=tuple(slots), draws=())


def _drawn(draw: Draw, seed: str, taken: set[str]) -> list[Question]:
    order = shuffled(seed, draw.tag, len(draw.pool))
    return [draw.pool[number] for number in order if draw.pool[number].key not in taken][: draw.count]


def shortfall(quiz: Quiz) -> list[tuple[Draw, int]]:
    """Draws that could run out of questions, each with how many it has when those before it took what they share."""
    fixed = {slot.question.key for slot in quiz.slots}
    found = []
    for number, draw in enumerate(quiz.draws):
        own = {question.key for question in draw.pool} - fixed
        rivals = sum(
            min(other.count, len(own & {question.key for question in other.pool})) for other in quiz.draws[:number]
        )
        if len(own) - rivals < draw.count:
            found.append((draw, len(own) - rivals))
    return found
