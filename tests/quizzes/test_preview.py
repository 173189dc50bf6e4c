"""Previews: the draft as a learner gets it, for those who may author it, and nothing is kept."""

import html
import re
from itertools import product

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core import signing

from accounts.models import User
from quizzes.engine.kinds import KINDS
from quizzes.models import Question, Quiz, Slot
from quizzes.previewing import LONGEST_TEXT
from tests import make
from tests.cases import THOROUGH
from tests.conftest import HTMX, client_of
from tests.pages import as_it_stands, filled, filled_somehow, normal, question_forms
from tests.quizzes.test_twin_banks import BANKS, GAPS

ANSWERED = sorted(set(KINDS) - {"description"})
KEYED = sorted(set(ANSWERED) - {"essay"})
TYPED_WRONG = {"numeric": "999", "cloze": "999", "essay": "Because."}


@pytest.fixture
def question(rivers):
    """Makes one of a kind, by the first of its two keys."""

    def made(kind: str, **fields):
        text = GAPS if kind == "cloze" else "Which is right?"
        fields.setdefault("options", BANKS[kind][0])
        return make.question(collection=rivers, key=f"q-{kind.replace('_', '-')}", kind=kind, text=text, **fields)

    return made


def rows() -> dict:
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in apps.get_models()}


def url_of(row, place: int = 1) -> str:
    return f"/preview/quizzes/{row.pk}/{place}/" if isinstance(row, Quiz) else f"/preview/questions/{row.pk}/"


class Author:
    """Somebody who previews, by what the pages offer."""

    def __init__(self, client, row, place: int = 1, **look):
        self.client, self.response = client, client.get(url_of(row, place), look)

    @property
    def text(self) -> str:
        return self.response.text

    @property
    def form(self) -> dict:
        return question_forms(self.response)[0]

    @property
    def address(self) -> str:
        return self.response.wsgi_request.get_full_path()

    def send(self, sent: dict) -> "Author":
        self.response = self.client.post(self.form["action"], sent, follow=True)
        return self

    def answer(self, *choices: str, **changes) -> "Author":
        return self.send({**filled(self.form, *choices), **changes})

    def follow(self, words: str) -> "Author":
        self.response = self.client.get(link(self.text, words))
        return self


def chosen(text: str) -> str:
    """The behaviour that the bar says is shown."""
    return re.search(r"<option [^>]*selected>([^<]*)", text)[1]


def link(text: str, words: str) -> str:
    found = re.search(rf'<a [^>]*href="([^"]*)"[^>]*>\s*{re.escape(words)}\s*<', text)
    assert found, f"no link {words}"
    return html.unescape(found[1])


@pytest.fixture
def preview(tom_client):
    return lambda row, place=1, **look: Author(tom_client, row, place, **look)


# Every kind


@pytest.mark.parametrize("kind", KEYED)
def test_a_wrong_answer_is_told_to_be_wrong(kind, question, preview):
    seen = preview(question(kind), setting="immediate")
    if kind == "ordering":
        places = sorted(seen.follow("Fill in correct").form["typed"].items(), key=lambda one: int(one[1]))
        wrong = dict(zip((name for name, _ in places), "312", strict=True))
        sent = {**seen.form["hidden"], **wrong}
    else:
        sent = filled_somehow(seen.form, TYPED_WRONG.get(kind, "nonsense"))
    assert re.search("Not right|Partly right", seen.send(sent).text)


@pytest.mark.parametrize("kind", KEYED)
def test_what_is_filled_in_correct_is_right(kind, question, preview):
    seen = preview(question(kind)).follow("Fill in correct")
    assert "<b>Right.</b>" not in seen.text
    assert "<b>Right.</b>" in seen.send(as_it_stands(seen.form)).text


def test_an_essay_waits_for_a_teacher_and_has_nothing_to_fill_in(question, preview):
    seen = preview(question("essay"))
    assert "Fill in correct" not in seen.text
    assert "Waits for a teacher" in seen.send(filled_somehow(seen.form)).text


def test_a_description_is_shown_and_takes_nothing(question, preview, tom_client):
    row = question("description")
    assert "Which is right?" in preview(row).text
    assert tom_client.post(url_of(row), {"answer": "x"}).status_code == 400


# Nothing is kept


@pytest.fixture
def quiz_of(question, rivers):
    def quiz_of(kinds):
        asked = [question(kind, hints=[{"text": "Look up."}] if kind != "description" else ()) for kind in kinds]
        return make.quiz(collection=rivers, slug="every-kind", title="Every kind", questions=asked, published=False)

    return quiz_of


