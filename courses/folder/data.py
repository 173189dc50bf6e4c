"""YAML as plain data that knows its lines.

A small part of YAML: mappings, lists and scalars. Every scalar is text, whatever it looks like, and the schemas say
what it stands for; so `date: 1989`, a title `No` and an option `True` are what their author meant. Anchors, aliases
and tags are faults, and nothing here builds an object.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from courses.folder.faults import Fault, Refused
from courses.folder.files import HIDDEN

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 10

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Data:
    """`lines` mirrors `value`: a mapping's own line is under None, a list's own line comes first."""

    file: str
    value: Any
    lines: Any
    faults: list[Fault] = field(default_factory=list)

    def line(self, path: Path = ()) -> int:
        """The line of what the path leads to, or of as much of it as there is."""
        lines = self.lines
        for step in path:
            if isinstance(step, str) and isinstance(lines, dict) and step in lines:
                lines = lines[step]
            elif isinstance(step, int) and isinstance(lines, list):
                lines = lines[step + 1]
        return _own_line(lines)


def parse(text: str, *, file: str, first_line: int = 1, loader: Any = LOADER) -> Data:
    """Raises Refused where the text is not YAML at all."""
    building = _Building(file, first_line)
    try:
        value, lines = building.document(yaml.parse(text, loader))
    except yaml.MarkedYAMLError as error:
        raise Refused([_not_yaml(error, file, first_line)]) from error
    except (yaml.YAMLError, ValueError) as error:
        raise Refused([Fault(file, 0, f"This is not YAML. {HINT}")]) from error
    return Data(file, value, lines, building.faults)


HINT = 'Indentation must line up, and text with ": " or " #" in it needs quotes.'


def _not_yaml(error: yaml.MarkedYAMLError, file: str, first_line: int) -> Fault:
    line, start = (mark.line + first_line if mark else 0 for mark in (error.problem_mark, error.context_mark))
    since = f" {error.context}, which starts in line {start}" if start and start != line else ""
    return Fault(file, line, f"This is not YAML: {error.problem}{since}. {HINT}")


def _own_line(lines: Any) -> int:
    return int(lines[None] if isinstance(lines, dict) else lines[0] if isinstance(lines, list) else lines)


class _Building:
    def __init__(self, file: str, first_line: int) -> None:
        self.file = file
        self.first_line = first_line
        self.faults: list[Fault] = []

    def document(self, events: Iterator[yaml.Event]) -> tuple[Any, Any]:
        self.events = events
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                value = self.node(event, self.line(event), 0)
                break
        else:
            return None, self.first_line
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                self.fault(self.line(event), "A second document starts here; remove the line `---`.")
                break
        return value

    def node(self, event: Any, line: int, depth: int) -> tuple[Any, Any]:
        if depth > DEEPEST:
            raise Refused([Fault(self.file, line, "This is nested too deeply.")])
        if isinstance(event, yaml.AliasEvent):
            self.fault(line, f"*{event.anchor} is an alias; write out what it stands for.")
            return "", line
        if event.anchor:
            self.fault(line, f"&{event.anchor} is an anchor; write without. Text that starts with & needs quotes.")
        if event.tag:
            self.fault(line, f"{event.tag} is a tag; write without. Text that starts with ! needs quotes.")
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event.value, line), line
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(line, depth)
        return self.mapping(line, depth)

    def scalar(self, text: str, line: int) -> str:
        if found := HIDDEN.search(text):
            self.fault(line, f"Here is an invisible character, U+{ord(found[0]):04X}; remove it.")
        return text

    def sequence(self, line: int, depth: int) -> tuple[list[Any], list[Any]]:
        values: list[Any] = []
        lines: list[Any] = [line]
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            value, its_lines = self.node(event, self.line(event), depth + 1)
            values.append(value)
            lines.append(its_lines)
        return values, lines

    def mapping(self, line: int, depth: int) -> tuple[dict[str, Any], dict[str | None, Any]]:
        values: dict[str, Any] = {}
        lines: dict[str | None, Any] = {None: line}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            here = self.line(event)
            name, _line = self.node(event, here, depth + 1)
            value, its_lines = self.node(next(self.events), here, depth + 1)
            if not isinstance(name, str):
                self.fault(here, "The name of a field is a word, not a list or a mapping.")
            elif name in values:
                self.fault(here, f'"{name}" stands here twice; the first is in line {_own_line(lines[name])}.')
            else:
                values[name], lines[name] = value, its_lines
        return values, lines

    def line(self, event: Any) -> int:
        return int(event.start_mark.line) + self.first_line

    def fault(self, line: int, message: str) -> None:
        self.faults.append(Fault(self.file, line, message))
