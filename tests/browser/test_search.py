"""Searching by keyboard: type, go down to a result, open it, come back; and the same without JavaScript."""

import re

from playwright.sync_api import Page, expect

LESSON = "/courses/does-iran-have-allies/lessons/axis/"


def hits(page: Page):
    return page.locator("[data-hit]")


def test_results_come_while_typing_and_are_opened_by_keyboard(open_page):
    page = open_page()
    page.goto(LESSON)
    page.keyboard.press("/")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    page.keyboard.type("hezbollah", delay=20)
    expect(hits(page).first).to_have_text(re.compile("Hezbollah"))
    expect(page).to_have_url(re.compile(r"/search/\?q=hezbollah$"))
    expect(page.locator("#announce")).to_have_text(re.compile(r"^\d+ results$"))
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(hits(page).nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/glossary/#hezbollah$"))
    page.go_back()
    expect(field).to_have_value("hezbollah")
    expect(hits(page).first).to_have_text(re.compile("Hezbollah"))
    page.go_back()
    expect(page).to_have_url(re.compile("/lessons/axis/$"))


def test_a_chosen_kind_stays_while_other_words_are_typed(open_page):
    page = open_page()
    page.goto("/search/?q=russia")
    page.get_by_role("link", name=re.compile("^Claims")).click()
    expect(page).to_have_url(re.compile(r"q=russia&kind=claim$"))
    expect(page.get_by_role("link", name=re.compile("^Claims"))).to_be_focused()
    page.get_by_role("searchbox").fill("china")
    expect(page).to_have_url(re.compile(r"q=china&kind=claim$"))
    expect(page.locator(".hits .kicker").first).to_have_text("Claim")


def test_more_results_are_added_and_the_focus_goes_on(open_page):
    page = open_page()
    page.goto("/search/?q=iran")
    expect(hits(page)).to_have_count(20)
    page.get_by_role("link", name="More results").click()
    expect(hits(page)).to_have_count(40)
    expect(hits(page).nth(20)).to_be_focused()


def test_a_slash_in_a_text_field_is_a_slash_and_shortcuts_can_be_off(open_page):
    page = open_page()
    page.goto("/search/")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("a/b")
    expect(page.get_by_role("searchbox")).to_have_value("a/b")
    page.goto("/preferences/")
    page.get_by_role("checkbox", name=re.compile("hortcut")).uncheck()
    page.get_by_role("button", name="Save").click()
    page.goto(LESSON)
    page.keyboard.press("/")
    expect(page).to_have_url(re.compile("/lessons/axis/$"))


def test_it_works_without_javascript(open_page):
    page = open_page(java_script_enabled=False)
    page.goto(LESSON)
    page.get_by_role("link", name="Search").click()
    page.get_by_role("searchbox").fill("نيروي قدس")
    page.get_by_role("button", name="Search").click()
    hits(page).first.click()
    expect(page).to_have_url(re.compile("/glossary/#quds-force$"))
    page.goto("/search/?q=iran")
    page.get_by_role("link", name="More results").click()
    expect(hits(page)).to_have_count(20)
    expect(page).to_have_url(re.compile("page=2"))


def test_nothing_goes_wrong_unseen(open_page, log):
    page = open_page()
    page.goto("/search/")
    page.get_by_role("searchbox").fill("axis")
    expect(hits(page).first).to_be_visible()
    log.assert_clean()