@pytest.fixture
def every_kind(quiz_of):
    return quiz_of(KINDS)


LOOKS = list(product(Quiz.Setting.values, ["no", *Quiz.Confidence.values]))
DIAGONAL = LOOKS[:: len(Quiz.Confidence.values) + 2]
"""Every setting, and every way to ask for confidence."""
SHARES = [(*look, [*KINDS][number :: len(DIAGONAL)]) for number, look in enumerate(DIAGONAL)]
"""With each kind in one of them."""


@pytest.mark.parametrize(("setting", "confidence", "kinds"), [(*look, KINDS) for look in LOOKS] if THOROUGH else SHARES)
def test_nothing_is_written_whatever_is_done(setting, confidence, kinds, quiz_of, preview):
    quiz = quiz_of(kinds)
    preview(quiz)
    before = rows()
    seen = preview(quiz, setting=setting, confidence=confidence)
    for _ in kinds:
        if "Take a hint" in seen.text:
            seen.send({**seen.form["hidden"], "hint": 1})
        if "Fill in correct" in seen.text:
            seen.follow("Fill in correct")
        if '<button type="submit" data-enter>' in seen.text:
            seen.send(filled_somehow(seen.form))
        on = next(words for words in ("Next", "Skip for now", "Finish and see the result") if f">{words}<" in seen.text)
        seen.follow(on)
    assert "Every question" in seen.text
    assert "Not answered." not in seen.text
    assert rows() == before


def test_a_question_alone_leaves_nothing_either(question, preview):
    seen = preview(question("single", hints=[{"text": "Look up."}]))
    before = rows()
    seen.send({**seen.form["hidden"], "hint": 1}).answer("Up").follow("Finish and see the result")
    assert "Result:" in seen.text
    assert rows() == before


def test_the_address_keeps_what_was_answered(question, preview, tom_client):
    seen = preview(question("single")).answer("Up")
    assert "<b>Right.</b>" in tom_client.get(seen.address).text


def test_the_same_answer_sent_twice_counts_once(question, preview, tom_client):
    seen = preview(question("single"))
    action, sent = seen.form["action"], filled(seen.form, "Down")
    once, again = (tom_client.post(action, sent).headers["Location"] for _ in range(2))
    assert once == again


def test_a_settled_question_takes_no_further_answer(question, preview, tom_client):
    seen = preview(question("true_false"))
    token = seen.form["options"]["True"]
    seen.answer("False")
    tom_client.post(seen.form["action"], {"answer": token})
    assert "<b>Not right.</b>" in tom_client.get(seen.address).text


def test_of_a_long_essay_the_address_keeps_the_beginning(question, preview):
    seen = preview(question("essay")).send({"answer": "".join(chr(0x0600 + n * n % 200) for n in range(20_000))})
    assert "[…]" in seen.text
    assert len(seen.address) < 4 * LONGEST_TEXT


# Behaviours


def test_in_practice_there_is_another_try_at_two_thirds(question, preview):
    seen = preview(question("single", options=BANKS["single"][0]))
    assert "⅔" in seen.answer("Down").text
    assert "0.67 of 1" in seen.answer("Up").text


def test_a_question_gives_feedback_and_evidence_as_learners_get_them(question, preview, rivers):
    claim = make.claim(collection=rivers, text="Water runs downhill.")
    text = preview(question("single", claims=[claim], explanation="Keep this.")).answer("Up").text
    assert "Why Up is so." in text
    assert "Keep this." in text
    assert "Water runs downhill." in text


def test_an_exam_tells_nothing_before_its_end(question, preview):
    seen = preview(question("single"), setting="exam").answer("Down")
    assert "would be saved" in seen.text
    assert "Not right" not in seen.text
    assert "Why Down is so." not in seen.text
    seen.answer("Up").follow("Finish and see the result")
    assert "1 of 1" in seen.text
    assert "<b>Right.</b>" in seen.text


def test_an_immediate_answer_is_final(question, preview):
    seen = preview(question("single"), setting="immediate")
    assert "It is final" in seen.text
    assert "Check again" not in seen.answer("Down").text


def test_confidence_can_be_asked_and_can_count(question, preview):
    row = question("single")
    assert "How sure are you?" not in preview(row).text
    assert "It does not change your mark." in preview(row, confidence="asked").text
    seen = preview(row, confidence="counted").answer("Down", confidence=3)
    assert "-6 of 3" in seen.text


