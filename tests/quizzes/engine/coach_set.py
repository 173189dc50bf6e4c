"""The coach's labelled set: questions, good and bad, each with the rules that should speak.

A label is what a person would say who knows the guidelines and not the code:

longest_key        the right option (each of them, if several are) stands out by its length at first sight
all_or_none        an option says which of the others are right; a lone "none" or "both" is an answer of its own
unmarked_negative  reading past a not, never or except turns the answer round, and nothing makes the word stand out
absolute_word      always, never, all, none, only, every and their like tell right options from wrong ones, or make a
                   false statement sound false; not in a rate, a title, a negation ("not all")
overlap            two options can be true at once since one holds the other, or their numbers meet
cue_word           a word of the question, in whatever form, leads to the right option and to no other
grammar_cue        the question ends with "a" or "an", and that rules options out
many_options       more than four
reading_level      a learner with ordinary schooling has to read it twice
loaded_word        a word of the guide below in the author's own voice
no_explanation, no_claim   as they say

Both halves were written before the coach, by the same author. It was mended by the first and by the questions of the
first course, and then run once over the second: 46 hits, 2 false alarms, 1 miss (precision 0.96, recall 0.98). The two
false alarms were mended after that, so what the held-out half says today is no longer quite impartial.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from quizzes.engine import coach
from quizzes.engine.document import Option, Question
from quizzes.engine.voice import Wording

TUNING, HELD_OUT = "tuning", "held_out"
GUIDE = (
    Wording(("regime", "regimes"), '"government"'),
    Wording(("rebel", "rebels", "militant", "militants"), '"armed group"'),
    Wording(("resistance",), '"armed struggle"', within=("Axis of Resistance", "Islamic Resistance in Iraq")),
    Wording(("recently", "nowadays"), "a date"),
)
COUNTED = {"many_options", "no_explanation", "no_claim"}
"""Rules that count and do not read: right by definition, so the totals are told without them too."""


@dataclass(frozen=True)
class Labelled:
    question: Question
    context: coach.Context
    expected: frozenset[str]

    @cached_property
    def found(self) -> frozenset[str]:
        return frozenset(advice.rule for advice in coach.advice(self.question, self.context))


@dataclass(frozen=True)
class Score:
    """How often a rule spoke and should have, spoke and should not, was silent and should not."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.false) if self.hits + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0


@cache
def read(half: str) -> list[Labelled]:
    path = Path(__file__).with_name(f"coach_{half}.yaml")
    return [_labelled(row) for row in yaml.load(path.read_text(), yaml.BaseLoader)]


def _labelled(row: dict[str, Any]) -> Labelled:
    question = Question(
        key="q",
        kind=row.get("kind", "single"),
        text=row["text"],
        options=tuple(map(_option, row["options"])),
        explanation=row.get("explanation", "The lesson says more about this."),
        claims=tuple(row.get("claims", ())),
    )
    context = coach.Context(language=row.get("language", "en"), sourced="sourced" in row, wording=GUIDE)
    return Labelled(question, context, frozenset(row.get("advice", ())))


def _option(row: str | dict[str, str]) -> Option:
    text, feedback = (row["option"], row["feedback"]) if isinstance(row, dict) else (row, "")
    return Option(text.removeprefix("+ "), credit=text.startswith("+ "), feedback=feedback)


def score(rows: Iterable[Labelled], rules: Iterable[str]) -> Score:
    """Over all rows and rules."""
    among = frozenset(rules)
    pairs = [(row.expected & among, row.found & among) for row in rows]
    return Score(
        hits=sum(len(expected & found) for expected, found in pairs),
        false=sum(len(found - expected) for expected, found in pairs),
        missed=sum(len(expected - found) for expected, found in pairs),
    )


def table(rows: list[Labelled]) -> str:
    """By rule, and over all rules with and without those that only count."""
    lines = [f"{len(rows)} questions".ljust(24) + " labelled  hits  false  missed  precision  recall"]
    known = [rule for rule in coach.RULES if any(rule in row.expected | row.found for row in rows)]
    lines += [_line(rule, score(rows, [rule])) for rule in known]
    lines.append(_line("all rules", score(rows, coach.RULES)))
    lines.append(_line("all that read", score(rows, set(coach.RULES) - COUNTED)))
    return "\n".join(lines)


def _line(name: str, of: Score) -> str:
    labelled = of.hits + of.missed
    return f"{name:24} {labelled:8} {of.hits:5} {of.false:6} {of.missed:7} {of.precision:10.2f} {of.recall:7.2f}"
