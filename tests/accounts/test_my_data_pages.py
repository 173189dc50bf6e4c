"""The pages on which somebody takes data along and brings it."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import DataUpload, KeptRecord, User
from tests.accounts.lived import ada, lesson, life, lived, tom
from tests.accounts.lives import exported, files, forged, lives, loaded, records
from tests.conftest import client_of
from ui.archives import pack

__all__ = ["ada", "lesson", "life", "lived", "tom"]
URL, EXPORT, LOAD, DRY_RUN = "/you/data/", "/you/data/export/", "/you/data/load/", "/you/data/load/dry-run/"


def upload(client, data: bytes, name: str = "my-data.zip"):
    return client.post(LOAD, {"file": SimpleUploadedFile(name, data, "application/zip")})


def downloaded(client) -> bytes:
    return b"".join(client.post(EXPORT).streaming_content)


def test_a_stranger_may_bring_data_and_has_none_to_take(client, db):
    page = client.get(URL).text
    assert "Nothing is held on you in this browser yet" in page
    assert "Look into this file" in page
    assert EXPORT not in page
    assert client.post(EXPORT).status_code == 302
    assert not User.objects.exists()


def test_the_account_s_page_and_a_guest_s_progress_lead_here(ada_client, gus, lesson, tom):
    assert f'href="{URL}"' in ada_client.get("/you/").text
    lives(gus, lesson, tom)
    assert f'href="{URL}"' in client_of(gus).get("/progress/").text


def test_one_click_gives_a_zip(life, ada_client):
    response = ada_client.post(EXPORT)
    assert response["Content-Disposition"] == 'attachment; filename="my-data.zip"'
    assert response["Content-Type"] == "application/zip"
    data = b"".join(response.streaming_content)
    assert data == exported(life)
    assert {"README.md", "manifest.json", "attempts.json", "answers.csv", "cards.csv"} <= files(data).keys()


def test_it_is_not_made_by_following_a_link(ada_client):
    assert ada_client.get(EXPORT).status_code == 405


def test_it_is_not_made_without_end(ada_client):
    answers = [ada_client.post(EXPORT).status_code for _ in range(21)]
    assert answers[:20] == [200] * 20
    assert answers[20] == 429


def test_the_page_says_what_the_file_does_not(life, ada_client):
    page = re.sub(r"\s+", " ", ada_client.get(URL).text)
    assert "You have not confirmed the address new@example.org." in page
    assert "You last answered or noted something on" in page
    assert f"<b>{life.responses.count()}</b> responses" in page


def test_a_dry_run_changes_nothing_and_loading_does(life, eve, eve_client):
    data = exported(life)
    before = exported(eve)
    assert upload(eve_client, data).url == DRY_RUN
    page = eve_client.get(DRY_RUN).text
    assert "Nothing is changed yet." in page
    assert "A teacher marked it by hand or put it right" in page
    assert exported(eve) == before
    done = eve_client.post(DRY_RUN, follow=True)
    assert "things were taken from your file." in done.text
    assert eve.attempts.count() == len(records(data, "attempts")) - 1
    assert not DataUpload.objects.exists()


def test_loading_twice_or_clicking_twice_does_no_harm(life, eve, eve_client):
    data = exported(life)
    upload(eve_client, data)
    eve_client.post(DRY_RUN)
    after = exported(eve)
    assert "kept for an hour and dropped" in eve_client.post(DRY_RUN, follow=True).text
    upload(eve_client, data)
    assert "All of it is here already." in eve_client.get(DRY_RUN).text or "0" in eve_client.get(DRY_RUN).text
    eve_client.post(DRY_RUN)
    assert exported(eve) == after


def test_a_stranger_becomes_a_guest_by_loading(life, client):
    data = exported(life)
    assert upload(client, data).url == DRY_RUN
    client.post(DRY_RUN)
    guest = User.objects.get(is_guest=True)
    assert guest.attempts.exists()
    assert guest.name == ""
    assert guest.email is None


def test_what_a_guest_kept_comes_along_into_the_account(life, gus, eve, make):
    from accounts.guests import merge

    loaded(gus, exported(life))
    loaded(eve, exported(life))
    kept = set(gus.kept_records.values_list("kind", "digest"))
    merge(guest=gus, account=eve)
    assert kept == set(eve.kept_records.values_list("kind", "digest"))


def test_an_upload_is_dropped_after_an_hour(eve, eve_client, life, time_machine):
    upload(eve_client, exported(life))
    kept_at = DataUpload.objects.get().kept_at
    time_machine.move_to(kept_at + timedelta(minutes=61), tick=False)
    assert eve_client.get(DRY_RUN).url == URL


def test_nobody_sees_another_one_s_upload(life, ada_client, eve_client):
    upload(ada_client, exported(life))
    assert eve_client.get(DRY_RUN).url == URL


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "This file is empty."),
        (b"hello", "This is not a zip archive"),
        (b"PK\x03\x04" + b"0" * 100, "It is damaged"),
        (pack({"rivers/course.yaml": b"title: Rivers"}), "This is not an export of one"),
        (pack({"my-data/../evil.json": b"[]"}), "leads out of the folder"),
        (pack({"my-data/manifest.json": b"{"}), "This can not be read."),
        (pack({"my-data/manifest.json": b'{"format": "x", "number": 1}'}), "This is not an export of one"),
        (pack({"my-data/manifest.json": b'{"format": "footnote-my-data", "number": 2}'}), "has another format"),
        (pack({"my-data/manifest.json": bytes(100_000_000)}), "It is larger than 90 MB"),
        (pack({f"my-data/{name}": bytes(4_000_000) for name in ("manifest.json", "notes.json")}), "100 times as large"),
    ],
)
def test_what_is_no_export_is_refused_in_words(data, message, eve_client):
    response = upload(eve_client, data)
    assert response.status_code == 422
    assert message.replace("'", "&#x27;") in response.text or message in response.text
    assert not DataUpload.objects.exists()


NOTE = {"written_at": "2026-05-01T12:00:00Z", "course": "x", "lesson": "y", "text": "z"}


@pytest.mark.parametrize(
    ("notes", "message"),
    [
        ("[", "truncated"),
        ("{}", "Expected `array`"),
        ([NOTE | {"more": 1}], "unknown field"),
        ([{}], "missing required field"),
        ([NOTE | {"written_at": "yesterday"}], "Invalid RFC3339"),
        ([NOTE | {"written_at": "2026-05-01T12:00:00"}], "timezone"),
        ([NOTE | {"written_at": "0001-01-01T00:00:00Z"}], "can not be right"),
        ([NOTE | {"course": "x" * 61}], "length"),
        ([NOTE | {"text": "a\0b"}], "can not be stored"),
        ('[{"written_at": "2026-05-01T12:00:00Z", "course": "x", "lesson": "y", "text": "\\ud800"}]', "truncated"),
    ],
)
def test_records_that_are_none_are_refused_in_words(notes, message, ada, eve_client):
    response = upload(eve_client, forged(exported(ada), notes=notes))
    assert response.status_code == 422
    assert "notes.json" in response.text
    assert message in response.text.replace("&#x27;", "'").replace("&quot;", '"')


def test_a_kind_that_this_site_does_not_know_is_refused(ada, eve_client):
    response = upload(eve_client, forged(exported(ada), dreams=[]))
    assert response.status_code == 422
    assert "dreams.json" in response.text


def test_a_file_may_hold_less(ada, eve, eve_client):
    data = forged(exported(ada), notes=None, attempts=None)
    assert upload(eve_client, data).status_code == 302
    assert eve_client.get(DRY_RUN).status_code == 200


def test_more_than_anybody_could_have_learned_is_not_kept(ada, eve, eve_client, monkeypatch):
    monkeypatch.setattr("accounts.my_data.taking.MOST_KEPT", 1000)
    long = [NOTE | {"text": "z" * 600, "lesson": f"y{n}"} for n in range(3)]
    upload(eve_client, forged(exported(ada), notes=long))
    assert "more than can be kept" in eve_client.get(DRY_RUN, follow=True).text
    assert not KeptRecord.objects.exists()


def test_spreadsheets_take_nothing_for_a_formula(ada, make):
    course = make.course(collection=make.collection(slug="rivers"))
    for number, text in enumerate(["=1+1", "+1", "-1", "@x", "\t=1", "  =1", "plain"]):
        one = make.lesson(course=course, slug=f"lesson-{number}")
        ada.notes.create(lesson=one, text=text, written_at="2026-05-01T12:00:00Z")
    table = files(exported(ada))["notes.csv"]
    for text in ("'=1+1", "'+1", "'-1", "'@x", "'\t=1", "'  =1", ",plain"):
        assert text in table
    assert {note["text"] for note in records(exported(ada), "notes")} >= {"=1+1", "plain"}


def test_the_zip_is_the_same_each_time_and_has_no_date(ada):
    first = exported(ada)
    assert exported(ada) == first
    from zipfile import ZipFile

    with ZipFile(BytesIO(first)) as opened:
        assert {one.date_time for one in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
