"""The page of a question: its kind first, then the fields of that kind, what to mend, and advice."""

import re

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from quizzes.engine.kinds import KINDS
from quizzes.kind_forms import KIND_FORMS
from quizzes.models import Attempt, Question, Response
from tests.cases import THOROUGH
from tests.conftest import client_of
from tests.kept import kept

ADD = reverse("admin:quizzes_question_add")
CHECK = reverse("admin:quizzes_question_check")


def rows(*options, prefix="options", saved=0):
    """A set of rows as the page sends it."""
    sent = {f"{prefix}-TOTAL_FORMS": len(options), f"{prefix}-INITIAL_FORMS": saved}
    empty = {"text": "", "credit": ""} if prefix == "options" else {}
    for number, option in enumerate(options):
        option = {**empty, **option}
        sent |= {f"{prefix}-{number}-{name}": value for name, value in option.items()}
    return sent


DOWN, UP = {"text": "Down", "credit": "1"}, {"text": "Up"}


@pytest.fixture
def form(rivers):
    return {
        "collection": rivers.pk,
        "kind": "single",
        "text": "Which way does water run?",
        "explanation": "Water runs downhill.",
        **rows(DOWN, UP),
        **rows(prefix="hints"),
    }


def named(html):
    return set(re.findall(r'name="([^"]+)"', html))


# The kind first


def test_a_new_question_begins_with_its_kind(tom_client):
    html = tom_client.get(ADD).text
    assert "Which kind of question?" in html
    assert 'name="text"' not in html
    for kind, words in KIND_FORMS.items():
        assert f'href="?kind={kind}"' in html
        assert str(words.about) in html


def test_where_the_page_came_from_goes_along_with_the_kind(tom_client, rivers):
    html = tom_client.get(ADD, {"_popup": "1", "collection": rivers.pk}).text
    assert f'href="?_popup=1&amp;collection={rivers.pk}&amp;kind=single"' in html


@pytest.mark.parametrize("kind", ["nothing", "", "__class__"])
def test_a_kind_that_is_none_leads_back_to_choosing(kind, tom_client, form):
    assert "Which kind of question?" in tom_client.get(ADD, {"kind": kind}).text
    assert "Which kind of question?" in tom_client.post(ADD, {**form, "kind": kind}).text


FIELDS = {
    "single": {"text", "credit", "feedback"},
    "multiple": {"text", "credit", "feedback"},
    "true_false": {"text", "credit", "feedback"},
    "short_answer": {"text", "credit", "feedback"},
    "numeric": {"text", "credit", "feedback"},
    "matching": {"text", "match", "feedback"},
    "categorise": {"text", "match", "feedback"},
    "ordering": {"text", "feedback"},
    "cloze": {"match", "text", "credit", "feedback"},
    "essay": {"text", "credit", "feedback"},
    "description": set(),
}


