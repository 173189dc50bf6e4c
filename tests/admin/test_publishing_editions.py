"""The editions of a quiz: their list, and the page on which one is read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from quizzes.models import Attempt, Edition, Slot
from quizzes.publishing import publish
from tests.admin.test_publishing_changes import finish


@pytest.fixture
def question(make, rivers):
    claim = make.claim(collection=rivers, key="slope")
    return make.question(
        collection=rivers,
        key="which-way",
        text="Which way does *water* run?",
        claims=[claim],
        options=[("Down", 1, "It does."), ("Up", 0, "It does not.")],
        hints=[{"text": "Think of rain.", "cost": 0.25, "how_many": True}],
        explanation="Gravity.",
    )


@pytest.fixture
def quiz(make, rivers, question):
    return make.quiz(collection=rivers, title="Springs", questions=[question])


def again(quiz, *, by=None, note="", **changes):
    """One more edition, with a slot changed."""
    quiz.slots.update(**changes)
    return publish(quiz=quiz, by=by, note=note)[0]


def reading(client, address, edition):
    response = client.get(address(edition))
    assert response.status_code == 200
    return " ".join(response.text.split())


def test_the_quiz_s_page_lists_its_editions_with_who_when_why_and_how_many_attempts(
    quiz, tom, ada, gus, tom_client, address
):
    edition = again(quiz, by=tom, note="It weighs <more>.", weight=2)
    finish(quiz, ada, number=1, edition=edition)
    finish(quiz, gus, number=1, edition=edition, finished_at=None)
    finish(quiz, gus, number=2, edition=edition, in_review=True)
    html = tom_client.get(address(quiz)).text
    table = html[html.index('<section class="module editions"') :]
    assert table.index("Edition 2</a>") < table.index("Edition 1</a>")
    newest = " ".join(table[table.index("Edition 2</a>") : table.index("Edition 1</a>")].split())
    assert f'<a href="{address(edition)}">Edition 2</a>' in table
    assert "<td>Tom</td>" in newest
    assert "It weighs &lt;more&gt;." in newest
    assert "<td>2</td>" in newest
    assert str(timezone.now().year) in newest


def test_a_quiz_without_editions_lists_none(make, rivers, tom_client, address):
    quiz = make.quiz(collection=rivers)
    assert "All editions of this quiz" not in tom_client.get(address(quiz)).text


def test_many_editions_are_listed_on_their_own_page(quiz, tom_client, address):
    for weight in range(2, 26):
        again(quiz, weight=weight)
    html = tom_client.get(address(quiz)).text
    assert html.count('">Edition ') == 20
    more = f"{address(Edition, 'changelist')}?quiz__id__exact={quiz.pk}"
    assert more in html
    assert "25 editions" in tom_client.get(more).text


def test_the_page_of_a_quiz_costs_the_same_queries_however_many_editions_it_has(quiz, tom_client, address):
    def queries():
        tom_client.get(address(quiz))  # what was published last is read once
        with CaptureQueriesContext(connection) as found:
            tom_client.get(address(quiz))
        return len(found)

    again(quiz, weight=2)
    few = queries()
    for weight in range(3, 9):
        again(quiz, weight=weight)
    assert queries() == few


def test_an_edition_tells_its_settings(quiz, tom_client, address):
    quiz.setting, quiz.time_limit, quiz.pass_mark = "exam", 20, 0.6
    quiz.save()
    html = reading(tom_client, address, again(quiz))
    for label, value in {
        "Setting": "exam",
        "Shuffled": "no",
        "Confidence": "not asked",
        "Time limit": "20 minutes",
        "Pass mark": "60%",
        "Learners see the right answer": "once finished",
    }.items():
        assert f"<dt>{label}</dt><dd>{value}</dd>" in html


def test_an_edition_shows_a_question_with_all_that_belongs_to_it(quiz, question, tom_client, address):
    html = reading(tom_client, address, quiz.editions.get())
    for text in (
        "Which way does <em>water</em> run?",
        f'<a href="{address(question)}">which-way</a>',
        "Single choice",
        "weight 1",
        "Down",
        "It does not.",
        '<dt>Right answer</dt><dd dir="auto">Down</dd>',
        "Think of rain. Tells how many are right. Costs 25%.",
        "Gravity.",
        f'<a href="{address(question.claims.get())}">slope</a>',
    ):
        assert text in html


KINDS = {
    "multiple": ({"options": [("Down", 1), ("On", 1), ("Up", 0)]}, ["Multiple choice, all or nothing", "Down; On"]),
    "true_false": ({"options": [("True", 0), ("False", 1)]}, ["True or false", "False"]),
    "short_answer": (
        {"options": [("The Rhine", 1), ("Rhenus", 0.5)], "confusables": ["Rhône"]},
        ["Short answer", "50%", "The Rhine", "Rhône"],
    ),
    "numeric": (
        {"options": [("1230 ± 20", 1)], "units": ["km", "m = 0.001"]},
        ["Number, unit optional", "1230 ± 20", "1230 km", "km, m = 0.001"],
    ),
    "matching": (
        {"options": [{"text": "Rhine", "match": "North Sea"}, {"text": "Rhone", "match": "Mediterranean"}]},
        ["Matching, each", "Rhine – North Sea", "Rhine: North Sea; Rhone: Mediterranean"],
    ),
    "categorise": (
        {"options": [{"text": "Rhine", "match": "River"}, {"text": "Etna", "match": "Mountain"}]},
        ["Categorise, each", "Etna – Mountain"],
    ),
    "ordering": (
        {"options": [{"text": "Spring"}, {"text": "Stream"}, {"text": "Sea"}]},
        ["Ordering, neighbours", "1. Spring; 2. Stream; 3. Sea"],
    ),
    "cloze": (
        {
            "text": "Fill in.\n\nIt is [[length: number]] km long.",
            "options": [{"text": "1230", "match": "length", "credit": 1}],
        },
        ["Fill in the blanks, each", "[[length: number]]", "1230 – length"],
    ),
    "essay": (
        {"options": [("Names a cause", 0.6, "Rain, say."), ("Names an effect", 0.4)]},
        ["Essay", "60%", "Names a cause", "Rain, say."],
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_an_edition_shows_every_kind_with_its_key(kind, make, rivers, tom_client, address):
    fields, texts = KINDS[kind]
    quiz = make.quiz(collection=rivers, questions=[make.question(collection=rivers, kind=kind, **fields)])
    html = reading(tom_client, address, quiz.editions.get())
    for text in texts:
        assert text in html


def test_a_description_has_no_number_and_no_weight(quiz, make, rivers, tom_client, address):
    told = make.question(collection=rivers, kind="description", text="Read *this* first.", options=())
    Slot.objects.create(quiz=quiz, position=0, question=told)
    quiz.slots.filter(question__key="which-way").update(position=1)
    html = reading(tom_client, address, publish(quiz=quiz)[0])
    assert '<h3 dir="auto">Read <em>this</em> first.</h3>' in html
    assert '<span class="number">1</span> Which way' in html
    assert html.count("weight 1") == 1


def test_sections_and_draws_stand_in_their_order_with_all_that_can_be_drawn(quiz, make, rivers, tom_client, address):
    for name in ("one", "two", "three"):
        make.question(collection=rivers, key=name, text=f"Number {name}?", tags=["spare"], explanation=f"So {name}.")
    quiz.slots.update(section="Hills")
    Slot.objects.create(quiz=quiz, position=5, tag="spare", count=2, weight=2, section="Valleys")
    last = make.question(collection=rivers, text="The last?")
    Slot.objects.create(quiz=quiz, position=6, question=last, section="Valleys")
    html = reading(tom_client, address, publish(quiz=quiz)[0])
    order = ["Hills</h2>", "Which way", "Valleys</h2>", "2 questions drawn by “spare”, of 3", "weight 2 each"]
    order += ["Number one?", "So one.", "Number three?", "Number two?", "So two.", "The last?"]
    questions = html[html.index('<h2 dir="auto">Hills') :]
    places = [questions.index(text) for text in order]
    assert places == sorted(places)
    assert '<span class="number">2–3</span>' in questions
    assert '<span class="number">4</span> The last?' in questions


def test_an_edition_stays_readable_when_its_questions_are_gone_from_the_bank(quiz, question, tom_client, address):
    quiz.slots.all().delete()
    question.delete()
    html = reading(tom_client, address, quiz.editions.get())
    assert "which-way" in html
    assert "Think of rain." in html


def test_an_edition_says_what_changed_since_the_one_before(quiz, question, tom_client, address):
    question.text = "Which way does it run?"
    question.save()
    newer = publish(quiz=quiz, note="Shorter.")[0]
    html = reading(tom_client, address, newer)
    assert "What changed since edition 1" in html
    assert "Which way does <del>*water*</del><ins>it</ins> run?" in html
    assert address(quiz.editions.get(number=1)) in html
    assert "Shorter." in html


def test_the_first_edition_has_none_before(quiz, tom_client, address):
    assert "What changed since" not in reading(tom_client, address, quiz.editions.get())


def test_an_edition_counts_its_attempts_and_leads_to_them(quiz, ada, tom_client, address):
    finish(quiz, ada, number=1)
    edition = quiz.editions.get()
    found = f"{address(Attempt, 'changelist')}?edition__id__exact={edition.pk}"
    assert f'<a href="{found}">1</a>' in reading(tom_client, address, edition)
    assert ">Ada</a>" in tom_client.get(found).text


def test_reading_needs_what_the_strict_policy_allows(quiz, make, rivers, tom_client, address, blocked_by_policy):
    again(quiz, weight=2)
    assert blocked_by_policy(tom_client.get(address(quiz.editions.first())).text) == []


@pytest.mark.parametrize("who", ["ada_client", "eve_client", "gus_client", "client"])
def test_no_learner_reads_an_edition(who, quiz, db, address, request):
    response = request.getfixturevalue(who).get(address(quiz.editions.get()))
    assert response.status_code in {302, 403}
    assert "It does not." not in response.text


@pytest.mark.parametrize("tag", ["spare", "فارسی", 'a "b" \\c', "50%", "a_b"])
def test_a_draw_has_just_the_questions_with_its_tag(tag, quiz, make, rivers, hills, tom_client, address):
    for name, tags in {"own": ["more", tag], "other": [f"{tag}s"], "none": []}.items():
        make.question(collection=rivers, text=f"Number {name}?", tags=tags)
    make.question(collection=hills, text="Number elsewhere?", tags=[tag])
    Slot.objects.create(quiz=quiz, position=5, tag=tag, count=1)
    html = reading(tom_client, address, publish(quiz=quiz)[0])
    assert [name for name in ("own", "other", "none", "elsewhere") if f"Number {name}?" in html] == ["own"]
