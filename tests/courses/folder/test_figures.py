"""Figures in a course folder: read, checked, loaded with their layout, and written back as they were."""

import pytest
from django.core.management.base import CommandError

from courses.models import Figure
from tests.courses.folder.conftest import command

COMPARISON = """\
kind: comparison
title: How wet is it?
description: Two things on a scale of two steps.
caption: Water is wet.
steps:
- key: dry
  label: Dry
- key: wet
  label: Wet
  binds: true
questions: ['Is it wet?']
rows:
- key: spring
  name: A spring
  centre: true
  step: wet
  published: "yes"
  answers:
  - yes, it is
  claims: [spring-1]
"""


@pytest.fixture
def figure(rivers):
    rivers.write("figures/wetness.yaml", COMPARISON)
    rivers.change("lessons/02-floods.md", "---\n\n", "---\n\n:::figure wetness\n\n")
    return rivers


@pytest.mark.django_db
def test_a_figure_is_loaded_with_its_layout_and_written_back(figure, tmp_path):
    command("load_course", figure.path)
    row = Figure.objects.get()
    assert (row.key, row.kind, row.title) == ("wetness", "comparison", "How wet is it?")
    assert row.layout
    command("dump_course", "rivers", tmp_path / "again" / "rivers")
    assert (tmp_path / "again" / "rivers" / "figures" / "wetness.yaml").read_text() == COMPARISON


@pytest.mark.django_db
def test_loading_it_again_leaves_it_and_dropping_it_retires_it(figure):
    command("load_course", figure.path)
    layout = Figure.objects.get().layout
    command("load_course", figure.path)
    assert Figure.objects.get().layout == layout
    (figure.path / "figures" / "wetness.yaml").unlink()
    figure.change("lessons/02-floods.md", ":::figure wetness\n\n", "")
    command("load_course", figure.path)
    assert Figure.objects.get().retired


FAULTS = [
    ("kind: comparison", "kind: cartoon", "figures/wetness.yaml:1: kind must be one of network"),
    ("step: wet", "step: damp", "figures/wetness.yaml:"),
    ("spring-1", "spring-9", 'There is no claim "spring-9".'),
    ("  claims: [spring-1]\n", "", "It names no claim, and the course is sourced."),
    ("title: How wet is it?\n", "", "figures/wetness.yaml"),
    ("kind: comparison", "key: wetness\nkind: comparison", "The key of a figure is the name of its file."),
]


@pytest.mark.parametrize(("old", "new", "says"), FAULTS)
def test_what_is_wrong_with_a_figure_is_told_with_its_place(figure, old, new, says):
    figure.change("figures/wetness.yaml", old, new)
    with pytest.raises(CommandError) as failed:
        command("check_course", figure.path)
    assert says in str(failed.value)


def test_a_lesson_that_shows_an_unknown_figure_is_told(figure):
    figure.change("lessons/02-floods.md", ":::figure wetness", ":::figure wetnes")
    with pytest.raises(CommandError, match=r'There is no figure "wetnes"\. Is it "wetness"\?'):
        command("check_course", figure.path)


def test_a_file_that_is_no_figure_is_a_fault(figure):
    figure.write("figures/READ ME.txt", "x")
    with pytest.raises(CommandError, match="The name of a figure's file is its key"):
        command("check_course", figure.path)


@pytest.mark.django_db
def test_a_load_lays_out_again_what_was_laid_out_otherwise(figure):
    command("load_course", figure.path)
    layout = Figure.objects.get().layout
    Figure.objects.update(layout="{}")
    command("load_course", figure.path)
    assert Figure.objects.get().layout == layout


@pytest.mark.django_db
def test_a_load_writes_anew_what_it_can_not_read_any_more(figure):
    command("load_course", figure.path)
    data = Figure.objects.get().data
    Figure.objects.update(data='{"unheard": "of"}')
    command("load_course", figure.path)
    assert Figure.objects.get().data == data
