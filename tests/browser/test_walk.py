"""The main job, end to end, on the real course: once by htmx, once without JavaScript, once by keyboard alone."""

import re
from itertools import count

from playwright.sync_api import Page, expect

LESSON = "/courses/does-iran-have-allies/lessons/axis/"
QUIZ = "/quizzes/does-iran-have-allies/axis/"
emails = count(1)


def options(card):
    return card.locator("input[name=answer]:not([disabled]):not(:checked)")


def by_mouse(card, number: int) -> None:
    options(card).nth(number).check()
    card.get_by_role("button", name=re.compile("Check")).click()


def state(page: Page, key: str) -> str:
    classes = (page.locator(f"#q-{key}").get_attribute("class") or "").split()
    return next((name for name in ("right", "wrong", "partly") if name in classes), "")


def single_checks(page: Page) -> list[str]:
    """Keys of the checks that have three radio buttons."""
    cards = page.locator("section.check").all()
    return [(card.get_attribute("id") or "")[2:] for card in cards if card.locator("input[type=radio]").count() == 3]


def wrong_then_right(page: Page, key: str, press) -> None:
    """One wrong answer, then the right one on the second try. A page that was right at once is left as it is."""
    card = page.locator(f"#q-{key}")
    press(card, 0)
    expect(card.locator(".verdict")).to_be_visible()
    if state(page, key) == "wrong":
        press(card, 0)
        expect(card.locator(".verdict.right, .verdict.wrong").first).to_be_visible()
        expect(card.get_by_role("button", name=re.compile("Check"))).to_have_count(0)


def take_the_quiz(page: Page, press, onward) -> None:
    page.goto(QUIZ)
    onward(page.get_by_role("link", name="Start"))
    expect(page.locator(".steps")).to_be_visible()
    places = page.locator(".steps li").count()
    assert places >= 10
    for place in range(1, places + 1):
        expect(page.locator(".steps [aria-current=step]")).to_have_text(re.compile(rf"\b{place}\b"))
        for _ in range(3):
            card = page.locator("section.check")
            if not card.get_by_role("button", name=re.compile("Check")).count():
                break
            tries = card.locator("input[name=try_number]").get_attribute("value")
            press(card, 0)
            expect(page.locator(f'section.check:not(:has(input[name=try_number][value="{tries}"]))')).to_be_visible()
        link = page.get_by_role("link", name=re.compile("^(Next|To the end|Skip for now)$"))
        onward(link)
    onward(page.get_by_role("button", name="Finish and see the result"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"of \d+"))
    expect(page.locator(".review > li")).to_have_count(places)


def sign_up(page: Page, submit) -> None:
    page.goto("/accounts/signup/")
    email = f"reader{next(emails)}-{abs(hash(page)) % 10**9}@example.org"
    page.get_by_label(re.compile("mail")).fill(email)
    page.get_by_label("Password").first.fill("a long word for reading")
    submit(page.locator("main form").get_by_role("button").first)
    expect(page.get_by_role("link", name="Account")).to_be_visible()


def walk(open_page, log, *, press, onward, submit, **options_of_context) -> None:
    page = open_page(**options_of_context)
    page.goto("/")
    onward(page.get_by_role("link", name="Does Iran have allies?"))
    onward(page.get_by_role("link", name=re.compile("The Axis of Resistance")))
    expect(page.get_by_role("heading", level=1)).to_have_text("The Axis of Resistance")
    first, second, *_ = single_checks(page)
    wrong_then_right(page, first, press)
    wrong_then_right(page, second, press)
    take_the_quiz(page, press, onward)

    kept = page.context.storage_state()
    page.context.close()
    page = open_page(storage_state=kept, **options_of_context)
    page.goto("/")
    expect(page.get_by_text("Where you were")).to_be_visible()
    onward(page.get_by_role("link", name=re.compile("^Go on")))
    expect(page).to_have_url(re.compile(re.escape(LESSON)))
    expect(page.locator(f"#q-{first} .verdict")).to_be_visible()
    expect(page.locator("#checks-done")).to_contain_text("2 of 6")

    sign_up(page, submit)
    page.goto(LESSON)
    expect(page.locator(f"#q-{first} .verdict")).to_be_visible()
    expect(page.locator("#checks-done")).to_contain_text("2 of 6")
    page.goto("/progress/")
    expect(page.get_by_role("row", name=re.compile("The Axis of Resistance")).first).to_contain_text("2 / 6")
    expect(page.get_by_role("row", name=re.compile("The Axis of Resistance")).first).to_contain_text("%")
    log.assert_clean()


def click(locator) -> None:
    locator.click()


def test_with_htmx(open_page, log):
    walk(open_page, log, press=by_mouse, onward=click, submit=click)


def test_without_javascript(open_page, log):
    walk(open_page, log, press=by_mouse, onward=click, submit=click, java_script_enabled=False)


def tab_to(locator) -> None:
    """Reaches an element as a keyboard does: by Tab, from where the focus is."""
    page = locator.page
    for _ in range(400):
        if locator.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {locator}")


def by_keys(card, number: int) -> None:
    first = options(card).nth(number)
    tab_to(first)
    card.page.keyboard.press("Space")
    card.page.keyboard.press("Enter")


def enter(locator) -> None:
    tab_to(locator)
    locator.page.keyboard.press("Enter")


def test_by_keyboard_alone(open_page, log):
    walk(open_page, log, press=by_keys, onward=enter, submit=enter)
