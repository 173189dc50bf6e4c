"""An exam in the browser: nothing that was given is lost, and the clock is the server's.

Each test is another guest with a profile of its own; what the server has is read from its database.
"""

import json
import re
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.test_axe import LOOKS, findings, overflow

EXAM = "/quizzes/exam-rivers/exam/"
TIMED = "/quizzes/exam-rivers/timed/"
SET_UP = """
from tests import make
rivers = make.collection(slug="exam-rivers", title="Rivers")
essay = make.question(collection=rivers, kind="essay", text="What is a river?", options=(("Clear", 1, ""),))
single = make.question(collection=rivers, text="Which is the longest?", options=(("Nile", 1), ("Rhine", 0)))
multiple = make.question(
    collection=rivers, kind="multiple", text="Choose all in Asia.", options=(("Indus", 1), ("Ob", 1), ("Po", 0))
)
pairs = [{"text": "Nile", "match": "Egypt"}, {"text": "Rhine", "match": "Germany"}]
matching = make.question(collection=rivers, kind="matching", text="Match.", options=pairs)
make.quiz(collection=rivers, slug="exam", setting="exam", questions=[essay, single, multiple, matching])
make.quiz(collection=rivers, slug="timed", setting="exam", time_limit=30, questions=[essay, single])
"""


@pytest.fixture(scope="module", autouse=True)
def _quizzes(site):
    site.manage("shell", "-v0", "-c", SET_UP)


@pytest.fixture
def sql(site):
    """Runs a statement on the server's database; rows as tuples."""

    def run(statement: str, *values):
        with sqlite3.connect(site.var / "db.sqlite3", timeout=20) as connection:
            return connection.execute(statement, values).fetchall()

    return run


@pytest.fixture
def recorded(sql) -> Callable[[], list]:
    """The answers of the latest attempt, in the order of tries."""

    def recorded():
        latest = "SELECT max(attempt_id) FROM quizzes_response"
        rows = sql(f"SELECT answer FROM quizzes_response WHERE attempt_id = ({latest}) ORDER BY slot, try_number")
        return [json.loads(answer) for (answer,) in rows]

    return recorded


@pytest.fixture
def due_in(sql):
    """Moves the deadline of the latest timed attempt."""

    def due_in(seconds: float) -> None:
        due = datetime.now(UTC) + timedelta(seconds=seconds)
        latest = "SELECT max(id) FROM quizzes_attempt WHERE due_at IS NOT NULL"
        sql(f"UPDATE quizzes_attempt SET due_at = ? WHERE id = ({latest})", due.strftime("%Y-%m-%d %H:%M:%S.%f"))

    return due_in


@pytest.fixture
def written(open_page) -> Page:
    """The essay of the exam without a clock."""
    page = open_page()
    page.goto(f"{EXAM}1/")
    return page


@pytest.fixture
def timed(open_page) -> Page:
    page = open_page()
    start(page)
    return page


def start(page: Page) -> None:
    page.goto(TIMED)
    page.get_by_role("button", name="Start").click()
    expect(field(page)).to_be_visible()
    page.wait_for_load_state()


def field(page: Page):
    return page.get_by_role("textbox")


def beside(page: Page, words: str | re.Pattern):
    """What is said beside the field."""
    return page.locator("form .saved").get_by_text(words)


def saved(page: Page):
    return beside(page, re.compile(r"^\s*Saved at \d\d:\d\d:\d\d\s*$"))


def write(page: Page, text: str) -> None:
    field(page).press_sequentially(text)


def hide(page: Page) -> None:
    """As when another tab is looked at."""
    page.evaluate(
        """Object.defineProperty(document, "hidden", { value: true, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
        delete document.hidden"""
    )


def wake(page: Page) -> None:
    """As when another tab was looked at, or the laptop lay closed: the clock is set anew."""
    with page.expect_response("**/clock/", timeout=3_000):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(200)


