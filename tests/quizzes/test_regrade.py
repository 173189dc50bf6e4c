"""A wrong key is mended, and what it did is set right, or set back."""

from decimal import Decimal

import pytest

from accounts.models import User
from quizzes import regrading, taking
from quizzes.models import Attempt, Quiz, Regrade, Response
from quizzes.publishing import publish
from quizzes.regrading import Plan
from quizzes.signals import marks_changed
from quizzes.sittings import sitting_of
from tests import make

NORTH, SOUTH, EAST, WEST = range(4)
WORDS = ["North", "South", "East", "West"]
OLD, NEW = {NORTH, EAST}, {NORTH, WEST}
"""Which options of the wrong question are right by which key; it is marked by right minus wrong."""

ANSWERS = {"right to wrong": [NORTH, EAST], "wrong to right": [EAST, WEST], "partial": [NORTH], "unanswered": None}


@pytest.fixture
def quiz(rivers):
    """Two questions; the first has a wrong key. Passed with six tenths."""
    options = [(text, number in OLD) for number, text in enumerate(WORDS)]
    fields = {"kind": "multiple", "marking": "right_minus_wrong", "options": options}
    wrong = make.question(collection=rivers, key="ways", **fields)
    sound = make.question(collection=rivers, key="sound")
    return make.quiz(collection=rivers, slug="ways", setting="exam", pass_mark=0.6, questions=[wrong, sound])


def sit(quiz, ways: list[int] | None, *, sound: int = 0, finish=True) -> Attempt:
    """A new learner's attempt, with these options for the wrong question and one for the sound one."""
    learner = User.objects.create_user(f"learner{User.objects.count()}@example.org", "a long word")
    attempt = taking.start(quiz=Quiz.objects.with_edition().get(pk=quiz.pk), learner=learner)
    for slot, answer in enumerate((ways, [sound])):
        if answer is not None:
            sitting = sitting_of(Attempt.objects.select_related("edition", "quiz").get(pk=attempt.pk))
            taking.answer(sitting=sitting, learner=learner, slot=slot, try_number=1, value=answer)
    if finish:
        taking.finish(attempt=attempt)
    return fresh(attempt)


def fresh(attempt: Attempt) -> Attempt:
    return Attempt.objects.select_related("edition", "quiz", "learner").get(pk=attempt.pk)


def mend(quiz):
    """Publishes the question with its right key; the options in another order, as an author might have them."""
    question = quiz.slots.get(position=0).question
    for option in question.options.all():
        number = WORDS.index(option.text)
        option.credit, option.position = float(number in NEW), 3 - number
        option.save()
    return publish(quiz=quiz)[0]


def plan(quiz, edition, policy, **fields) -> Plan:
    return Plan(quiz, edition, ["ways"], policy, **fields)


def standing(attempt: Attempt) -> tuple[float, float]:
    """Mark and full mark."""
    found = fresh(attempt)
    return float(found.mark), found.weight


# Before, they stand at 1 + 1, 0 + 1, 1/2 + 1 and 0 + 1, of 2: marks that may not fall, and marks that may.
GOLDEN = [
    ("new_key", "right to wrong", (2, 2), (1, 2)),
    ("new_key", "wrong to right", (1, 2), (1, 2)),
    ("new_key", "partial", (1.5, 2), (1.5, 2)),
    ("new_key", "unanswered", (1, 2), (1, 2)),
    ("both_keys", "right to wrong", (2, 2), (2, 2)),
    ("both_keys", "wrong to right", (1, 2), (1, 2)),
    ("both_keys", "partial", (1.5, 2), (1.5, 2)),
    ("both_keys", "unanswered", (1, 2), (1, 2)),
    ("full_marks", "right to wrong", (2, 2), (2, 2)),
    ("full_marks", "wrong to right", (2, 2), (2, 2)),
    ("full_marks", "partial", (2, 2), (2, 2)),
    ("full_marks", "unanswered", (2, 2), (2, 2)),
    ("drop", "right to wrong", (1, 1), (1, 1)),
    ("drop", "wrong to right", (1, 1), (1, 1)),
    ("drop", "partial", (1, 1), (1, 1)),
    ("drop", "unanswered", (1, 1), (1, 1)),
]


