"""The page of a figure."""

import re

import pytest

from courses.models import Figure
from sources.models import Claim
from tests.conftest import HTMX
from tests.courses.figures.conftest import SAMPLES
from tests.pages import normal

URL = "/courses/rivers/figures/"


@pytest.mark.parametrize("kind", SAMPLES)
def test_it_shows_title_description_caption_and_the_same_in_words(client, figures, kind):
    text = client.get(f"{URL}{kind}/").text
    figure = figures[kind]
    assert f"<h1>{figure.title}</h1>" in text
    assert f">{figure.description}</desc>" in text
    assert figure.caption in text
    assert "The same as a" in text


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_drawing_is_named_and_described_and_no_name_stands_twice(client, figures, kind):
    text = client.get(f"{URL}{kind}/").text
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    drawings = re.findall(r'<svg[^>]*role="(?:img|group)"[^>]*>', text)
    assert drawings
    for drawing in drawings:
        title, description = re.search(r'aria-labelledby="(\S+) (\S+)"', drawing).groups()
        assert f'<title id="{title}">' in text
        assert f'<desc id="{description}">' in text


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_part_for_htmx_is_a_part_of_the_page(client, figures, kind):
    whole, part = client.get(f"{URL}{kind}/"), client.get(f"{URL}{kind}/", headers=HTMX)
    assert "<html" not in part.text
    assert normal(part.text) in normal(whole.text)
    assert "HX-Request" in whole["Vary"]


@pytest.mark.parametrize("kind", SAMPLES)
def test_only_pages_with_figures_load_their_style(client, figures, kind):
    assert "courses/figures.css" in client.get(f"{URL}{kind}/").text
    assert "courses/figures.css" not in client.get("/courses/rivers/").text


@pytest.mark.parametrize(
    "address", ["network/?at=1984", "network/?kind=love", "timeline/?lesson=oceans", "cloud/", "network/?at=%00"]
)
def test_what_is_not_there_is_not_found(client, figures, address):
    assert client.get(f"{URL}{address}").status_code == 404


def test_a_retired_figure_is_not_found(client, figures):
    Figure.objects.filter(key="map").update(retired=True)
    assert client.get(f"{URL}map/").status_code == 404


def rows_of(text: str) -> list[list[str]]:
    """The words of every cell of the page's table."""
    rows = re.findall(r"<tr.*?</tr>", text.split("<tbody>")[1], re.DOTALL)
    cells = [re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL) for row in rows]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells]


def test_the_network_has_a_row_for_each_tie_with_dates_and_claims(client, figures):
    rows = rows_of(client.get(f"{URL}network/").text)
    assert ["The Sea", "pact new", "The Mill", "yes", "1 May 1990", "", "downhill"] in rows
    assert ["The Lake", "water", "The Sea", "no", "by 1940", "2000", "downhill"] in rows
    assert ["The Lake", "pact", "The Mill", "unclear (lost)", "1930", "", ""] in rows
    assert len(rows) == 8


def test_moment_and_kind_combine_and_keep_each_other(client, figures):
    text = client.get(f"{URL}network/?at=1950&kind=water").text
    assert [row[:3] for row in rows_of(text)] == [["The Spring", "water", "The Lake"], ["The Lake", "water", "The Sea"]]
    assert 'href="?at=now&amp;kind=water"' in text
    assert 'href="?at=1950&amp;kind=envy"' in text
    assert 'href="?at=1950"' in text


def test_it_says_in_words_who_is_bound_and_that_the_centre_is_not(client, figures):
    text = " ".join(client.get(f"{URL}network/").text.split())
    assert "Bound to defend each other: The Sea and The Mill, The Sea and The Town." in text
    assert "Bound to defend The Lake: unclear for The Mill, otherwise nobody that is known." in text
    assert "Bound to defend" not in client.get(f"{URL}network/?kind=envy").text.split("<figure>")[0]


def test_a_moment_without_ties_of_a_kind_says_so(client, figures):
    Figure.objects.filter(key="network").update(
        data=Figure.objects.get(key="network").data.replace('"since":"1910"', '"since":"1960"')
    )
    text = client.get(f"{URL}network/?at=1950&kind=envy").text
    assert "No tie of this kind is known at that moment." in text


def test_a_claim_that_is_gone_is_not_linked(client, figures):
    Claim.objects.filter(key="downhill").update(retired=True)
    text = client.get(f"{URL}network/").text
    assert "/claims/downhill/" not in text
    assert "/claims/uphill/" in text


def test_an_attributed_claim_looks_different(client, figures):
    text = client.get(f"{URL}network/").text
    assert '<a class="claim attributed" href="/courses/rivers/claims/uphill/">' in text
    assert '<a class="claim established" href="/courses/rivers/claims/downhill/">' in text


def test_the_time_line_can_be_narrowed_to_a_lesson(client, figures, make, lesson):
    make.lesson(course=lesson.course, slug="brooks", title="Brooks", position=1)
    whole = client.get(f"{URL}timeline/").text
    assert "5 events" in whole
    assert 'href="?lesson=brooks"' in whole
    part = client.get(f"{URL}timeline/?lesson=brooks").text
    assert "2 events" in part
    assert 'id="snow"' in part
    assert 'id="dam"' not in part


def test_an_event_leads_to_its_lesson_and_claims(client, figures):
    text = client.get(f"{URL}timeline/").text
    assert '<a href="/courses/rivers/lessons/springs/">Springs</a>' in text
    assert '<a class="claim established" href="/courses/rivers/claims/downhill/">' in text


def test_the_map_lists_every_actor_even_without_a_place(client, figures):
    listed = client.get(f"{URL}map/").text.split('id="places"')[1]
    for name, place in (("The Lake", "Bol"), ("The Spring", "Bol"), ("The Sea", "Suez"), ("The Cloud", "nowhere")):
        assert re.search(rf'{name}</a> <span class="meta">{place}</span>', listed)


def test_the_comparison_has_a_row_for_each_relationship(client, figures):
    rows = rows_of(client.get(f"{URL}comparison/").text)
    assert rows == [["Sea and Mill", "yes", "for ever", "downhill"], ["Lake and Mill", "lost", "?", ""]]


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_figure_costs_the_same_however_much_it_holds(client, real_figures, kind, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        client.get(f"{URL}{kind}/")


@pytest.mark.parametrize("kind", SAMPLES)
def test_hostile_words_stay_words(client, figures, kind):
    figure = figures[kind]
    figure.title = figure.caption = figure.description = "<script>alert(1)</script>"
    figure.data = figure.data.replace("Lake", "<i>Lake</i>").replace("The dam", "<i>Lake</i>")
    figure.save()
    text = client.get(f"{URL}{kind}/").text
    assert "<script>alert" not in text
    assert "<i>Lake" not in text
