"""What is wrong with a folder, said so that its author can find it and put it right."""

from collections.abc import Iterable
from dataclasses import dataclass

SHOWN = 200


@dataclass(frozen=True, order=True)
class Fault:
    """`line` counts from 1; 0 stands for the file as a whole."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


class Refused(Exception):
    """The folder is not taken, and nothing was changed."""

    def __init__(self, faults: Iterable[Fault], *, hint: str = "") -> None:
        self.faults = sorted(set(faults))
        self.shown = self.faults[:SHOWN]
        more = f"... and {len(self.faults) - SHOWN} more" if len(self.faults) > SHOWN else ""
        super().__init__("\n".join(filter(None, [*map(str, self.shown), more, hint])))

    @property
    def count(self) -> str:
        return "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
