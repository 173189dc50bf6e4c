"""What people do: click twice, go back, open two tabs, press keys, lose the network."""

import re

import pytest
from playwright.sync_api import Page, expect

LESSON = "/courses/does-iran-have-allies/lessons/axis/"
QUIZ = "/quizzes/does-iran-have-allies/axis/"


def first_check(page: Page):
    return page.locator("section.check").first


def choose_first(page: Page) -> None:
    first_check(page).locator("input[name=answer]:not([disabled])").first.check()


def responses(site) -> int:
    return int(
        site.manage("shell", "-v0", "-c", "from quizzes.models import Response; print(Response.objects.count())")
    )


@pytest.mark.parametrize("scripts", [True, False], ids=["htmx", "no-js"])
def test_a_double_click_records_one_answer(open_page, site, scripts):
    page = open_page(java_script_enabled=scripts)
    page.goto(LESSON)
    before = responses(site)
    choose_first(page)
    first_check(page).get_by_role("button").dblclick(no_wait_after=True)
    expect(first_check(page).locator(".verdict")).to_be_visible()
    assert responses(site) == before + 1


def test_focus_moves_to_the_verdict_and_the_count_is_announced(open_page):
    page = open_page()
    page.goto(LESSON)
    choose_first(page)
    first_check(page).get_by_role("button").click()
    expect(first_check(page).locator(".verdict")).to_be_focused()
    expect(page.locator("#announce")).to_have_text("1 of 6 checks answered")


def test_focus_moves_to_the_error(open_page):
    page = open_page()
    page.goto(LESSON)
    first_check(page).get_by_role("button").click()
    expect(first_check(page).locator(".error")).to_be_focused()


def test_back_and_reload_show_what_was_answered(open_page):
    page = open_page()
    page.goto(LESSON)
    choose_first(page)
    first_check(page).get_by_role("button").click()
    expect(first_check(page).locator(".verdict")).to_be_visible()
    page.goto("/")
    page.go_back()
    expect(first_check(page).locator(".verdict")).to_be_visible()
    expect(page.get_by_role("banner")).to_be_visible()
    page.reload()
    expect(first_check(page).locator(".verdict")).to_be_visible()
    expect(page.locator("#checks-done")).to_contain_text("1 of 6")


def test_back_after_the_end_of_a_quiz_leads_to_its_results(open_page):
    page = open_page()
    page.goto(f"{QUIZ}1/")
    page.locator("input[name=answer]").first.check()
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".verdict")).to_be_visible()
    page.goto(f"{QUIZ}finish/")
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("heading", name="Every question")).to_be_visible()
    page.go_back()
    expect(
        page.get_by_role("heading", name="Every question").or_(page.get_by_text("What you did so far"))
    ).to_be_visible()


def test_two_tabs_share_one_attempt(open_page, site):
    page = open_page()
    page.goto(f"{QUIZ}1/")
    other = page.context.new_page()
    other.goto(f"{QUIZ}2/")
    for tab in (page, other):
        tab.locator("input[name=answer]").first.check()
        tab.get_by_role("button", name="Check").click()
        expect(tab.locator(".verdict")).to_be_visible()
    expect(other.locator(".onward .end")).to_have_text("2 of 12 answered")


def test_digits_choose_and_enter_checks_and_goes_on(open_page):
    page = open_page()
    page.goto(f"{QUIZ}1/")
    page.keyboard.press("2")
    expect(page.locator("input[name=answer]").nth(1)).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.locator(".verdict")).to_be_visible()
    for _ in range(3):
        if page.get_by_role("link", name="Next").count():
            break
        page.locator("input[name=answer]:not([disabled]):not(:checked)").first.check()
        page.keyboard.press("Enter")
        page.wait_for_timeout(400)
    page.locator(".verdict").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/2/$"))


def test_shortcuts_can_be_switched_off(open_page):
    page = open_page()
    page.goto("/preferences/")
    page.get_by_role("checkbox").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved, for this browser.")).to_be_visible()
    page.goto(f"{QUIZ}1/")
    page.keyboard.press("1")
    expect(page.locator("input[name=answer]:checked")).to_have_count(0)


def test_a_footnote_opens_in_place_on_a_narrow_screen_and_escape_closes_it(open_page):
    page = open_page(viewport={"width": 390, "height": 800})
    page.goto(LESSON)
    reference = page.locator(".ref a").first
    note = page.locator(reference.get_attribute("href") or "")
    expect(note).to_be_hidden()
    reference.click()
    expect(note).to_be_visible()
    expect(note).to_be_focused()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(reference).to_be_focused()


def test_without_javascript_a_footnote_opens_by_its_address(open_page):
    page = open_page(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    page.goto(LESSON)
    reference = page.locator(".ref a").first
    reference.click()
    expect(page.locator(reference.get_attribute("href") or "")).to_be_visible()


def test_a_term_shows_its_meaning_on_hover_focus_and_tap_and_escape_hides_it(open_page):
    page = open_page(has_touch=True)
    page.goto(LESSON)
    term = page.locator(".term").first
    meaning = page.locator(term.get_attribute("href") or "")
    term.hover()
    expect(meaning).to_be_visible()
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    page.mouse.move(0, 0)
    term.focus()
    expect(meaning).to_be_visible()
    page.locator("h1").click()
    expect(meaning).to_be_hidden()
    term.tap()
    expect(meaning).to_be_visible()


def test_a_lost_network_is_said_and_the_answer_stays_on_the_page(open_page):
    page = open_page()
    page.goto(LESSON)
    choose_first(page)
    page.context.set_offline(True)
    first_check(page).get_by_role("button").click()
    expect(page.get_by_role("alert").filter(has_text="could not be reached")).to_be_visible()
    expect(first_check(page).locator("input:checked")).to_have_count(1)
    page.context.set_offline(False)
    first_check(page).get_by_role("button").click()
    expect(first_check(page).locator(".verdict")).to_be_visible()


def test_a_page_left_open_while_another_tab_signs_up_still_takes_answers(open_page):
    page = open_page()
    page.goto(LESSON)
    choose_first(page)
    first_check(page).get_by_role("button").click()
    expect(first_check(page).locator(".verdict")).to_be_visible()
    other = page.context.new_page()
    other.goto("/accounts/signup/")
    other.get_by_label(re.compile("mail")).fill("two-tabs@example.org")
    other.get_by_label("Password").first.fill("a long word for tabs")
    other.locator("main form").get_by_role("button").first.click()
    expect(other.get_by_role("link", name="Account")).to_be_visible()
    second = page.locator("section.check").nth(1)
    second.locator("input[name=answer]").first.check()
    second.get_by_role("button").click()
    expect(page.locator("section.check").nth(1).locator(".verdict")).to_be_visible()