def test_a_quiz_begins_in_its_own_behaviour_and_can_be_seen_in_another(rivers, question, preview):
    quiz = make.quiz(collection=rivers, questions=[question("single")], setting="exam", published=False)
    assert chosen(preview(quiz).text) == "Exam"
    assert chosen(preview(quiz, setting="practice").text) == "Practice"


def test_another_behaviour_begins_anew(question, preview, tom_client):
    seen = preview(question("single")).answer("Up")
    again = tom_client.get(f"{seen.address}&setting=exam")
    assert "begins anew" in again.text
    assert "<b>Right.</b>" not in again.text


def test_a_quiz_is_walked_through_and_its_review_seen(every_kind, preview, tom_client):
    seen = preview(every_kind, setting="immediate").answer("Up").follow("Next")
    assert "1 of 10 answered" in seen.text
    assert "<b>Right.</b>" in seen.follow("Back").text
    last = re.search(r'id="step-11"[^>]* href="([^"]*)"', seen.text)[1]
    seen.response = tom_client.get(html.unescape(last))
    seen.follow("Finish and see the result")
    assert "1 of 10 questions right in the end" in seen.text
    assert "Not answered." in seen.text


def test_start_over_deals_anew(rivers, preview):
    for number in range(9):
        make.question(collection=rivers, key=f"easy-{number}", tags=["easy"])
    quiz = Quiz.objects.create(collection=rivers, slug="drawn", title="Drawn")
    Slot.objects.create(quiz=quiz, tag="easy", count=3)
    seen = preview(quiz)
    hands = set()
    for _ in range(5):
        hands.add(re.search(r'id="q-([\w-]+)"', seen.text)[1])
        seen.follow("Start over")
    assert len(hands) > 1


# Hints


@pytest.fixture
def ways(question):
    hints = [{"text": "Look at the sun.", "cost": 0.1}, {"text": "Two are wrong.", "cost": 0, "how_many": True}]
    return question("multiple", hints=hints)


def test_a_hint_is_taken_at_its_cost(ways, preview):
    seen = preview(ways)
    assert "Look at the sun." not in seen.text
    seen.send({**seen.form["hidden"], "hint": 1})
    assert "Look at the sun." in seen.text
    assert "0.9 of 1" in seen.answer("Up", "Around").text


def test_a_hint_about_an_answer_comes_after_one(ways, preview, tom_client):
    seen = preview(ways)
    seen.send({**seen.form["hidden"], "hint": 1})
    assert tom_client.post(seen.form["action"], {"hint": 2}).status_code == 409
    seen.answer("Up", "Down")
    assert "1 of 2 parts are right" in seen.send({**seen.form["hidden"], "hint": 2}).text


def test_what_was_filled_in_stays_when_a_hint_is_taken(ways, preview, tom_client):
    seen = preview(ways)
    sent = {**filled(seen.form, "Around"), "hint": 1}
    response = tom_client.post(seen.form["action"], sent, headers=HTMX)
    assert question_forms(response)[0]["checked"] == [seen.form["options"]["Around"]]


# The draft


def test_a_change_of_the_draft_shows_at_once(question, preview):
    row = question("single")
    preview(row)
    row.text = "Which way does water run?"
    row.save()
    assert "Which way does water run?" in preview(row).text


def test_with_a_changed_draft_the_preview_begins_anew(question, preview, tom_client):
    row = question("single")
    seen = preview(row).answer("Up")
    row.options.update(credit=0)
    row.options.filter(text="Around").update(credit=1)
    again = tom_client.get(seen.address)
    assert "begins anew" in again.text
    assert "<b>Right.</b>" not in again.text
    refused = tom_client.post(seen.form["action"], {"answer": "x"})
    assert refused.status_code == 409
    assert "The draft has changed" in refused.text


def test_what_is_published_does_not_matter(rivers, question, preview):
    row = question("single")
    quiz = make.quiz(collection=rivers, questions=[row])
    row.text = "Not published yet?"
    row.save()
    assert "Not published yet?" in preview(quiz).text


@pytest.mark.parametrize("kind", KEYED)
def test_a_question_that_can_not_be_marked_says_what_has_to_be_mended(kind, question, preview, tom_client):
    row = question(kind, options=[])
    text = preview(row).text
    assert "can not be marked yet" in text
    assert "Which is right?" in text or "Water goes" in text
    assert tom_client.post(url_of(row), {"answer": "x"}).status_code == 400
    assert "left out" in tom_client.get(f"{url_of(row)}review/").text


