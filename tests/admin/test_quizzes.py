import pytest

from quizzes.models import Attempt, Quiz


@pytest.fixture
def form(make, rivers):
    return {
        "collection": rivers.pk,
        "slug": "springs",
        "title": "Springs",
        "setting": "practice",
        "tries": 3,
        "counts": "best",
        "slots-TOTAL_FORMS": 1,
        "slots-INITIAL_FORMS": 0,
        "slots-0-position": "",
        "slots-0-question": make.question(collection=rivers).pk,
        "slots-0-weight": 2,
        "slots-0-section": "Below",
    }


def test_tom_makes_a_quiz_with_its_slots(form, tom_client, address, said):
    response = tom_client.post(address(Quiz, "add"), form)
    assert response.status_code == 302
    slot = Quiz.objects.get().slots.get()
    assert (slot.position, slot.weight, slot.section) == (0, 2, "Below")
    assert "nothing is published" in said(response)


@pytest.mark.parametrize(
    ("title", "slug"), [("Springs & wells", "springs-wells"), ("رودها", "quiz"), ("3 rivers", "quiz-3-rivers")]
)
def test_a_quiz_without_a_slug_gets_one_of_its_title(title, slug, form, tom_client, address):
    tom_client.post(address(Quiz, "add"), {**form, "slug": "", "title": title})
    assert Quiz.objects.get().slug == slug


def test_a_slug_that_is_made_is_a_free_one(form, make, rivers, tom_client, address):
    make.quiz(collection=rivers, slug="springs")
    tom_client.post(address(Quiz, "add"), {**form, "slug": ""})
    assert Quiz.objects.latest("pk").slug == "springs-2"


def test_a_new_quiz_is_in_toms_own_collection(make, rivers, tom, tom_client, address):
    own = make.collection(owner=tom, title="Toms")
    assert f'<option value="{own.pk}" selected>' in tom_client.get(address(Quiz, "add")).text


def test_a_question_of_another_collection_is_refused(form, make, hills, tom_client, address):
    question = make.question(collection=hills, key="elsewhere")
    response = tom_client.post(address(Quiz, "add"), {**form, "slots-0-question": question.pk})
    assert "This belongs to another collection: elsewhere." in response.text
    assert not Quiz.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"), [("tries", "4"), ("tries", "x"), ("slots-0-weight", "0"), ("slots-0-weight", "101")]
)
def test_numbers_out_of_range_are_refused(field, value, form, tom_client, address):
    response = tom_client.post(address(Quiz, "add"), {**form, field: value})
    assert "errorlist" in response.text
    assert "constraint" not in response.text.lower()
    assert not Quiz.objects.exists()


def test_the_collection_stays_once_saved(form, make, rivers, hills, tom_client, address):
    quiz = make.quiz(collection=rivers, slug="springs")
    tom_client.post(address(quiz), {**form, "collection": hills.pk, "title": "Changed"})
    quiz.refresh_from_db()
    assert (quiz.collection, quiz.title) == (rivers, "Changed")


def test_the_slug_may_change_until_someone_has_taken_the_quiz(form, make, rivers, ada, tom_client, address):
    quiz = make.quiz(collection=rivers, questions=[make.question(collection=rivers)])
    sent = {**form, "slots-INITIAL_FORMS": 1, "slots-0-id": quiz.slots.get().pk}
    tom_client.post(address(quiz), {**sent, "slug": "wells"})
    quiz.refresh_from_db()
    assert quiz.slug == "wells"
    Attempt.objects.create(learner=ada, quiz=quiz, edition=quiz.editions.get(), number=1, seed="s")
    tom_client.post(address(quiz), {**sent, "slug": "lakes"})
    quiz.refresh_from_db()
    assert quiz.slug == "wells"


@pytest.mark.parametrize("saved", [True, False], ids=["on change", "on add"])
def test_a_slug_that_is_taken_is_refused(saved, form, make, rivers, tom_client, address):
    make.quiz(collection=rivers, slug="springs")
    page = address(make.quiz(collection=rivers)) if saved else address(Quiz, "add")
    assert "Another quiz of this collection has this slug." in tom_client.post(page, form).text


def test_the_list_names_the_latest_edition(make, rivers, tom_client, address):
    make.quiz(collection=rivers)
    assert "not published" in tom_client.get(address(Quiz, "changelist")).text
    make.quiz(collection=rivers, questions=[make.question(collection=rivers)])
    assert 'field-latest_edition">1, ' in tom_client.get(address(Quiz, "changelist")).text


def test_the_checks_of_a_lesson_are_shown_but_not_edited_here(form, make, rivers, tom_client, address):
    quiz = make.quiz(collection=rivers, in_lesson=True, questions=[make.question(collection=rivers)])
    assert 'name="_save"' not in tom_client.get(address(quiz)).text
    assert tom_client.post(address(quiz), form).status_code == 403


@pytest.mark.parametrize("setting", ["exam", "immediate"])
def test_an_exam_has_no_tries_of_its_own(setting, form, tom_client, address):
    tom_client.post(address(Quiz, "add"), {**form, "setting": setting, "tries": 1})
    assert Quiz.objects.get().tries == 3
