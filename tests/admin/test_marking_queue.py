"""Teachers mark essays one question at a time, without names, two teachers at once."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts.models import User
from quizzes.marking import mark_by_hand
from quizzes.marking_queue import HELD, pile_of
from quizzes.models import Attempt, HandMark, Hold, Response
from quizzes.signals import marks_changed
from tests.conftest import HTMX, both_ways, client_of

RUBRIC = (("Names two treaties", 0.4, "Both, with their years."), ("Weighs them", 0.6, "What a party must do."))
QUEUE = "/admin/marking/"


@pytest.fixture
def tessa(db):
    """Teaches too."""
    user = User.objects.create_user("tessa@example.org", "a long word for tessa", name="Tessa", is_staff=True)
    user.groups.add(Group.objects.get(name="Teachers"))
    return user


@pytest.fixture
def tessa_client(tessa):
    return client_of(tessa)


@pytest.fixture
def essays(make, rivers):
    """A quiz with one essay, which learners hand in and can not change any more."""
    question = make.question(
        collection=rivers, key="binds", kind="essay", text="What *binds*?\n\nIn short.", options=RUBRIC
    )
    return make.quiz(collection=rivers, title="Treaties", questions=[question])


@pytest.fixture
def exam(make, rivers, essays):
    """An exam with the same question."""
    return make.quiz(collection=rivers, title="Exam", setting="exam", questions=[essays.slots.get().question])


@pytest.fixture
def write(essays):
    """Somebody hands an essay in."""

    def write(text: str = "It binds.", *, quiz=None, learner=None, finished=True, **fields) -> Response:
        quiz = quiz or essays
        learner = learner or User.objects.create_user(f"learner{User.objects.count()}@example.org", name="Lea Learner")
        now = datetime(2026, 3, 1, 12, tzinfo=UTC)
        attempt = Attempt.objects.create(
            learner=learner,
            quiz=quiz,
            edition=quiz.editions.latest("pk"),
            number=1,
            seed="s",
            finished_at=now if finished else None,
        )
        return respond(attempt, answer=text, **fields)

    return write


def respond(attempt: Attempt, **fields) -> Response:
    values = {"slot": 0, "try_number": 1, "question_key": "binds", "answer": "It binds.", "mark": 0}
    return Response.objects.create(learner=attempt.learner, attempt=attempt, **(values | fields))


def overview(quiz) -> str:
    return f"{QUEUE}{quiz.pk}/binds/"


def first(quiz) -> str:
    return f"{overview(quiz)}next/"


def open_next(client, quiz):
    return client.get(first(quiz), follow=True)


def url_of(response: Response) -> str:
    pile = pile_of(response.attempt.quiz, "binds")
    return f"{overview(response.attempt.quiz)}{pile.of_response(response.pk).token}/"


def seen(page) -> str:
    """The essay that a page shows."""
    return re.search(r'<blockquote class="written" dir="auto">(.*?)</blockquote>', page.text, re.DOTALL)[1]


def filled(page, *credits: str, comment: str = "", **more) -> dict:
    marks = re.search(r'name="marks" value="(\d+)"', page.text)[1]
    return {"marks": marks, "comment": comment, **{f"credit-{n}": credit for n, credit in enumerate(credits)}, **more}


def save(client, page, *credits: str, **kwargs):
    headers = kwargs.pop("headers", {})
    return client.post(page.request["PATH_INFO"], filled(page, *credits, **kwargs), headers=headers, follow=True)


# The queue


def test_the_queue_tells_how_many_wait_and_since_when(tom_client, essays, write):
    with time_machine.travel("2026-03-01T12:00Z"):
        write()
    with time_machine.travel("2026-03-09T12:00Z"):
        write()
    text = tom_client.get(QUEUE).text
    assert "What *binds*?" in text
    assert "Treaties · Rivers" in text
    assert re.search(r'<td class="number"[^>]*>2</td>\s*<td[^>]*><time[^>]*>1 March 2026', text)
    assert f'href="{first(essays)}"' in text


def test_what_has_waited_longest_comes_first(tom_client, make, rivers, essays, write):
    later = make.question(collection=rivers, key="later", kind="essay", text="And later?", options=RUBRIC)
    other = make.quiz(collection=rivers, title="Later", questions=[later])
    with time_machine.travel("2026-03-02T12:00Z"):
        write()
    with time_machine.travel("2026-03-01T12:00Z"):
        write(quiz=other, question_key="later")
    text = tom_client.get(QUEUE).text
    assert text.index("And later?") < text.index("What *binds*?")


def test_an_empty_queue_says_when_something_comes(tom_client, rivers):
    assert "Nothing waits." in tom_client.get(QUEUE).text


def test_what_is_all_marked_stands_apart_and_can_be_opened_again(tom, tom_client, essays, write):
    mark_by_hand(response=write(), credits=[1, 1], comment="", by=tom)
    text = tom_client.get(QUEUE).text
    assert "Nothing waits." in text
    assert "All marked" in text
    assert f'href="{overview(essays)}"' in text


def test_late_answers_those_set_aside_and_those_dropped_do_not_wait(tom_client, essays, write):
    write(late=True)
    write(void=True)
    Attempt.objects.filter(pk=write().attempt_id).update(set_aside=True)
    assert "Nothing waits." in tom_client.get(QUEUE).text


def test_in_an_exam_an_answer_waits_once_it_can_not_be_changed_any_more(tom_client, exam, write):
    running = write("A draft.", quiz=exam, finished=False).attempt
    respond(running, try_number=2, answer="The text.")
    assert "Nothing waits." in tom_client.get(QUEUE).text
    assert tom_client.get(overview(exam)).status_code == 404
    Attempt.objects.update(finished_at=running.started_at)
    assert seen(open_next(tom_client, exam)) == "The text."
    assert "0 of 1 marked" in tom_client.get(overview(exam)).text


def test_an_exam_whose_time_is_up_waits_too_and_practice_at_once(tom_client, essays, exam, write):
    write("From practice.", finished=False)
    assert seen(open_next(tom_client, essays)) == "From practice."
    attempt = write("From the exam.", quiz=exam, finished=False).attempt
    Attempt.objects.filter(pk=attempt.pk).update(due_at=attempt.started_at - timedelta(minutes=2))
    assert seen(open_next(tom_client, exam)) == "From the exam."


def test_the_queue_costs_the_same_however_many_wait(
    tom_client, essays, write, django_assert_num_queries, django_assert_max_num_queries
):
    write()
    tom_client.get(QUEUE)
    with django_assert_max_num_queries(12) as few:
        tom_client.get(QUEUE)
    for _ in range(5):
        write()
    with django_assert_num_queries(len(few)):
        assert ">6</td>" in tom_client.get(QUEUE).text


# One answer


def test_an_answer_stands_with_its_question_its_rubric_and_what_earns_it_in_full(tom_client, essays, write):
    write("It <binds>.\nNot much.")
    text = open_next(tom_client, essays).text
    for words in ("What <em>binds</em>?", "In short.", "It &lt;binds&gt;.\nNot much.", "Names two treaties", "40%"):
        assert words in text
    assert "In full: Both, with their years." in text
    assert "0 of 1 marked" in text
    assert "Back to the last one" not in text


def test_nothing_tells_whose_answer_it_is(tom_client, essays, write):
    for number in range(8):
        write(f"Essay {number}.", pk=90_000 + number)
    Attempt.objects.update(seed="5eed5eed")
    pages = [tom_client.get(overview(essays))]
    pages += [tom_client.get(url) for url in re.findall(rf'href="({overview(essays)}[0-9a-f]{{16}}/)"', pages[0].text)]
    assert len(pages) == 9
    for page in pages:
        told = page.request["PATH_INFO"] + page.text
        assert not re.search(r"Lea Learner|learner\d*@|9000\d|5eed", told)
        assert not re.search(r"/(user|attempt|response)/\d", told)


def test_names_and_order_stay_and_follow_nothing_that_is_known(tom_client, essays, write):
    written = [write(f"Essay {number}.") for number in range(12)]
    pile = pile_of(essays, "binds")
    order = [paper.response for paper in pile.papers]
    assert order not in (sorted(order), sorted(order, reverse=True))
    assert len({paper.number for paper in pile.papers}) == 12
    mark_by_hand(response=written[3], credits=[1, 1], comment="", by=User.objects.first())
    write("Another essay.")
    again = {paper.response: paper.number for paper in pile_of(essays, "binds").papers}
    assert [
        response for response in (p.response for p in pile_of(essays, "binds").papers) if response in order
    ] == order
    assert all(again[paper.response] == paper.number for paper in pile.papers)


def test_a_mark_is_saved_and_the_next_answer_comes(tom, tom_client, essays, write):
    for number in range(3):
        write(f"Essay {number}.")
    page = open_next(tom_client, essays)
    after = save(tom_client, page, "1", "0.5", comment="Weigh more.\r\nMuch more.")
    given = HandMark.objects.get()
    assert (given.credits, given.comment, given.marked_by) == ([1, 0.5], "Weigh more.\nMuch more.", tom)
    assert given.response.answer == seen(page)
    assert given.response.fraction == Decimal("0.7")
    assert len(after.redirect_chain) == 1
    assert "has 70% of the mark" in after.text
    assert "1 of 3 marked" in after.text
    assert seen(after) != seen(page)


def test_a_number_is_finer_than_the_choices(tom_client, essays, write):
    write()
    save(tom_client, open_next(tom_client, essays), "", "0.5", **{"exact-0": "0.25"})
    assert HandMark.objects.get().credits == [0.25, 0.5]


UNSAVED = [
    ({"credit-0": "1"}, "Choose none, half or full, or write a number."),
    ({"credit-0": "1", "credit-1": "7"}, "7 is not one of the available choices"),
    ({"credit-0": "1", "exact-1": "1.5"}, "less than or equal to 1"),
    ({"credit-0": "1", "exact-1": "-1"}, "greater than or equal to 0"),
    ({"credit-0": "1", "exact-1": "nan"}, "Enter a number"),
    ({"credit-0": "1", "credit-1": "1", "exact-1": "0.3"}, "You have chosen one credit and written another."),
    ({"credit-0": "1", "credit-1": "1", "comment": "x" * 5001}, "at most 5000 characters"),
]


@pytest.mark.parametrize(("sent", "says", "headers"), both_ways(UNSAVED))
def test_what_can_not_be_saved_is_said_at_the_field(tom_client, essays, write, sent, says, headers):
    write()
    page = open_next(tom_client, essays)
    told = tom_client.post(page.request["PATH_INFO"], {"marks": "0", **sent}, headers=headers)
    assert told.status_code == 422
    assert says in told.text
    assert "Not saved yet." in told.text
    assert not HandMark.objects.exists()


@pytest.mark.parametrize("marks", ["", "x", "-1"])
def test_a_form_that_was_tampered_with_saves_nothing(tom_client, essays, write, marks):
    write()
    page = open_next(tom_client, essays)
    told = tom_client.post(page.request["PATH_INFO"], filled(page, "1", "1") | {"marks": marks})
    assert told.status_code == 422
    assert not HandMark.objects.exists()


def test_the_last_answer_leads_back_to_all_of_them(tom_client, essays, write):
    write()
    after = save(tom_client, open_next(tom_client, essays), "1", "1")
    assert after.redirect_chain == [(overview(essays), 302)]
    assert "Every answer to this question is marked." in after.text
    assert "1 of 1 marked" in after.text


def test_skipping_shows_another_answer_and_comes_back_to_the_first(tom_client, essays, write):
    for number in range(3):
        write(f"Essay {number}.")
    page = open_next(tom_client, essays)
    order = [seen(page)]
    for _ in range(3):
        page = tom_client.get(re.search(r'href="([^"]*after=[^"]*)"', page.text)[1], follow=True)
        order.append(seen(page))
    assert len(set(order)) == 3
    assert order[3] == order[0]


def test_back_leads_to_what_was_marked_last_and_further(tom_client, essays, write):
    for number in range(3):
        write(f"Essay {number}.")
    pages = [open_next(tom_client, essays)]
    for _ in range(2):
        pages.append(save(tom_client, pages[-1], "1", "0"))

    def back(page):
        link = re.search(r'href="([^"]*)"[^>]*>\s*Back to the last one', page.text)
        return tom_client.get(link[1]) if link else None

    last = back(pages[2])
    assert seen(last) == seen(pages[1])
    assert seen(back(last)) == seen(pages[0])
    assert back(back(last)) is None


def test_marking_again_shows_the_earlier_marks_and_fills_in_the_last(tom, tessa, tom_client, write):
    response = write()
    mark_by_hand(response=response, credits=[1, 0.25], comment="Weigh more.", by=tessa)
    page = tom_client.get(url_of(response))
    assert "Marks it has had" in page.text
    assert "Tessa" in page.text
    assert re.search(r'name="credit-0" value="1"[^>]*checked', page.text)
    assert re.search(r'name="exact-1" value="0.25"', page.text)
    save(tom_client, page, "0", "1")
    response.refresh_from_db()
    assert response.fraction == Decimal("0.6")
    assert [one.marked_by for one in response.hand_marks.all()] == [tom, tessa]


def test_a_late_answer_is_told_as_late_and_its_mark_does_not_count(tom_client, essays, write):
    response = write(late=True)
    assert "late: kept, does not count" in tom_client.get(overview(essays)).text
    page = tom_client.get(url_of(response))
    assert "This came after the deadline." in page.text
    assert "Every answer to this question is marked." in open_next(tom_client, essays).text
    save(tom_client, page, "1", "1")
    response.attempt.refresh_from_db()
    assert response.attempt.mark == 0


def test_what_became_changeable_again_is_not_there_any_more(tom_client, exam, write):
    response = write(quiz=exam)
    page = open_next(tom_client, exam)
    sent = filled(page, "1", "1")
    Attempt.objects.filter(pk=response.attempt_id).update(finished_at=None)
    assert tom_client.post(page.request["PATH_INFO"], sent).status_code == 404
    assert not HandMark.objects.exists()


def test_each_answer_has_the_rubric_of_its_own_edition(tom_client, make, essays, write):
    old = write("By the old rubric.")
    essays.slots.get().question.options.filter(position=0).update(text="Names three treaties")
    make.publish(quiz=essays)
    new = write("By the new rubric.")
    assert "Names two treaties" in tom_client.get(url_of(old)).text
    assert "Names three treaties" in tom_client.get(url_of(new)).text


# Two teachers at once


def test_two_teachers_get_different_answers(tom_client, tessa_client, essays, write):
    for number in range(2):
        write(f"Essay {number}.")
    assert seen(open_next(tom_client, essays)) != seen(open_next(tessa_client, essays))


def test_what_lies_before_another_teacher_is_not_handed_out_until_it_is_forgotten(
    tom_client, tessa_client, essays, write
):
    with time_machine.travel(datetime(2026, 3, 1, 12, tzinfo=UTC), tick=False) as now:
        write()
        open_next(tom_client, essays)
        refused = open_next(tessa_client, essays)
        assert "The one answer that still waits lies before another teacher." in refused.text
        assert "lies before another teacher</" in re.sub(r"\s+</", "</", refused.text)
        now.shift(HELD + timedelta(seconds=1))
        assert seen(open_next(tessa_client, essays)) == "It binds."
        assert "lies before another teacher" in open_next(tom_client, essays).text


def test_what_is_skipped_or_saved_is_free_for_others(tom_client, tessa_client, essays, write):
    write("Essay 0.")
    write("Essay 1.")
    page = open_next(tom_client, essays)
    tom_client.get(re.search(r'href="([^"]*after=[^"]*)"', page.text)[1])
    assert Hold.objects.count() == 1
    assert seen(open_next(tessa_client, essays)) == seen(page)
    save(tom_client, tom_client.get(first(essays), follow=True), "1", "1")
    assert Hold.objects.count() == 1


def test_the_mark_saved_last_holds_and_says_that_there_is_another(tom, tessa, tom_client, essays, write):
    response = write()
    page = open_next(tom_client, essays)
    mark_by_hand(response=response, credits=[0, 0], comment="", by=tessa)
    after = save(tom_client, page, "1", "1")
    assert "Tessa has marked answer" in after.text
    assert "Your mark holds now" in after.text
    response.refresh_from_db()
    assert response.fraction == 1
    assert response.hand_marks.count() == 2


def test_the_same_mark_by_both_needs_no_notice(tessa, tom_client, essays, write):
    response = write()
    page = open_next(tom_client, essays)
    mark_by_hand(response=response, credits=[1, 1], comment="", by=tessa)
    assert "has marked answer" not in save(tom_client, page, "1", "1").text


def test_an_answer_that_another_teacher_has_open_says_so(tom_client, tessa_client, write):
    response = write()
    tessa_client.get(url_of(response))
    assert "Another teacher has this answer open." in tom_client.get(url_of(response)).text
    assert "Another teacher has this answer open." not in tessa_client.get(url_of(response)).text


# By htmx


def test_by_htmx_only_the_card_comes_and_the_address_follows(tom_client, essays, write):
    write("Essay 0.")
    write("Essay 1.")
    page = open_next(tom_client, essays)
    after = save(tom_client, page, "1", "1", headers=HTMX)
    assert after.text.strip().startswith('<section id="card"')
    assert "has 100% of the mark" in after.text
    assert after["HX-Push-Url"] == after.request["PATH_INFO"] != page.request["PATH_INFO"]
    assert 'id="card-title" tabindex="-1" autofocus' in after.text


def test_by_htmx_the_last_one_leads_to_a_whole_page(tom_client, essays, write):
    write()
    after = save(tom_client, open_next(tom_client, essays), "1", "1", headers=HTMX)
    assert after["HX-Redirect"] == overview(essays)


# What follows from a mark


def test_a_mark_is_told_on_commit(tom_client, essays, write, django_capture_on_commit_callbacks):
    told = []

    def hear(**kwargs):
        told.append((kwargs["learners"], kwargs["keys"]))

    marks_changed.connect(hear)
    try:
        response = write()
        page = open_next(tom_client, essays)
        with django_capture_on_commit_callbacks() as callbacks:
            save(tom_client, page, "1", "1")
            assert told == []
        for callback in callbacks:
            callback()
    finally:
        marks_changed.disconnect(hear)
    assert told == [({response.learner_id}, {"binds"})]


# Who gets in


def test_strangers_get_nowhere(essays, write, ada_client, eve_client, gus_client, client, tom):
    response = write()
    urls = [QUEUE, overview(essays), first(essays), url_of(response)]
    assistant = User.objects.create_user("sam@example.org", "a long word for sam", is_staff=True)
    for one in (ada_client, eve_client, gus_client, client_of(assistant)):
        for url in urls:
            assert one.get(url).status_code == 404, url
        assert one.post(urls[-1], {"marks": "0", "credit-0": "1", "credit-1": "1"}).status_code == 404
    for url in urls:
        assert client.get(url).url == f"/accounts/login/?next={url}"
    assert not HandMark.objects.exists()
    assert not Hold.objects.exists()


def test_a_teacher_of_another_course_finds_nothing(essays, write, rivers, tom, tom_client, tessa_client):
    rivers.owner, rivers.open_to_teachers = tom, False
    rivers.save()
    url = url_of(write())
    for one in (overview(essays), first(essays), url):
        assert tessa_client.get(one).status_code == 404, one
    assert tessa_client.post(url, {"marks": "0", "credit-0": "1", "credit-1": "1"}).status_code == 404
    assert "Nothing waits." in tessa_client.get(QUEUE).text
    assert tom_client.get(url).status_code == 200


def test_an_address_that_never_was_is_not_found(tom_client, essays, write):
    write()
    for url in (f"{QUEUE}987654/binds/", f"{QUEUE}{essays.pk}/other/", f"{overview(essays)}0123456789abcdef/"):
        assert tom_client.get(url).status_code == 404


def test_the_pages_need_nothing_that_the_strict_policy_blocks(tom_client, essays, write, blocked_by_policy):
    response = write()
    for url in (QUEUE, overview(essays), url_of(response)):
        assert blocked_by_policy(tom_client.get(url).text) == [], url


def test_the_list_of_marks_leads_to_the_queue(tom_client):
    assert f'href="{QUEUE}"' in tom_client.get(reverse("admin:quizzes_handmark_changelist")).text
