"""The canonical text of every file of a course folder: read it, write it, and nothing differs."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import yaml

from courses.folder import schemas
from courses.folder.schemas import Contents, natural
from courses.objectives import objectives
from courses.text import parse

WIDTH = 100
SHORT = 80
LISTS_IN_A_LINE = {"lessons", "claims", "sources", "questions", "tags", "units", "confusables", "aliases"}
MAPPINGS_IN_A_LINE = {"script", "weights", "draws", "sees"}
NUMBERS_AND_DATES = {"date", "sentence"}
BREAKS = set("\x85\u2028\u2029\r")  # lines end here too, for YAML; only an escape keeps them what they are


def files(contents: Contents) -> dict[str, str]:
    """Text by file name. Lists that are empty have no file."""
    homes = questions_by_home(contents)
    lists = {
        "sources.yaml": _sorted(contents.sources),
        "claims.yaml": _sorted(contents.claims),
        "glossary.yaml": list(contents.terms.values()),
        "questions/bank.yaml": homes[""],
        "quizzes.yaml": _quizzes_in_order(contents),
    }
    written = {"course.yaml": _yaml(contents.course)}
    for coverage in contents.coverage.values():
        written["coverage.yaml"] = _yaml(coverage)
    for key, figure in contents.figures.items():
        written[f"figures/{key}.yaml"] = _yaml(figure, leave_out="key")
    for number, (slug, lesson) in enumerate(contents.lessons.items(), 1):
        written[f"lessons/{number:02d}-{slug}.md"] = f"---\n{_yaml(lesson.front_matter)}---\n\n{lesson.text}"
        lists[f"questions/{number:02d}-{slug}.yaml"] = homes[slug]
    return written | {name: "\n".join(_yaml((row,)) for row in rows) for name, rows in lists.items() if rows}


def questions_by_home(contents: Contents) -> dict[str, list[schemas.Question]]:
    """A question stands with the lesson that has it as a check, or else with the first whose quiz asks it, or else with
    the first whose quiz may draw it, or else with the first of which it tests an objective or has the slug as a tag, or
    else in the bank, which is ""."""
    quizzes = {quiz.lesson: quiz for quiz in contents.quizzes.values() if quiz.lesson in contents.lessons}
    homes: dict[str, list[schemas.Question]] = {slug: [] for slug in contents.lessons}
    left = dict(contents.questions)
    places = [(slug, [check.key for check in parse(lesson.text).checks]) for slug, lesson in contents.lessons.items()]
    places += [(slug, list(quizzes[slug].asked)) for slug in homes if slug in quizzes]
    places += [(slug, _drawn(quizzes[slug], contents.questions)) for slug in homes if slug in quizzes]
    places += [(slug, _about(lesson, contents.questions)) for slug, lesson in contents.lessons.items()]
    for slug, keys in places:
        homes[slug] += [left.pop(key) for key in keys if key in left]
    return {"": _sorted(left)} | homes


def _drawn(quiz: schemas.Quiz, questions: Mapping[str, schemas.Question]) -> list[str]:
    tags = {draw.tag for draw in quiz.drawn}
    return sorted((key for key, question in questions.items() if tags & set(question.tags)), key=natural)


def _about(lesson: schemas.Lesson, questions: Mapping[str, schemas.Question]) -> list[str]:
    tested = {one.key for one in objectives(lesson.objectives) if one.key}
    about = (key for key, one in questions.items() if one.objective in tested or lesson.slug in one.tags)
    return sorted(about, key=natural)


def _sorted(rows: Mapping[str, Any]) -> list[Any]:
    return [rows[key] for key in sorted(rows, key=natural)]


def _quizzes_in_order(contents: Contents) -> list[schemas.Quiz]:
    """Those of lessons in the lessons' order, then the others."""
    order = list(contents.lessons)
    return sorted(
        contents.quizzes.values(),
        key=lambda quiz: (order.index(quiz.lesson) if quiz.lesson in order else len(order), natural(quiz.slug)),
    )


def _yaml(value: Any, leave_out: str = "") -> str:
    styled = _styled(schemas.plain(value))
    if leave_out:
        del styled[leave_out]
    return yaml.dump(styled, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)


class _List(list[str]):
    """Written in one line."""


class _Flow(dict[str, Any]):
    """Written in one line."""


class _Plain(str):
    """Written without quotes, though YAML may take it for a number or a date."""


def _styled(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        styled = {field: _styled(item, field) for field, item in value.items()}
        return _Flow(styled) if name in MAPPINGS_IN_A_LINE else styled
    if isinstance(value, list):
        return (_List if name in LISTS_IN_A_LINE else list)(_styled(item, name) for item in value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dt.datetime):
        return _Plain(value.isoformat().replace("+00:00", "Z"))
    return _Plain(value) if name in NUMBERS_AND_DATES else value


class _Dumper(yaml.SafeDumper):
    """Text without quotes where that is possible; quoted, folded or as a block of lines where not."""

    def text(self, text: str) -> yaml.ScalarNode:
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=self.style_of(text))

    def style_of(self, text: str) -> str | None:
        if BREAKS & set(text) or text.endswith("\n\n") or text == "\n":
            return '"'
        if "\n" in text:
            return "|"
        if self.analyze_scalar(text).allow_block_plain and self.is_text(text):
            return None
        # A folded text that starts with a space would keep its line ends.
        return '"' if len(text) <= SHORT or text[0] == " " else ">"

    def is_text(self, text: str) -> bool:
        return self.resolved(text) == "tag:yaml.org,2002:str"

    def resolved(self, text: str) -> str:
        """What YAML would take it for without quotes."""
        return str(self.resolve(yaml.ScalarNode, text, (True, False)))  # type: ignore[no-untyped-call]

    def list(self, words: _List) -> yaml.SequenceNode:
        return self.represent_sequence("tag:yaml.org,2002:seq", words, flow_style=True)

    def flow(self, mapping: _Flow) -> yaml.MappingNode:
        return self.represent_mapping("tag:yaml.org,2002:map", mapping, flow_style=True)

    def plain(self, text: _Plain) -> yaml.ScalarNode:
        return self.represent_scalar(self.resolved(text), text)


_Dumper.add_representer(str, _Dumper.text)
_Dumper.add_representer(_List, _Dumper.list)
_Dumper.add_representer(_Flow, _Dumper.flow)
_Dumper.add_representer(_Plain, _Dumper.plain)