@pytest.mark.parametrize(("policy", "who", "kept", "may_fall"), GOLDEN)
def test_the_golden_table(quiz, policy, who, kept, may_fall):
    attempt = sit(quiz, ANSWERS[who])
    edition = mend(quiz)
    first = regrading.apply(plan=plan(quiz, edition, policy), reason="West it was.", by=None)
    assert standing(attempt) == kept
    regrading.undo(regrade=first, by=None)
    regrading.apply(plan=plan(quiz, edition, policy, may_fall=True), reason="West it was.", by=None)
    assert standing(attempt) == may_fall
    assert fresh(attempt).edition.number == 1


def rows() -> dict:
    """All of every attempt and response."""
    return {model: list(model.objects.order_by("pk").values()) for model in (Attempt, Response)}


@pytest.mark.parametrize("policy", ["new_key", "both_keys", "full_marks", "drop"])
def test_undoing_restores_every_row(quiz, policy, ada):
    for answer in ANSWERS.values():
        sit(quiz, answer)
    edition = mend(quiz)
    before = rows()
    regrade = regrading.apply(plan=plan(quiz, edition, policy, may_fall=True), reason="West.", by=ada)
    assert rows() != before
    assert regrade.attempts.count() > 1
    regrading.undo(regrade=regrade, by=ada)
    assert rows() == before
    assert Regrade.objects.get().undone_by == ada
    regrading.undo(regrade=regrade, by=None)
    assert rows() == before
    assert Regrade.objects.get().undone_by == ada


def test_a_dry_run_tells_what_would_change_and_changes_nothing(quiz):
    better, worse, same = sit(quiz, [NORTH, WEST]), sit(quiz, [NORTH, EAST]), sit(quiz, [NORTH])
    edition = mend(quiz)
    before = rows()
    found = {one.attempt.pk: one for one in regrading.changes(plan(quiz, edition, "new_key", may_fall=True))}
    assert rows() == before
    told = {pk: (one.share_before, one.share_after, one.crosses) for pk, one in found.items()}
    assert told == {better.pk: (0.5, 1, True), worse.pk: (1, 0.5, True), same.pk: (0.75, 0.75, False)}


def test_a_dry_run_costs_as_many_queries_for_many_attempts(quiz, django_assert_num_queries):
    for _ in range(6):
        sit(quiz, [NORTH, WEST])
    todo = plan(quiz, mend(quiz), "new_key")
    regrading.changes(todo)
    with django_assert_num_queries(2):
        assert len(regrading.changes(todo)) == 6


def test_answers_are_carried_to_the_mended_question_by_their_texts(quiz):
    attempt = sit(quiz, [NORTH, WEST])
    regrading.apply(plan=plan(quiz, mend(quiz), "new_key"), reason="West.", by=None)
    sitting = sitting_of(fresh(attempt))
    response = sitting.responses[0][0]
    texts = [sitting.question(0).options[number].text for number in response.answer]
    assert sorted(texts) == ["North", "West"]
    assert response.fraction == 1
    assert (standing(attempt), response.mark) == ((2, 2), Decimal(1))


def test_an_answer_that_is_no_option_any_more_keeps_what_it_earned(quiz):
    attempt = sit(quiz, [NORTH, EAST])
    question = quiz.slots.get(position=0).question
    question.options.filter(text="East").delete()
    question.options.filter(text="South").update(credit=1)
    edition = publish(quiz=quiz)[0]
    regrading.apply(plan=plan(quiz, edition, "new_key", may_fall=True), reason="East is gone.", by=None)
    assert standing(attempt) == (2, 2)


