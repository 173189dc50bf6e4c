"""Loading a course folder as a zip: choosing it, the dry run, and saying yes."""

import io
import zipfile

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from courses.folder.archives import pack
from courses.models import Course, Lesson, Upload
from quizzes.models import Edition, Quiz
from sources.models import Claim, Collection
from tests.courses.folder.conftest import texts

LOAD = "/admin/courses/course/load/"
OLD, NEW = "Springs are where groundwater comes up.", "Springs well up."


def zip_of(folder) -> bytes:
    return pack(folder.path.name, texts(folder.path))


def upload(client, archive: bytes, name: str = "rivers.zip"):
    return client.post(LOAD, {"archive": SimpleUploadedFile(name, archive, "application/zip")})


def seen_in(page) -> str:
    return page.text.split('name="seen" value="')[1].split('"')[0]


@pytest.fixture
def tried(tom_client):
    """Uploads a folder as Tom, and returns the address of the dry run and its page."""

    def tried(folder):
        url = upload(tom_client, zip_of(folder)).url
        return url, tom_client.get(url)

    return tried


@pytest.fixture
def uploaded(rivers, tom_client) -> str:
    """The address of a dry run that nobody has looked at."""
    return upload(tom_client, zip_of(rivers)).url


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_a_new_course_is_tried_and_then_loaded(rivers, tried, tom, tom_client):
    url, page = tried(rivers)
    assert "This is what loading rivers.zip as the course “Rivers” (rivers) would do." in page.text
    assert "springs, floods" in page.text
    assert not Course.objects.exists()
    assert not Collection.objects.exists()
    response = tom_client.post(url, {"seen": seen_in(page)})
    course = Course.objects.get()
    assert response.url == reverse("admin:courses_course_change", args=[course.pk])
    assert "“Rivers” is loaded: 17 new, 0 changed, 0 retired, 0 kept as edited; quizzes published: 4." in said(response)
    assert set(Edition.objects.values_list("published_by", flat=True)) == {tom.pk}
    assert LogEntry.objects.filter(user=tom, object_id=course.pk, change_message__contains="is loaded").exists()


def test_the_dry_run_tells_what_would_change_and_be_published(loaded, tried):
    loaded.change("questions/02-floods.yaml", "What is a flood?", "What is called a flood?")
    loaded.change("glossary.yaml", "Water where it should not be.", "Too much water.")
    _url, page = tried(loaded)
    assert page.text.count("<dd>flood</dd>") == 1
    assert page.text.count("<dd>floods-much</dd>") == 1
    assert "Quiz: springs" in page.text
    assert "Floods (checks of the lesson)" in " ".join(page.text.split())
    assert 'name="edits"' not in page.text
    assert Edition.objects.filter(quiz__slug="springs").count() == 1


def test_nothing_to_do_is_told_too(loaded, tried):
    _url, page = tried(loaded)
    assert "Nothing: what learners get stays as it is." in page.text


@pytest.fixture
def conflicting(loaded):
    Claim.objects.filter(key="spring-1").update(text="Springs are wells.")
    Claim.objects.filter(key="spring-2").update(text="Springs abound.")
    loaded.change("claims.yaml", OLD, NEW)
    return loaded


def test_the_dry_run_shows_both_texts_of_what_was_edited(conflicting, tried):
    _url, page = tried(conflicting)
    text = page.text.replace("<mark>", "").replace("</mark>", "")
    assert "Springs are wells." in text
    assert NEW in text
    assert "Both have changed it." in text
    assert "Only the admin has changed it." in text
    assert "0 new, 0 changed, 0 retired, 2 kept as edited; quizzes published: 0" in text
    assert "0 new, 2 changed, 0 retired, 0 kept as edited; quizzes published: 0" in text


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({}, ["Springs are wells.", "Springs abound."]),
        ({"edits": "keep"}, ["Springs are wells.", "Springs abound."]),
        ({"edits": "overwrite"}, [NEW, "The Ministry says springs are rare."]),
    ],
)
def test_the_edits_are_kept_unless_the_folder_is_chosen(choice, expected, conflicting, tried, tom_client):
    url, page = tried(conflicting)
    assert tom_client.post(url, {"seen": seen_in(page), **choice}).status_code == 302
    assert [Claim.objects.get(key=f"spring-{number}").text for number in (1, 2)] == expected


def test_what_was_edited_while_the_page_was_open_is_shown_first(conflicting, tried, tom_client):
    url, page = tried(conflicting)
    Claim.objects.filter(key="water-1").update(text="Floods are not disputed.")
    response = tom_client.post(url, {"seen": seen_in(page), "edits": "overwrite"})
    assert response.status_code == 409
    assert "Something was edited in the admin while this page was open" in response.text
    assert Claim.objects.get(key="water-1").text == "Floods are not disputed."
    assert tom_client.post(url, {"seen": seen_in(response), "edits": "overwrite"}).status_code == 302


@pytest.mark.parametrize("form", [{}, {"seen": ""}, {"seen": "x" * 65}, {"seen": "x", "edits": "ask"}])
def test_a_form_that_is_not_ours_loads_nothing(form, uploaded, tom_client):
    assert tom_client.post(uploaded, form).status_code in {409, 422}
    assert not Course.objects.exists()


