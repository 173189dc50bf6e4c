from collections import Counter
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.management import call_command

from courses.folder.comparing import Edits
from courses.folder.loading import load
from tests.kept import kept

FILES = {
    "course.yaml": """\
title: Rivers
language: en
summary: Where water comes from.
sourced: true
sources_end: 2026-06-30
about: |
  ## What it is

  A short course.
lessons: [springs, floods]
""",
    "sources.yaml": """\
- key: s1
  title: "Water: a survey"
  publisher: The Institute
  date: 1989
  url: https://example.org/water

- key: s2
  title: Floods
  publisher: The Ministry
""",
    "claims.yaml": """\
- key: spring-1
  text: Springs are where groundwater comes up.
  status: established
  as_of: since 1989
  checked_on: 2026-06-30
  recheck_by: 2027-06-30
  sources: [s1, s2]

- key: spring-2
  text: The Ministry says springs are rare.
  status: attributed
  attributed_to: The Ministry
  sources: [s2]

- key: water-1
  text: Floods are disputed.
  status: disputed
  sources: [s2]
""",
    "glossary.yaml": """\
- key: spring
  term: Spring
  script:
  - {lang: fa, text: چشمه}
  meaning: Where groundwater comes up.

- key: flood
  term: Flood
  meaning: Water where it should not be.
""",
    "lessons/01-springs.md": """\
---
title: Springs
lede: Where a river starts.
objectives:
- tell a spring from a well
---

## Below {#below}

Water comes up at a [spring](term:spring).[^spring-1] {#up}

:::check springs-where

They are rare, says the Ministry.[^spring-2] See [above](#up). {#rare}

:::check springs-rare
""",
    "lessons/02-floods.md": """\
---
title: Floods
---

A [flood](term:flood) is too much water.[^water-1] {#much}

:::check floods-much
""",
    "questions/01-springs.yaml": """\
- key: springs-where
  kind: single
  text: What comes up at a spring?
  options:
  - text: Groundwater
    credit: 1
    feedback: It does.
    claims: [spring-1]
  - text: Sea water
    feedback: That is the coast.
    claims: [spring-1]
  explanation: Springs are groundwater.
  claims: [spring-1]

- key: springs-rare
  kind: true_false
  text: The Ministry says springs are rare.
  options:
  - text: "True"
    credit: 1
  - text: "False"
  claims: [spring-2]

- key: springs-all
  kind: multiple
  marking: right_minus_wrong
  tags: [wells, deep water]
  text: Which are springs? Choose all that apply.
  options:
  - text: One
    credit: 1
  - text: Two
    credit: 1
  - text: Three
  claims: [spring-1]
""",
    "questions/02-floods.yaml": """\
- key: floods-much
  kind: single
  text: What is a flood?
  options:
  - text: Too much water
    credit: 1
  - text: Too little water
  claims: [water-1]
""",
    "quizzes.yaml": """\
- slug: springs
  title: "Quiz: springs"
  lesson: springs
  questions: [springs-all, floods-much]
  weights: {springs-all: 2}

- slug: final
  title: The end
  setting: exam
  questions: [springs-where, floods-much]
  draws:
  - {tag: deep water, count: 1, weight: 0.5}
""",
    "coverage.yaml": """\
source: s1
title: What the survey says, sentence by sentence
sections:
- code: I
  title: Introduction
  statements:
  - sentence: 1
    says: Springs are where water comes up
    claims: [spring-1]
  - sentence: 2-3
    says: "They are rare: so some say"
    claims: [spring-2, spring-1]
- code: Z
  title: Conclusion
  statements:
  - sentence: 1
    says: Thanks for reading
    exempt: It claims nothing.
""",
}
"""A course that uses all of the format, in canonical form."""


class Folder:
    def __init__(self, path: Path):
        self.path = path
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str | bytes) -> None:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.path / name).read_text()
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def remove(self, name: str) -> None:
        (self.path / name).unlink()

    def drop_lesson_two(self) -> None:
        """With everything that hangs on it."""
        self.change("course.yaml", "[springs, floods]", "[springs]")
        self.remove("lessons/02-floods.md")
        self.remove("questions/02-floods.yaml")
        self.change("quizzes.yaml", "[springs-all, floods-much]", "[springs-all]")
        self.change("quizzes.yaml", "[springs-where, floods-much]", "[springs-where]")
        self.write("claims.yaml", FILES["claims.yaml"].partition("\n- key: water-1")[0])
        self.write("glossary.yaml", FILES["glossary.yaml"].partition("\n- key: flood")[0])


@pytest.fixture
def rivers(tmp_path) -> Folder:
    return Folder(tmp_path / "rivers")


def load_rivers() -> None:
    with TemporaryDirectory() as place:
        load(Folder(Path(place) / "rivers").path)


rivers_rows = kept(load_rivers)


@pytest.fixture
def loaded(rivers_rows, rivers) -> Folder:
    return rivers


def command(name: str, *args: object) -> str:
    """What it printed to stdout."""
    out = StringIO()
    call_command(name, *map(str, args), stdout=out, stderr=StringIO())
    return out.getvalue()


def texts(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_bytes().decode() for path in folder.rglob("*") if path.is_file()}


def totals(folder: Folder, *, overwrite: bool = False) -> dict[str, int]:
    """How many rows a load created, updated and so on, over all tables; what was not done is left out."""
    summary = load(folder.path, edits=Edits.OVERWRITE if overwrite else Edits.ASK)
    counted = sum(summary.actions.values(), Counter())
    return {str(action): number for action, number in counted.items()} | {"editions": summary.editions}