@kept
def add_pages() -> dict[str, str]:
    """By kind, the page that adds a question."""
    teacher = User.objects.create_user("tessa@example.org", is_staff=True)
    teacher.groups.add(Group.objects.get(name="Teachers"))
    client = client_of(teacher)
    return {kind: client.get(ADD, {"kind": kind}).text for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_has_the_fields_of_its_kind_and_no_others(kind, add_pages):
    html = add_pages[kind]
    shown = {name.split("-")[2] for name in named(html) if re.match(r"options-0-", name)}
    assert shown - {"claims", "position", "id", "question", "DELETE"} == FIELDS[kind]
    assert ("units" in named(html)) == (kind == "numeric")
    assert ("confusables" in named(html)) == (kind in {"short_answer", "cloze"})
    assert ("marking" in named(html)) == (len(KINDS[kind].markings) > 1)
    assert ("hints-TOTAL_FORMS" in named(html)) == (kind != "description")


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_calls_things_by_the_names_of_its_kind_and_gives_an_example(kind, add_pages):
    html = add_pages[kind]
    form = KIND_FORMS[kind]
    said = [form.about, form.example, form.text.label, *form.markings.values()]
    said += [words.label for words in form.rows.columns.values()] if form.rows else []
    assert [str(one) for one in said if str(one).replace("'", "&#x27;") not in html] == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_needs_what_the_strict_policy_blocks(kind, add_pages, blocked_by_policy):
    assert blocked_by_policy(add_pages[kind]) == []


# Saving


def test_a_statement_has_two_answers_that_are_written_already(tom_client, form, rivers):
    html = tom_client.get(ADD, {"kind": "true_false"}).text
    assert ">\nTrue</textarea>" in html
    assert ">\nFalse</textarea>" in html
    sent = rows({"text": "True"}, {"text": "False", "credit": "1"})
    tom_client.post(ADD, {**form, "kind": "true_false", **sent})
    assert list(Question.objects.get().options.values_list("text", "credit")) == [("True", 0), ("False", 1)]


def test_a_key_is_made_of_the_words_where_none_is_written(tom_client, form):
    for _time in range(3):
        tom_client.post(ADD, form)
    tom_client.post(ADD, {**form, "text": "چرا؟"})
    keys = Question.objects.order_by("pk").values_list("key", flat=True)
    assert list(keys) == [
        "which-way-does-water-run",
        "which-way-does-water-run-2",
        "which-way-does-water-run-3",
        "q",
    ]


def test_the_first_rule_of_marking_is_left_open_and_another_one_kept(tom_client, form):
    tom_client.post(ADD, {**form, "kind": "multiple", "marking": "all_or_nothing"})
    tom_client.post(ADD, {**form, "kind": "multiple", "marking": "right_minus_wrong"})
    assert [question.marking for question in Question.objects.order_by("pk")] == ["", "right_minus_wrong"]


def test_saving_and_adding_another_stays_with_kind_and_collection(tom_client, form, rivers):
    response = tom_client.post(ADD, {**form, "_addanother": "1"})
    assert response.url == f"{ADD}?collection={rivers.pk}&kind=single"


def test_the_only_collection_is_chosen_already(tom_client, rivers):
    assert f'<option value="{rivers.pk}" selected' in tom_client.get(ADD, {"kind": "single"}).text


def test_only_what_is_right_is_ticked(make, rivers, tom_client, address):
    html = tom_client.get(address(make.question(collection=rivers, options=[("Down", 1), ("Up", 0)]))).text
    ticks = re.findall(r'<input type="checkbox" name="options-(\d)-credit"[^>]*>', html)
    ticked = re.findall(r'<input type="checkbox" name="options-(\d)-credit"[^>]*checked', html)
    assert (ticks, ticked) == (["0", "1", "2"], ["0"])


def test_a_row_that_is_removed_goes(make, rivers, tom_client, form, address):
    question = make.question(collection=rivers, options=[("Down", 1), ("Up", 0), ("Round", 0)])
    ids = [{"id": option.pk, "position": option.position} for option in question.options.all()]
    sent = rows({**DOWN, **ids[0]}, {**UP, **ids[1]}, {"text": "Round", "DELETE": "on", **ids[2]}, saved=3)
    assert tom_client.post(address(question), {**form, **sent}).status_code == 302
    assert list(question.options.values_list("text", flat=True)) == ["Down", "Up"]


# Changing the kind


def change(sent, kind):
    return {**sent, "_change_kind": "1", "new_kind": kind}


def test_changing_the_kind_keeps_what_was_written_and_saves_and_judges_nothing(tom_client, form):
    response = tom_client.post(ADD, change({**form, "collection": ""}, "matching"))
    assert response.status_code == 200
    assert "Belongs to" in response.text
    assert ">\nDown</textarea>" in response.text
    assert "Which way does water run?" in response.text
    assert "errornote" not in response.text
    assert not Question.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_become_every_other_one(kind, tom_client, form):
    kinds = list(KINDS)
    after = kinds.index(kind) + 1
    for new in kinds if THOROUGH else [*kinds, *kinds][after : after + 1]:
        text = tom_client.post(ADD, change({**form, "kind": kind}, new)).text
        assert f'name="kind" value="{new}"' in text


def test_a_question_that_has_nothing_to_answer_can_get_options(tom_client, rivers):
    sent = {"collection": rivers.pk, "kind": "description", "text": "Read this."}
    assert "options-2-text" in named(tom_client.post(ADD, change(sent, "single")).text)


def test_what_the_new_kind_does_not_look_at_is_gone_once_it_is_saved(make, rivers, tom_client, form, address):
    question = make.question(
        collection=rivers, kind="numeric", marking="unit_required", units=["km"], options=[("7", 1), ("8", 0)]
    )
    first, second = question.options.all()
    sent = rows({"id": first.pk, "text": "7", "position": 0}, {"id": second.pk, "text": "8", "position": 1}, saved=2)
    tom_client.post(address(question), {**form, "kind": "ordering", **sent})
    question.refresh_from_db()
    assert (question.kind, question.marking, question.units) == ("ordering", "", [])
    assert list(question.options.values_list("credit", flat=True)) == [0, 0]


def test_a_question_that_becomes_text_to_read_loses_options_and_hints(make, rivers, tom_client, form, address):
    question = make.question(collection=rivers, hints=[{"text": "Think."}])
    tom_client.post(address(question), {**form, "kind": "description"})
    assert not question.options.exists()
    assert not question.hints.exists()


# What to mend


def notes(html, kind):
    found = re.search(rf'<ul class="notes {kind}">(.*?)</ul>', html, re.S)
    items = re.findall(r'<li (?:data-field="([^"]*)")?.*?<span>(.*?)</span>', found[1], re.S) if found else []
    return dict(map(reversed, items))


def test_problems_are_told_at_their_fields_while_editing_and_nothing_is_saved(tom_client, form):
    sent = {**form, "text": "", **rows(UP, {"text": "up"}), **rows({"cost": "0.2"}, prefix="hints")}
    found = notes(tom_client.post(CHECK, sent).text, "problems")
    assert found == {
        "It has no text.": "id_text",
        "Two options have the same text.": "options-heading",
        "Exactly one option must be right.": "options-heading",
        "A hint says nothing and does nothing.": "hints-heading",
    }
    assert not Question.objects.exists()


def test_a_problem_that_names_a_row_stands_at_that_row_in_the_order_of_positions(tom_client, form):
    sent = rows({"text": "far", "credit": "1", "position": "2"}, {"text": "7", "credit": "1", "position": "1"})
    html = tom_client.post(CHECK, {**form, "kind": "numeric", **sent}).text
    (message,) = notes(html, "problems")
    assert "“far” is no value" in message
    assert notes(html, "problems")[message] == "id_options-0-text"
    assert ">Number 2</a>" in html


def test_claims_that_are_wanting_are_asked_for_at_their_fields(rivers, tom_client, form):
    rivers.sourced = True
    rivers.save()
    html = tom_client.post(CHECK, {**form, **rows(DOWN, {**UP, "feedback": "No."})}).text
    assert notes(html, "problems") == {
        "Its key stands on no claim.": "id_claims",
        "A feedback stands on no claim.": "id_options-1-claims",
    }
    assert "The key stands on no claim" not in html


def test_what_can_not_be_saved_is_told_while_editing_and_what_is_still_empty_is_not(tom_client, form):
    sent = rows({"text": "Down", "credit": "7"}, {"text": "Up", "credit": "1"})
    found = notes(tom_client.post(CHECK, {**form, "kind": "short_answer", "collection": "", **sent}).text, "problems")
    assert found == {"Ensure this value is less than or equal to 1.": "id_options-0-credit"}


def test_rows_that_are_empty_or_removed_do_not_count(tom_client, form):
    sent = rows(DOWN, UP, {"text": "Up", "DELETE": "on"}, {"position": "3"})
    assert "Nothing keeps this question" in tom_client.post(CHECK, {**form, **sent}).text


def test_the_page_of_a_saved_question_begins_with_what_to_mend(make, rivers, tom_client, address):
    question = make.question(collection=rivers, options=[("Down", 0), ("Up", 0)])
    html = tom_client.get(address(question)).text
    assert "One thing keeps this question from being published." in html
    assert notes(html, "problems") == {"Exactly one option must be right.": "options-heading"}


def test_a_form_that_is_refused_comes_back_with_what_to_mend(tom_client, form):
    html = tom_client.post(ADD, {**form, "collection": "", **rows(UP, {"text": "Round"})}).text
    assert "This field is required." in html
    assert "Exactly one option must be right." in notes(html, "problems")


# Advice


def test_advice_is_given_with_its_reason_at_its_field_while_editing(tom_client, form):
    sent = rows({**DOWN, "text": "Down, as it always does whatever stands in its way"}, UP)
    found = notes(tom_client.post(CHECK, {**form, "explanation": "", **sent}).text, "advice")
    said = {message.split(",")[0]: field for message, field in found.items()}
    assert said["There is no explanation"] == "id_explanation"
    assert said["The right option is the longest by far"] == "id_options-0-text"


def test_a_saved_question_is_advised_when_its_page_opens(make, rivers, tom_client, address):
    options = [("The Nile", 1), ("The Rhine", 0), ("The Tigris", 0)]
    question = make.question(collection=rivers, text="Which is not so?", explanation="Because.", options=options)
    assert notes(tom_client.get(address(question)).text, "advice").keys() == {
        "“not” is easily read past: ask for what is so, or make the word stand out, as *not*."
    }


def test_the_wording_guide_of_the_course_is_kept_to(make, rivers, tom_client, form):
    make.course(collection=rivers, wording=[{"words": ["regime"], "prefer": "government", "why": "It judges."}])
    found = notes(tom_client.post(CHECK, {**form, "text": "What did the regime build?"}).text, "advice")
    assert any("“regime” takes a side" in message and field == "id_text" for message, field in found.items())


def test_a_question_in_another_language_gets_no_advice_on_english(rivers, tom_client, form):
    rivers.language = "fa"
    rivers.save()
    sent = {**form, "text": "Which is not so?"}
    assert "easily read past" not in tom_client.post(CHECK, sent).text


@pytest.fixture
def answered(make, rivers):
    """A question that so many learners answer right, while every second one is wrong in the rest of the quiz."""

    def answer(count, **fields):
        question = make.question(collection=rivers, explanation="Because.", **fields)
        other = make.question(collection=rivers)
        quiz = make.quiz(collection=rivers, questions=[question, other], setting="exam")
        guests = [User(is_guest=True, guest_key=f"{question.pk}-{number}") for number in range(count)]
        finished = {"quiz": quiz, "edition": quiz.editions.get(), "finished_at": "2026-11-01T10:00Z"}
        attempts = Attempt.objects.bulk_create(
            Attempt(learner=learner, number=1, seed="s", **finished) for learner in User.objects.bulk_create(guests)
        )
        Response.objects.bulk_create(
            Response(
                learner=attempt.learner,
                attempt=attempt,
                slot=slot,
                try_number=1,
                question_key=key,
                answer=[chosen],
                fraction=1 - chosen,
                mark=1 - chosen,
            )
            for number, attempt in enumerate(attempts)
            for slot, (key, chosen) in enumerate([(question.key, 0), (other.key, number % 2)])
        )
        return question

    return answer


def test_a_wrong_option_that_nobody_chose_is_named_once_there_are_enough_answers(answered, tom_client, address):
    few, enough = answered(19), answered(20)
    assert "does no work" not in tom_client.get(address(few)).text
    assert "0 of 20 learners chose “Wrong”, so it does no work" in tom_client.get(address(enough)).text


def test_options_that_were_written_anew_are_not_judged_by_the_answers_to_the_old_ones(answered, tom_client, address):
    question = answered(20)
    question.options.filter(text="Wrong").delete()
    assert "does no work" not in tom_client.get(address(question)).text


@pytest.mark.parametrize(("difficulty", "said"), [("hard", "Said to be hard. In 20 first"), ("", "<span>In 20 first")])
def test_how_it_does_with_learners_stands_beside_what_is_said(difficulty, said, answered, tom_client, address):
    few, enough = answered(19, difficulty=difficulty), answered(20, difficulty=difficulty)
    assert "learners earned" not in tom_client.get(address(few)).text
    html = tom_client.get(address(enough)).text
    assert f"{said} attempts, learners earned 100% of its mark on average." in html
    assert '<li data-field="id_difficulty">' in html


def test_the_check_says_it_of_the_difficulty_that_is_chosen_on_the_page(answered, form, tom_client):
    url = reverse("admin:quizzes_question_check", args=[answered(20).pk])
    assert "Said to be easy." in tom_client.post(url, {**form, "difficulty": "easy"}).text
    assert "Said to be" not in tom_client.post(url, {**form, "difficulty": "lethal"}).text


def test_more_answers_do_not_cost_more_queries(answered, tom_client, address):
    few, many = answered(20), answered(60)
    counts = []
    for question in (few, few, many):
        with CaptureQueriesContext(connection) as queries:
            tom_client.get(address(question))
        counts.append(len(queries))
    assert counts[2] <= counts[1] + 1  # the edition's document is read once
    assert counts[2] < 40


# Who may ask


def test_nobody_but_authors_is_told_what_is_wrong(form, make, rivers, ada_client, eve_client):
    question = make.question(collection=rivers)
    for url in (CHECK, reverse("admin:quizzes_question_check", args=[question.pk])):
        for client in (ada_client, eve_client, Client()):
            response = client.post(url, form)
            assert response.status_code == 403
            assert "notes" not in response.text


def test_a_check_of_a_question_that_is_not_there_or_of_no_kind_is_404(form, tom_client):
    assert tom_client.post(reverse("admin:quizzes_question_check", args=[999]), form).status_code == 404
    assert tom_client.post(CHECK, {**form, "kind": "nothing"}).status_code == 404
    assert tom_client.get(CHECK).status_code == 405


@pytest.mark.parametrize(
    "sent",
    [
        {"kind": "single"},
        {"kind": "cloze", "options-TOTAL_FORMS": "x"},
        {"kind": "essay", "options-TOTAL_FORMS": "9" * 9},
    ],
)
def test_a_broken_form_is_no_error_of_the_server(sent, tom_client):
    assert tom_client.post(CHECK, sent).status_code == 200
    assert tom_client.post(ADD, sent).status_code == 200
