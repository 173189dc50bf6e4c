"""Home, course, claim, glossary, about."""

from courses.models import Course
from tests import make
from tests.pages import filled, question_forms


def test_home_says_what_this_is_and_where_to_start(client, lesson, url):
    text = client.get("/").text
    assert "No account is needed to begin" in text
    assert f'href="{url}"' in text


def test_home_without_courses_says_what_to_do(client, db):
    assert "Load one with the load_course command" in client.get("/").text


def test_home_offers_to_go_on_where_one_was(client, url):
    form = question_forms(client.get(url))[0]
    client.post(form["action"], filled(form, "Right"))
    text = client.get("/").text
    assert "Where you were" in text
    assert f'href="{url}#q-slope"' in text


def test_a_course_lists_its_lessons_with_minutes_and_checks(client, lesson, url):
    text = client.get("/courses/rivers/").text
    assert "Springs" in text
    assert "2 checks" in text
    assert "2 min" in text
    assert "sources up to 30 June 2026" in text
    assert "Start reading" in text


def test_a_course_shows_how_far_each_lesson_is_and_what_is_next(ada_client, lesson, url):
    after = make.lesson(course=lesson.course, slug="brooks", title="Brooks", position=1)
    form = question_forms(ada_client.get(url))[0]
    ada_client.post(form["action"], filled(form, "Right"))
    text = ada_client.get("/courses/rivers/").text
    assert "1 of 2 checks" in text
    assert "Go on: Springs" in text
    second = question_forms(ada_client.get(url))[1]
    ada_client.post(second["action"], filled(second, "Rain", "Snow"))
    text = ada_client.get("/courses/rivers/").text
    assert "Go on: Brooks" in text
    assert "1 of 2 lessons done" in text
    assert after.get_absolute_url() in text


def test_a_course_costs_the_same_when_its_lessons_double(ada_client, lesson, django_assert_max_num_queries):
    make.lesson(course=lesson.course, position=1)
    ada_client.get("/courses/rivers/")
    with django_assert_max_num_queries(12) as few:
        ada_client.get("/courses/rivers/")
    for n in range(6):
        make.lesson(course=lesson.course, position=n + 2)
    with django_assert_max_num_queries(12) as many:
        ada_client.get("/courses/rivers/")
    assert len(few) == len(many)


def test_a_claim_lists_its_sources_and_every_place_that_cites_it(client, lesson, url):
    text = client.get("/courses/rivers/claims/downhill/").text
    assert "Water runs downhill." in text
    assert "https://x.test/1" in text
    assert "May 2024" in text
    for anchor in ("start", "uphill-claim", "since-2025"):
        assert f'href="{url}#{anchor}"' in text
    assert "2 questions rest on it" in text
    assert "one question rests on it" in text


def test_a_claim_does_not_name_the_questions_that_rest_on_it(client, lesson):
    text = client.get("/courses/rivers/claims/downhill/").text
    assert "Which way?" not in text
    assert "What is wet?" not in text


def test_an_attributed_claim_names_who_says_so(client, lesson):
    assert "Said by: A poet." in client.get("/courses/rivers/claims/uphill/").text


def test_show_in_the_lesson_leads_to_the_first_passage(client, lesson, url):
    assert client.get("/courses/rivers/claims/downhill/passage/").url == f"{url}#start"
    make.claim(collection=lesson.course.collection, key="lonely")
    assert client.get("/courses/rivers/claims/lonely/passage/").url == "/courses/rivers/claims/lonely/"


def test_the_glossary_gives_meaning_script_and_lessons(client, lesson, url):
    text = client.get("/courses/rivers/glossary/").text
    assert "Where water leaves the ground." in text
    assert 'lang="fa" dir="rtl">چشمه' in text
    assert f'href="{url}"' in text


def test_about_gives_the_point_of_view_and_the_date_the_sources_end(client, lesson):
    text = client.get("/courses/rivers/about/").text
    assert "Point of view" in text
    assert "The sources end on 30 June 2026" in text


def test_a_course_in_another_direction_says_so(client, lesson):
    Course.objects.update(language="fa")
    assert 'lang="fa" dir="rtl"' in client.get("/courses/rivers/lessons/springs/").text


def test_about_shows_the_wording_guide(client, lesson):
    Course.objects.update(wording=[{"words": ["torrent"], "prefer": "a lot of water", "why": "It exaggerates."}])
    text = client.get("/courses/rivers/about/").text
    assert "torrent" in text
    assert "It exaggerates." in text


def test_an_error_can_be_reported_where_an_address_is_set(client, lesson, settings):
    pages = ["/courses/rivers/about/", "/courses/rivers/claims/downhill/"]
    assert not any("mailto:" in client.get(page).text for page in pages)
    settings.CONTACT_EMAIL = "desk@example.org"
    assert all("mailto:desk@example.org?subject=Rivers" in client.get(page).text for page in pages)
