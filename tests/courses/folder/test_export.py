"""The button on a course's admin page that makes a zip of its folder."""

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from courses.folder.archives import opened, unpack
from courses.folder.loading import load
from courses.models import Course
from tests.courses.folder.conftest import texts


@pytest.fixture
def url(loaded):
    return reverse("admin:courses_course_export", args=[Course.objects.get().pk])


def test_the_archive_holds_the_folder(url, loaded, tom_client):
    response = tom_client.get(url)
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"] == 'attachment; filename="rivers.zip"'
    with opened(unpack(response.content, name="any.zip")) as folder:
        assert folder.name == "rivers"
        assert texts(folder) == texts(loaded.path)


def test_it_is_the_same_to_the_byte_each_time(url, tom_client):
    assert tom_client.get(url).content == tom_client.get(url).content


def test_it_can_be_loaded_again_and_nothing_changes(url, tom_client):
    with opened(unpack(tom_client.get(url).content, name="any.zip")) as folder:
        assert {*load(folder).actions["questions"]} == {"left"}


def test_it_has_what_was_edited_in_the_admin(url, tom_client):
    Course.objects.update(title="My rivers")
    with zipfile.ZipFile(io.BytesIO(tom_client.get(url).content)) as archive:
        assert b"title: My rivers" in archive.read("rivers/course.yaml")


def test_the_page_of_the_course_has_the_button(url, tom_client):
    page = tom_client.get(reverse("admin:courses_course_change", args=[Course.objects.get().pk])).text
    assert f'<a href="{url}">Export as a folder (zip)</a>' in page


def test_it_only_reads(url, tom_client):
    assert tom_client.post(url).status_code == 405


def test_a_course_that_is_not_there_is_not_exported(url, tom_client):
    assert tom_client.get(reverse("admin:courses_course_export", args=[999])).status_code == 404


@pytest.mark.parametrize("who", ["ada_client", "eve_client", "gus_client", None])
def test_learners_and_strangers_get_no_archive(who, url, request):
    client = request.getfixturevalue(who) if who else Client()
    response = client.get(url)
    assert response.status_code in {302, 403}
    assert b"PK" not in response.content


def test_staff_without_rights_get_none(url, eve, eve_client):
    eve.is_staff = True
    eve.save()
    assert eve_client.get(url).status_code in {403, 404}
