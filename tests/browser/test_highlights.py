"""Highlights and notes: by selecting, by keyboard alone, without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_axe import LOOKS, findings, overflow

LESSON = "/courses/does-iran-have-allies/lessons/axis/"
PASSAGE = "/notes/does-iran-have-allies/axis/name-use/"
HERE = "#passage-name-use"
ELSEWHERE = "#passage-name-origin"
SELECT = """([here, from, to]) => {
    const walker = document.createTreeWalker(document.querySelector(here), NodeFilter.SHOW_TEXT);
    const ends = [];
    while (walker.nextNode()) {
        const { data } = walker.currentNode;
        if (!ends.length && data.includes(from)) ends.push(walker.currentNode, data.indexOf(from));
        if (ends.length === 2 && data.includes(to)) ends.push(walker.currentNode, data.indexOf(to) + to.length);
    }
    getSelection().setBaseAndExtent(...ends);
}"""


def select(page: Page, first: str, last: str, here: str = HERE) -> None:
    page.evaluate(SELECT, [here, first, last])
    expect(page.get_by_role("toolbar")).to_be_visible()


def marks(page: Page, here: str = HERE):
    return page.locator(f"{here} mark")


def button(page: Page, name: str):
    return page.get_by_role("toolbar").get_by_role("button", name=name)


def test_selected_words_are_highlighted_in_place_and_stay(open_page, log):
    page = open_page()
    page.goto(LESSON)
    expect(page.get_by_role("toolbar")).to_be_hidden()
    select(page, "an envoy", "essential parts")
    button(page, "Highlight").click()
    expect(marks(page)).to_have_text(["an envoy of Iran, counted Syria among the essential parts"])
    expect(page.locator("#announce")).to_have_text("Highlighted.")
    expect(page.get_by_role("toolbar")).to_be_hidden()
    page.reload()
    expect(marks(page)).to_have_count(1)
    log.assert_clean()


def test_a_note_is_written_beside_the_passage_and_edited_there(open_page, log):
    page = open_page()
    page.goto(LESSON)
    select(page, "Libyan", "Resistance", ELSEWHERE)
    button(page, "Note").click()
    expect(page.get_by_role("textbox", name="Your note")).to_be_focused()
    page.keyboard.type("Which one?\nFind it.")
    page.get_by_role("button", name="Save the note").click()
    note = page.get_by_role("note", name="Your note")
    expect(note).to_contain_text("Which one?")
    expect(marks(page, ELSEWHERE).last).to_have_text("Axis of Resistance")
    note.get_by_role("link", name="Edit your note").click()
    page.get_by_role("textbox", name="Your note").fill("It was al-Zahf al-Akhdar.")
    page.get_by_role("button", name="Save the note").click()
    expect(note).to_contain_text("It was al-Zahf al-Akhdar.")
    log.assert_clean()


def test_marked_words_are_deleted_and_taken_back(open_page, log):
    page = open_page()
    page.goto(LESSON)
    select(page, "an envoy", "Syria")
    button(page, "Highlight").click()
    marks(page).first.click()
    expect(button(page, "Highlight")).to_be_hidden()
    button(page, "Delete").click()
    expect(marks(page)).to_have_count(0)
    page.get_by_role("button", name="Take it back").click()
    expect(marks(page)).to_have_text(["an envoy of Iran, counted Syria"])
    log.assert_clean()


def test_marked_words_become_a_question_for_the_reviews(open_page, log):
    page = open_page()
    page.goto(LESSON)
    select(page, "Saeed", "Jalili")
    button(page, "Ask me later").click()
    expect(page.get_by_role("heading", name="Ask me this later")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Saeed")).to_be_checked()
    page.locator("label").filter(has_text="2012").click()
    page.get_by_role("button", name="Ask me").click()
    expect(page.get_by_text("It comes up in your reviews on")).to_be_visible()
    page.get_by_role("link", name="Back to the passage").click()
    expect(marks(page)).to_have_text(["Saeed Jalili"])
    log.assert_clean()


def test_a_selection_over_two_paragraphs_is_told_so(open_page):
    page = open_page()
    page.goto(LESSON)
    page.evaluate(
        "([from, to]) => getSelection().setBaseAndExtent(document.querySelector(`${from} p`), 0,"
        " document.querySelector(`${to} p`), 1)",
        [ELSEWHERE, HERE],
    )
    expect(page.get_by_text("Select words of one paragraph.")).to_be_visible()
    expect(button(page, "Highlight")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.get_by_role("toolbar")).to_be_hidden()


def test_by_keyboard_the_selection_is_extended_and_the_bar_reached_by_tab(open_page, log):
    page = open_page()
    page.goto(LESSON)
    page.locator(f"{HERE} p").dblclick(position={"x": 40, "y": 14})
    expect(page.get_by_role("toolbar")).to_be_visible()
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Tab")
    expect(button(page, "Highlight")).to_be_focused()
    page.keyboard.press("Enter")
    expect(marks(page)).to_have_text([re.compile(r"^\w+ \w+$")])
    expect(page.locator(HERE)).to_be_focused()
    log.assert_clean()


def test_by_keyboard_a_key_is_enough_where_shortcuts_are_on(open_page):
    page = open_page()
    page.goto("/preferences/")
    page.get_by_label(re.compile("keys|shortcuts", re.IGNORECASE)).first.check()
    page.get_by_role("button", name="Save").click()
    page.goto(LESSON)
    select(page, "diplomacy", "diplomacy")
    page.keyboard.press("h")
    expect(marks(page)).to_have_text(["diplomacy"])


def test_by_keyboard_each_passage_has_a_link_to_note_on_it(open_page):
    page = open_page()
    page.goto(LESSON)
    link = page.locator(f"{HERE} .jot")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your notes on a passage")).to_be_visible()


def test_without_javascript_one_notes_highlights_asks_and_deletes(open_page, log):
    page = open_page(java_script_enabled=False)
    page.goto(LESSON)
    page.locator(f"{HERE} .jot").click()
    page.get_by_label("Words to highlight").fill("parts of the axis")
    page.get_by_role("textbox", name="Your note").fill("Whose words are these?")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_role("link", name="Choose the words").click()
    page.get_by_role("checkbox", name="parts").uncheck()
    page.get_by_role("button", name="Ask me").click()
    expect(page.get_by_text("It comes up in your reviews on")).to_be_visible()
    page.get_by_role("link", name="Back to the passage").click()
    expect(marks(page)).to_have_text(["parts of the axis"])
    page.goto("/notes/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download all as Markdown").click()
    assert "> parts of the axis" in download.value.path().read_text()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Deleted: “parts of the axis”")).to_be_visible()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("textbox", name="Your note")).to_have_value("Whose words are these?")
    log.assert_clean()


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look['viewport']['width']}-{look['color_scheme']}")
def test_axe_finds_nothing(open_page, look):
    page = open_page(**look)
    page.goto(LESSON)
    select(page, "an envoy", "essential parts")
    found = findings(page)
    button(page, "Note").click()
    page.get_by_role("textbox", name="Your note").fill("A thought.\nAnd another.")
    found += findings(page)
    page.get_by_role("button", name="Save the note").click()
    expect(page.get_by_role("note", name="Your note")).to_be_visible()
    found += findings(page)
    assert overflow(page) == 0
    marks(page).first.click()
    button(page, "Ask me later").click()
    page.wait_for_url("**/ask/")
    found += findings(page)
    assert overflow(page) == 0
    page.locator("label").filter(has_text="Syria").click()
    page.get_by_role("button", name="Ask me").click()
    for path in (page.url, PASSAGE, "/notes/"):
        page.goto(path)
        found += findings(page)
        assert overflow(page) == 0, path
    assert found == []
