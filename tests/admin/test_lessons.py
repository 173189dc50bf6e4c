import pytest

from courses.models import Citation, Lesson, Term
from quizzes.models import Option

TEXT = (
    "## Springs {#springs}\n\nWater runs downhill.[^slope] It ends in a [delta](term:delta). {#downhill}\n\n"
    ":::check which-way\n"
)


@pytest.fixture
def course(make, rivers):
    make.claim(collection=rivers, key="slope")
    make.question(collection=rivers, key="which-way")
    made = make.course(collection=rivers)
    Term.objects.create(course=made, key="delta", term="Delta", meaning="An end.")
    return made


@pytest.fixture
def form(course):
    return {
        "course": course.pk,
        "slug": "springs",
        "position": "",
        "title": "Springs",
        "objectives": "tell up from down\r\n\r\n say why \r\n",
        "reflect": "Where does it end?",
        "text": TEXT.replace("\n", "\r\n"),
    }


@pytest.fixture
def saved(form, tom_client, address):
    assert tom_client.post(address(Lesson, "add"), form).status_code == 302
    return Lesson.objects.get()


def test_tom_writes_a_lesson_and_its_citations_and_checks_follow(saved):
    assert saved.text == TEXT
    assert saved.objectives == ["tell up from down", "say why"]
    assert saved.reflect == ["Where does it end?"]
    assert str(Citation.objects.get()) == "springs#downhill: slope"
    assert (saved.checks.slug, saved.checks.in_lesson) == ("springs-checks", True)
    assert saved.checks.slots.get().question.key == "which-way"


def test_the_form_shows_objectives_as_lines(saved, tom_client, address):
    assert "tell up from down\nsay why</textarea>" in tom_client.get(address(saved)).text


def test_saving_tells_whether_learners_see_it(form, tom_client, address):
    def saving(page):
        return tom_client.post(page, {**form, "position": 0}, follow=True).text

    assert "nothing is published" in saving(address(Lesson, "add"))
    lesson = Lesson.objects.get()
    tom_client.post(address(lesson, "publish"), follow=True)
    assert "There are no unpublished changes." in saving(address(lesson))
    Option.objects.update(feedback="Another reason.")
    assert "There are unpublished changes." in saving(address(lesson))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Water.\n\nMore.[^nothing] {#more}\n", "Line 3: There is no claim called nothing."),
        ("Water.\n\n:::check nothing\n", "Line 3: There is no question called nothing."),
        ("A [word](term:nothing). {#word}\n", "Line 1: The glossary has no term called nothing."),
        ("One. {#same}\n\nTwo. {#same}\n", "Line 3: The anchor {#same} stands in this lesson twice."),
        ("See [there](#nowhere). {#here}\n", "Line 1: There is no anchor called #nowhere in this text."),
        ("- Water.[^slope]\n", "Line 1: This cites a claim, so it needs an {#anchor} here or before."),
        (
            ":::check which-way\n\nWater.\n\n:::check which-way\n",
            "Line 5: The check which-way stands in this text before.",
        ),
    ],
)
def test_a_fault_of_the_text_is_shown_at_the_text_with_its_line(text, fault, form, tom_client, address):
    response = tom_client.post(address(Lesson, "add"), {**form, "text": text})
    assert fault in response.text
    assert not Lesson.objects.exists()


def test_all_faults_are_shown_at_once(form, tom_client, address):
    response = tom_client.post(address(Lesson, "add"), {**form, "text": "A.[^one] {#a}\n\nB.[^two] {#b}\n"})
    assert "There is no claim called one." in response.text
    assert "There is no claim called two." in response.text


def test_a_check_of_another_lesson_is_refused_and_that_lesson_named(saved, form, tom_client, address):
    response = tom_client.post(address(Lesson, "add"), {**form, "slug": "wells", "title": "Wells"})
    assert "The check which-way stands in the lesson “Springs” already." in response.text


def test_keys_of_another_collection_are_unknown(form, make, hills, tom_client, address):
    make.claim(collection=hills, key="elsewhere")
    response = tom_client.post(address(Lesson, "add"), {**form, "text": "Water.[^elsewhere] {#water}\n"})
    assert "There is no claim called elsewhere." in response.text


