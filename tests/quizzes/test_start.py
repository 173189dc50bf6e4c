from accounts.models import User


def test_a_stranger_who_starts_creates_nothing(client, practice):
    response = client.post(f"{practice.get_absolute_url()}start/")
    assert response.url == f"{practice.get_absolute_url()}1/"
    assert not User.objects.exists()


def test_taking_it_again_starts_another_attempt_once(ada_client, ada, practice, take):
    taker = take(practice, ada_client)
    taker.answer(1, "Right")
    taker.finish()
    for _ in range(2):
        ada_client.post(f"{taker.base}start/")
    assert sorted(ada.attempts.values_list("number", flat=True)) == [1, 2]
    assert "0 of 3 answered" in taker.page(1).text


def test_a_running_attempt_is_not_started_anew(ada_client, ada, practice, take):
    taker = take(practice, ada_client)
    taker.answer(1, "Right")
    ada_client.post(f"{taker.base}start/")
    assert ada.attempts.count() == 1


def test_the_page_lists_what_was_finished(ada_client, practice, take):
    taker = take(practice, ada_client)
    taker.answer(1, "Right")
    taker.finish()
    text = ada_client.get(practice.get_absolute_url()).text
    assert "1 / 3" in text
    assert "Take it again" in text
