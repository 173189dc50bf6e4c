"""/notes/PK/ask/: words of a highlight become blanks of a question of one's own."""

import re

import pytest

from progress import own_questions
from progress.models import Card, OwnQuestion
from progress.own_questions import sentences, words_of
from quizzes.engine.kinds import KINDS
from tests.courses.conftest import lesson, url  # noqa: F401
from tests.progress.conftest import day
from tests.progress.notes import marked, rewrite

pytestmark = pytest.mark.usefixtures("lesson")


@pytest.fixture
def made(ada_reviews):
    return ada_reviews.does(lambda: marked(ada_reviews.client, "runs downhill"))


def chosen(text: str) -> list[str]:
    return re.findall(r'value="\d+" checked><span>([^<]*)</span>', text)


def numbers(text: str) -> dict[str, str]:
    return {word: number for number, word in re.findall(r'name="word" value="(\d+)"[^>]*><span>([^<]*)</span>', text)}


def ask(reviewer, made, *words: str, **changes):
    text = reviewer.get(f"/notes/{made.pk}/ask/").text
    about = re.search(r'name="about" value="([^"]+)"', text)[1]
    return reviewer.post(
        f"/notes/{made.pk}/ask/", {"about": about, "word": [numbers(text)[word] for word in words], **changes}
    )


def test_the_highlighted_words_in_their_sentence_are_offered(ada_reviews, made):
    text = ada_reviews.get(f"/notes/{made.pk}/ask/").text
    assert list(numbers(text)) == ["Water", "runs", "downhill"]
    assert chosen(text) == ["runs", "downhill"]


def test_of_many_words_none_is_chosen_beforehand(ada_reviews):
    long = ada_reviews.does(lambda: marked(ada_reviews.client, "runs downhill. It starts in"))
    text = ada_reviews.get(f"/notes/{long.pk}/ask/").text
    assert list(numbers(text)) == ["Water", "runs", "downhill", "It", "starts", "in", "a", "spring"]
    assert chosen(text) == []


def test_one_that_waits_comes_up_today(ada_reviews, made):
    ask(ada_reviews, made, "downhill")
    assert "It comes up in your reviews on 8 May 2026." in ada_reviews.on(7).get(f"/notes/{made.pk}/").text


def test_numbers_that_no_text_has_are_refused(ada_reviews, made):
    for number in ("9" * 5_000, "-1", "99", "٣"):
        response = ask(ada_reviews, made, "runs", word=["1", number])
        assert response.status_code == 422
        assert "Choose once more." in response.text
        assert chosen(response.text) == ["runs"]


def test_a_question_is_made_that_comes_up_the_next_day(ada_reviews, made):
    response = ask(ada_reviews, made, "downhill")
    assert response["Location"] == f"/notes/{made.pk}/"
    own = OwnQuestion.objects.get()
    assert (own.text, own.blanks) == ("Water runs downhill.", [[11, 19]])
    assert own.cards.get().due_on == day(1)
    text = ada_reviews.get(response["Location"]).text
    assert "It comes up in your reviews on 2 May 2026." in text
    assert chosen(ada_reviews.get(f"/notes/{made.pk}/ask/").text) == ["downhill"]


def test_words_beside_each_other_become_one_blank_and_others_two(ada_reviews, made):
    ask(ada_reviews, made, "Water", "runs")
    assert OwnQuestion.objects.get().blanks == [[0, 10]]
    ask(ada_reviews, made, "Water", "downhill")
    assert OwnQuestion.objects.get().blanks == [[0, 5], [11, 19]]


def test_asking_twice_makes_one(ada_reviews, made):
    ask(ada_reviews, made, "downhill")
    before = OwnQuestion.objects.get()
    ask(ada_reviews, made, "downhill")
    assert OwnQuestion.objects.get() == before
    assert Card.objects.count() == 1


def test_other_blanks_make_it_another_question(ada_reviews, made):
    ask(ada_reviews, made, "downhill")
    ask(ada_reviews.on(3), made, "Water")
    assert OwnQuestion.objects.get().cards.get().due_on == day(4)
    assert Card.objects.count() == 1


