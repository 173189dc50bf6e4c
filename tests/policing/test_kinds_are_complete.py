"""A kind of question is an engine file, a form of its own, a template, a test file and a line in the registry."""

from pathlib import Path

import pytest

from quizzes.engine.kinds import KINDS
from quizzes.kind_forms import KIND_FORMS

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = {"text", "match", "credit", "feedback"}


@pytest.mark.parametrize("kind", KINDS)
def test_it_has_its_engine_file_its_template_and_its_test_file(kind):
    assert type(KINDS[kind]).__module__ == f"quizzes.engine.kinds.{kind}"
    assert (ROOT / f"quizzes/templates/quizzes/kinds/{kind}.html").exists()
    assert (ROOT / f"tests/quizzes/engine/kinds/test_{kind}.py").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_it_says_how_it_is_written(kind):
    assert kind in KIND_FORMS


def test_no_form_is_left_of_a_kind_that_is_gone():
    assert set(KIND_FORMS) == set(KINDS)


@pytest.mark.parametrize("kind", KIND_FORMS)
def test_its_form_explains_every_rule_of_marking_it_has_in_the_kind_s_order(kind):
    assert tuple(KIND_FORMS[kind].markings) == tuple(KINDS[kind].markings)


@pytest.mark.parametrize("kind", KIND_FORMS)
def test_its_rows_are_fields_of_an_option_with_an_example_or_a_help_on_the_page(kind):
    form = KIND_FORMS[kind]
    assert str(form.about)
    assert str(form.example)
    assert str(form.text.help)
    if form.rows:
        assert "text" in form.rows.columns
        assert set(form.rows.columns) <= COLUMNS
