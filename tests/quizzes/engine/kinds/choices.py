"""Questions of the kinds whose answer is a choice among options."""

from hypothesis import strategies as st

from quizzes.engine.document import Option, Question
from tests.quizzes.engine.kinds.laws import HAND


def question(kind: str, credits: str, marking: str = "") -> Question:
    """`credits` is a string such as "100": one option for each digit."""
    options = tuple(Option(text=f"Option {n}", credit=int(credit)) for n, credit in enumerate(credits))
    return Question(key="q", kind=kind, text="Which?", options=options, marking=marking)


def sent(*options: int) -> dict[str, list[str]]:
    """What a form sends with these options chosen."""
    return {"answer": [HAND.token(f"Option {n}") for n in options]}


one_right = st.integers(2, 6).flatmap(
    lambda count: st.integers(0, count - 1).map(lambda right: "".join("01"[n == right] for n in range(count)))
)
