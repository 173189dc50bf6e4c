"""Small courses with texts that YAML finds hard."""

import datetime as dt

from hypothesis import strategies as st

from courses.folder import schemas
from courses.folder.files import HIDDEN
from courses.folder.schemas import UNDATED, Contents

AWKWARD = (
    *(
        "---",
        "...",
        "- a",
        "? a",
        ": ",
        " #",
        "'",
        '"',
        "\\",
        "|",
        ">-",
        "%a",
        "@",
        "`",
        "!x",
        "&x",
        "*x",
        "{a: b}",
        "[a]",
    ),
    *("\n", "\n\n", "\n  ", " ", "  ", "\t", "\r\n", "\x85", "\u2028", "\ufeff"),
    *("yes", "No", "null", "~", "1989", "0x1F", "1e3", "2026-06-30", "12:30", "=", "<<"),
    *("قدس", "עברית", "👩🏽‍🏫", "é", "e\u0301"),
)
LONG = "a sentence of so many words that it has to be folded, for it is longer than a line of the file is wide: see"

characters = st.characters(exclude_categories=["Cs"]).filter(lambda character: not HIDDEN.search(character))
pieces = st.lists(st.sampled_from(AWKWARD) | st.text(characters, max_size=4), max_size=3).map("".join)
short_texts = st.tuples(pieces, st.sampled_from("x0"), pieces).map("".join)
long_texts = st.tuples(pieces, st.just(LONG), pieces).map("".join)
days = st.none() | st.dates()
partial_days = st.just(UNDATED) | st.dates().map(str).flatmap(lambda day: st.sampled_from([day, day[:7], day[:4]]))
languages = st.sampled_from(["en", "fa", "ar", "zh-Hant"])


lines = (short_texts | long_texts).map(lambda text: " ".join(text.split())).filter(bool)
opinions = st.builds(
    schemas.Opinion, question=lines, options=st.lists(lines, min_size=2, max_size=3, unique=True).map(tuple)
)


moments = st.none() | st.datetimes(dt.datetime(2001, 1, 1), dt.datetime(2098, 1, 1), timezones=st.just(dt.UTC))
words = lines.map(lambda line: line.replace(",", "")[:100].strip()).filter(bool)
names = lines.map(lambda line: line[:100].strip()).filter(bool)
hints = st.builds(
    schemas.Hint,
    text=short_texts,
    cost=st.sampled_from([0.0, 0.1, 0.25, 1.0]),
    clear_wrong=st.booleans(),
    how_many=st.booleans(),
)


def keys(prefix: str, count: int) -> list[str]:
    return [f"{prefix}-{number}" for number in range(1, count + 1)]