def test_the_quiz_is_one_of_the_course_s_collection(form, make, hills, tom_client, address):
    response = tom_client.post(address(Lesson, "add"), {**form, "quiz": make.quiz(collection=hills).pk})
    assert "Choose a quiz of this course" in response.text


def test_a_quiz_in_the_way_of_the_checks_is_named(form, make, rivers, tom_client, address):
    make.quiz(collection=rivers, slug="springs-checks")
    response = tom_client.post(address(Lesson, "add"), form)
    assert "The checks need a quiz called springs-checks, and there is another one." in response.text


def test_a_lesson_without_a_position_comes_last(make, course, form, tom_client, address):
    make.lesson(course=course, position=4)
    tom_client.post(address(Lesson, "add"), form)
    assert Lesson.objects.get(slug="springs").position == 5


def test_course_and_slug_stay_once_saved(saved, form, make, hills, tom_client, address):
    other = make.course(collection=hills)
    tom_client.post(address(saved), {**form, "course": other.pk, "slug": "wells", "title": "Wells"})
    lesson = Lesson.objects.get()
    assert (lesson.course, lesson.slug, lesson.title) == (saved.course, "springs", "Wells")


def test_a_form_without_a_course_says_so(form, tom_client, address):
    response = tom_client.post(address(Lesson, "add"), {**form, "course": ""})
    assert "This field is required." in response.text


def test_a_lesson_that_nobody_read_is_deleted_with_its_citations(make, course, tom_client, address, form):
    tom_client.post(address(Lesson, "add"), {**form, "text": "Water.[^slope] {#water}\n"})
    assert tom_client.post(address(Lesson.objects.get(), "delete"), {"post": "yes"}).status_code == 302
    assert not Citation.objects.exists()


def test_a_lesson_that_someone_read_is_not_deleted_and_the_page_says_what_to_do(saved, ada, tom_client, address):
    saved.readings.create(learner=ada)
    html = tom_client.post(address(saved, "delete"), {"post": "yes"}).text
    assert "Readings: 1" in html
    assert "tick “retired”" in html
    assert Lesson.objects.exists()


@pytest.fixture
def tested(form, make, tom_client, address):
    """The lesson, whose objective “why” a question tests."""
    form["objectives"] = "tell up from down {#down}\nsay why {#why}"
    assert tom_client.post(address(Lesson, "add"), form).status_code == 302
    lesson = Lesson.objects.get()
    make.question(collection=lesson.course.collection, key="slope", text="Why down?", objective="why")
    return lesson


def test_learners_see_objectives_without_their_keys(tested, tom_client, address):
    tom_client.post(address(tested, "publish"))
    html = tom_client.get(tested.get_absolute_url()).text
    assert "<li>tell up from down</li>" in html
    assert "{#down}" not in html


@pytest.mark.parametrize(
    ("objectives", "message"),
    [
        ("one {#why}\ntwo {#why}", "Two objectives have the key {#why}."),
        ("say why", "The question slope tests {#why}. Keep that key, or choose another objective there."),
    ],
)
def test_keys_of_objectives_hold(objectives, message, tested, form, tom_client, address):
    response = tom_client.post(address(tested), {**form, "position": 0, "objectives": objectives})
    assert message in response.text
    tested.refresh_from_db()
    assert tested.objectives == ["tell up from down {#down}", "say why {#why}"]


def test_an_objective_that_nothing_tests_may_go_and_words_may_change(tested, form, tom_client, address):
    changed = {**form, "position": 0, "objectives": "say exactly why {#why}"}
    assert tom_client.post(address(tested), changed).status_code == 302


def test_a_key_of_an_objective_is_one_lesson_s(tested, form, tom_client, address):
    other = {**form, "slug": "brooks", "title": "Brooks", "text": "Water.", "objectives": "ask why {#why}"}
    html = tom_client.post(address(Lesson, "add"), other).text
    assert "The lesson “Springs” has the key {#why} already." in html
