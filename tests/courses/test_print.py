"""A lesson on paper."""

import re

import pytest

from courses.deriving import derive
from courses.printing import on_paper, printed
from quizzes.engine import document
from quizzes.publishing import publish
from tests import make
from tests.pages import filled, question_forms


@pytest.fixture
def paper(url) -> str:
    return f"{url}print/"


def test_it_has_the_text_and_the_box_of_later_events(client, paper):
    text = client.get(paper).text
    assert "Lesson 1 of 1" in text
    assert "<h1>Springs</h1>" in text
    assert "All begins here." in text
    assert "tell up from down" in text
    assert "Water runs downhill." in text
    assert "Since the article" in text
    assert "The sources end on 30 June 2026." in text
    assert "http://testserver/courses/rivers/lessons/springs/" in text


def test_notes_are_numbered_and_written_out_at_the_end(client, paper):
    text = client.get(paper).text
    notes = re.findall(r'<li id="note_(\d+)" value="(\d+)">(.*?)</ul>', text, re.S)
    assert [(one, value) for one, value, _ in notes] == [("1", "1"), ("2", "2")]
    first, second = (" ".join(note.split()) for _, _, note in notes)
    assert first.startswith("Water runs downhill.")
    assert "Established" in first
    assert "2024" in first
    assert "<cite>Slopes</cite>. Hydrological Office, May 2024." in first
    assert ">https://x.test/1</a>" in first
    assert second.startswith("Water runs uphill.")
    assert "Attributed" in second
    assert "A poet" in second


def test_every_number_in_the_text_leads_to_its_note(client, paper):
    text = client.get(paper).text
    links = re.findall(r'href="#([^"]+)" role="doc-noteref"[^>]*>(\d+)</a>', text)
    assert links == [("note_1", "1"), ("note_2", "2"), ("note_1", "1"), ("note_1", "1")]


def test_a_claim_that_is_gone_leaves_the_other_numbers_as_they_are(client, lesson, paper):
    lesson.text = f"Gone.[^gone] {{#gone}}\n\n{lesson.text}"
    lesson.save()
    assert re.findall(r'id="note_(\d+)" value="(\d+)"', client.get(paper).text) == [("2", "2"), ("3", "3")]


def test_the_words_of_the_lesson_stand_at_its_end(client, lesson, paper):
    lesson.course.terms.create(key="mouth", term="Mouth", meaning="Where a river ends.")
    text = client.get(paper).text
    assert text.count("Where water leaves the ground.") == 1
    assert 'lang="fa" dir="rtl">چشمه' in text
    assert 'id="term-spring"' in text
    assert "Where a river ends." not in text
    assert "\ue000" not in text


def test_checks_are_questions_with_boxes_and_nothing_tells_an_answer(client, paper):
    text = client.get(paper).text
    assert [int(number) for number in re.findall(r"Question (\d+)<", text)] == [1, 2]
    for words in ("Which way?", "What is wet?", "<li>Right</li>", "<li>Wrong</li>", "<li>Snow</li>", "<li>Sand</li>"):
        assert words in text
    assert "Why " not in text
    for tag in ("<form", "<input", "<nav", "<script"):
        assert tag not in text


def test_it_is_the_same_for_whoever_has_answered(client, ada_client, url, paper):
    form = question_forms(ada_client.get(url))[0]
    ada_client.post(form["action"], filled(form, "Right"))
    assert ada_client.get(paper).text == client.get(paper).text


def boxes(text: str) -> list[list[str]]:
    return [re.findall("<li>(.*?)</li>", options) for options in re.findall(r'class="boxes">(.*?)</ul>', text, re.S)]


