"""How hard a question is, as its author sees it: for authors alone."""

import pytest
from django.contrib.admin.models import LogEntry

from quizzes.models import Edition, Question


@pytest.fixture
def question(make, rivers):
    return make.question(collection=rivers, key="which-way", options=[("Down", 1), ("Up", 0)])


def sent(question, **fields):
    """The question's page as a browser sends it, with some fields changed."""
    options = list(question.options.all())
    form = {"kind": question.kind, "text": question.text, "key": question.key, "tags": "", "explanation": ""}
    form |= {"options-TOTAL_FORMS": len(options), "options-INITIAL_FORMS": len(options)}
    form |= {"hints-TOTAL_FORMS": 0, "hints-INITIAL_FORMS": 0}
    for number, option in enumerate(options):
        row = {"id": option.pk, "text": option.text, "credit": option.credit or "", "feedback": option.feedback}
        form |= {f"options-{number}-{name}": value for name, value in {**row, "position": number}.items()}
    return form | fields


def test_nothing_is_said_until_the_author_says_it(question, tom_client, address):
    html = tom_client.get(address(question)).text
    assert '<option value="" selected>Not said</option>' in html
    assert "it changes nothing for learners, so nothing has to be published." in html


def test_it_is_chosen_on_the_question_s_page_and_told_in_its_history(question, tom_client, address):
    assert tom_client.post(address(question), sent(question, difficulty="hard")).status_code == 302
    question.refresh_from_db()
    assert question.difficulty == "hard"
    assert LogEntry.objects.first().get_change_message() == "Changed Difficulty (“” → “Hard”)."
    assert '<option value="hard" selected>Hard</option>' in tom_client.get(address(question)).text


def test_what_is_no_difficulty_is_refused(question, tom_client, address):
    response = tom_client.post(address(question), sent(question, difficulty="lethal"))
    assert "lethal is not one of the available choices." in response.text


def test_the_list_shows_it_and_is_filtered_by_it(question, make, rivers, tom_client, address):
    for key, difficulty in {"brook": "easy", "stream": "middle", "flood": "hard"}.items():
        make.question(collection=rivers, key=key, difficulty=difficulty)
    assert 'field-difficulty">Easy<' in tom_client.get(address(Question, "changelist")).text
    chosen = {"easy": "brook", "middle": "stream", "hard": "flood", "unsaid": "which-way"}
    for value, key in chosen.items():
        html = tom_client.get(address(Question, "changelist"), {"difficulty": value}).text
        assert [one for one in chosen.values() if f">{one}</a>" in html] == [key]


def test_it_is_no_unpublished_change_and_learners_are_not_told(question, make, rivers, tom_client, address):
    quiz = make.quiz(collection=rivers, questions=[question])
    tom_client.post(address(question), sent(question, difficulty="hard"))
    assert "There are no unpublished changes." in tom_client.get(address(quiz)).text
    tom_client.post(address(quiz, "publish"), {"note": ""})
    assert "hard" not in Edition.objects.get().document
