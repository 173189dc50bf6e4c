"""The progress of somebody who is in the middle of a course, and a delayed check: axe, the keyboard, no JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_axe import LOOKS, findings, overflow

LATER = "/review/later/does-iran-have-allies/axis/"


@pytest.fixture
def middling(open_page, site):
    """Opens a profile that is signed in as a learner of their own."""

    def opened(**options) -> Page:
        code = "from tests.browser.history import middling; print(middling())"
        key = site.manage("shell", "-v0", "-c", code).strip()
        page = open_page(**options)
        page.context.add_cookies([{"name": "sessionid", "value": key, "url": site.url}])
        return page

    return opened


def answer(page: Page) -> None:
    """Somehow, whatever kind of question it is."""
    for select in page.locator("#review select").all():
        select.select_option(index=1)
    fields = page.locator("#review input[type=text], #review input[type=number]").all()
    for number, field in enumerate(fields):
        field.fill(str(len(fields) - number))  # no row to be put in order gets the number of another
    choices = page.locator("#review :is(input[type=radio], input[type=checkbox])")
    if choices.count():
        choices.first.check()
    page.locator("#review form [data-enter]").click()


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look['viewport']['width']}-{look['color_scheme']}")
def test_dashboard_and_delayed_check_in_every_look(middling, look):
    page = middling(**look)
    found = []
    page.goto("/progress/")
    for heading in (
        "What has stayed?",
        "Days you studied",
        "If you stopped reviewing",
        "How sure you were, and how right",
    ):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    for details in page.locator("details > summary").all():
        details.click()
    found += findings(page)
    assert overflow(page) == 0
    page.goto(LATER)
    found += findings(page)
    for number in (1, 2, 3):
        expect(page.get_by_role("heading", name=f"Question {number} of 3")).to_be_visible()
        answer(page)
        expect(page.locator(".verdict")).to_be_visible()
        found += findings(page)
        page.locator(".onward [data-enter]").click()
    expect(page.get_by_role("heading", name="After 9 days")).to_be_visible()
    found += findings(page)
    assert overflow(page) == 0
    page.goto("/progress/")
    expect(page.get_by_role("heading", name="What has stayed", exact=True)).to_be_visible()
    found += findings(page)
    assert found == []


def test_a_delayed_check_without_javascript(middling, log):
    page = middling(java_script_enabled=False)
    page.goto("/progress/")
    page.get_by_role("link", name="Answer 3 questions: The Axis of Resistance").click()
    for number in (1, 2, 3):
        expect(page.get_by_role("heading", name=f"Question {number} of 3")).to_be_visible()
        answer(page)
        expect(page.locator(".verdict")).to_be_visible()
        page.locator(".onward [data-enter]").click()
    expect(page.get_by_role("heading", name="After 9 days")).to_be_visible()
    log.assert_clean()


def test_the_offer_and_every_table_are_reached_by_keyboard(middling):
    page = middling()
    page.goto("/progress/")
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.textContent.trim()"))
    assert reached >= {"Answer 3 questions", "The same as a table", "What this means", "My plan"}


def test_the_focus_follows_from_question_to_verdict_to_question(middling):
    page = middling()
    page.goto(LATER)
    answer(page)
    expect(page.locator(".verdict")).to_be_focused()
    page.locator(".onward [data-enter]").click()
    expect(page.get_by_role("heading", name="Question 2 of 3")).to_be_focused()


def test_enter_goes_on_where_a_session_ends(middling):
    page = middling()
    page.goto("/review/plan/")
    page.get_by_label("Questions in a session").fill("1")
    page.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.goto("/review/")
    answer(page)
    expect(page.locator(".verdict")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="A good place to stop")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Question 1 of 1")).to_be_focused()


def test_all_of_it_fits_a_window_of_320_pixels(middling):
    page = middling(viewport={"width": 320, "height": 800})
    page.goto("/progress/")
    for details in page.locator("details:not([open]) > summary").all()[::-1]:
        details.click()
    expect(page.get_by_role("columnheader", name="Week from")).to_be_visible()
    assert overflow(page) == 0
