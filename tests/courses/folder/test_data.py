import pytest
import yaml

from courses.folder.data import LOADER, parse
from courses.folder.faults import Refused

LOADERS = pytest.mark.parametrize("loader", [LOADER, yaml.SafeLoader], ids=["libyaml", "python"])

TEXT = """\
- key: a
  text: >
    two
    lines
  claims: [b,
    c]
- key: d
"""


@LOADERS
def test_every_value_knows_its_line(loader):
    data = parse(TEXT, file="x.yaml", loader=loader)
    assert data.value == [{"key": "a", "text": "two lines\n", "claims": ["b", "c"]}, {"key": "d"}]
    assert data.line() == 1
    assert data.line((0, "text")) == 2
    assert data.line((0, "claims")) == 5
    assert data.line((0, "claims", 1)) == 6
    assert data.line((1,)) == 7
    assert data.line((1, "missing")) == 7


@LOADERS
def test_lines_count_from_where_the_text_starts_in_its_file(loader):
    assert parse("a: b", file="x.md", first_line=12, loader=loader).line(("a",)) == 12


@LOADERS
@pytest.mark.parametrize("text", ["a: b: c", "- [", "a: 'b", "\ta: b", 'a: "\\U00110000"', "%YAML 9.9\n---\na"])
def test_what_is_not_yaml_is_refused(loader, text):
    with pytest.raises(Refused, match="This is not YAML"):
        parse(text, file="x.yaml", loader=loader)


@LOADERS
def test_a_bomb_of_aliases_does_not_go_off(loader):
    bomb = "- &a [x, x]\n" + "".join(f"- &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20))
    data = parse(bomb, file="x.yaml", loader=loader)
    assert len(data.faults) == 21 + 40
    assert len(str(data.value)) < 1000


@LOADERS
def test_endless_nesting_is_refused(loader):
    with pytest.raises(Refused, match=r"x\.yaml:1: This is nested too deeply"):
        parse("[" * 1000, file="x.yaml", loader=loader)


@LOADERS
@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system [ls]", "!!str 1", "!mine x", "! x"])
def test_no_tag_builds_anything(loader, tag):
    data = parse(f"a: {tag}", file="x.yaml", loader=loader)
    assert len(data.faults) == 1
    assert "is a tag" in data.faults[0].message


@LOADERS
def test_half_a_character_is_a_fault(loader):
    try:
        faults = parse('a: "\\ud800"', file="x.yaml", loader=loader).faults
    except Refused as refused:
        faults = refused.faults
    assert len(faults) == 1
