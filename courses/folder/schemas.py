"""What the files of a course folder hold. The same rows are made of what the database holds, so the two compare."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

import msgspec
from msgspec import Meta
from msgspec.structs import asdict, force_setattr, replace

from quizzes import models as quizzes
from quizzes.authoring import usual
from quizzes.engine import document
from quizzes.engine.document import PRACTICE
from quizzes.engine.kinds import KINDS, MARKINGS
from sources import models as sources

UNDATED = "undated"
TRIES = 3


def _one_of(names: Iterable[str]) -> Meta:
    *others, last = [name for name in names if name]
    return Meta(pattern=rf"^({'|'.join(names)})\Z", description=f"{', '.join(others)} or {last}")


# A description completes the sentence "It must be ...".
Key = Annotated[
    str,
    Meta(
        pattern=rf"^{sources.KEY}\Z",
        description="lower-case letters, digits and hyphens, starting with a letter, at most 60 characters",
    ),
]
LINE = r"(?=\S)[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?<=\S)"
Text = Annotated[str, Meta(description="text")]
SomeText = Annotated[str, Meta(min_length=1, description="text")]
Line = Annotated[
    str,
    Meta(
        min_length=1,
        pattern=rf"^{LINE}\Z",
        description="text on one line, without space around it",
    ),
]
Name = Annotated[
    str,
    Meta(
        pattern=rf"^{LINE}\Z",
        max_length=100,
        description="text on one line, without space around it, at most 100 characters",
    ),
]
Heading = Annotated[
    str,
    Meta(
        pattern=rf"^({LINE})?\Z",
        max_length=100,
        description="text on one line, without space around it, at most 100 characters",
    ),
]
UpTo100 = Annotated[str, Meta(max_length=100, description="text")]
UpTo200 = Annotated[str, Meta(max_length=200, description="text")]
Name100 = Annotated[str, Meta(min_length=1, max_length=100, description="text")]
Name200 = Annotated[str, Meta(min_length=1, max_length=200, description="text")]
Name300 = Annotated[str, Meta(min_length=1, max_length=300, description="text")]
Language = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z", max_length=35, description="a language tag such as en or fa-AF"
    ),
]
Day = Annotated[dt.date | None, Meta(description="a date such as 2026-06-30")]
PartialDay = Annotated[
    str,
    Meta(
        pattern=rf"^({UNDATED}|[0-9]{{4}}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)\Z",
        description="2025, 2025-06, 2025-06-13 or undated",
    ),
]
Address = Annotated[
    str, Meta(pattern=r"^https?://[^\s/]\S*\Z", max_length=600, description="an address that starts with https://")
]
Status = Annotated[str, _one_of(sources.Claim.Status.values)]
Kind = Annotated[str, _one_of(KINDS)]
Difficulty = Annotated[str, _one_of(["", *quizzes.Question.Difficulty.values])]
Marking = Annotated[str, _one_of(["", *MARKINGS])]
Setting = Annotated[str, _one_of(quizzes.Quiz.Setting.values)]
Confidence = Annotated[str, _one_of(["", *quizzes.Quiz.Confidence.values])]
When = Annotated[str, _one_of(["", *quizzes.Quiz.When.values])]
Counts = Annotated[str, _one_of(quizzes.Quiz.Counts.values)]
YesNo = Annotated[bool, Meta(description="true or false")]
Tries = Annotated[int, Meta(ge=1, le=3, description="1, 2 or 3")]
Credit = Annotated[float, Meta(ge=0, le=1, description="a number from 0 (wrong) to 1 (right)")]
Cost = Annotated[float, Meta(ge=0, le=1, description="a share of the question's weight, from 0 to 1, such as 0.1")]
PassMark = Annotated[float, Meta(gt=0, le=1, description="a share of the full mark, above 0 and up to 1, such as 0.6")]
Minutes = Annotated[int, Meta(ge=1, le=10_000, description="a whole number of minutes from 1 to 10000")]
Wait = Annotated[int, Meta(ge=0, le=1_000_000, description="a whole number of minutes from 0 to 1000000")]
Attempts = Annotated[int, Meta(ge=0, le=500, description="a whole number from 1 to 500, or 0 for any number")]
Moment = Annotated[
    dt.datetime, Meta(tz=True, description="a date and time with its time zone, such as 2026-09-01T08:00:00Z")
]
Word = Annotated[
    str,
    Meta(pattern=rf"^(?!.*,){LINE}\Z", max_length=100, description="words without a comma, at most 100 characters"),
]
Tag = Annotated[
    str,
    Meta(
        pattern=r"^[^\s,A-Z]([^\n,A-Z]*[^\s,A-Z])?\Z",
        max_length=60,
        description="lower-case words without a comma, at most 60 characters",
    ),
]
Code = Annotated[str, Meta(pattern=r"^[A-Za-z0-9-]{1,10}\Z", description="at most 10 letters, digits and hyphens")]
Sentence = Annotated[
    str, Meta(pattern=r"^[0-9]{1,5}(-[0-9]{1,5})?\Z", description="a number such as 4, or 6-7 where two say one thing")
]
Count = Annotated[int, Meta(ge=1, le=500, description="a whole number from 1 to 500")]
Weight = Annotated[float, Meta(gt=0, le=100, description="a number above 0, at most 100")]
Weights = Annotated[
    dict[str, Weight], Meta(description="questions with what they count, such as {axis-q1: 2}, above 0 and up to 100")
]


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing of a course: what is created, compared, updated and retired as a whole, or a part of one."""


