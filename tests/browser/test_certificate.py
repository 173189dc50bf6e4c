"""A certificate on the screen, and on exactly one sheet of paper."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_axe import LOOKS, findings, overflow

URL = "/progress/does-iran-have-allies/certificate/"
EARNED = """
from accounts.models import User
from courses.models import Course
from quizzes.engine import document
from quizzes.models import Attempt, Quiz, Response

User.objects.filter(email="paper@example.org").delete()
learner = User.objects.create_user("paper@example.org", "a long word for paper", name="Ada Lovelace")
for lesson in Course.objects.get().lessons.outline():
    edition = lesson.checks.editions.order_by("-number").first()
    attempt = Attempt.objects.create(learner=learner, quiz=lesson.checks, edition=edition, number=1, seed="0")
    for slot, asked in enumerate(document.decode(edition.document).slots):
        Response.objects.create(
            learner=learner, attempt=attempt, slot=slot, try_number=1, question_key=asked.question.key,
            answer=[0], fraction=1, mark=1,
        )
final = Quiz.objects.get(slug="final")
edition = final.editions.order_by("-number").first()
Attempt.objects.create(
    learner=learner, quiz=final, edition=edition, number=1, seed="0", mark=edition.weight,
    finished_at=learner.joined_at,
)
"""
LONGEST = "Adalberta Wilhelmina Maria-Magdalena von Hohenstein-Wittgensteinsdorf-Lovelace M"

LONG_TITLE = "A very long title of a course about many a thing " * 4


@pytest.fixture(scope="module")
def _earned(site):
    site.manage("shell", "-c", EARNED)


@pytest.fixture
def claimed(open_page, _earned):
    """The page of somebody who has claimed a certificate for a very long name, in this look."""

    def claimed(**look):
        page = open_page(**look)
        page.goto(f"/accounts/login/?next={URL}")
        page.get_by_label("E-mail").fill("paper@example.org")
        page.get_by_label("Password").fill("a long word for paper")
        page.locator("main form button").first.click()
        page.wait_for_url(f"**{URL}")
        if page.get_by_label("Name on the certificate").count():
            assert look.get("java_script_enabled") is False or findings(page) == []
            page.get_by_label("Name on the certificate").fill(LONGEST)
            page.get_by_label("Show my mark").check()
            page.get_by_role("button", name="Claim").click()
        expect(page.locator(".sheet")).to_contain_text(LONGEST)
        return page

    return claimed


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look['viewport']['width']}-{look['color_scheme']}")
def test_the_sheet_and_the_check_page_are_accessible_and_fit(claimed, look):
    page = claimed(**look)
    assert findings(page) == []
    assert overflow(page) == 0
    page.get_by_role("link", name="What others see").click()
    expect(page.get_by_role("heading", name="This certificate is valid")).to_be_visible()
    assert findings(page) == []
    assert overflow(page) == 0


@pytest.mark.parametrize(
    "paper", [{"format": "A4"}, {"format": "Letter"}, {"format": "Letter", "landscape": True}], ids=str
)
@pytest.mark.parametrize("is_large", [False, True])
def test_it_prints_on_one_sheet(claimed, paper, is_large):
    page = claimed()
    if is_large:
        page.evaluate("document.documentElement.dataset.size = 'largest'")
        for part in (".sheet .course", ".sheet .met-list li:last-child"):
            page.locator(part).evaluate("(part, words) => { part.textContent = words }", LONG_TITLE)
    expect(page.locator(".sheet")).to_have_class("sheet long")
    printed = page.pdf(**paper, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_the_square_leads_to_the_check_page(claimed, site):
    """Not decoded: the address is what segno was given, and its size follows from that."""
    page = claimed()
    square = page.locator(".sheet svg.qr")
    box = square.bounding_box()
    assert box["width"] == pytest.approx(box["height"])
    assert box["width"] >= 120
    expect(page.locator(".sheet .address")).to_have_text(f"{site.url}/certificates/")


def test_it_is_claimed_without_javascript(claimed, site):
    site.manage("shell", "-c", "from progress.models import Certificate; Certificate.objects.all().delete()")
    claimed(java_script_enabled=False)
