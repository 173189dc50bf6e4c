"""The list of a course's figures."""


def test_it_lists_them_in_their_order_with_what_they_say(client, figures):
    text = client.get("/courses/rivers/figures/").text
    places = [text.index(f'href="{figure.get_absolute_url()}"') for figure in figures.values()]
    assert places == sorted(places)
    for figure in figures.values():
        assert figure.description in text


def test_a_course_without_figures_says_so(client, lesson):
    assert "This course has no figures yet." in client.get("/courses/rivers/figures/").text


def test_an_unknown_course_is_not_found(client, db):
    assert client.get("/courses/oceans/figures/").status_code == 404


def test_it_does_not_read_data_and_layouts(client, figures, django_assert_num_queries):
    with django_assert_num_queries(2) as queries:
        client.get("/courses/rivers/figures/")
    assert not any('"layout"' in query["sql"] for query in queries.captured_queries)