class Wording(Row, frozen=True, kw_only=True):
    """Words that carry a judgement, and what to write instead. Names that hold such a word stand in `within`."""

    words: Annotated[tuple[Name100, ...], Meta(min_length=1, description="a list of words")]
    prefer: SomeText
    why: SomeText
    within: tuple[Name100, ...] = ()


class Opinion(Row, frozen=True, kw_only=True):
    """The question that a course ends on, and the answers to choose from."""

    question: Line
    options: tuple[Line, ...]


class Certificate(Row, frozen=True, kw_only=True):
    """What earns one: lessons done, every one of the course where none is named, and a share of the full mark in a quiz
    where one is."""

    lessons: tuple[Key, ...] = ()
    quiz: Annotated[str, Meta(pattern=rf"^({sources.KEY})?\Z", description="the slug of a quiz")] = ""
    mark: PassMark | None = None


class Course(Row, frozen=True, kw_only=True):
    title: Name200
    language: Language
    summary: Text = ""
    sourced: YesNo = False
    sources_end: Day = None
    about: Text = ""
    wording: tuple[Wording, ...] = ()
    lessons: tuple[Key, ...]
    opinion: Opinion | None = None
    certificate: Certificate | None = None


class Source(Row, frozen=True, kw_only=True):
    key: Key
    title: Name300
    publisher: Name200
    date: PartialDay = UNDATED
    url: Address = ""


class Claim(Row, frozen=True, kw_only=True):
    key: Key
    text: SomeText
    status: Status
    attributed_to: UpTo200 = ""
    as_of: UpTo100 = ""
    checked_on: Day = None
    recheck_by: Day = None
    sources: tuple[Key, ...] = ()


class Script(Row, frozen=True, kw_only=True):
    lang: Language
    text: SomeText


class Term(Row, frozen=True, kw_only=True):
    key: Key
    term: Name100
    script: tuple[Script, ...] = ()
    aliases: tuple[Name, ...] = ()
    meaning: SomeText


class Option(Row, frozen=True, kw_only=True):
    """Without a text it is a match that belongs to nothing."""

    text: Text = ""
    match: Text = ""
    credit: Credit = 0
    feedback: Text = ""
    claims: tuple[Key, ...] = ()


class Hint(Row, frozen=True, kw_only=True):
    text: Text = ""
    cost: Cost = 0.1
    clear_wrong: YesNo = False
    how_many: YesNo = False


class Question(Row, frozen=True, kw_only=True):
    key: Key
    kind: Kind
    marking: Marking = ""
    tags: tuple[Tag, ...] = ()
    difficulty: Difficulty = ""
    objective: Annotated[str, Meta(pattern=rf"^({sources.KEY})?\Z", description="the key of an objective")] = ""
    text: Text
    units: tuple[Word, ...] = ()
    confusables: tuple[Word, ...] = ()
    options: tuple[Option, ...] = ()
    hints: tuple[Hint, ...] = ()
    explanation: Text = ""
    claims: tuple[Key, ...] = ()


class Draw(Row, frozen=True, kw_only=True):
    """So many questions of all that have a tag, drawn anew for each attempt."""

    tag: Tag
    count: Count
    weight: Weight = 1


class Part(Row, frozen=True, kw_only=True):
    """Slots of a quiz that stand together: questions, then draws. A part without a title stands under no heading."""

    title: Heading = ""
    questions: tuple[Key, ...] = ()
    draws: tuple[Draw, ...] = ()

    def continues(self, before: "Part") -> bool:
        """Whether the two could as well be written as one."""
        return self.title == before.title and not (before.draws and self.questions)


class Sees(Row, frozen=True, kw_only=True):
    """From when on learners see what; empty, as suits the setting."""

    mark: When = ""
    right: When = ""
    feedback: When = ""
    evidence: When = ""


