"""Marking passages as a browser would."""

from progress.models import Highlight

NOTES = "/notes/"
START = "/notes/rivers/springs/start/"
"""“Water runs downhill. It starts in a spring.”"""


def mark(client, quote: str = "", text: str = "", *, url: str = START, **more):
    headers = more.pop("headers", {})
    return client.post(url, {"quote": quote, "text": text, **more}, headers=headers)


def marked(client, quote: str = "", text: str = "", *, url: str = START) -> Highlight:
    """Made by the page, and as it is in the database."""
    assert mark(client, quote, text, url=url).status_code == 302
    return Highlight.objects.latest("pk")


def rewrite(lesson, was: str, now: str) -> None:
    assert was in lesson.text
    lesson.text = lesson.text.replace(was, now)
    lesson.save(update_fields=["text"])
