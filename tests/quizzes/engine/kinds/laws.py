"""What holds for every kind of question. Each kind's tests call these with a strategy of questions of that kind."""

import json
from collections.abc import Sequence

from hypothesis import strategies as st
from msgspec.structs import replace

from quizzes.engine.document import Question
from quizzes.engine.fields import Seen
from quizzes.engine.kinds import KINDS
from quizzes.engine.seeds import PLAIN, Hand
from quizzes.engine.words import Unreadable

HAND = Hand("seed", 0)


def _texts(asked: Question) -> list[str]:
    return sorted({text for option in asked.options for text in (option.text, option.match)})


def form_data(asked: Question) -> st.SearchStrategy[dict[str, list[str]]]:
    """Anything that somebody could send: names and values that the page has, mixed with any text."""
    tokens = [HAND.token(text) for text in _texts(asked)] or ["none"]
    numbers = [str(number) for number in range(-1, len(asked.options) + 2)]
    name = st.one_of(st.just("answer"), st.sampled_from(tokens).map("answer-{}".format), st.text(max_size=12))
    value = st.one_of(st.sampled_from([*tokens, *numbers, *_texts(asked)]), st.text(max_size=20))
    names = [f"answer-{token}" for token in tokens] + [f"answer-{number}" for number in numbers]
    anything = st.dictionaries(name, st.lists(value, max_size=4), max_size=8)
    as_on_the_page = st.fixed_dictionaries({one: st.lists(value, min_size=1, max_size=1) for one in names})
    return st.one_of(anything, as_on_the_page)


def any_form_gives_an_answer_or_a_message(asked: Question, sent: dict[str, list[str]]) -> None:
    """And what it gives can be stored, marked within bounds, said in words and shown."""
    kind = KINDS[asked.kind]
    try:
        answer = kind.field.read(asked, HAND, sent)
    except Unreadable:
        kind.field.show(asked, HAND, Seen(sent=sent))
        return
    assert json.loads(json.dumps(answer)) == answer
    assert "\0" not in json.dumps(answer, ensure_ascii=False)
    mark, parts = kind.mark(asked, answer), kind.parts(asked, answer)
    assert (mark is None) == kind.by_hand
    assert mark is None or 0 <= mark <= 1
    assert all(0 <= part <= 1 for part in parts)
    assert isinstance(kind.field.say(asked, answer), str)
    for hand in (HAND, PLAIN):
        assert kind.field.read(asked, hand, kind.field.fill(asked, hand, answer)) == answer
    assert all(0 <= number < len(asked.options) for number in kind.touched(asked, answer))
    for settled in (False, True):
        kind.field.show(asked, HAND, Seen(answers=(answer,), settled=settled, parts=parts, right=kind.correct(asked)))
        kind.field.show(asked, HAND, Seen(answers=(answer,), settled=settled, parts=parts, cleared=True))


def the_correct_answer_earns_everything(asked: Question) -> None:
    kind = KINDS[asked.kind]
    assert [str(problem) for problem in kind.problems(asked)] == []
    assert kind.mark(asked, kind.correct(asked)) == 1
    assert all(part == 1 for part in kind.parts(asked, kind.correct(asked)))
    assert 0 <= kind.guess(asked) < 1
    assert 1 <= kind.tries(asked, 3) <= 3


def permuting_the_options_changes_nothing(asked: Question, order: Sequence[int], sent: dict[str, list[str]]) -> None:
    """Neither what is shown before an answer nor what an answer earns."""
    kind = KINDS[asked.kind]
    turned = replace(asked, options=tuple(asked.options[number] for number in order))
    assert kind.field.show(asked, HAND, Seen()) == kind.field.show(turned, HAND, Seen())
    assert kind.field.paper(asked, HAND) == kind.field.paper(turned, HAND)
    try:
        answer = kind.field.read(asked, HAND, sent)
    except Unreadable:
        return
    assert kind.mark(turned, kind.field.read(turned, HAND, sent)) == kind.mark(asked, answer)
