"""A question as one learner sees it now. Nothing that depends on a key is here before there is an answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from quizzes.engine import behaviour
from quizzes.engine.document import EXAM, PRACTICE, Question
from quizzes.engine.kinds import KINDS
from quizzes.models import Response
from quizzes.sittings import Sitting

RIGHT, PARTLY, WRONG, UNANSWERED = "right", "partly", "wrong", "unanswered"


@dataclass(frozen=True)
class ShownOption:
    token: str
    text: str
    checked: bool
    disabled: bool = False
    state: str = ""


@dataclass(frozen=True)
class Feedback:
    option: str
    text: str


@dataclass(frozen=True)
class Verdict:
    """What an answer was worth and why. Explanation, evidence and the right answer come when the slot is settled."""

    state: str
    mark: float
    weight: float
    feedback: tuple[Feedback, ...]
    explanation: str = ""
    claims: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """`error` says why an answer was not taken, `notice` what else to know."""

    question: Question
    slot: int
    place: int
    count: int
    attempt_id: int | None
    edition_id: int
    try_number: int
    tries_left: int
    settled: bool
    is_exam: bool
    options: tuple[ShownOption, ...]
    verdict: Verdict | None
    error: str = ""
    notice: str = ""

    @property
    def template(self) -> str:
        return f"quizzes/kinds/{self.question.kind}.html"

    @property
    def state(self) -> str:
        return self.verdict.state if self.verdict else ""

    @property
    def worth(self) -> str:
        """What a right answer still earns, as a fraction of the weight; empty for the whole."""
        return {2: "⅔", 3: "⅓"}.get(self.try_number, "")

    @property
    def is_last(self) -> bool:
        return self.place == self.count


def shown(
    sitting: Sitting, slot: int, *, error: str = "", notice: str = "", chosen: Iterable[str] = (), review: bool = False
) -> Shown:
    """`chosen` are the tokens of an answer that was not taken; `review` shows all of a finished attempt."""
    question, responses = sitting.question(slot), sitting.responses.get(slot, [])
    is_exam = sitting.quiz.setting == EXAM
    settled = sitting.is_settled(slot)
    reveals = review or not is_exam
    tries = len(responses)
    return Shown(
        question=question,
        slot=slot,
        place=sitting.place_of(slot),
        count=len(sitting.quiz.slots),
        attempt_id=sitting.attempt.pk,
        edition_id=sitting.attempt.edition_id,
        try_number=tries + 1,
        tries_left=0 if is_exam else behaviour.tries_of(sitting.quiz, sitting.slot(slot)) - tries,
        settled=settled,
        is_exam=is_exam,
        options=_options(sitting, slot, settled=settled, reveals=reveals, chosen=set(chosen)),
        verdict=_verdict(sitting, slot, settled=settled) if reveals and (responses or review) else None,
        error=error,
        notice=notice,
    )


def _options(sitting: Sitting, slot: int, *, settled: bool, reveals: bool, chosen: set[str]) -> tuple[ShownOption, ...]:
    question, responses, tokens = sitting.question(slot), sitting.responses.get(slot, []), sitting.tokens(slot)
    kind = KINDS[question.kind]
    last = set(responses[-1].answer) if responses else set()
    right = set(kind.correct(question)) if settled and reveals else set()
    # An option that was wrong on its own need not be tried again.
    out = {response.answer[0] for response in responses if question.kind != "multiple"} if reveals else set()

    def option(number: int) -> ShownOption:
        state = ""
        if right:
            state = RIGHT if number in right else WRONG if number in last else ""
        elif number in out:
            state = WRONG
        return ShownOption(
            token=tokens[number],
            text=question.options[number].text,
            checked=tokens[number] in chosen if chosen else number in last and (settled or number not in out),
            disabled=settled or number in out,
            state=state,
        )

    return tuple(option(number) for number in kind.order(question, sitting.attempt.seed))


def _verdict(sitting: Sitting, slot: int, *, settled: bool) -> Verdict:
    question, responses = sitting.question(slot), sitting.responses.get(slot, [])
    chosen = [question.options[number] for number in (responses[-1].answer if responses else ())]
    claims = [*(key for option in chosen for key in option.claims), *question.claims]
    return Verdict(
        state=_state(responses[-1]) if responses else UNANSWERED,
        mark=sitting.mark_of(slot),
        weight=sitting.slot(slot).weight,
        feedback=tuple(Feedback(option.text, option.feedback) for option in chosen if option.feedback),
        explanation=question.explanation if settled else "",
        claims=tuple(dict.fromkeys(claims)) if settled else (),
    )


def _state(response: Response) -> str:
    return RIGHT if response.fraction >= 1 else PARTLY if response.fraction > 0 else WRONG


def evidence_keys(questions: Iterable[Shown]) -> set[str]:
    return {key for one in questions if one.verdict for key in one.verdict.claims}


@dataclass(frozen=True)
class Step:
    """A place in a quiz. In an exam it tells only whether it is answered."""

    place: int
    state: str
    here: bool


def steps(sitting: Sitting, *, here: int = 0) -> list[Step]:
    is_practice = sitting.quiz.setting == PRACTICE
    found = []
    for place, slot in enumerate(sitting.order, 1):
        fractions = sitting.fractions(slot)
        state = ""
        if fractions and is_practice and sitting.is_settled(slot):
            state = RIGHT if max(fractions) >= 1 else WRONG
        elif fractions:
            state = "answered"
        found.append(Step(place, state, here=place == here))
    return found
