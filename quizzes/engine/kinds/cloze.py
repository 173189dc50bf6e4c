from collections import Counter
from collections.abc import Iterator
from math import prod

from msgspec.structs import replace

from quizzes.engine.document import Question
from quizzes.engine.fields import Answer, Blanks
from quizzes.engine.fields.blanks import CHOICE, NUMBER, SHORT, Blank, Entry, blanks_of, intro_of, is_broken, rows_of
from quizzes.engine.kinds.base import ALL_OR_NOTHING, Base, Kind
from quizzes.engine.kinds.matching import EACH
from quizzes.engine.kinds.numeric import Numeric
from quizzes.engine.kinds.short_answer import ShortAnswer
from quizzes.engine.kinds.single import Single
from quizzes.engine.words import Message, gettext_noop

_KINDS: dict[str, Kind] = {SHORT: ShortAnswer(), NUMBER: Numeric(), CHOICE: Single()}


class Cloze(Base):
    """A text with blanks. Each is a question of its own: a short answer, a number or a single choice. Its options are
    those whose match is its name.

    Marking is `each` (the mean of what the blanks earn; one left open earns nothing) or `all_or_nothing`.
    """

    name = "cloze"
    label = gettext_noop("Fill in the blanks")
    field = Blanks()
    markings = (EACH, ALL_OR_NOTHING)
    speaks_early = False

    def problems(self, question: Question) -> list[Message]:
        found = [*_problems_of_text(question), *_problems_of_rows(question)]
        for blank in dict.fromkeys(blanks_of(question)):
            found += _problems_of_blank(question, blank)
        return found + super().problems(replace(question, options=()))

    def legend(self, question: Question) -> str:
        return intro_of(question) or gettext_noop("Fill in the blanks.")

    def mark(self, question: Question, answer: list[Entry]) -> float:
        parts = self.parts(question, answer)
        if self.rule(question) == ALL_OR_NOTHING:
            return float(all(part >= 1 for part in parts))
        return sum(parts) / len(parts)

    def parts(self, question: Question, answer: list[Entry]) -> tuple[float, ...]:
        """One for each blank."""
        blanks = zip(blanks_of(question), answer, strict=True)
        return tuple(_earned(question, blank, entry) for blank, entry in blanks)

    def touched(self, question: Question, answer: list[Entry]) -> list[int]:
        return [
            rows_of(question, blank)[place]
            for blank, entry in zip(blanks_of(question), answer, strict=True)
            if entry is not None
            for place in _KINDS[blank.takes].touched(_alone(question, blank), _answer(entry))
        ]

    def correct(self, question: Question) -> list[Entry]:
        return [_right(question, blank) for blank in blanks_of(question)]

    def guess(self, question: Question) -> float:
        """With a random choice for each blank that has choices; nobody guesses what is typed."""
        chances = [_KINDS[blank.takes].guess(_alone(question, blank)) for blank in blanks_of(question)]
        return prod(chances) if self.rule(question) == ALL_OR_NOTHING else sum(chances) / len(chances)

    def marks_alike(self, was: Question, now: Question) -> bool:
        """Blanks are found by their names."""
        before, after = ({blank.name: blank for blank in blanks_of(one)} for one in (was, now))
        return (
            self.rule(was) == self.rule(now)
            and before.keys() == after.keys()
            and all(_marks_alike(was, before[name], now, after[name]) for name in before)
        )

    def tries(self, question: Question, allowed: int) -> int:
        """Of choices only, no more than there are ways to choose wrong."""
        blanks = blanks_of(question)
        if any(blank.takes != CHOICE for blank in blanks):
            return allowed
        return min(allowed, prod(len(rows_of(question, blank)) for blank in blanks) - 1)


def _alone(question: Question, blank: Blank) -> Question:
    """A blank as a question of its own."""
    return Question(
        key=question.key,
        kind=_KINDS[blank.takes].name,
        text=blank.name,
        options=tuple(question.options[number] for number in rows_of(question, blank)),
        confusables=question.confusables,
    )


def _answer(entry: str | int) -> Answer:
    """What was filled in as the answer to that question."""
    return [entry] if isinstance(entry, int) else entry


def _earned(question: Question, blank: Blank, entry: Entry) -> float:
    if entry is None:
        return 0.0
    return _KINDS[blank.takes].mark(_alone(question, blank), _answer(entry)) or 0.0


def _marks_alike(was: Question, blank: Blank, now: Question, later: Blank) -> bool:
    kind = _KINDS.get(blank.takes) if blank.takes == later.takes else None
    return kind is not None and kind.marks_alike(_alone(was, blank), _alone(now, later))


def _right(question: Question, blank: Blank) -> Entry:
    right: Answer = _KINDS[blank.takes].correct(_alone(question, blank))
    entry: Entry = right[0] if blank.takes == CHOICE else right
    return entry


# What an author got wrong


def _problems_of_text(question: Question) -> Iterator[Message]:
    names = Counter(blank.name for blank in blanks_of(question))
    if not names:
        yield Message(
            gettext_noop("Its text has no blank. Write one as [[year]], [[year: number]] or [[group: choice]].")
        )
    if "" in names:
        yield Message(gettext_noop("A blank has no name."))
    for name, count in names.items():
        if count > 1:
            yield Message(gettext_noop("Two blanks are called “%(blank)s”."), {"blank": name})
    if is_broken(question):
        yield Message(gettext_noop("A blank is not closed, or closed twice. Write it as [[year]]."))
    if question.units:
        yield Message(
            gettext_noop("A number in a blank has no unit: write it into the text, and leave the units empty.")
        )


def _problems_of_rows(question: Question) -> Iterator[Message]:
    names = {blank.name for blank in blanks_of(question)}
    for option in question.options:
        if option.match.strip() not in names:
            yield Message(
                gettext_noop("“%(text)s” belongs to the blank “%(blank)s”, and the text has no such blank."),
                {"text": option.text, "blank": option.match.strip()},
            )


def _problems_of_blank(question: Question, blank: Blank) -> Iterator[Message]:
    if blank.takes not in _KINDS:
        yield Message(
            gettext_noop("The blank “%(blank)s” is to take “%(takes)s”. It can take: %(kinds)s."),
            {"blank": blank.name, "takes": blank.takes, "kinds": ", ".join(_KINDS)},
        )
    elif not rows_of(question, blank):
        yield Message(gettext_noop("The blank “%(blank)s” has no option."), {"blank": blank.name})
    else:
        for problem in _KINDS[blank.takes].problems(_alone(question, blank)):
            yield Message(
                gettext_noop("In the blank “%(blank)s”: %(problem)s"), {"blank": blank.name, "problem": problem}
            )
