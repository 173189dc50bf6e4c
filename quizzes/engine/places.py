"""Where on the page of a question a problem is to be told. Places are called as the coach calls them: "text",
"options", "options.2", "options.2.claims", "hints", "claims"."""

from collections.abc import Sequence

from msgspec.structs import replace

from quizzes.engine.document import Question
from quizzes.engine.kinds import KINDS
from quizzes.engine.words import Message

_NAMING = ("other", "text")
"""Values of messages that quote the text of an option."""


def problems_of_kind(question: Question) -> list[tuple[str, Message]]:
    """What the question's kind finds wrong with it, after the place of each."""
    kind = KINDS[question.kind]
    without_hints = kind.problems(replace(question, hints=()))
    return [
        (_place(message, question) if message in without_hints else "hints", message)
        for message in kind.problems(question)
    ]


def _place(message: Message, question: Question) -> str:
    texts = [option.text for option in question.options]
    for name in _NAMING:
        if message.values.get(name) in texts:
            return f"options.{_last(texts, message.values[name])}"
    if "blank" in message.values:
        matches = [option.match.strip() for option in question.options]
        blank = message.values["blank"]
        return f"options.{matches.index(str(blank))}" if blank in matches else "text"
    return "options" if question.options else "text"


def _last(texts: Sequence[str], text: object) -> int:
    return max(number for number, one in enumerate(texts) if one == text)