def test_a_choice_that_can_not_be_loaded_is_not_offered(loaded, tried, tom_client):
    """The quiz that the admin has kept would ask of a tag that no question has any more."""
    Quiz.objects.filter(slug="final").update(title="The very end")
    loaded.change("quizzes.yaml", "The end", "Finally")
    loaded.change("quizzes.yaml", "deep water", "shallows")
    loaded.change("questions/01-springs.yaml", "[wells, deep water]", "[wells, shallows]")
    url, page = tried(loaded)
    assert page.text.count("disabled") == 1
    assert "draws 1 questions by “deep water”, and only 0 are there" in page.text
    assert tom_client.post(url, {"seen": seen_in(page), "edits": "keep"}).status_code == 422
    assert tom_client.post(url, {"seen": seen_in(page), "edits": "overwrite"}).status_code == 302
    assert Quiz.objects.get(slug="final").title == "Finally"


def test_faults_of_the_folder_are_told_with_file_and_line(rivers, tried, tom_client):
    rivers.change("claims.yaml", "status: disputed", "status: doubtful")
    rivers.change("course.yaml", "language: en", "tongue: en")
    url, page = tried(rivers)
    assert "There are 3 things to mend in the folder" in page.text
    assert "<code>claims.yaml:17</code>" in page.text
    assert 'name="seen"' not in page.text
    assert tom_client.post(url, {"seen": "x"}).status_code == 422
    assert not Course.objects.exists()


def test_an_archive_that_is_refused_is_not_kept(tom_client):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../evil.yaml", "x")
    response = upload(tom_client, packed.getvalue())
    assert response.status_code == 422
    assert "<code>../evil.yaml</code> Its name leads out of the folder." in response.text
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("archive", "message"),
    [(b"no zip", "This is not a zip archive"), (b"", "This file is empty."), (bytes(20_000_001), "larger than 20 MB")],
    ids=["no zip", "empty", "large"],
)
def test_a_file_that_is_no_archive_is_refused_in_words(archive, message, tom_client):
    response = upload(tom_client, archive)
    assert response.status_code == 422
    assert message in response.text


def test_no_file_is_refused_in_words(tom_client):
    response = tom_client.post(LOAD, {})
    assert response.status_code == 422
    assert "Choose a zip archive." in response.text


def test_an_archive_is_kept_until_it_is_loaded(rivers, tried, tom_client):
    url, page = tried(rivers)
    tom_client.post(url, {"seen": seen_in(page)})
    assert not Upload.objects.exists()
    again = tom_client.post(url, {"seen": seen_in(page)})
    assert again.url == LOAD
    assert "Choose it again." in said(again)


def test_an_archive_is_kept_for_an_hour(rivers, tom, tom_client):
    with time_machine.travel("2026-11-22 09:00", tick=False):
        tom_client.force_login(tom)
        url = upload(tom_client, zip_of(rivers)).url
    with time_machine.travel("2026-11-22 10:00", tick=False):
        assert tom_client.get(url).status_code == 200
    with time_machine.travel("2026-11-22 10:01", tick=False):
        assert tom_client.get(url).url == LOAD


def test_of_each_author_one_archive_is_kept_and_old_ones_go(rivers, tom, tom_client, admin_client):
    with time_machine.travel("2026-11-22 09:00", tick=False):
        admin_client.force_login(User.objects.get(is_superuser=True))
        upload(admin_client, zip_of(rivers))
    with time_machine.travel("2026-11-22 11:00", tick=False):
        tom_client.force_login(tom)
        first = upload(tom_client, zip_of(rivers)).url
        upload(tom_client, zip_of(rivers))
        assert Upload.objects.get().owner == tom
        assert tom_client.get(first).url == LOAD


def test_an_archive_is_shown_to_nobody_else(uploaded, admin_client):
    assert admin_client.get(uploaded).url == LOAD
    assert admin_client.post(uploaded, {"seen": "x"}).url == LOAD
    assert not Course.objects.exists()


@pytest.mark.parametrize("who", ["ada_client", "eve_client", "gus_client", None])
def test_learners_and_strangers_load_nothing(who, rivers, uploaded, request):
    client = request.getfixturevalue(who) if who else Client()
    assert client.get(LOAD).status_code in {302, 403}
    assert upload(client, zip_of(rivers)).status_code in {302, 403}
    assert client.get(uploaded).status_code in {302, 403}
    assert client.post(uploaded, {"seen": "x"}).status_code in {302, 403}
    assert not Course.objects.exists()
    assert Upload.objects.count() == 1


def test_a_new_course_needs_the_right_to_add_one(rivers, eve, eve_client):
    eve.is_staff = True
    eve.save()
    eve.user_permissions.add(Permission.objects.get(codename="change_course"))
    response = upload(eve_client, zip_of(rivers))
    assert response.status_code == 422
    assert "You may not change this course, or add one." in response.text
    assert not Upload.objects.exists()


def test_a_right_that_was_taken_meanwhile_is_missed(uploaded, tom, tom_client):
    tom.groups.clear()
    assert tom_client.post(uploaded, {"seen": "x"}).status_code == 403
    assert not Course.objects.exists()


def test_a_load_keeps_the_lessons_text_to_the_byte(rivers, tried, tom_client):
    url, page = tried(rivers)
    tom_client.post(url, {"seen": seen_in(page)})
    lesson = (rivers.path / "lessons/01-springs.md").read_text()
    assert lesson.endswith(Lesson.objects.get(slug="springs").text)


def test_the_list_of_courses_leads_there(tom_client):
    page = tom_client.get("/admin/courses/course/").text
    assert f'<a href="{LOAD}">Load a course folder (zip)</a>' in page
