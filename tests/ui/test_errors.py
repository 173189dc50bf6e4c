import pytest
from django.test import RequestFactory

from ui import errors


@pytest.fixture
def request_of(db):
    def make(**headers):
        request = RequestFactory().get("/somewhere/", headers=headers)
        request.htmx = "hx-request" in {name.lower() for name in headers}
        from django.contrib.auth.models import AnonymousUser

        request.user = AnonymousUser()
        return request

    return make


@pytest.mark.parametrize(
    ("view", "status", "says"),
    [
        (errors.bad_request, 400, "Nothing was changed"),
        (errors.forbidden, 403, "sign in with another account"),
        (errors.not_found, 404, "no page at this address"),
        (errors.server_error, 500, "on our side"),
    ],
)
def test_an_error_says_what_to_do_as_a_page_and_as_a_note(request_of, view, status, says):
    page = view(request_of())
    note = view(request_of(**{"HX-Request": "true"}))
    assert page.status_code == note.status_code == status
    assert says in page.text
    assert says in note.text
    assert page.text.lstrip().startswith("<!doctype html>")
    assert note.text.startswith('<div class="toast"')


def test_a_page_that_is_not_there_is_told(client, db):
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert "To the courses" in response.text
