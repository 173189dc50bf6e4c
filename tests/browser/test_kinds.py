"""Every kind of question: by mouse with single clicks, by keyboard alone, without JavaScript; axe in every state.

The course in `every-kind/` asks one question of each kind.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from quizzes.engine.kinds import KINDS
from tests.browser.test_axe import LOOKS, findings, overflow

FOLDER = Path(__file__).parent / "every-kind"
PRACTICE = "/quizzes/every-kind/practice/"
EXAM = "/quizzes/every-kind/exam/"


@pytest.fixture(scope="session", autouse=True)
def every_kind(site):
    site.manage("load_course", str(FOLDER))


class Mouse:
    """Single clicks, and typing where something has to be typed."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def pick(self, control: Locator) -> None:
        control.click()

    def type(self, control: Locator, text: str) -> None:
        control.click()
        control.fill(text)

    def select(self, control: Locator, text: str) -> None:
        control.select_option(label=text)

    def press(self, button: Locator) -> None:
        button.click()

    def sort(self, card: Locator, texts: list[str]) -> None:
        for place, text in enumerate(texts):
            while self._place(card, text) > place:
                self.press(card.get_by_role("button", name=f"Move up: {text}"))

    def _place(self, card: Locator, text: str) -> int:
        rows = card.locator(".sequence li").all_inner_texts()
        return next(place for place, row in enumerate(rows) if text in row)


class Keyboard(Mouse):
    """The Tab key leads everywhere."""

    def pick(self, control: Locator) -> None:
        if control.get_attribute("type") == "checkbox":
            self._go_to(control)
            self.page.keyboard.press("Space")
            return
        radios = self.page.locator(f"input[type=radio][name='{control.get_attribute('name')}']:not([disabled])")
        for _ in range(300):
            self.page.keyboard.press("Tab")
            if radios.evaluate_all("radios => radios.includes(document.activeElement)"):
                break
        for _ in range(radios.count()):
            if self._has_focus(control):
                break
            self.page.keyboard.press("ArrowDown")
        if not control.is_checked():
            self.page.keyboard.press("Space")
        assert control.is_checked()

    def type(self, control: Locator, text: str) -> None:
        self._go_to(control)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def select(self, control: Locator, text: str) -> None:
        self._go_to(control)
        self.page.keyboard.press("Home")
        for _ in range(10):
            if control.evaluate("select => select.selectedOptions[0].label") == text:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(text)

    def press(self, button: Locator) -> None:
        self._go_to(button)
        self.page.keyboard.press("Enter")

    def _go_to(self, control: Locator) -> None:
        for _ in range(300):
            if self._has_focus(control):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the Tab key does not lead to {control}")

    def _has_focus(self, control: Locator) -> bool:
        return bool(control.evaluate("element => element === document.activeElement"))


class WithoutScripts(Mouse):
    def sort(self, card: Locator, texts: list[str]) -> None:
        for place, text in enumerate(texts, 1):
            card.get_by_label(text).fill(str(place))


def small(page: Page) -> list[str]:
    """Buttons, fields and labelled choices that are less than 44 px high, unless they stand inside a line of text."""
    targets = page.locator(
        "main button:visible, main .button:visible, main .choice:visible, main .confidence label:visible, "
        "main .steps a:visible, main input[type=text]:visible, main input[type=number]:visible, main select:visible"
    )
    sizes = targets.evaluate_all(
        "all => all.map(one => [one.outerHTML.slice(0, 80), one.getBoundingClientRect().height])"
    )
    assert sizes, "nothing was measured"
    return [f"{html}: {height}" for html, height in sizes if height < 43.9]


def choose(hand: Mouse, card: Locator, labels: list[str]) -> None:
    ticked = card.locator("input[type=checkbox]:checked")
    while ticked.count():
        hand.pick(ticked.first)
    for label in labels:
        hand.pick(card.get_by_label(label, exact=True))


def fill(hand: Mouse, card: Locator, text: str) -> None:
    hand.type(card.locator("input[type=text], textarea"), text)


def pair(hand: Mouse, card: Locator, choices: dict[str, str]) -> None:
    for row, choice in choices.items():
        hand.select(card.get_by_label(row), choice)


def sort(hand: Mouse, card: Locator, texts: list[str]) -> None:
    hand.sort(card, texts)


def fill_blanks(hand: Mouse, card: Locator, texts: list[str]) -> None:
    for blank, text in zip(card.locator("input[type=text], select").all(), texts, strict=True):
        if blank.evaluate("blank => blank.tagName") == "SELECT":
            hand.select(blank, text)
        else:
            hand.type(blank, text)


@dataclass(frozen=True)
class Case:
    kind: str
    how: Callable[[Mouse, Locator, Any], None]
    wrong: Any
    right: Any


