"""What is preferred takes effect at once, is kept, and fits on narrow screens."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_axe import COURSE, LESSON, QUIZ, findings, overflow

URL = "/preferences/"
DARK, LIGHT = "rgb(20, 23, 26)", "rgb(251, 249, 244)"


def background(page: Page) -> str:
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def root(page: Page) -> dict[str, str]:
    return page.evaluate("({...document.documentElement.dataset})")


def test_a_choice_takes_effect_at_once_and_is_gone_unless_saved(open_page):
    page = open_page(color_scheme="light")
    page.goto(URL)
    page.get_by_label("Dark").check()
    page.get_by_label("Very large").check()
    page.get_by_label("Easy to read").check()
    page.get_by_label("None", exact=True).check()
    assert background(page) == DARK
    assert root(page) == {"theme": "dark", "size": "largest", "font": "easy", "motion": "none"}
    page.get_by_label("Medium").check()
    assert "size" not in root(page)
    page.goto("/")
    assert root(page) == {}
    assert background(page) == LIGHT


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_saved_it_holds_on_every_page_against_what_the_device_says(open_page, script):
    page = open_page(color_scheme="dark", java_script_enabled=script)
    page.goto(URL)
    page.get_by_label("Light", exact=True).check()
    page.get_by_label("Without serifs").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved, for this browser.")).to_be_visible()
    page.goto(LESSON)
    assert background(page) == LIGHT
    page.goto(f"{LESSON}print/")
    assert background(page) == LIGHT
    assert root(page) == {"theme": "light", "font": "sans"}


def test_figures_follow_the_chosen_theme(open_page):
    page = open_page(color_scheme="light")
    page.goto(URL)
    page.get_by_label("Dark").check()
    page.get_by_role("button", name="Save").click()
    page.goto(f"{COURSE}lessons/landscape/")
    colors = page.evaluate(
        """[...document.querySelectorAll("main svg text")].map(text => getComputedStyle(text).fill)"""
    )
    assert colors
    assert "rgb(28, 27, 25)" not in colors  # the ink of the light theme


def test_with_motion_off_nothing_moves(open_page):
    page = open_page()
    page.goto(URL)
    page.get_by_label("None", exact=True).check()
    page.get_by_role("button", name="Save").click()
    page.goto(f"{COURSE}claims/axis-6/")
    moving = page.evaluate(
        """() => { const one = document.createElement("p"); one.className = "passage shown"; document.body.append(one);
        return getComputedStyle(one).animationName }"""
    )
    assert moving == "none"


@pytest.mark.parametrize("size", ["Small", "Very large"])
def test_every_size_fits_a_narrow_screen(open_page, size):
    page = open_page(viewport={"width": 390, "height": 900})
    page.goto(URL)
    page.get_by_label(size).check()
    page.get_by_label("Easy to read").check()
    page.get_by_role("button", name="Save").click()
    for path in (URL, "/", COURSE, LESSON, f"{QUIZ}1/", "/progress/", "/certificates/", "/accounts/signup/"):
        page.goto(path)
        assert overflow(page) == 0, path
    assert findings(page) == []


def test_the_zone_of_the_device_is_offered_and_taken(open_page):
    page = open_page(timezone_id="Europe/Vienna")
    page.goto(URL)
    offer = page.get_by_role("button", name="Take this device's: Europe/Vienna")
    offer.click()
    expect(offer).to_be_hidden()
    expect(page.get_by_label("Time zone")).to_be_focused()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Time zone")).to_have_value("Europe/Vienna")
    expect(offer).to_be_hidden()


def test_without_a_script_nothing_is_offered_that_needs_one(open_page):
    page = open_page(timezone_id="Europe/Vienna", java_script_enabled=False)
    page.goto(URL)
    expect(page.get_by_role("button", name="Take this device's")).to_be_hidden()