def test_so_does_one_of_a_kind_that_is_not_known(rivers, preview):
    row = make.question(collection=rivers, key="odd", kind="riddle")
    assert "no kind of question called riddle" in preview(row).text


def test_a_quiz_shows_the_questions_that_it_can(rivers, question, preview):
    quiz = make.quiz(
        collection=rivers, questions=[question("single"), question("multiple", options=[])], published=False
    )
    seen = preview(quiz).follow("Fill in correct")
    seen.send(as_it_stands(seen.form)).follow("Next")
    assert "This question can not be marked yet." in seen.text
    seen.follow("Finish and see the result")
    assert "One question can not be marked yet" in seen.text
    assert "<b>Right.</b>" in seen.text


def test_what_keeps_it_from_being_published_is_told_and_does_not_keep_it_from_being_seen(preview):
    sourced = make.collection(slug="sourced", sourced=True)
    seen = preview(make.question(collection=sourced, key="bare"))
    assert "Its key stands on no claim." in seen.text
    assert "<b>Right.</b>" in seen.answer("Right").text


def test_an_empty_quiz_says_so(rivers, preview, tom_client):
    quiz = Quiz.objects.create(collection=rivers, slug="empty", title="Empty")
    assert "There is nothing to show yet" in preview(quiz).text
    assert tom_client.post(url_of(quiz), {"answer": "x"}).status_code == 404
    assert tom_client.get(f"/preview/quizzes/{quiz.pk}/review/").status_code == 200


def test_draws_that_ask_for_too_many_show_what_there_is(rivers, preview):
    for number in range(3):
        make.question(collection=rivers, key=f"easy-{number}", tags=["easy", f"n{number}"])
    quiz = Quiz.objects.create(collection=rivers, slug="short", title="Short")
    for position, (tag, count) in enumerate([("easy", 2), ("easy", 2), ("none", 3), ("n1", 1)]):
        Slot.objects.create(quiz=quiz, position=position, tag=tag, count=count)
    text = preview(quiz).text
    assert "only 0 are there" in text
    assert "0 of 3 answered" in text


# Narrow, htmx, the admin


def test_narrow_puts_the_page_into_a_frame_and_keeps_what_was_answered(question, preview):
    seen = preview(question("single")).answer("Up")
    assert 'class="phone"' not in seen.text
    seen.follow("Narrow (390 px)")
    assert 'class="phone"' in seen.text
    assert "<b>Right.</b>" in seen.text
    assert 'class="phone"' not in seen.follow("Wide").text


def test_htmx_gets_the_same_as_a_reload_and_the_address_with_it(question, preview, tom_client):
    seen = preview(question("single"))
    fragment = tom_client.post(seen.form["action"], filled(seen.form, "Up"), headers=HTMX)
    assert normal(fragment.text) in normal(tom_client.get(fragment.headers["HX-Replace-Url"]).text)
    assert "autofocus" in fragment.text


def test_the_admin_links_to_previews(question, rivers, tom_client):
    row = question("single")
    quiz = make.quiz(collection=rivers, questions=[row])
    assert f'href="{url_of(row)}" target="_blank"' in tom_client.get(f"/admin/quizzes/question/{row.pk}/change/").text
    assert f'href="{url_of(quiz)}" target="_blank"' in tom_client.get(f"/admin/quizzes/quiz/{quiz.pk}/change/").text


def test_the_preview_links_back_to_where_it_is_edited(question, rivers, preview):
    row = question("single")
    quiz = make.quiz(collection=rivers, questions=[row])
    text = preview(quiz).text
    assert link(text, "Back to the admin") == f"/admin/quizzes/quiz/{quiz.pk}/change/"
    assert link(text, "Edit this question") == f"/admin/quizzes/question/{row.pk}/change/"


# Bad input


FORGED = {"a letter": "x", "three": "a:b:c", "another salt": signing.dumps([["x"], [[0, [0], None]]], salt="another")}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_a_forged_address_is_refused_in_words(forged, question, tom_client):
    url = url_of(question("single"))
    for response in (
        tom_client.get(url, {"so_far": forged}),
        tom_client.post(f"{url}?so_far={forged}", {"answer": "x"}),
        tom_client.get(f"{url}review/", {"so_far": forged}),
    ):
        assert response.status_code == 400
        assert "was changed" in response.text


