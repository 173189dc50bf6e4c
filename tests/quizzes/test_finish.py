from quizzes.signals import attempt_finished, response_recorded


def test_the_end_names_what_is_still_open(ada_client, practice, take):
    taker = take(practice, ada_client)
    taker.answer(2, "Right")
    page = ada_client.get(f"{taker.base}finish/")
    assert "2 questions are not answered yet" in page.text
    assert f'href="{taker.base}1/"' in page.text


def test_finishing_twice_finishes_once(ada_client, ada, practice, take, django_capture_on_commit_callbacks):
    finished = []
    attempt_finished.connect(finished.append, weak=False, dispatch_uid="test", sender=None)
    listener = lambda **kwargs: finished.append(kwargs["attempt"])  # noqa: E731
    attempt_finished.disconnect(dispatch_uid="test")
    attempt_finished.connect(listener)
    try:
        taker = take(practice, ada_client)
        taker.answer(1, "Right")
        with django_capture_on_commit_callbacks(execute=True):
            first = taker.finish()
            at = ada.attempts.get().finished_at
            second = taker.finish()
    finally:
        attempt_finished.disconnect(listener)
    assert at is not None
    assert ada.attempts.get().finished_at == at
    assert first.redirect_chain[-1] == second.redirect_chain[-1]
    assert finished == [ada.attempts.get()]


def test_an_answer_is_announced_once_after_the_commit(ada_client, practice, take, django_capture_on_commit_callbacks):
    heard = []
    listener = lambda **kwargs: heard.append(kwargs["response"].question_key)  # noqa: E731
    response_recorded.connect(listener)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            take(practice, ada_client).answer(1, "Right")
    finally:
        response_recorded.disconnect(listener)
    assert len(heard) == 1


def test_nothing_answered_is_nothing_to_finish(client, practice, take):
    taker = take(practice)
    response = taker.finish()
    assert "nothing to finish" in response.text
    assert response.status_code == 200
