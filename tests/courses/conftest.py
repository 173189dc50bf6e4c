import pytest

from courses.deriving import derive
from courses.models import Lesson
from quizzes.publishing import publish
from tests import make
from tests.kept import kept

TEXT = """\
## Where water comes from {#where}

Water runs downhill.[^downhill] It starts in a [spring](term:spring). {#start}

:::check slope

Some say it runs uphill.[^uphill][^downhill] {#uphill-claim}

:::check tick

:::since
**2025.** It still runs downhill.[^downhill] {#since-2025}
:::
"""


def springs() -> Lesson:
    """A lesson with two claims, a term, two checks, a box and a quiz of one question."""
    rivers = make.collection(slug="rivers")
    source = make.source(
        collection=rivers,
        key="s1",
        title="Slopes",
        publisher="Hydrological Office",
        date="2024-05",
        url="https://x.test/1",
    )
    downhill = make.claim(collection=rivers, key="downhill", sources=[source], as_of="2024")
    make.claim(
        collection=rivers,
        key="uphill",
        text="Water runs uphill.",
        status="attributed",
        attributed_to="A poet",
        sources=[source],
    )
    course = make.course(collection=rivers, sources_end="2026-06-30", about="## Point of view\n\nNone.")
    course.terms.create(
        key="spring", term="Spring", meaning="Where water leaves the ground.", script=[{"lang": "fa", "text": "چشمه"}]
    )
    make.question(collection=rivers, key="slope", text="Which way?", claims=[downhill])
    make.question(
        collection=rivers,
        key="tick",
        kind="multiple",
        text="What is wet?",
        options=[("Rain", 1), ("Snow", 1), ("Sand", 0)],
        claims=[downhill],
    )
    quiz = make.quiz(
        collection=rivers, slug="springs", questions=[make.question(collection=rivers, key="more", claims=[downhill])]
    )
    made = make.lesson(
        course=course,
        slug="springs",
        title="Springs",
        lede="All begins here.",
        text=TEXT,
        quiz=quiz,
        objectives=["tell up from down"],
    )
    derive(lesson=made)
    assert made.checks
    publish(quiz=made.checks)
    return made


lesson = kept(springs)


@pytest.fixture
def url(lesson) -> str:
    return lesson.get_absolute_url()
