"""Names of routes are names of views, and no URL breaks for a stranger."""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

OURS = ("accounts", "ui", "quizzes", "courses", "progress")
VALUES = {
    "actor": "iran",
    "figure": "network",
    "course": "rivers",
    "collection": "rivers",
    "lesson": "springs",
    "slug": "springs",
    "claim": "downhill",
    "code": "0000-0000-0000-0000",
    "passage": "start",
}
NUMBERS = {"pk": "1", "place": "1", "attempt": "1", "card": "1", "response": "1", "day": "2026-11-22"}


def routes() -> list[tuple[str, str, URLPattern]]:
    """(namespace, path, pattern) of every route of ours."""
    found = []

    def walk(resolver: URLResolver, prefix: str) -> None:
        for pattern in resolver.url_patterns:
            path = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern, path)
            elif pattern.callback.__module__.split(".")[0] in OURS and not prefix.startswith(("/accounts/", "/admin/")):
                found.append((pattern.callback.__module__, path, pattern))

    walk(get_resolver(), "/")
    return found


def test_there_are_routes():
    assert len(routes()) > 15


@pytest.mark.parametrize(
    ("module", "path", "pattern"), routes(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_route_is_called_as_its_view(module, path, pattern):
    assert pattern.name == getattr(pattern.callback, "__name__", None)


def filled(path: str) -> str:
    return re.sub(r"<(\w+):(\w+)>", lambda found: {**VALUES, **NUMBERS}[found[2]], path)


@pytest.mark.parametrize("path", sorted({path for _, path, _ in routes()}))
@pytest.mark.parametrize("method", ["get", "post", "put", "head"])
def test_a_stranger_is_answered_without_an_error(client, lesson, path, method):
    response = getattr(client, method)(filled(path))
    assert response.status_code in {200, 302, 400, 404, 405, 422}


@pytest.mark.parametrize("path", sorted({path for _, path, _ in routes()}))
def test_htmx_alone_breaks_nothing_either(client, lesson, path):
    assert client.post(filled(path), headers={"HX-Request": "true"}).status_code < 500
