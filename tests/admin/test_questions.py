import pytest

from quizzes.models import Question


@pytest.fixture
def form(rivers):
    """A good single choice with two options, as the empty form sends it."""
    return {
        "collection": rivers.pk,
        "key": "which-way",
        "kind": "single",
        "text": "Which way does water run?",
        "options-TOTAL_FORMS": 3,
        "options-INITIAL_FORMS": 0,
        **option(0, "Down", 1),
        **option(1, "Up", 0),
        **option(2, "", 0),
    }


def option(number, text, credit, **more):
    fields = {"position": "", "text": text, "credit": credit, "feedback": "", **more}
    return {f"options-{number}-{name}": value for name, value in fields.items()}


def test_tom_writes_a_question_with_its_options_on_one_page(form, make, rivers, tom_client, address):
    claim = make.claim(collection=rivers)
    response = tom_client.post(
        address(Question, "add"), {**form, "claims": [claim.pk], **option(0, "Down", 1, claims=[claim.pk])}
    )
    assert response.status_code == 302
    question = Question.objects.get()
    assert list(question.claims.all()) == [claim]
    assert [(o.position, o.text, o.credit) for o in question.options.all()] == [(0, "Down", 1), (1, "Up", 0)]
    assert list(question.options.get(position=0).claims.all()) == [claim]


def test_a_good_question_is_saved_without_a_warning(form, tom_client, address, said):
    response = tom_client.post(address(Question, "add"), form)
    assert "can not be published" not in said(response)
    assert "Yes." in tom_client.get(address(Question.objects.get())).text


def test_problems_are_told_after_saving_and_do_not_stop_it(form, rivers, tom_client, address, said):
    rivers.sourced = True
    rivers.save()
    response = tom_client.post(address(Question, "add"), {**form, **option(1, "Up", 1)})
    assert response.status_code == 302
    for problem in ("Exactly one option must be right.", "Its key stands on no claim."):
        assert problem in said(response)
        assert problem in tom_client.get(address(Question.objects.get())).text


@pytest.mark.parametrize("place", ["claims", "options-0-claims"])
def test_a_claim_of_another_collection_is_refused(place, form, make, hills, tom_client, address):
    claim = make.claim(collection=hills, key="elsewhere")
    response = tom_client.post(address(Question, "add"), {**form, place: [claim.pk]})
    assert "This belongs to another collection: elsewhere." in response.text
    assert not Question.objects.exists()


@pytest.mark.parametrize("credit", ["2", "-1", "nan", "much"])
def test_a_credit_that_is_none_is_refused(credit, form, tom_client, address):
    response = tom_client.post(address(Question, "add"), {**form, **option(0, "Down", credit)})
    assert "errorlist" in response.text
    assert "constraint" not in response.text.lower()
    assert not Question.objects.exists()


def test_an_option_without_a_position_comes_last(make, rivers, form, tom_client, address):
    question = make.question(collection=rivers, key="which-way", options=[("Down", 1), ("Up", 0)])
    ids = {f"options-{n}-id": o.pk for n, o in enumerate(question.options.all())}
    sent = {
        **form,
        **ids,
        "options-INITIAL_FORMS": 2,
        **option(0, "Down", 1, position=0),
        **option(1, "Up", 0, position=1),
        **option(2, "Round", 0),
    }
    assert tom_client.post(address(question), sent).status_code == 302
    assert [o.text for o in question.options.all()] == ["Down", "Up", "Round"]


def test_options_can_be_put_in_another_order(make, rivers, form, tom_client, address):
    question = make.question(collection=rivers, key="which-way", options=[("Down", 1), ("Up", 0)])
    ids = {f"options-{n}-id": o.pk for n, o in enumerate(question.options.all())}
    sent = {
        **form,
        **ids,
        "options-INITIAL_FORMS": 2,
        **option(0, "Down", 1, position=""),
        **option(1, "Up", 0, position=1),
    }
    assert tom_client.post(address(question), sent).status_code == 302
    assert [o.text for o in question.options.all()] == ["Up", "Down"]


def test_the_page_shows_which_quizzes_use_a_question(make, rivers, tom_client, address):
    question = make.question(collection=rivers)
    make.quiz(collection=rivers, title="The quiz of springs", questions=[question])
    assert "The quiz of springs" in tom_client.get(address(question)).text


def test_the_list_says_in_how_many_quizzes_and_lessons_a_question_stands(make, rivers, tom_client, address):
    question = make.question(collection=rivers)
    for in_lesson in (False, False, True):
        make.quiz(collection=rivers, questions=[question], in_lesson=in_lesson)
    html = tom_client.get(address(Question, "changelist")).text
    assert 'field-in_quizzes">2<' in html
    assert 'field-in_lessons">1<' in html


def test_the_match_of_later_kinds_is_not_asked_for(tom_client, address):
    assert "options-0-match" not in tom_client.get(address(Question, "add")).text


def test_a_question_in_a_quiz_is_not_deleted(make, rivers, tom_client, address):
    question = make.question(collection=rivers)
    make.quiz(collection=rivers, questions=[question])
    response = tom_client.post(address(question, "delete"), {"post": "yes"})
    assert "This can not be deleted, because it is in use here" in response.text
    assert Question.objects.filter(pk=question.pk).exists()
