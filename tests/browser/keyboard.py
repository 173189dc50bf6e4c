"""A person with a keyboard and nothing else. What the Tab key does not lead to is not there for them."""

from playwright.sync_api import ElementHandle, Locator, Page, expect

LIMIT = 150
"""Presses of Tab within which everything on a page has to come."""

LIES_BEFORE = """control => {
  const target = document.activeElement === document.body && document.querySelector(":target");
  const here = target || document.activeElement;
  return Boolean(here.compareDocumentPosition(control) & Node.DOCUMENT_POSITION_PRECEDING);
}"""
"""Where nothing has the focus, Tab goes on from the place that the address names."""
IS_HERE = "control => control === document.activeElement"
NEXT_KEY = """(control, tab) => {
  const here = document.activeElement;
  if (here === control) return null;
  if (control.type === "radio" && here.type === "radio" && here.name === control.name && here.form === control.form) {
    return null;
  }
  if (!here.matches("a.skip, a.skip-to-content-link")) return tab;
  const start = document.querySelector(here.hash);
  return start.compareDocumentPosition(control) & Node.DOCUMENT_POSITION_FOLLOWING ? "Enter" : tab;
}"""
"""None where the control has the focus; of a group of radio buttons Tab leads to one only. A skip link is followed if
the control lies behind what it skips."""


class Keyboard:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.letters = 0
        self.moves = 0
        """Presses of all other keys."""
        self.pages = 0
        page.on("load", lambda _page: self._turn())

    def _turn(self) -> None:
        self.pages += 1

    def key(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
        self.moves += times

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.letters += len(text)

    def go_to(self, control: Locator) -> None:
        """By Tab, or Shift and Tab where it lies before; over what a skip link skips."""
        expect(control).to_be_visible()
        self.page.wait_for_load_state()
        target = control.element_handle()
        tab = "Shift+Tab" if target.evaluate(LIES_BEFORE) else "Tab"
        for _ in range(LIMIT):
            if (key := target.evaluate(NEXT_KEY, tab)) is None:
                return
            self.key(key)
        here = self.page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        raise AssertionError(f"the Tab key does not lead to {control}; it is at {here}")

    def press(self, control: Locator, key: str = "Enter") -> None:
        """A button or a link."""
        self.go_to(control)
        self.key(key)

    def fill(self, field: Locator, text: str) -> None:
        self.go_to(field)
        self.key("ControlOrMeta+a")
        self.type(text)
        expect(field).to_have_value(text)

    def tick(self, box: Locator) -> None:
        """A checkbox that is not ticked, or a radio button."""
        self.go_to(box)
        if box.get_attribute("type") == "radio":
            self._move_to(box.element_handle())
        if not box.is_checked():
            self.key("Space")
        expect(box).to_be_checked()

    def untick(self, box: Locator) -> None:
        self.go_to(box)
        self.key("Space")
        expect(box).not_to_be_checked()

    def _move_to(self, radio: ElementHandle) -> None:
        for _ in range(LIMIT):
            if radio.evaluate(IS_HERE):
                return
            self.key("ArrowDown")

    def select(self, field: Locator, beginning: str) -> None:
        """A choice of a native list, by its first letters."""
        self.go_to(field)
        self.type(beginning)
        expect(field.locator("option:checked")).to_contain_text(beginning)

    def look_up(self, field: Locator, words: str) -> None:
        """A choice of a list that searches while one types."""
        self.press(field)
        expect(self.page.get_by_role("searchbox").last).to_be_focused()
        self.type(words)
        found = self.page.locator(".select2-results__option--highlighted")
        expect(found).to_contain_text(words)
        self.key("Enter")
        expect(field).to_contain_text(words)
