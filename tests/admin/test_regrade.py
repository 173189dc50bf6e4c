import pytest

from quizzes.models import Attempt, Regrade
from tests import make
from tests.quizzes.test_regrade import NORTH, WEST, mend, quiz, sit, standing

__all__ = ["quiz"]


@pytest.fixture
def rivers(db):

    return make.collection(slug="rivers")


@pytest.fixture
def url(quiz):
    return f"/admin/quizzes/quiz/{quiz.pk}/regrade/"


FORM = {"questions": ["ways"], "policy": "new_key", "reason": "The key said East; it is West."}


def test_the_page_offers_what_was_changed_first(tom_client, quiz, url):
    sit(quiz, [NORTH, WEST])
    mend(quiz)
    page = tom_client.get(url).text
    assert "ways (changed)" in page
    assert page.index("ways (changed)") < page.index("sound:")
    assert "edition 2" in page


def test_a_dry_run_shows_who_crosses_the_pass_line_and_changes_nothing(tom_client, quiz, url):
    attempt = sit(quiz, [NORTH, WEST])
    mend(quiz)
    page = tom_client.post(url, FORM).text
    assert "1 learner, 1 attempts; 1 would cross the pass line." in page
    assert "50%" in page
    assert "100%" in page
    assert standing(attempt) == (1, 2)
    assert not Regrade.objects.exists()


def test_what_is_sent_twice_is_applied_once(tom_client, quiz, url):
    attempt = sit(quiz, [NORTH, WEST])
    mend(quiz)
    once, twice = (tom_client.post(url, {**FORM, "apply": "1"}) for _press in range(2))
    assert once["Location"] == twice["Location"]
    assert Regrade.objects.get().attempts.count() == 1
    assert standing(attempt) == (2, 2)


def test_what_was_undone_is_applied_anew(tom_client, quiz, url):
    attempt = sit(quiz, [NORTH, WEST])
    mend(quiz)
    tom_client.post(url, {**FORM, "apply": "1"})
    tom_client.post(f"/admin/quizzes/regrade/{Regrade.objects.get().pk}/undo/")
    tom_client.post(url, {**FORM, "apply": "1"})
    assert Regrade.objects.count() == 2
    assert standing(attempt) == (2, 2)


def test_it_is_applied_with_an_audit_and_taken_back(tom_client, tom, quiz, url):
    attempt = sit(quiz, [NORTH, WEST])
    mend(quiz)
    before = list(Attempt.objects.values())
    response = tom_client.post(url, {**FORM, "apply": "1"}, follow=True)
    assert "Applied: 1 attempt changed." in response.text
    assert standing(attempt) == (2, 2)
    regrade = Regrade.objects.get()
    assert regrade.made_by == tom
    page = tom_client.get(f"/admin/quizzes/regrade/{regrade.pk}/change/").text
    assert "Undo this regrade" in page
    undone = tom_client.post(f"/admin/quizzes/regrade/{regrade.pk}/undo/", follow=True)
    assert "every mark is as it was before" in undone.text
    assert "Undo this regrade" not in undone.text
    assert list(Attempt.objects.values()) == before


def test_undoing_under_a_later_regrade_is_refused_in_words(tom_client, quiz, url):
    sit(quiz, [NORTH, WEST])
    mend(quiz)
    for policy in ("new_key", "drop"):
        tom_client.post(url, {**FORM, "policy": policy, "apply": "1"})
    first = Regrade.objects.order_by("pk")[0]
    response = tom_client.post(f"/admin/quizzes/regrade/{first.pk}/undo/", follow=True)
    assert "Undo that one first." in response.text


@pytest.mark.parametrize(
    ("left_out", "says"),
    [("reason", "Write why"), ("questions", "Choose at least one question"), ("policy", "Choose what counts")],
)
def test_what_is_missing_is_said(tom_client, quiz, url, left_out, says):
    form = {name: value for name, value in FORM.items() if name != left_out}
    response = tom_client.post(url, {**form, "apply": "1"})
    assert response.status_code == 422
    assert says in response.text
    assert not Regrade.objects.exists()


def test_where_nothing_changes_it_asks_whether_the_question_is_published(tom_client, quiz, url):
    sit(quiz, [NORTH, WEST])
    assert "Is the mended question published?" in tom_client.post(url, FORM).text


def test_a_quiz_that_is_not_published_has_nothing_to_regrade(tom_client, rivers):

    draft = make.quiz(collection=rivers, published=False)
    assert tom_client.get(f"/admin/quizzes/quiz/{draft.pk}/regrade/").status_code == 404


@pytest.mark.parametrize("who", ["client", "eve_client", "gus_client"])
def test_nobody_else_gets_in(request, quiz, url, who):
    sit(quiz, [NORTH, WEST])
    edition = mend(quiz)
    visitor = request.getfixturevalue(who)
    for response in (visitor.get(url), visitor.post(url, {**FORM, "apply": "1"})):
        assert response.status_code == 302
        assert "login" in response["Location"]
    assert not Regrade.objects.exists()
    assert edition.number == 2