def test_options_stand_in_an_order_of_their_own_that_stays(client, lesson, paper):
    words = [str(n) for n in range(9)]
    lesson.course.collection.questions.get(key="slope").options.all().delete()
    for position, word in enumerate(words):
        lesson.course.collection.questions.get(key="slope").options.create(
            position=position, text=word, credit=not position, feedback="."
        )
    publish(quiz=lesson.checks)
    order = boxes(client.get(paper).text)[0]
    assert order != words
    assert sorted(order) == words
    lesson.course.collection.questions.filter(key="tick").update(text="What is dry?")
    publish(quiz=lesson.checks)
    assert boxes(client.get(paper).text)[0] == order


def test_true_comes_before_false(client, lesson, paper):
    question = lesson.course.collection.questions.get(key="tick")
    question.options.all().delete()
    question.options.create(position=0, text="True", credit=0)
    question.options.create(position=1, text="False", credit=1)
    question.kind = "true_false"
    question.save()
    publish(quiz=lesson.checks)
    assert boxes(client.get(paper).text)[1] == ["True", "False"]


def test_a_question_with_boxes_to_tick_prints_them_in_an_order_of_its_own(lesson):
    options = (document.Option("Up"), document.Option("Down", credit=1))
    asked = document.Question(key="way", kind="single", text="Which way?", options=options)
    assert sorted(on_paper(1, asked, lesson).paper.boxes) == ["Down", "Up"]


def test_a_figure_is_told_with_its_address(client, lesson, paper):
    lesson.course.figures.create(key="map", kind="map", title="All rivers", caption="They run *down*.", data="{}")
    lesson.text += "\n\n:::figure map\n\n:::figure gone\n"
    lesson.save()
    text = client.get(paper).text
    assert "All rivers" in text
    assert "They run <em>down</em>." in text
    assert "http://testserver/courses/rivers/figures/map/" in text
    assert text.count('class="figure"') == 1


def test_questions_to_think_about_leave_room_to_write(client, lesson, paper):
    lesson.reflect = ["Why *down*?"]
    lesson.save()
    text = client.get(paper).text
    assert "Why <em>down</em>?" in text
    assert "to-write-on" in text


def test_a_lesson_without_anything_but_text(client, lesson):
    bare = make.lesson(course=lesson.course, slug="bare", title="Bare", text="Only words.", position=1)
    text = client.get(f"{bare.get_absolute_url()}print/").text
    assert "Only words." in text
    assert "Lesson 2 of 2" in text
    assert "<h2" not in text


def test_checks_that_were_never_published_are_not_printed(lesson):
    lesson.checks.editions.all().delete()
    assert [block.kind for block in printed(lesson=lesson, checks=None).blocks] == ["text", "text", "text", "since"]


@pytest.mark.parametrize("path", ["nope/lessons/springs/print/", "rivers/lessons/nope/print/"])
def test_an_unknown_slug_is_not_found(client, lesson, path):
    assert client.get(f"/courses/{path}").status_code == 404


def test_a_retired_lesson_is_not_found(client, lesson, paper):
    lesson.retired = True
    lesson.save()
    assert client.get(paper).status_code == 404


def test_the_lesson_leads_here_at_its_end(client, url, paper):
    end = client.get(url).text.partition('class="lesson-end"')[2]
    assert f'href="{paper}">Print this lesson</a>' in end


def test_it_costs_the_same_however_much_is_printed(client, lesson, paper, django_assert_num_queries):
    client.get(paper)
    with django_assert_num_queries(5):
        client.get(paper)
    rivers = lesson.course.collection
    for n in range(5):
        claim = make.claim(collection=rivers, key=f"extra-{n}", sources=[make.source(collection=rivers)])
        make.question(collection=rivers, key=f"extra-{n}", claims=[claim])
        lesson.course.terms.create(key=f"extra-{n}", term=f"Extra {n}", meaning="More.")
        lesson.text += f"\n\nMore.[^extra-{n}] See [this](term:extra-{n}). {{#extra-{n}}}\n\n:::check extra-{n}\n"
    lesson.save()
    derive(lesson=lesson)
    publish(quiz=lesson.checks)
    client.get(paper)
    with django_assert_num_queries(5):
        assert len(boxes(client.get(paper).text)) == 7
