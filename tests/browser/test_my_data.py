"""Taking one's data along, having it erased and bringing it back: by keyboard alone, with scripts and without."""

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.keyboard import Keyboard

LESSON = "/courses/does-iran-have-allies/lessons/axis/"
PASSWORD = "a long word for going away"

scripts = pytest.mark.parametrize("scripts", [True, False], ids=["htmx", "no-js"])


@pytest.fixture
def sit_down(open_page) -> Callable[[bool], Keyboard]:
    """What the strict CSP blocks is an error of the console."""

    def sit_down(scripts: bool) -> Keyboard:
        page = open_page(java_script_enabled=scripts, accept_downloads=True)
        page.context.add_init_script(
            "document.addEventListener('securitypolicyviolation', blocked => console.error(blocked.violatedDirective))"
        )
        return Keyboard(page)

    return sit_down


@pytest.fixture
def answers(site) -> Callable[[], int]:
    """How many are stored, of everybody."""

    def answers() -> int:
        with sqlite3.connect(site.var / "db.sqlite3", timeout=20) as connection:
            return connection.execute("SELECT COUNT(*) FROM quizzes_response").fetchone()[0]

    return answers


def main(page: Page) -> Locator:
    return page.get_by_role("main")


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def answer_a_check(learner: Keyboard) -> None:
    page = learner.page
    page.goto(LESSON)
    card = page.locator("section.check").first
    learner.tick(card.locator("input[name=answer]").first)
    learner.press(card.get_by_role("button", name=re.compile("Check")))
    expect(card.locator(".verdict")).to_be_visible()


def sign_up(learner: Keyboard, email: str) -> None:
    page = learner.page
    learner.press(page.get_by_role("link", name="Sign up"))
    learner.fill(page.get_by_label("E-mail address"), email)
    learner.fill(page.get_by_label("Password").first, PASSWORD)
    learner.key("Enter")
    expect(page.get_by_role("link", name="Account")).to_be_visible()


def go_to_my_data(learner: Keyboard) -> None:
    page = learner.page
    learner.press(page.get_by_role("link", name="Account"))
    learner.press(main(page).get_by_role("link", name="My data"))
    heading(page, "My data")


def download(learner: Keyboard, folder: Path) -> Path:
    with learner.page.expect_download() as started:
        learner.press(main(learner.page).get_by_role("button", name="Download my data"))
    assert started.value.suggested_filename == "my-data.zip"
    file = folder / "my-data.zip"
    started.value.save_as(file)
    return file


def erase(learner: Keyboard, what: str) -> None:
    """Enter is pressed twice at the button, as happens."""
    learner.go_to(main(learner.page).get_by_role("button", name=what))
    learner.key("Enter", times=2)
    is_gone(learner.page)


def is_gone(page: Page) -> None:
    """Whichever of two answers the browser waited for says so."""
    expect(page).to_have_url(re.compile("/you/data/erased/(#main)?$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^(Goodbye|Nobody is signed in here)$"))


def load(learner: Keyboard, file: Path) -> None:
    page = learner.page
    with page.expect_file_chooser() as opened:
        learner.press(page.get_by_label("Your export"))
    opened.value.set_files(file)
    learner.press(main(page).get_by_role("button", name="Look into this file"))
    heading(page, "What your file would bring")
    learner.go_to(main(page).get_by_role("button", name="Load it"))
    learner.key("Enter", times=2)
    heading(page, "My data")


@scripts
def test_data_are_taken_along_erased_and_brought_back(sit_down, answers, log, site, tmp_path, scripts):
    ada = sit_down(scripts)
    page, email = ada.page, f"leaving-{scripts:d}@example.org"
    before = answers()
    answer_a_check(ada)
    sign_up(ada, email)
    go_to_my_data(ada)
    file = download(ada, tmp_path)
    with ZipFile(file) as archive:
        assert email in archive.read("my-data/account.json").decode()
    ada.press(main(page).get_by_role("link", name="Erase my account"))
    ada.fill(page.get_by_label("Your password"), PASSWORD)
    erase(ada, "Erase my account")
    assert answers() == before
    ada.press(main(page).get_by_role("link", name="Bring your data back"))
    load(ada, file)
    assert answers() == before + 1
    page.goto(LESSON)
    expect(page.locator("section.check").first.locator(".verdict")).to_be_visible()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    log.assert_clean()


@scripts
def test_a_guest_has_to_tick_a_box_and_back_leads_to_nothing(sit_down, answers, log, scripts):
    gus = sit_down(scripts)
    page, before = gus.page, answers()
    answer_a_check(gus)
    gus.press(page.get_by_role("link", name="Progress"))
    gus.press(main(page).get_by_role("link", name="My data"))
    gus.press(main(page).get_by_role("link", name="Erase my answers"))
    gus.press(main(page).get_by_role("button", name="Erase my answers"))
    box = page.get_by_label("Erase everything for good")
    expect(box).to_be_focused()
    assert answers() == before + 1
    gus.tick(box)
    erase(gus, "Erase my answers")
    assert answers() == before
    page.go_back()
    is_gone(page)
    expect(page.get_by_role("button", name="Erase my answers")).to_have_count(0)
    log.assert_clean()


@scripts
def test_a_wrong_password_erases_nothing_and_is_said(sit_down, answers, log, scripts):
    ada = sit_down(scripts)
    page, before = ada.page, answers()
    answer_a_check(ada)
    sign_up(ada, f"staying-{scripts:d}@example.org")
    go_to_my_data(ada)
    ada.press(main(page).get_by_role("link", name="Erase my account"))
    ada.fill(page.get_by_label("Your password"), "a long word for somebody else")
    ada.key("Enter")
    expect(page.get_by_role("alert").filter(has_text="This is not your password.")).to_be_focused()
    ada.press(main(page).get_by_role("link", name="Keep everything"))
    heading(page, "My data")
    assert answers() == before + 1
    assert log.strangers == []


@pytest.mark.parametrize("width", [1280, 390])
def test_messages_stand_in_line_with_the_page_and_errors_behind_their_sign(open_page, width):
    page = open_page(viewport={"width": width, "height": 900})
    page.goto("/notes/does-iran-have-allies/axis/name-use/")
    page.get_by_role("textbox", name="Your note").fill("A guest from here on.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto("/you/data/load/dry-run/")
    message = page.get_by_text("Choose it again to load it.")
    assert message.bounding_box()["x"] == page.get_by_role("heading", level=1).bounding_box()["x"]
    page.goto("/you/data/load/")
    page.get_by_label("Your export").set_input_files({"name": "a.zip", "mimeType": "", "buffer": b"none"})
    page.get_by_role("button", name="Look into this file").click()
    error = page.locator(".error")
    assert error.bounding_box() == error.locator("p").bounding_box()
    assert error.locator("p").evaluate("(p) => getComputedStyle(p, '::before').content") == '"! "'
