"""Both texts of what the admin and the folder say differently."""

import pytest

from courses.folder.comparing import Edits
from courses.folder.differences import MOST_LINES, as_text, differences
from courses.folder.loading import load
from courses.folder.schemas import Option
from courses.models import Lesson
from quizzes.models import Option as OptionRow
from quizzes.models import Quiz
from sources.models import Claim


def told(loaded):
    """(field, admin, folder) of each stretch that differs, with what is only there in brackets."""
    summary = load(loaded.path, edits=Edits.KEEP, dry_run=True)
    return [
        (field.field, *("".join(map(marked, side)) for side in (hunk.admin, hunk.folder)))
        for one in summary.edited
        for field in differences(one.edit)
        for hunk in field.hunks
    ]


def marked(piece):
    return piece.text if piece.state == "same" else f"[{piece.text}]"


def test_words_that_differ_are_marked_on_both_sides(loaded):
    Claim.objects.filter(key="spring-1").update(text="Springs are where groundwater wells up.")
    loaded.change("claims.yaml", "groundwater comes up.", "groundwater comes out.")
    assert told(loaded) == [
        ("text", "Springs are where groundwater [wells up].", "Springs are where groundwater [comes out].")
    ]


def test_of_a_lesson_only_the_lines_that_differ_are_told(loaded):
    lesson = Lesson.objects.get(slug="springs")
    Lesson.objects.filter(pk=lesson.pk).update(text=lesson.text.replace("They are rare", "They are scarce"))
    ((field, admin, folder),) = told(loaded)
    assert field == "text"
    assert admin.startswith("They are [scarce], says")
    assert folder.startswith("They are [rare], says")


def test_lists_and_options_are_told_as_the_folder_has_them(loaded):
    OptionRow.objects.filter(question__key="floods-much", credit=0).update(text="No water")
    Quiz.objects.filter(slug="final").update(time_limit=45)
    found = {field: (admin, folder) for field, admin, folder in told(loaded)}
    assert "[No] water" in found["options"][0]
    assert "[Too little] water" in found["options"][1]
    assert found["time_limit"] == ("[45]", "")


def test_what_is_gone_has_no_texts_to_compare(loaded):
    Lesson.objects.filter(slug="floods").update(title="Great floods")
    loaded.drop_lesson_two()
    edited = load(loaded.path, edits=Edits.KEEP, dry_run=True).edited
    assert [(one.key, differences(one.edit)) for one in edited] == [("floods", [])]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ((), ""),
        ({}, ""),
        ("text", "text"),
        (True, "True"),
        (("a", "b"), "- a\n- b"),
        ({"a": 2}, "a: 2"),
        (
            (Option(text="One", claims=("a", "b")), Option(text="Two")),
            "- text: One\n  claims:\n    - a\n    - b\n- text: Two",
        ),
    ],
)
def test_values_as_text(value, text):
    assert as_text(value) == text


def test_endless_texts_are_compared_as_wholes(loaded):
    Claim.objects.filter(key="spring-1").update(text="line\n" * (MOST_LINES + 1))
    ((_field, admin, folder),) = told(loaded)
    assert admin.startswith("[line\nline\n")
    assert folder == "[Springs are where groundwater comes up.]"
