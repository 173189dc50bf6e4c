"""Questions of every kind there is, each with answers to mark: a right one and others. As long as those of the first
course, and standing on as many claims."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import cycle, islice

from msgspec.structs import replace

from quizzes.engine.document import DESCRIPTION, Option, Question
from quizzes.engine.kinds import KINDS, Answer

SURE = "by the survey of the whole range"
"""Words that stand in right options only, so that a benchmark can be right as often as it wants to be."""
YEAR = "1854"
"""What is right wherever something is typed, words or a number."""
SEA = "Sea of Okhotsk"
CLAIMS = 20
FEEDBACK = (
    "The survey says so: where a river rises in the mountains and nothing stands in its way, it comes to the sea. What "
    "was said before was said by somebody who never went there."
)


@dataclass(frozen=True)
class Sample:
    question: Question
    answers: tuple[Answer, ...]


def samples(count: int) -> list[Sample]:
    """Of all kinds in turn. Fails where a kind has none here."""
    if missing := KINDS.keys() - _SAMPLES.keys() - {DESCRIPTION}:
        raise LookupError(f"bench/rig/questions.py has no sample of: {', '.join(sorted(missing))}")
    kinds = cycle(name for name in KINDS if name != DESCRIPTION)
    return [_SAMPLES[kind](number, kind) for number, kind in enumerate(islice(kinds, count))]


def _question(number: int, kind: str, *options: Option, **more: object) -> Question:
    return Question(
        key=f"{kind.replace('_', '-')}-{number}",
        kind=kind,
        text=f"Range {number} was surveyed twice, and the second survey names rivers that the first one does not. "
        "Which of these was *named* by the first survey of the country?",
        explanation=f"A river is named by where it ends: in the sea, in a lake or in another river. Range {number} has "
        "forty rivers, and eleven of them end in a lake that no map of the first survey shows.",
        claims=(_claim(number), _claim(number + 7)),
        options=options,
        **more,
    )


def _claim(number: int) -> str:
    return f"claim-{number % CLAIMS}"


def _option(number: int, place: int, right: bool) -> Option:
    text = f"The river of valley {number}.{place}, {SURE if right else 'by a note of somebody who left'}"
    claims = (_claim(number), _claim(number + place + 1))
    return Option(text=text, credit=float(right), feedback=f"{FEEDBACK} ({number}.{place})", claims=claims)


def _single(number: int, kind: str) -> Sample:
    return Sample(_question(number, kind, *(_option(number, place, place == 1) for place in range(3))), ([1], [0]))


def _multiple(number: int, kind: str) -> Sample:
    options = (_option(number, place, place % 2 == 1) for place in range(5))
    question = _question(number, kind, *options, marking="right_minus_wrong")
    return Sample(question, ([1, 3], [1], [0, 1, 3], [2]))


def _true_false(number: int, kind: str) -> Sample:
    return Sample(_question(number, kind, _option(number, 0, True), _option(number, 1, False)), ([0], [1]))


def _matching(number: int, kind: str) -> Sample:
    rows = (
        Option(text=f"The river of valley {number}.{row}", match=f"Sea {row}", feedback=FEEDBACK, claims=(_claim(row),))
        for row in range(4)
    )
    return Sample(
        _question(number, kind, *rows, Option(text="", match="None of them")), ([1, 2, 3, 4], [1, 3, 0, None])
    )


def _ordering(number: int, kind: str) -> Sample:
    rows = (
        Option(text=f"The river of valley {number}.{row}", feedback=FEEDBACK, claims=(_claim(row),)) for row in range(5)
    )
    return Sample(_question(number, kind, *rows), ([0, 1, 2, 3, 4], [1, 2, 3, 0, 4]))


def _short_answer(number: int, kind: str) -> Sample:
    accepted = ((SEA, 1), ("Okhotsk*", 1), (YEAR, 1), ("Lamut Sea", 0.5), ("Sea of Japan", 0))
    question = _question(number, kind, *_typed(number, accepted), confusables=("Sea of Azov", "Bering Sea"))
    return Sample(question, (SEA, "sea of Okhotks", "Bering Sea", "a lake of the plain"))


def _numeric(number: int, kind: str) -> Sample:
    accepted = ((f"{YEAR} ± 2", 1), ("1850..1859", 0.5), ("1900", 0))
    return Sample(_question(number, kind, *_typed(number, accepted)), (YEAR, "1,851", "1900", "12"))


def _typed(number: int, accepted: Iterable[tuple[str, float]], match: str = "") -> list[Option]:
    claims = (_claim(number),)
    return [
        Option(text=text, credit=credit, match=match, feedback=FEEDBACK, claims=claims) for text, credit in accepted
    ]


def _cloze(number: int, kind: str) -> Sample:
    options = (
        *_typed(number, ((SEA, 1), (YEAR, 1), ("Okhotsk*", 0.5)), "sea"),
        *_typed(number, ((f"{YEAR} ± 1", 1), ("1860", 0.5)), "year"),
        *_typed(number, ((f"the first, {SURE}", 1), ("neither", 0), ("the second", 0)), "survey"),
    )
    text = "It reaches the [[sea]] since a flood in [[year: number]], as the maps of [[survey: choice]] show."
    question = replace(_question(number, kind, *options), text=text)
    return Sample(question, ([SEA, YEAR, 1], ["Okhotsk", "1860", None], ["Sea of Okhotks", "12", 0]))


def _essay(number: int, kind: str) -> Sample:
    rubric = (("Names both surveys", 0.5), ("Says which of them is to be trusted, and why", 0.5))
    return Sample(_question(number, kind, *_typed(number, rubric)), (FEEDBACK * 5,))


_SAMPLES: dict[str, Callable[[int, str], Sample]] = {
    "single": _single,
    "multiple": _multiple,
    "true_false": _true_false,
    "matching": _matching,
    "categorise": _matching,
    "ordering": _ordering,
    "short_answer": _short_answer,
    "numeric": _numeric,
    "cloze": _cloze,
    "essay": _essay,
}