def test_it_can_be_stopped(ada_reviews, made):
    ask(ada_reviews, made, "downhill")
    ada_reviews.post(f"/notes/{made.pk}/stop/")
    assert not OwnQuestion.objects.exists()
    assert not Card.objects.exists()
    assert "Choose the words" in ada_reviews.get(f"/notes/{made.pk}/").text


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "Choose at least one word"),
        (["Water", "runs", "downhill"], "Leave some words to go by"),
    ],
)
def test_a_choice_that_can_not_be_asked_is_explained(ada_reviews, made, words, message):
    response = ask(ada_reviews, made, *words)
    assert response.status_code == 422
    assert re.search(rf'role="alert" tabindex="-1" autofocus><p>{message}', response.text)
    assert chosen(response.text) == words
    assert not OwnQuestion.objects.exists()


def test_there_is_a_limit_to_blanks(ada_reviews, made, monkeypatch):
    monkeypatch.setattr(own_questions, "MOST_BLANKS", 1)
    assert "choose fewer words" in ask(ada_reviews, made, "Water", "downhill").text


@pytest.mark.parametrize("word", ["99", "x", "-1", "²"])
def test_a_word_that_is_not_there_is_refused(ada_reviews, made, word):
    response = ask(ada_reviews, made, word=[word])
    assert response.status_code == 422
    assert not OwnQuestion.objects.exists()


def test_a_text_that_changed_while_the_page_was_open_is_shown_anew(ada_reviews, made, lesson):  # noqa: F811
    response = ask(ada_reviews, made, "downhill", about="another text")
    assert response.status_code == 422
    assert "has changed since the page was opened" in response.text
    assert not OwnQuestion.objects.exists()


def test_of_a_passage_that_is_gone_what_was_kept_of_it_is_asked(ada_reviews, made, lesson):  # noqa: F811
    rewrite(lesson, lesson.text, "All is new. {#start}")
    ask(ada_reviews, made, "downhill")
    own = OwnQuestion.objects.get()
    assert own.text == "Water runs downhill. It starts in a spring."


def test_what_is_too_long_is_not_asked(ada_reviews, made, monkeypatch):
    monkeypatch.setattr(own_questions, "LONGEST", 10)
    assert "Highlight one sentence" in ada_reviews.get(f"/notes/{made.pk}/ask/").text
    assert ada_reviews.post(f"/notes/{made.pk}/ask/", {"word": ["2"]}).status_code == 200
    assert not OwnQuestion.objects.exists()


@pytest.mark.parametrize(
    ("text", "around", "sentence"),
    [
        ("One here. Two there. Three.", "Two", "Two there."),
        ("One here. Two there. Three.", "here. Two", "One here. Two there."),
        ("He said “no.” Then he left.", "left", "Then he left."),
        ("It rose by 3.5 per cent, i.e. a lot. So?", "lot", "It rose by 3.5 per cent, i.e. a lot."),
        ("水往低处流。它从泉水开始。", "泉水", "它从泉水开始。"),
        ("No end at all", "end", "No end at all"),
    ],
)
def test_the_sentence_around_some_words(text, around, sentence):
    start = text.index(around)
    first, last = sentences(text, start, start + len(around))
    assert text[first:last] == sentence


def test_words_leave_their_signs_behind():
    assert [(one.before, one.core, one.after) for one in words_of("“Axis” – (U.S.), 水")] == [
        ("“", "Axis", "”"),
        ("–", "", ""),
        ("(", "U.S", ".),"),
        ("", "水", ""),
    ]


@pytest.mark.parametrize("blank", ["a*b", "5 * 3", "[x]", "back\\slash", "snake_case", "[[1]]", "`code`", "a & b"])
def test_whatever_stands_in_a_text_can_be_asked_and_answered(blank):
    text = f"Here *is* [[it]] {blank} _and_ [more](x)."
    start = text.index(blank)
    asked = own_questions._question("own-1", text, [(start, start + len(blank))])
    kind = KINDS[asked.kind]
    assert kind.problems(asked) == []
    assert kind.mark(asked, [blank]) == 1
    assert kind.mark(asked, ["something else entirely"]) == 0
