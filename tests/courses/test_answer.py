from accounts.models import User
from tests.conftest import HTMX
from tests.pages import filled, normal, question_forms


def test_without_javascript_an_answer_leads_back_to_its_place(client, url):
    form = question_forms(client.get(url))[0]
    response = client.post(form["action"], filled(form, "Right"))
    assert response.status_code == 302
    assert response.url == f"{url}#q-slope"
    assert "Right." in client.get(url).text


def test_by_htmx_the_check_and_the_count_come_back(client, url):
    form = question_forms(client.get(url))[0]
    fragment = client.post(form["action"], filled(form, "Right"), headers=HTMX).text
    assert fragment.lstrip().startswith('<section class="check right" id="q-slope"')
    assert 'id="checks-done" hx-swap-oob="true"' in fragment
    assert "1 of 2 checks answered" in fragment
    assert fragment.count("autofocus") == 1


def test_the_fragment_is_what_the_page_shows(client, url):
    form = question_forms(client.get(url))[0]
    fragment = client.post(form["action"], filled(form, "Wrong"), headers=HTMX).text
    check, _, _ = fragment.partition('<p class="checks-done"')
    assert normal(check) in normal(client.get(url).text)


def test_right_minus_nothing_ticked_is_an_error_at_the_check(client, url):
    form = question_forms(client.get(url))[1]
    response = client.post(form["action"], form["hidden"])
    assert response.status_code == 422
    assert "Choose an answer first." in response.text
    assert f'href="{url}#q-tick"' in response.text
    assert not User.objects.exists()


def test_other_checks_stay_answerable_after_the_first_made_the_guest(client, url):
    first, second = question_forms(client.get(url))
    client.post(first["action"], filled(first, "Right"), headers=HTMX)
    response = client.post(second["action"], filled(second, "Rain", "Snow"), headers=HTMX)
    assert "Right." in response.text
    assert User.objects.get().attempts.count() == 1


def test_the_first_answer_keeps_the_csrf_token_of_the_open_page(url):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    first, second = question_forms(client.get(url))
    client.post(first["action"], filled(first, "Right"))
    assert client.post(second["action"], filled(second, "Rain", "Snow")).status_code == 302


def test_a_stale_csrf_token_is_explained_and_can_be_sent_again(url):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    form = question_forms(client.get(url))[0]
    client.cookies["csrftoken"] = "b" * 32
    response = client.post(form["action"], filled(form, "Right"), headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 403
    assert "Nothing is lost" in response.text
    assert "Send it again" in response.text
    assert f'name="answer" value="{form["options"]["Right"]}"' in response.text


def test_a_form_from_another_site_can_not_be_sent_again(url):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    form = question_forms(client.get(url))[0]
    client.cookies["csrftoken"] = "b" * 32
    for headers in ({"Origin": "https://evil.test"}, {"Sec-Fetch-Site": "cross-site"}):
        response = client.post(form["action"], filled(form, "Right"), headers=headers)
        assert response.status_code == 403
        assert "Send it again" not in response.text


def test_answering_a_check_costs_at_most_twelve_queries(ada_client, url, django_assert_max_num_queries):
    first, second = question_forms(ada_client.get(url))
    ada_client.post(first["action"], filled(first, "Right"))
    second = question_forms(ada_client.get(url))[1]
    with django_assert_max_num_queries(12):
        ada_client.post(second["action"], filled(second, "Rain", "Snow"))


def test_answering_a_check_by_htmx_costs_at_most_twelve_queries(ada_client, url, django_assert_max_num_queries):
    first, _ = question_forms(ada_client.get(url))
    ada_client.post(first["action"], filled(first, "Right"))
    second = question_forms(ada_client.get(url))[1]
    with django_assert_max_num_queries(12):
        ada_client.post(second["action"], filled(second, "Rain", "Snow"), headers=HTMX)