@st.composite
def courses(draw: st.DrawFn) -> Contents:
    """Its texts come out of a small pool, so that few choices make a whole course."""
    short = st.sampled_from(draw(st.lists(short_texts, min_size=3, max_size=5)))
    text = short | st.sampled_from(draw(st.lists(long_texts, min_size=1, max_size=2)))
    maybe = st.just("") | text
    lessons = draw(st.permutations(keys("lesson", draw(st.integers(1, 2)))))
    asked = {slug: keys(f"{slug}-q", 2) for slug in lessons}
    sources, claims, terms = keys("s", 2), keys("c", 2), keys("t", 2)

    def question(key: str) -> schemas.Question:
        kind, marking = draw(st.sampled_from([("single", ""), ("multiple", ""), ("multiple", "right_minus_wrong")]))
        options = tuple(
            schemas.Option(
                text=f"{draw(text)}{number}",
                match=draw(maybe),
                credit=float(number == 0),
                feedback=draw(maybe),
                claims=("c-2", "c-1"),
            )
            for number in range(2)
        )
        return schemas.Question(
            key=key,
            kind=kind,
            marking=marking,
            tags=draw(st.sampled_from([(), ("a",), ("it's", "y: es", "عام")])),
            text=draw(text),
            units=tuple(draw(st.lists(words, max_size=2))),
            difficulty=draw(st.sampled_from(["", "easy", "hard"])),
            objective=draw(st.sampled_from(["", *(f"of-{slug}" for slug in lessons)])),
            confusables=tuple(draw(st.lists(words, max_size=2))),
            options=options,
            hints=tuple(draw(st.lists(hints, max_size=2))),
            explanation=draw(maybe),
            claims=("c-1",),
        )

    def lesson(slug: str) -> schemas.Lesson:
        before, after = draw(st.sampled_from(["", "\n\n", "---\n\n"])), draw(st.sampled_from(["", "\n", "\n\n\n"]))
        return schemas.Lesson(
            slug=slug,
            title=draw(short),
            lede=draw(maybe),
            objectives=(*draw(st.lists(text, max_size=1)), f"{draw(text)} {{#of-{slug}}}"),
            reflect=tuple(draw(st.lists(lines, max_size=2))),
            text=f"{before}Text.[^c-1] {{#passage}}\n\n:::check {asked[slug][0]}{after}",
        )

    def claim(key: str) -> schemas.Claim:
        return schemas.Claim(
            key=key,
            text=draw(text),
            status=draw(st.sampled_from(["established", "attributed", "disputed"])),
            attributed_to=draw(short),
            as_of=draw(short),
            checked_on=draw(days),
            recheck_by=draw(days),
            sources=tuple(draw(st.permutations(sources))),
        )

    def quiz(slug: str) -> schemas.Quiz:
        setting = draw(st.sampled_from(["practice", "exam", "immediate"]))
        opens_at = draw(moments)
        closes_at = opens_at + dt.timedelta(days=draw(st.integers(1, 500))) if opens_at else draw(moments)
        whens = ["", "after", "never", *(["closed"] if closes_at else []), *(["during"] if setting != "exam" else [])]
        first = draw(st.integers(0, 2))
        rest = [(f"{draw(lines)[:80].strip()} {key}", key) for key in asked[slug][first:]]
        return schemas.Quiz(
            slug=slug,
            title=draw(short),
            lesson=slug,
            setting=setting,
            tries=draw(st.integers(1, 3)) if setting == "practice" else 3,
            shuffled=draw(st.booleans()),
            confidence=draw(st.sampled_from(["", "asked"])),
            sees=schemas.Sees(**{what: draw(st.sampled_from(whens)) for what in schemas.Sees.__struct_fields__}),
            opens_at=opens_at,
            closes_at=closes_at,
            time_limit=draw(st.none() | st.integers(1, 10_000)),
            attempts=draw(st.integers(0, 500)),
            wait=draw(st.integers(0, 1440)),
            counts=draw(st.sampled_from(["best", "last", "first", "mean"])),
            pass_mark=draw(st.none() | st.sampled_from([0.5, 2 / 3, 1.0])),
            questions=tuple(asked[slug][:first]),
            weights=draw(st.dictionaries(st.sampled_from(asked[slug]), st.sampled_from([0.5, 2.0]))),
            sections=tuple(schemas.Part(title=title, questions=(key,)) for title, key in rest),
        )

    def coverage() -> schemas.Coverage:
        statements = (
            schemas.Statement(sentence="1", says=draw(text), claims=("c-2", "c-1")),
            schemas.Statement(sentence="2-3", says=draw(text), exempt=draw(maybe)),
        )
        section = schemas.Section(code="A-1", title=draw(short), statements=statements)
        return schemas.Coverage(source="s-1", title=draw(short), sections=(section,))

    return Contents(
        slug="random",
        course=schemas.Course(
            title=draw(short),
            language=draw(languages),
            summary=draw(maybe),
            sourced=True,
            sources_end=draw(days),
            about=draw(maybe),
            lessons=tuple(lessons),
            opinion=draw(st.none() | opinions),
            certificate=draw(
                st.sampled_from([None, schemas.Certificate(), schemas.Certificate(lessons=tuple(lessons[:1]))])
            ),
        ),
        sources={
            key: schemas.Source(key=key, title=draw(short), publisher=draw(short), date=draw(partial_days))
            for key in sources
        },
        claims={key: claim(key) for key in claims},
        terms={
            key: schemas.Term(
                key=key,
                term=draw(short),
                script=tuple(
                    schemas.Script(lang=draw(languages), text=draw(short)) for _ in range(draw(st.integers(0, 1)))
                ),
                aliases=tuple(draw(st.lists(names, max_size=2))),
                meaning=draw(text),
            )
            for key in draw(st.permutations(terms))
        },
        questions={key: question(key) for slug in lessons for key in asked[slug]},
        lessons={slug: lesson(slug) for slug in lessons},
        quizzes={slug: quiz(slug) for slug in lessons if draw(st.booleans())},
        coverage={"s-1": coverage()} if draw(st.booleans()) else {},
        figures={},
    )
