"""The page of an actor."""

from courses.deriving import derive
from courses.models import Figure
from tests.courses.figures.test_figure import rows_of

URL = "/courses/rivers/actors/"


def test_it_says_who_this_is(client, figures):
    text = client.get(f"{URL}spring/").text
    assert "<h1>The Spring</h1>" in text
    assert "It starts." in text
    assert "Political and military movement" in text
    assert "<dd>Hill</dd>" in text
    assert "<dd>1900</dd>" in text


def test_it_lists_its_ties_and_no_others(client, figures):
    rows = rows_of(client.get(f"{URL}spring/").text)
    assert [row[:3] for row in rows] == [
        ["The Spring", "water", "The Lake"],
        ["The Spring", "silt", "The Lake"],
        ["The Brook", "water", "The Spring"],
    ]
    assert [row[-1] for row in rows] == ["downhill", "uphill", "downhill"]


def test_it_shows_the_place_on_the_map(client, figures):
    text = client.get(f"{URL}spring/").text
    assert "The Spring on the map: Bol" in text
    assert text.count('class="dot this"') == 1


def test_an_actor_without_a_place_has_no_map(client, figures):
    text = client.get(f"{URL}cloud/").text
    assert 'class="dot' not in text
    assert "This figure knows no tie of this actor." in text


def test_it_leads_to_the_lessons_that_cite_the_claims_of_its_ties(client, figures, lesson):
    derive(lesson=lesson)
    text = client.get(f"{URL}spring/").text
    assert f'<a href="{lesson.get_absolute_url()}#start">Springs</a>' in text
    assert "3 passages" in text
    assert "Lessons that cite" not in client.get(f"{URL}cloud/").text


def test_an_actor_that_is_only_on_a_map_has_a_page_too(client, figures):
    Figure.objects.filter(key="network").delete()
    text = client.get(f"{URL}sea/").text
    assert "<h1>The Sea</h1>" in text
    assert "Suez" in text


def test_an_unknown_actor_is_not_found(client, figures):
    assert client.get(f"{URL}ocean/").status_code == 404


def test_an_actor_of_a_retired_figure_is_not_found(client, figures):
    Figure.objects.update(retired=True)
    assert client.get(f"{URL}spring/").status_code == 404


def test_an_actor_costs_the_same_however_many_ties_it_has(client, real_figures, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        client.get(f"{URL}iran/")
