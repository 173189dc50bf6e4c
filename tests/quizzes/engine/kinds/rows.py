"""Questions of the kinds whose answer gives something to each of several rows."""

from collections.abc import Callable, Iterable, Sequence

from hypothesis import strategies as st

from quizzes.engine.document import Option, Question
from tests.quizzes.engine.kinds.laws import HAND


def pairs(kind: str, key: str, marking: str = "", spare: str = "") -> Question:
    """`key` has a letter for each row: what belongs to it. `spare` has letters that are further choices."""
    rows = [Option(f"Row {n}", match=letter, feedback=f"Why {n}") for n, letter in enumerate(key)]
    return Question("q", kind, "Which?", (*rows, *(Option("", match=letter) for letter in spare)), marking=marking)


def answer(asked: Question, chosen: str) -> list[int | None]:
    """`chosen` has a letter for each row, a hyphen where nothing was chosen."""
    letters = sorted({option.match for option in asked.options})
    return [None if letter == "-" else letters.index(letter) for letter in chosen]


def sent(chosen: str) -> dict[str, list[str]]:
    """What a form sends with these letters chosen."""
    tokens = ["" if letter == "-" else HAND.token(letter) for letter in chosen]
    return {f"answer-{HAND.token(f'Row {n}')}": [token] for n, token in enumerate(tokens)}


def some_pairs(kind: str, markings: Iterable[str]) -> st.SearchStrategy[Question]:
    keys = st.text("abcd", min_size=2, max_size=5).filter(lambda key: len(set(key)) > 1)
    return st.builds(pairs, st.just(kind), keys, st.sampled_from(["", *markings]), st.text("def", max_size=2))


def turned(asked: Question, order: Sequence[int]) -> Question:
    """Another key: the row that had the n-th match now has that of `order[n]`."""
    matches = [asked.options[number].match for number in order]
    options = (Option(option.text, match=match) for option, match in zip(asked.options, matches, strict=True))
    return Question("q", asked.kind, asked.text, tuple(options), marking=asked.marking)


def tries_that_could_fail(answers: Sequence, fraction: Callable[[object, object], float], most: int) -> int:
    """Of somebody who gives only answers that can still be right by the verdicts so far: right, partly or wrong.

    `fraction` is what the first answer earns when the second is the right one.
    """
    longest = 0
    for given in answers if most else ():
        by_verdict: dict[bool, list] = {}
        for right in answers:
            if right != given:
                by_verdict.setdefault(fraction(given, right) > 0, []).append(right)
        for left in by_verdict.values():
            longest = max(longest, 1 + tries_that_could_fail(left, fraction, most - 1))
    return longest
