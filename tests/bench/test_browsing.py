"""The benchmark's learner fills in what a page asks for, whatever the kind of question."""

import random

from bench.rig.browsing import answer_form
from bench.rig.questions import SURE, YEAR

PAGE = f"""
<form action="/elsewhere/"><input type="hidden" name="csrfmiddlewaretoken" value="x"></form>
<form action="/answer/">
  <input type="hidden" name="try_number" value="1">
  <label><input type="radio" name="answer" value="a"> <span>By a note</span></label>
  <label><input type="radio" name="answer" value="b"> <span>The one, {SURE}</span></label>
  <select name="answer-c"><option value="">Choose</option><option value="d" selected>Sea 1</option></select>
  <input type="number" name="answer-e" value="3">
  <input type="text" name="answer-f" value="">
  <textarea name="answer-g"></textarea>
</form>
"""


def sent() -> list[dict[str, str]]:
    form = answer_form(PAGE)
    assert form.action == "/answer/"
    return [dict(form.filled(random.Random(seed))) for seed in range(30)]


def test_everything_is_filled_in_and_nothing_is_left_open():
    names = {"try_number", "answer", "answer-c", "answer-e", "answer-f", "answer-g"}
    assert all(fields.keys() == names and all(fields.values()) for fields in sent())


def test_places_and_hidden_fields_stay_as_they_are():
    assert {(fields["try_number"], fields["answer-e"], fields["answer-c"]) for fields in sent()} == {("1", "3", "d")}


def test_it_is_right_more_often_than_not_and_not_always():
    right = sum(fields["answer"] == "b" and fields["answer-f"] == YEAR for fields in sent())
    assert 15 <= right < 30
