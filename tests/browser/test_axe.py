"""axe finds nothing, on any page, light and dark, wide and narrow, in every state of a question."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

COURSE = "/courses/does-iran-have-allies/"
LESSON = f"{COURSE}lessons/axis/"
QUIZ = "/quizzes/does-iran-have-allies/axis/"
PAGES = [
    "/",
    COURSE,
    LESSON,
    f"{COURSE}lessons/treaties/",
    f"{COURSE}claims/axis-6/",
    f"{COURSE}glossary/",
    f"{COURSE}about/",
    f"{COURSE}sources/",
    f"{COURSE}coverage/",
    f"{LESSON}print/",
    QUIZ,
    f"{QUIZ}1/",
    f"{QUIZ}finish/",
    "/search/",
    "/search/?q=hezbollah",
    "/search/?q=zzzz&kind=claim",
    "/progress/",
    "/preferences/",
    "/you/data/",
    "/you/data/load/",
    "/you/data/erased/",
    "/certificates/",
    "/certificates/?code=slip",
    "/certificates/0000-0000-0000-0000/",
    "/progress/does-iran-have-allies/certificate/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/no/such/page/",
]
LOOKS = [
    {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    for width in (1280, 390)
    for scheme in ("light", "dark")
]


def findings(page: Page) -> list[str]:
    results = Axe().run(page).response
    assert results["passes"], "axe checked nothing"
    return [
        f"{page.url} {found['id']}: {node['html'][:160]}" for found in results["violations"] for node in found["nodes"]
    ]


def overflow(page: Page) -> int:
    """Pixels by which the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look['viewport']['width']}-{look['color_scheme']}")
def test_every_page(open_page, look):
    page = open_page(**look)
    found = []
    for path in PAGES:
        page.goto(path)
        found += findings(page)
        assert overflow(page) == 0, path
    assert found == []


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look['viewport']['width']}-{look['color_scheme']}")
def test_every_state_of_a_question_and_of_the_progress(open_page, look):
    page = open_page(**look)
    page.goto(LESSON)
    cards = page.locator("section.check")
    keys = [card.get_attribute("id") for card in cards.all()]
    page.locator(f"#{keys[0]}").get_by_role("button").click()
    expect(page.locator(f"#{keys[0]} .error")).to_be_visible()
    found = findings(page)
    for key in keys:
        for _ in range(3):
            card = page.locator(f"#{key}")
            button = card.get_by_role("button", name=re.compile("Check"))
            if not button.count():
                break
            tries = card.locator("input[name=try_number]").get_attribute("value")
            card.locator("input[name=answer]:not([disabled])").first.check()
            button.click()
            expect(card.locator(f'input[name=try_number][value="{tries}"]')).to_have_count(0)
    page.locator(".ref a").first.click()
    page.locator(".term").first.hover()
    found += findings(page)
    page.goto(f"{QUIZ}1/")
    page.locator("input[name=answer]").first.check()
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".verdict")).to_be_visible()
    found += findings(page)
    page.goto(f"{QUIZ}finish/")
    found += findings(page)
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("heading", name="Every question")).to_be_visible()
    found += findings(page)
    for path in (
        QUIZ,
        "/progress/",
        "/",
        COURSE,
        "/accounts/signup/",
        "/accounts/login/",
        "/accounts/logout/",
        "/you/",
        "/you/data/",
        "/you/data/erase/",
    ):
        page.goto(path)
        found += findings(page)
    assert found == []