class Letters:
    """What the page sends: kept back until `release`."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.held: list[Route] = []
        self.is_open = False
        page.route("**/answer/", lambda route: route.continue_() if self.is_open else self.held.append(route))

    def wait_for(self, count: int) -> None:
        for _ in range(100):
            if len(self.held) == count:
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"{len(self.held)} letters, not {count}")

    def release(self) -> None:
        self.is_open = True
        for route in self.held:
            with self.page.expect_response("**/answer/"):
                route.continue_()


def test_what_is_typed_is_saved_after_a_pause_and_the_caret_stays(written, recorded, log):
    write(written, "Water runs")
    for _ in range(4):
        written.keyboard.press("ArrowLeft")
    expect(saved(written)).to_be_visible()
    written.keyboard.type("that ")
    expect(field(written)).to_have_value("Water that runs")
    expect(field(written)).to_be_focused()
    expect(written.locator("#step-1")).to_have_class("answered")
    expect(written.get_by_text("1 of 4 answered")).to_be_visible()
    written.wait_for_timeout(1500)
    assert recorded() == ["Water runs", "Water that runs"]
    written.reload()
    expect(field(written)).to_have_value("Water that runs")
    expect(saved(written)).to_be_visible()
    log.assert_clean()


def test_going_on_at_once_saves_first_so_that_the_next_page_knows(written, recorded):
    write(written, "Water")
    written.get_by_role("link", name="Next").click()
    expect(written).to_have_url(re.compile("/2/$"))
    expect(written.locator("#step-1")).to_have_class("answered")
    assert recorded() == ["Water"]


def test_leaving_at_once_by_any_way_saves(written, recorded):
    write(written, "Water")
    written.goto("/")
    written.wait_for_timeout(500)
    assert recorded() == ["Water"]


def test_back_shows_what_was_saved_and_goes_on_from_there(written, recorded):
    write(written, "Water")
    written.get_by_role("link", name="Next").click()
    expect(written).to_have_url(re.compile("/2/$"))
    written.go_back()
    expect(field(written)).to_have_value("Water")
    field(written).press("End")
    write(written, " runs")
    written.get_by_role("link", name="Next").click()
    expect(written).to_have_url(re.compile("/2/$"))
    assert recorded() == ["Water", "Water runs"]


def test_every_kind_of_field_is_saved_while_it_is_given(written):
    written.goto(f"{EXAM}2/")
    written.get_by_label("Nile").check()
    expect(saved(written)).to_be_visible()
    written.reload()
    expect(written.get_by_label("Nile")).to_be_checked()
    written.goto(f"{EXAM}3/")
    written.get_by_label("Indus").check()
    written.get_by_label("Ob").check()
    expect(saved(written)).to_be_visible()
    written.reload()
    expect(written.get_by_label("Indus")).to_be_checked()
    expect(written.get_by_label("Ob")).to_be_checked()
    expect(written.get_by_label("Po")).not_to_be_checked()
    written.goto(f"{EXAM}4/")
    for river, country in (("Nile", "Egypt"), ("Rhine", "Germany")):
        written.get_by_label(river).select_option(label=country)
    expect(saved(written)).to_be_visible()
    written.reload()
    expect(written.get_by_label("Rhine").locator("option:checked")).to_have_text("Germany")


def test_looking_at_another_tab_saves_and_coming_back_goes_on(written, recorded):
    write(written, "Water")
    hide(written)
    expect(saved(written)).to_be_visible(timeout=900)
    write(written, " runs")
    hide(written)
    hide(written)
    written.wait_for_timeout(1500)
    expect(saved(written)).to_be_visible()
    assert recorded() == ["Water", "Water runs"]


def test_leaving_while_a_letter_is_under_way_loses_and_doubles_nothing(written, recorded):
    letters = Letters(written)
    write(written, "Water")
    letters.wait_for(1)
    write(written, " runs")
    hide(written)
    letters.wait_for(2)
    write(written, " down")
    letters.release()
    written.wait_for_timeout(1500)
    expect(saved(written)).to_be_visible()
    assert recorded() == ["Water", "Water runs", "Water runs down"]


def test_a_letter_whose_reply_is_lost_does_not_make_the_page_a_stranger_to_itself(written, recorded):
    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    written.route("**/answer/", lose, times=1)
    write(written, "Water")
    expect(beside(written, "Not saved yet")).to_be_visible()
    write(written, " runs")
    expect(saved(written)).to_be_visible()
    written.wait_for_timeout(300)
    assert recorded() == ["Water", "Water runs"]


def test_offline_is_said_beside_the_field_leaving_asks_and_online_saves(written, recorded):
    written.context.set_offline(True)
    write(written, "Water")
    expect(beside(written, "Not saved yet: the site could not be reached.")).to_be_visible()
    expect(written.locator("#announce")).to_contain_text("Not saved yet")
    leaves = "dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    assert not written.evaluate(leaves)
    written.context.set_offline(False)
    expect(saved(written)).to_be_visible(timeout=2_500)
    assert written.evaluate(leaves)
    assert recorded() == ["Water"]


def test_a_tab_that_is_behind_is_told_and_can_save_once_more(written, recorded):
    other = written.context.new_page()
    other.goto(f"{EXAM}1/")
    write(written, "Water")
    expect(saved(written)).to_be_visible()
    write(other, "Ice")
    expect(beside(other, "answered this already, in another window")).to_be_visible()
    expect(field(other)).to_have_value("Ice")
    assert recorded() == ["Water"]
    other.get_by_role("button", name="Save").click()
    expect(saved(other)).to_be_visible()
    assert recorded() == ["Water", "Ice"]


def test_save_saves_at_once_and_a_double_click_saves_once(written, recorded):
    write(written, "Water")
    written.get_by_role("button", name="Save").dblclick()
    expect(saved(written)).to_be_visible(timeout=900)
    expect(written.locator("#announce")).to_contain_text("Saved at")
    written.wait_for_timeout(1500)
    assert recorded() == ["Water"]


def test_what_is_missing_is_told_beside_the_field(written):
    written.goto(f"{EXAM}2/")
    written.get_by_role("button", name="Save").click()
    expect(beside(written, "Not saved. Choose an answer first.")).to_be_visible()
    expect(written.locator("#announce")).to_contain_text("Choose an answer first.")


def test_a_finished_attempt_is_told_beside_the_field(written):
    write(written, "Water")
    expect(saved(written)).to_be_visible()
    other = written.context.new_page()
    other.goto(f"{EXAM}finish/")
    other.get_by_role("button", name="Finish").click()
    expect(other.get_by_role("heading", name="Every question")).to_be_visible()
    write(written, " runs")
    note = written.locator("form .toast")
    expect(note).to_contain_text("takes no further answers")
    expect(note.get_by_role("link", name="Back to the quiz")).to_be_visible()
    expect(field(written)).to_have_value("Water runs")


def test_flagging_while_writing_keeps_the_text_and_the_focus(written, recorded):
    written.get_by_role("button", name="Flag").click()
    expect(written.get_by_role("button", name="Flagged: take the flag away")).to_be_focused()
    expect(written.locator("#step-1")).to_have_class(re.compile("flagged"))
    write(written, "Water")
    written.get_by_role("button", name="Flag").click()
    expect(written.get_by_role("button", name="Flag, to come back to it")).to_be_focused()
    expect(field(written)).to_have_value("Water")
    expect(saved(written)).to_be_visible()
    assert recorded() == ["Water"]


def test_the_clock_ticks_whatever_the_time_on_this_computer_and_sees_extra_time_within_ten_seconds(open_page, due_in):
    page = open_page(timezone_id="Asia/Tehran")
    page.add_init_script("Date.now = () => 0")
    start(page)
    time = page.get_by_role("timer")
    expect(time).to_have_text(re.compile(r"^29:5\d$"))
    first = time.inner_text()
    expect(time).not_to_have_text(first)
    until = page.locator(".clock time")
    due = datetime.fromisoformat(until.get_attribute("datetime") or "")
    expect(until).to_have_text((due.astimezone(UTC) + timedelta(hours=3, minutes=30)).strftime("%H:%M"))
    due_in(40 * 60)
    expect(time).to_have_text(re.compile(r"^39:\d\d$"), timeout=10_000)


def test_a_woken_laptop_asks_at_once(timed, due_in):
    due_in(20 * 60)
    wake(timed)
    expect(timed.get_by_role("timer")).to_have_text(re.compile(r"^(20:00|19:5\d)$"), timeout=2_000)


def test_a_hidden_clock_stays_hidden_when_it_is_set_anew_and_on_the_next_page(timed):
    toggle = timed.locator(".clock summary")
    toggle.click()
    expect(timed.get_by_role("timer")).to_be_hidden()
    wake(timed)
    expect(timed.get_by_role("timer")).to_be_hidden()
    timed.get_by_role("link", name="Next").click()
    expect(timed).to_have_url(re.compile("/2/$"))
    expect(timed.get_by_role("timer")).to_be_hidden()
    timed.locator(".clock summary").click()
    timed.reload()
    expect(timed.get_by_role("timer")).to_be_visible()


def test_the_focus_on_the_clock_outlives_its_being_set_anew(timed):
    timed.locator(".clock summary").focus()
    wake(timed)
    expect(timed.locator(".clock summary")).to_be_focused()


def test_marks_on_the_way_are_told_once(timed, due_in, sql):
    news = timed.locator("#announce")
    marks = {900: "Half of the time is over.", 300: "Five minutes left.", 60: "One minute left."}
    for seconds, words in marks.items():
        timed.evaluate("sessionStorage.clear()")
        due_in(seconds + 2)
        sql("UPDATE quizzes_attempt SET started_at = datetime(due_at, '-30 minutes') WHERE due_at IS NOT NULL")
        timed.goto(f"{TIMED}1/")
        expect(news).to_have_text(words)
    timed.evaluate("document.getElementById('announce').textContent = ''")
    wake(timed)
    timed.wait_for_timeout(1500)
    expect(news).to_be_empty()
    timed.reload()
    timed.wait_for_timeout(1500)
    expect(news).to_be_empty()


def test_after_a_leap_the_time_itself_is_told(timed, due_in):
    due_in(200)
    wake(timed)
    expect(timed.locator("#announce")).to_have_text(re.compile(r"^Time left: 3:\d\d$"))


def test_a_mark_passed_on_the_way_from_one_page_to_the_next_is_told_there(timed, due_in):
    timed.wait_for_timeout(1200)
    due_in(299)
    timed.get_by_role("link", name="Next").click()
    expect(timed).to_have_url(re.compile("/2/$"))
    expect(timed.locator("#announce")).to_have_text("Five minutes left.")


def test_when_time_is_up_the_last_words_are_saved_and_the_attempt_is_finished(timed, due_in):
    due_in(4)
    timed.goto(f"{TIMED}1/")
    write(timed, "Last words")
    expect(timed).to_have_url(re.compile(r"/attempts/\d+/$"), timeout=12_000)
    expect(timed.get_by_text("Last words")).to_be_visible()
    expect(timed.get_by_text("deadline")).to_have_count(0)


def test_when_the_network_fails_as_time_is_up_the_last_words_are_tried_again(timed, due_in):
    due_in(3)
    timed.goto(f"{TIMED}1/")
    timed.route("**/answer/", lambda route: route.abort(), times=1)
    timed.wait_for_timeout(2000)
    write(timed, "Last words")
    expect(timed).to_have_url(re.compile(r"/attempts/\d+/$"), timeout=15_000)
    expect(timed.get_by_text("Last words")).to_be_visible()


def test_extra_time_given_in_the_last_second_is_not_cut_off(timed, due_in):
    due_in(3)
    timed.goto(f"{TIMED}1/")
    expect(timed.get_by_role("timer")).to_have_text(re.compile("0:0"))
    due_in(300)
    expect(timed.get_by_role("timer")).to_have_text(re.compile(r"^4:\d\d$"), timeout=10_000)
    expect(timed).to_have_url(re.compile("/1/$"))


def test_a_lost_network_leaves_the_clock_running_without_a_note_over_the_page(timed):
    timed.context.set_offline(True)
    timed.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    timed.wait_for_timeout(500)
    before = timed.get_by_role("timer").inner_text()
    expect(timed.get_by_role("timer")).not_to_have_text(before)
    expect(timed.locator(".toast")).to_have_count(0)


def test_an_attempt_that_is_finished_elsewhere_is_told_with_a_way_to_the_result(timed):
    timed.locator(".clock summary").click()
    other = timed.context.new_page()
    other.goto(f"{TIMED}finish/")
    other.get_by_role("button", name="Finish").click()
    expect(other.get_by_role("heading", name="Every question")).to_be_visible()
    wake(timed)
    timed.get_by_role("link", name="See the result").click()
    expect(timed.get_by_role("heading", name="Every question")).to_be_visible()


def test_without_javascript_the_exam_is_the_same(open_page, recorded):
    page = open_page(java_script_enabled=False)
    start(page)
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^(30:00|29:5\d)$"))
    expect(page.get_by_text(re.compile(r"until \d\d:\d\d UTC"))).to_be_visible()
    field(page).fill("Water")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text(re.compile(r"Saved at \d\d:\d\d:\d\d UTC"))).to_be_visible()
    page.get_by_role("button", name="Flag").click()
    expect(page.get_by_role("button", name="Flagged: take the flag away")).to_be_visible()
    expect(field(page)).to_have_value("Water")
    page.get_by_role("link", name="Next").click()
    page.get_by_role("link", name="To the end").click()
    expect(page.get_by_role("heading", name="Not answered yet")).to_be_visible()
    page.get_by_role("button", name="Finish and see the result").click()
    expect(page.get_by_text("One answer waits for a teacher's mark")).to_be_visible()
    assert recorded() == ["Water"]


@pytest.mark.parametrize("look", LOOKS[::3], ids=lambda look: f"{look['viewport']['width']}-{look['color_scheme']}")
def test_axe_finds_nothing_in_any_state(open_page, look):
    page = open_page(**look)
    start(page)
    found = findings(page)
    write(page, "Water")
    expect(saved(page)).to_be_visible()
    page.get_by_role("button", name="Flag").click()
    expect(page.get_by_role("button", name="Flagged")).to_be_visible()
    found += findings(page)
    page.get_by_role("link", name="Next").click()
    page.get_by_role("button", name="Save").click()
    expect(beside(page, "Choose an answer first.")).to_be_visible()
    page.locator(".clock summary").click()
    found += findings(page)
    assert overflow(page) == 0
    for path in (TIMED, f"{TIMED}clock/", f"{TIMED}finish/"):
        page.goto(path)
        found += findings(page)
        assert overflow(page) == 0, path
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("heading", name="Every question")).to_be_visible()
    found += findings(page)
    assert overflow(page) == 0
    assert found == []


def test_the_result_on_paper_is_the_result_alone(written):
    write(written, "Water")
    expect(saved(written)).to_be_visible()
    written.goto(f"{EXAM}finish/")
    written.get_by_role("button", name="Finish").click()
    written.emulate_media(media="print")
    expect(written.get_by_text("attempt 1 at edition 1")).to_be_visible()
    expect(written.get_by_text("Water")).to_be_visible()
    for gone in ("banner", "contentinfo", "navigation"):
        expect(written.get_by_role(gone)).to_have_count(0)
    for gone in ("All attempts", "Back to the course"):
        expect(written.get_by_role("link", name=gone)).to_have_count(0)