def test_a_question_is_not_dropped_for_whoever_would_lose_by_it(quiz):
    attempt = sit(quiz, [NORTH, EAST], sound=1)
    edition = mend(quiz)
    assert standing(attempt) == (1, 2)
    first = regrading.apply(plan=plan(quiz, edition, "drop"), reason="West.", by=None)
    assert (standing(attempt), first.attempts.count()) == ((1, 2), 0)
    regrading.apply(plan=plan(quiz, edition, "drop", may_fall=True), reason="West.", by=None)
    assert standing(attempt) == (0, 1)


def test_the_learner_sees_the_old_mark_the_new_one_and_why(quiz, client):
    attempt = sit(quiz, [NORTH, WEST])
    regrading.apply(plan=plan(quiz, mend(quiz), "new_key"), reason="The key said East; it is West.", by=None)
    client.force_login(attempt.learner)
    page = client.get(f"/quizzes/attempts/{attempt.pk}/").text
    assert "The key said East; it is West." in page
    assert "0 before, 1 now" in page
    assert "2 of 2" in page


def test_a_dropped_question_is_said_to_be_dropped(quiz, client):
    attempt = sit(quiz, [SOUTH])
    regrading.apply(plan=plan(quiz, mend(quiz), "drop"), reason="Nobody could know.", by=None)
    client.force_login(attempt.learner)
    page = client.get(f"/quizzes/attempts/{attempt.pk}/").text
    assert "This question no longer counts." in page
    assert "1 of 1" in page


def test_what_was_undone_is_not_told(quiz, client):
    attempt = sit(quiz, [NORTH, WEST])
    regrade = regrading.apply(plan=plan(quiz, mend(quiz), "new_key"), reason="The key said East.", by=None)
    regrading.undo(regrade=regrade, by=None)
    client.force_login(attempt.learner)
    assert "The key said East." not in client.get(f"/quizzes/attempts/{attempt.pk}/").text


def test_an_attempt_that_is_finished_later_is_regraded_then(quiz, django_capture_on_commit_callbacks):
    attempt = sit(quiz, [NORTH, WEST], finish=False)
    regrade = regrading.apply(plan=plan(quiz, mend(quiz), "new_key"), reason="West.", by=None)
    assert standing(attempt) == (1, 2)
    with django_capture_on_commit_callbacks(execute=True):
        taking.finish(attempt=attempt)
    assert standing(attempt) == (2, 2)
    assert regrade.attempts.get().attempt == attempt


def test_a_regrade_on_top_has_to_be_undone_first(quiz):
    sit(quiz, [NORTH, SOUTH])
    edition = mend(quiz)
    policies = ("new_key", "full_marks", "drop")
    made = [regrading.apply(plan=plan(quiz, edition, one, may_fall=True), reason="R.", by=None) for one in policies]
    with pytest.raises(regrading.NotUndoable):
        regrading.undo(regrade=made[0], by=None)
    for regrade in reversed(made):
        regrading.undo(regrade=regrade, by=None)
    assert not Regrade.objects.filter(undone_at=None).exists()


def test_doing_it_again_changes_nothing(quiz):
    sit(quiz, [NORTH, WEST])
    edition = mend(quiz)
    regrading.apply(plan=plan(quiz, edition, "new_key"), reason="West.", by=None)
    before = rows()
    assert regrading.changes(plan(quiz, edition, "new_key")) == []
    assert not regrading.apply(plan=plan(quiz, edition, "new_key"), reason="West.", by=None).attempts.exists()
    assert rows() == before


def test_an_attempt_at_the_mended_edition_is_left_alone(quiz):
    edition = mend(quiz)
    sit(quiz, [2, 0])
    assert regrading.changes(plan(quiz, edition, "new_key")) == []


def test_the_rooms_above_are_told_whose_marks_changed(quiz, django_capture_on_commit_callbacks):
    attempt = sit(quiz, [NORTH, WEST])
    told = []

    def hear(**said):
        told.append((said["learners"], said["keys"]))

    marks_changed.connect(hear)
    with django_capture_on_commit_callbacks(execute=True):
        regrading.apply(plan=plan(quiz, mend(quiz), "new_key"), reason="West.", by=None)
    marks_changed.disconnect(hear)
    assert told == [({attempt.learner_id}, {"ways"})]
