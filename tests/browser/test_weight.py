"""A cold load of a lesson: what goes over the wire, and in how many requests."""

import pytest

LESSONS = ["axis", "russia", "treaties"]


@pytest.mark.parametrize("slug", LESSONS)
def test_a_cold_lesson_weighs_at_most_60_kB_in_8_requests(open_page, slug, record_property):
    page = open_page()
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    sizes: dict[str, float] = {}
    urls: dict[str, str] = {}
    devtools.on("Network.requestWillBeSent", lambda event: urls.update({event["requestId"]: event["request"]["url"]}))
    devtools.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    page.goto(f"/courses/does-iran-have-allies/lessons/{slug}/", wait_until="networkidle")
    over_the_wire = {urls[number]: size for number, size in sizes.items() if urls[number].startswith("http")}
    total = sum(over_the_wire.values())
    print(f"\n{slug}: {total / 1000:.1f} kB in {len(over_the_wire)} requests")
    assert len(over_the_wire) >= 4
    assert len(over_the_wire) <= 8
    assert total <= 60_000


def test_static_files_are_compressed_hashed_and_kept(open_page):
    page = open_page()
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto("/courses/does-iran-have-allies/lessons/axis/", wait_until="networkidle")
    static = [answer for answer in answers if "/static/" in answer.url]
    assert len(static) >= 4
    for answer in static:
        headers = answer.all_headers()
        assert "immutable" in headers["cache-control"]
        assert headers.get("content-encoding") in {"br", "gzip"} or answer.url.endswith(".svg")


def test_the_content_policy_lets_nothing_inline_and_nobody_else_in(open_page):
    page = open_page()
    policy = page.goto("/").all_headers()["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