SEAS = {"The Danube": "The Black Sea", "The Rhine": "The North Sea", "The Rhône": "The Mediterranean"}
WATERS = {"Lake Baikal": "Fresh", "The Nile": "Fresh", "The Red Sea": "Salt", "The Atlantic": "Salt"}
COURSE = ["The spring", "The brook", "The river", "The mouth"]
CASES = {
    "downhill": Case("single", choose, ["Uphill"], ["Downhill"]),
    "salty": Case("multiple", choose, ["The Dead Sea", "Lake Baikal"], ["The Dead Sea", "The Caspian Sea"]),
    "shore": Case("true_false", choose, None, ["True"]),
    "capital": Case("short_answer", fill, "Budapest", "vienna"),
    "length": Case("numeric", fill, "17", "1230"),
    "mouths": Case("matching", pair, SEAS | {"The Danube": "The Baltic Sea"}, SEAS),
    "courses": Case("ordering", sort, COURSE[::-1], COURSE),
    "waters": Case("categorise", pair, WATERS | {"The Nile": "Salt"}, WATERS),
    "delta": Case("cloze", fill_blanks, ["17", "north", "delta"], ["6650", "north", "delta"]),
}
ESSAY = "Water is faster on the outside of a bend and carries soil away."
HANDS = {"mouse": Mouse, "keyboard": Keyboard, "no scripts": WithoutScripts}


def test_the_course_asks_every_kind():
    assert {case.kind for case in CASES.values()} | {"essay", "description"} == set(KINDS)


def open_with(open_page, hand: str, **look):
    return open_page(java_script_enabled=hand != "no scripts", **look)


def answered(page: Page, tries: str | None) -> Locator:
    """The card, once the answer has come back."""
    expect(page.locator(f'section.check input[name=try_number][value="{tries}"]')).to_have_count(0)
    return page.locator("section.check")


def practise(page: Page, hand: Mouse, key: str, case: Case, look: Callable[[str], None]) -> None:
    card = page.locator(f"#q-{key}")
    look(f"{key} fresh")
    for answer in (case.wrong, case.right):
        if answer is None:
            continue
        tries = card.locator("input[name=try_number]").get_attribute("value")
        case.how(hand, card, answer)
        hand.press(card.get_by_role("button", name=re.compile("^Check")))
        card = answered(page, tries)
        look(f"{key} answered")
        hint = card.get_by_role("button", name=re.compile("Take a hint"))
        if answer == case.wrong and hint.count():
            number = hint.get_attribute("value")
            hand.press(hint)
            expect(page.locator(f'button[name=hint][value="{number}"]')).to_have_count(0)
            look(f"{key} hint")
    expect(page.locator(".verdict.right")).to_be_visible()


def walk(page: Page, hand: Mouse, look: Callable[[str], None] = lambda state: None) -> None:
    page.goto(PRACTICE)
    hand.press(page.get_by_role("link", name="Start"))
    expect(page.locator("section.check")).to_contain_text("The next questions are about whole rivers")
    look("description")
    for key, case in CASES.items():
        hand.press(page.get_by_role("link", name="Next"))
        expect(page.locator(f"#q-{key}")).to_be_visible()
        practise(page, hand, key, case, look)
    hand.press(page.get_by_role("link", name="Next"))
    expect(page.locator("#q-words")).to_be_visible()
    look("essay")
    fill(hand, page.locator("#q-words"), ESSAY)
    hand.press(page.locator("#q-words [data-enter]"))
    expect(page.locator(".verdict")).to_contain_text("Waits for a teacher")
    look("essay answered")
    hand.press(page.get_by_role("link", name="To the end"))
    expect(page.get_by_text("You have answered every question.")).to_be_visible()
    look("before the end")
    hand.press(page.get_by_role("button", name="Finish and see the result"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("of 10"))
    expect(page.locator(".review .check")).to_have_count(len(CASES) + 2)
    expect(page.locator(".review .check.right")).to_have_count(len(CASES))
    expect(page.get_by_text("One answer waits for a teacher's mark")).to_be_visible()
    look("review")


@pytest.mark.parametrize("hand", HANDS)
def test_every_kind_is_answered_wrong_and_then_right(open_page, log, hand):
    page = open_with(open_page, hand)
    walk(page, HANDS[hand](page))
    log.assert_clean()


@pytest.mark.parametrize("look", [LOOKS[0], LOOKS[3]], ids=["wide and light", "narrow and dark"])
def test_axe_finds_nothing_in_any_state(open_page, look):
    page = open_page(**look)
    found: list[str] = []
    looked: list[str] = []

    def check(state: str) -> None:
        looked.append(state)
        found.extend(f"{state}: {finding}" for finding in findings(page))
        assert overflow(page) == 0, state
        assert small(page) == [], state

    walk(page, Mouse(page), check)
    assert found == []
    assert len(looked) > 3 * len(CASES)


@pytest.mark.parametrize("hand", HANDS)
def test_every_kind_in_an_exam_tells_nothing_until_the_end(open_page, log, hand):
    page = open_with(open_page, hand)
    hands = HANDS[hand](page)
    page.goto(EXAM)
    hands.press(page.get_by_role("button", name="Start"))
    for key, case in CASES.items():
        hands.press(page.get_by_role("link", name="Next"))
        card = page.locator(f"#q-{key}")
        expect(card).to_be_visible()
        case.how(hands, card, case.right)
        hands.press(card.get_by_role("button", name="Save"))
        expect(page.locator("section.check [data-words]")).to_contain_text("Saved at")
        expect(page.locator(".verdict, .is-right, .is-wrong")).to_have_count(0)
    hands.press(page.get_by_role("link", name="Next"))
    hands.press(page.get_by_role("link", name="To the end"))
    expect(page.get_by_text("One question is not answered yet")).to_be_visible()
    hands.press(page.get_by_role("button", name="Finish and see the result"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("9 of 10"))
    expect(page.get_by_text("Passed: 50%")).to_be_visible()
    log.assert_clean()