def test_what_was_done_in_another_preview_does_not_count_here(question, preview, tom_client):
    done = preview(question("true_false")).answer("True").address.partition("?")[2]
    response = tom_client.get(f"{url_of(question('single'))}?{done}")
    assert "begins anew" in response.text


def test_no_answer_is_said_to_be_none(question, preview):
    seen = preview(question("single")).send({})
    assert seen.response.status_code == 422
    assert "Choose an answer first." in seen.text


@pytest.mark.parametrize("sent", [{"confidence": 9}, {"hint": "first"}])
def test_what_no_page_sends_is_refused(sent, question, tom_client):
    assert tom_client.post(url_of(question("single")), {"answer": "x", **sent}).status_code == 400


def test_a_hint_that_is_not_there_is_refused(question, tom_client):
    assert tom_client.post(url_of(question("single")), {"hint": 5}).status_code == 409


@pytest.mark.parametrize("look", [{"setting": "nap"}, {"confidence": "very"}, {"width": "1"}, {"deal": "-3"}])
def test_a_look_that_there_is_not_is_told_and_the_usual_one_shown(look, question, preview):
    seen = preview(question("single"), **look)
    assert seen.response.status_code == 422
    assert "That did not work yet." in seen.text
    assert "<b>Right.</b>" in seen.answer("Up").text


@pytest.mark.parametrize(
    "path", ["questions/0/", f"questions/{2**70}/", "quizzes/0/1/", "quizzes/0/review/", "questions/0/review/"]
)
def test_what_is_not_there_is_not_found(path, tom_client):
    assert tom_client.get(f"/preview/{path}").status_code == 404


@pytest.mark.parametrize("place", [0, 2, 2**70])
def test_a_place_that_the_quiz_has_not_is_not_found(place, rivers, question, tom_client):
    quiz = make.quiz(collection=rivers, questions=[question("single")])
    assert tom_client.get(url_of(quiz, place)).status_code == 404
    assert tom_client.post(url_of(quiz, place), {"answer": "x"}).status_code == 404


# Who may


def addresses(question, quiz) -> list[str]:
    pages = [url_of(question), f"{url_of(question)}review/", url_of(quiz), f"/preview/quizzes/{quiz.pk}/review/"]
    return [page + query for page in pages for query in ("", "?fill=1", "?setting=exam")]


@pytest.fixture
def secret(rivers):
    """A question whose key is a word of its own, and a quiz with it."""
    row = make.question(collection=rivers, key="secret", kind="short_answer", options=[("Vindobona", 1)])
    return row, make.quiz(collection=rivers, questions=[row])


@pytest.mark.parametrize("who", ["ada", "eve", "gus", "sam"])
def test_nobody_else_finds_a_preview(who, secret, request):
    client = client_of(request.getfixturevalue(who))
    for url in addresses(*secret):
        for response in (client.get(url), client.post(url, {"answer": "x"}), client.post(url, {}, headers=HTMX)):
            assert response.status_code in {404, 405}
            assert "Vindobona" not in response.text


@pytest.fixture
def sam(db):
    """Staff who may read the bank, and not write it."""
    sam = User.objects.create_user("sam@example.org", "a long word for sam", is_staff=True)
    readers = Group.objects.create(name="Readers")
    readers.permissions.set(Group.objects.get(name="Teachers").permissions.filter(codename__startswith="view_"))
    sam.groups.add(readers)
    return sam


def test_a_teacher_who_is_not_staff_any_more_finds_none(secret, tom):
    User.objects.filter(pk=tom.pk).update(is_staff=False)
    client = client_of(tom)
    assert {client.get(url).status_code for url in addresses(*secret)} == {404}


def test_who_is_not_signed_in_is_asked_to_be(secret, client):
    for url in addresses(*secret):
        for response in (client.get(url), client.post(url, {"answer": "x"})):
            assert response.status_code in {302, 405}
            assert response.status_code == 405 or response.headers["Location"].startswith("/accounts/login/")
            assert "Vindobona" not in response.text
        assert client.post(url, {}, headers=HTMX).status_code in {403, 405}


def test_authors_see_it(secret, tom_client, admin_client):
    for client in (tom_client, admin_client):
        assert {client.get(url).status_code for url in addresses(*secret)} == {200}
    assert Question.objects.count() == 1
