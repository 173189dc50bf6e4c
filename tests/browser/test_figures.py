"""Figures as one sees them: letters apart and large enough, links by keyboard, in place by htmx, without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_axe import LOOKS, findings, overflow

COURSE = "/courses/does-iran-have-allies/"
FIGURES = f"{COURSE}figures/"
NETWORK = f"{FIGURES}network/"
PAGES = [
    FIGURES,
    NETWORK,
    f"{NETWORK}?at=1985&kind=binding",
    f"{FIGURES}timeline/",
    f"{FIGURES}timeline/?lesson=hezbollah",
    f"{FIGURES}map/",
    f"{FIGURES}comparison/",
    f"{COURSE}actors/hezbollah/",
    f"{COURSE}actors/brics/",
]
MOMENTS = ["1985", "2006", "2016", "2023", "2025-06", "today"]
WIDTHS = [1280, 390]
LETTERS = """() => [...document.querySelectorAll("figure svg text")]
  .filter((text) => text.getClientRects().length)
  .map((text) => {
    const { left, top, right, bottom, height } = text.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a;
    return { words: text.textContent, size, left, right, top: top + height * .15, bottom: bottom - height * .15 };
  })"""


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look['viewport']['width']}-{look['color_scheme']}")
def test_axe_finds_nothing_and_nothing_is_too_wide(open_page, log, look):
    page = open_page(**look)
    found = []
    for path in PAGES:
        page.goto(path)
        found += findings(page)
        assert overflow(page) == 0, path
    assert found == []
    log.assert_clean()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", [*(f"{NETWORK}?at={at}" for at in MOMENTS), f"{FIGURES}map/", f"{FIGURES}comparison/"])
def test_letters_are_large_enough_and_none_lie_on_others(open_page, path, width):
    page = open_page(viewport={"width": width, "height": 900})
    page.goto(path)
    letters = page.evaluate(LETTERS)
    assert letters
    assert [one["words"] for one in letters if one["size"] < 11] == []
    clashes = [
        (one["words"], other["words"])
        for number, one in enumerate(letters)
        for other in letters[:number]
        if min(one["right"], other["right"]) - max(one["left"], other["left"]) > 0.5
        and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > 0.5
    ]
    assert clashes == []
    assert all(one["left"] >= -0.5 and one["right"] <= width + 0.5 for one in letters)


def test_letters_of_the_time_line_lie_apart_where_it_is_drawn_and_elsewhere_the_list_stands_alone(open_page):
    page = open_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{FIGURES}timeline/")
    assert len(page.evaluate(LETTERS)) >= 40
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate(LETTERS) == []
    expect(page.locator(".events li")).to_have_count(40)


def test_a_moment_is_chosen_by_keyboard_in_place_and_announced(open_page, log):
    page = open_page()
    page.goto(NETWORK)
    page.evaluate("window.stayed = true")
    link = page.get_by_role("link", name="1985", exact=True)
    link.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?at=1985$"))
    expect(page.get_by_role("link", name="1985", exact=True)).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("link", name="1985", exact=True)).to_be_focused()
    expect(page.locator("#announce")).to_have_text(re.compile("1985: 9 ties."))
    expect(page.get_by_role("heading", name="Ties as of 1985")).to_be_visible()
    assert page.evaluate("window.stayed")
    log.assert_clean()


def test_back_shows_the_moment_before(open_page):
    page = open_page()
    page.goto(NETWORK)
    page.get_by_role("link", name="2006", exact=True).click()
    expect(page.get_by_role("heading", name="Ties as of 2006")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Ties as of June 2025")).to_be_visible()
    expect(page.get_by_role("banner")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["htmx", "no-js"])
def test_moment_and_kind_combine(open_page, scripts):
    page = open_page(java_script_enabled=scripts)
    page.goto(NETWORK)
    page.get_by_role("link", name="June 2026").click()
    expect(page.get_by_role("heading", name="Ties as of June 2026")).to_be_visible()
    page.get_by_role("link", name="Bound to defend each other").click()
    expect(page.locator(".drawing.wide .tie.bond")).to_have_count(4)
    expect(page.locator("tbody tr")).to_have_count(5)
    expect(page).to_have_url(re.compile(r"\?at=today&kind=binding$"))


def test_a_link_in_a_drawing_shows_that_it_has_the_focus(open_page):
    page = open_page()
    for path, name in ((NETWORK, "Houthis"), (f"{FIGURES}map/", "Houthis"), (f"{FIGURES}timeline/", "Assad falls")):
        page.goto(path)
        page.locator(".choices a, .kicker a").first.focus()
        link = page.locator(".drawing.wide").get_by_role("link", name=name)
        for _ in range(80):
            page.keyboard.press("Tab")
            if link.evaluate("element => element === document.activeElement"):
                break
        expect(link).to_be_focused()
        style = link.evaluate(
            "element => { const s = getComputedStyle(element); return [s.outlineStyle, s.outlineWidth] }"
        )
        assert style == ["solid", "3px"]
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("/actors/houthis/$|#assad-falls$"))


@pytest.mark.parametrize("name", ["network", "timeline", "map", "comparison"])
def test_a_cold_figure_page_weighs_at_most_60_kB(open_page, name):
    page = open_page()
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    sizes: dict[str, float] = {}
    devtools.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    page.goto(f"{FIGURES}{name}/", wait_until="networkidle")
    print(f"\n{name}: {sum(sizes.values()) / 1000:.1f} kB in {len(sizes)} requests")
    assert len(sizes) >= 4
    assert sum(sizes.values()) <= 60_000