class Quiz(Row, frozen=True, kw_only=True):
    """Tries count in practice; a question weighs 1 unless `weights` says otherwise."""

    slug: Key
    title: Name200
    lesson: Annotated[str, Meta(pattern=rf"^({sources.KEY})?\Z", description="the slug of a lesson")] = ""
    setting: Setting = PRACTICE
    tries: Tries = TRIES
    shuffled: YesNo = False
    confidence: Confidence = ""
    sees: Sees = Sees()
    opens_at: Moment | None = None
    closes_at: Moment | None = None
    time_limit: Minutes | None = None
    attempts: Attempts = 0
    wait: Wait = 0
    counts: Counts = quizzes.Quiz.Counts.BEST.value
    pass_mark: PassMark | None = None
    questions: tuple[Key, ...] = ()
    weights: Weights = {}
    draws: tuple[Draw, ...] = ()
    sections: tuple[Part, ...] = ()

    def __post_init__(self) -> None:
        """One way to say each thing: times in UTC, weights in the order of the questions and none that is 1 anyway, and
        nothing of what learners see that suits the setting anyway."""
        order = {key: place for place, key in enumerate(self.asked)}
        weights = sorted(self.weights.items(), key=lambda item: order.get(item[0], len(order)))
        suits = asdict(usual(self.setting))
        sees = {what: "" if when == suits[what] else when for what, when in asdict(self.sees).items()}
        force_setattr(self, "weights", {key: weight for key, weight in weights if weight != 1})
        force_setattr(self, "sees", Sees(**sees))
        force_setattr(self, "opens_at", _in_utc(self.opens_at))
        force_setattr(self, "closes_at", _in_utc(self.closes_at))

    @property
    def is_practice(self) -> bool:
        return self.setting == PRACTICE

    @property
    def parts(self) -> tuple[Part, ...]:
        """First what stands under no heading, which may be nothing, then the sections."""
        return (Part(questions=self.questions, draws=self.draws), *self.sections)

    @property
    def asked(self) -> tuple[str, ...]:
        return tuple(key for part in self.parts for key in part.questions)

    @property
    def drawn(self) -> tuple[Draw, ...]:
        return tuple(draw for part in self.parts for draw in part.draws)

    @property
    def visibility(self) -> document.Sees:
        chosen = {what: when for what, when in asdict(self.sees).items() if when}
        return replace(usual(self.setting), **chosen)


class Statement(Row, frozen=True, kw_only=True):
    """What a sentence of a source text says, in our own words; the claims that stand for it, or why it needs none."""

    sentence: Sentence
    says: SomeText
    claims: tuple[Key, ...] = ()
    exempt: Text = ""


class Section(Row, frozen=True, kw_only=True):
    code: Code
    title: Name200
    statements: tuple[Statement, ...]


class Coverage(Row, frozen=True, kw_only=True):
    """A source text, statement by statement."""

    source: Key
    title: Name200
    sections: tuple[Section, ...]


class FrontMatter(Row, frozen=True, kw_only=True):
    title: Name200
    lede: Text = ""
    objectives: tuple[SomeText, ...] = ()
    reflect: tuple[Line, ...] = ()


class Lesson(FrontMatter, frozen=True, kw_only=True):
    slug: Key
    text: Text

    @property
    def front_matter(self) -> FrontMatter:
        return FrontMatter(**{name: getattr(self, name) for name in FrontMatter.__struct_fields__})


@dataclass(frozen=True)
class Contents:
    """A whole course: lessons in its order, terms in the glossary's; of coverage one row or none."""

    slug: str
    course: Course
    sources: Mapping[str, Source]
    claims: Mapping[str, Claim]
    terms: Mapping[str, Term]
    questions: Mapping[str, Question]
    lessons: Mapping[str, Lesson]
    quizzes: Mapping[str, Quiz]
    coverage: Mapping[str, Coverage]
    figures: Mapping[str, Row]
    """Of the schemas in courses.figures.data."""

    def tables(self) -> dict[str, Mapping[str, Row]]:
        return {
            "course": {self.slug: self.course},
            "sources": self.sources,
            "claims": self.claims,
            "terms": self.terms,
            "questions": self.questions,
            "lessons": self.lessons,
            "quizzes": self.quizzes,
            "coverage": self.coverage,
            "figures": self.figures,
        }


def plain(value: Any) -> Any:
    """A row as a dictionary, without the fields that say what is so by default; several rows as a list."""
    if isinstance(value, Row):
        fields = ((name, getattr(value, name), default) for name, default in _defaults(type(value)))
        return {name: plain(field) for name, field, default in fields if field != default}
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def digest(row: Row) -> str:
    """SHA-256 of the row as JSON. Line ends and outer white space do not count: a form that is saved changes them."""
    return hashlib.sha256(msgspec.json.encode(_trimmed(plain(row)))).hexdigest()


def natural(key: str) -> list[tuple[int, str]]:
    """Sorts axis-2 before axis-10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"([0-9]+)", key)]


def _in_utc(moment: dt.datetime | None) -> dt.datetime | None:
    """As it is at the ends of the calendar, where UTC would lie beyond."""
    try:
        return moment.astimezone(dt.UTC) if moment else None
    except OverflowError:
        return moment


@cache
def _defaults(kind: type[Row]) -> list[tuple[str, Any]]:
    """Fields in their order; a factory's default is an empty mapping."""
    fields = msgspec.structs.fields(kind)
    return [(field.name, {} if field.default_factory is not msgspec.NODEFAULT else field.default) for field in fields]


def _trimmed(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, list):
        return [_trimmed(item) for item in value]
    if isinstance(value, dict):
        return {name: _trimmed(item) for name, item in value.items()}
    return value
