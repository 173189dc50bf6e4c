"""Whatever encoding a request says that it is in, it is read as UTF-8 or refused."""

import pytest

FORM = "/preferences/"
ROWS = '--x\r\nContent-Disposition: form-data; name="theme"\r\n\r\ndark\r\n--x--\r\n'


def sends(client, encoding: str):
    return client.generic("POST", FORM, ROWS, content_type=f"multipart/form-data; boundary=x; charset={encoding}")


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "unicode_escape", "hex", "idna", "undefined"])
def test_a_form_in_another_encoding_is_refused(client, db, encoding):
    response = sends(client, encoding)
    assert response.status_code == 400
    assert "Nothing was changed." in response.text
    assert "preferences" not in response.cookies


@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", "no-such-encoding", ""])
def test_one_in_utf_8_is_taken(client, db, encoding):
    assert sends(client, encoding).status_code == 302


def test_an_address_in_another_encoding_is_refused(client, db):
    response = client.generic("GET", "/search/?q=%5Cud800", "x", content_type="text/plain; charset=unicode_escape")
    assert response.status_code == 400
