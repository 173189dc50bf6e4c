import pytest

from quizzes.engine.kinds import KINDS
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
        "hints-TOTAL_FORMS": 0,
        "hints-INITIAL_FORMS": 0,
    }


def option(number, text, credit, **more):
    fields = {"position": "", "text": text, "match": "", "credit": credit, "feedback": "", **more}
    return {f"options-{number}-{name}": value for name, value in fields.items()}


def hint(number, **fields):
    fields = {"position": "", "text": "", "cost": "0.1", **fields}
    return {
        "hints-TOTAL_FORMS": number + 1,
        **{f"hints-{number}-{name}": value for name, value in fields.items()},
    }


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
    assert "Nothing keeps this question from being published." in tom_client.get(address(Question.objects.get())).text


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
    response = tom_client.post(address(Question, "add"), {**form, "kind": "short_answer", **option(0, "Down", credit)})
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


MATCHING = {
    "kind": "matching",
    "options-TOTAL_FORMS": 4,
    **option(0, "The Karun", 0, match="The Gulf"),
    **option(1, "The Zayandeh Rud", 0, match="A salt lake"),
    **option(2, "", 0, match="The Caspian"),
    **option(3, "", 0),
}


def test_an_option_may_be_a_match_that_belongs_to_nothing(form, tom_client, address, said):
    response = tom_client.post(address(Question, "add"), {**form, **MATCHING})
    assert "can not be published" not in said(response)
    assert list(Question.objects.get().options.values_list("text", "match")) == [
        ("The Karun", "The Gulf"),
        ("The Zayandeh Rud", "A salt lake"),
        ("", "The Caspian"),
    ]


def test_an_option_that_says_nothing_is_refused(form, tom_client, address):
    response = tom_client.post(address(Question, "add"), {**form, **option(2, "", 0, feedback="Why?")})
    assert "Write what it says." in response.text
    assert not Question.objects.exists()


def test_hints_are_written_on_the_same_page_in_their_order(form, tom_client, address):
    hints = hint(0, text="Think of rain.") | hint(1, cost="0.25", clear_wrong="on") | hint(2, cost="0", how_many="on")
    assert tom_client.post(address(Question, "add"), {**form, "kind": "multiple", **hints}).status_code == 302
    rows = Question.objects.get().hints.values_list("position", "text", "cost", "clear_wrong", "how_many")
    assert list(rows) == [(0, "Think of rain.", 0.1, False, False), (1, "", 0.25, True, False), (2, "", 0, False, True)]


def test_a_hint_row_that_is_left_as_it_is_makes_no_hint(form, tom_client, address):
    assert tom_client.post(address(Question, "add"), {**form, **hint(0)}).status_code == 302
    assert not Question.objects.get().hints.exists()


@pytest.mark.parametrize("cost", ["2", "-0.1", "nan", "much", ""])
def test_a_cost_that_is_no_share_is_refused(cost, form, tom_client, address):
    response = tom_client.post(address(Question, "add"), {**form, **hint(0, text="Think.", cost=cost)})
    assert "errorlist" in response.text
    assert "constraint" not in response.text.lower()
    assert not Question.objects.exists()


def test_what_is_wrong_with_a_hint_is_told_after_saving(form, tom_client, address, said):
    response = tom_client.post(address(Question, "add"), {**form, **hint(0, cost="0.5")})
    assert "A hint says nothing and does nothing." in said(response)


@pytest.mark.parametrize(
    ("kind", "field", "sent", "kept", "shown"),
    [
        ("short_answer", "confusables", " Iraq, no: never,, Iraq ", ["Iraq", "no: never"], "Iraq, no: never"),
        ("numeric", "units", "km, m = 0.001", ["km", "m = 0.001"], "km, m = 0.001"),
        ("single", "tags", "Deep Water, wells", ["deep water", "wells"], "deep water, wells"),
    ],
)
def test_lists_of_words_are_written_with_commas(kind, field, sent, kept, shown, form, tom_client, address):
    tom_client.post(address(Question, "add"), {**form, "kind": kind, field: sent})
    question = Question.objects.get()
    assert getattr(question, field) == kept
    assert f'value="{shown}"' in tom_client.get(address(question)).text


def test_every_kind_can_be_chosen(tom_client, address):
    html = tom_client.get(address(Question, "add")).text
    assert all(f'href="?kind={kind}"' in html for kind in KINDS)


def test_a_question_in_a_quiz_is_not_deleted(make, rivers, tom_client, address):
    question = make.question(collection=rivers)
    make.quiz(collection=rivers, questions=[question])
    response = tom_client.post(address(question, "delete"), {"post": "yes"})
    assert "This can not be deleted, because it is in use here" in response.text
    assert Question.objects.filter(pk=question.pk).exists()
