"""Every template of ours is used, parses, and holds nothing that the content policy refuses."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("ui", "accounts", "sources", "quizzes", "courses", "progress")
TEMPLATES = sorted(path for room in ROOMS for path in (ROOT / room / "templates").rglob("*.html"))
NAMES = [str(path.relative_to(next(p for p in path.parents if p.name == "templates"))) for path in TEMPLATES]
# Found by their place, by Django, allauth or the kind of a question, and not by a name in our code.
BY_PLACE = re.compile(r"^(account/|admin/|quizzes/kinds/|429\.html|(403|404|500)\.html)")
REFUSED = re.compile(r"""<script>|<style|\sstyle=|\son[a-z]+=["']|hx-on|hx-boost|hx-vals=.js:|href=.javascript:""")


@cache
def texts() -> dict[str, str]:
    """What names templates."""
    code = [path for room in (*ROOMS, "config") for path in (ROOT / room).rglob("*.py")]
    return {str(path): path.read_text() for path in [*code, *TEMPLATES]}


def test_there_are_templates():
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("name", NAMES)
def test_it_parses(name):
    assert get_template(name)


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_it_has_nothing_inline_and_no_inherited_habits_of_htmx(path):
    assert not REFUSED.search(path.read_text())


@pytest.mark.parametrize("name", [name for name in NAMES if not BY_PLACE.match(name)])
def test_it_is_used(name):
    elsewhere = [text for path, text in texts().items() if not path.endswith(name)]
    recursive = name == "courses/_blocks.html"
    assert recursive or any(f'"{name}"' in text for text in elsewhere)


def test_every_kind_of_question_has_its_template():
    from quizzes.engine.kinds import KINDS

    for kind in KINDS:
        assert f"quizzes/kinds/{kind}.html" in NAMES


def test_every_key_is_told_beside_the_switch_for_them(client, db):
    keys = {key for path in TEMPLATES for key in re.findall(r' data-key="([^"]+)"', path.read_text())}
    told = client.get("/preferences/").text.split('id="keyboard"')[1].split("</section>")[0]
    assert {"g", "h"} <= keys
    assert [key for key in keys if not re.search(rf"\b{key} ", told)] == []
