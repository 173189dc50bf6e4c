"""In a process of its own, as in production: SQLite in memory would hide what happens when two write."""

import threading

from django.db import connection

from accounts.models import User

THREADS, KEYS = 4, 25


def first_answers():
    """By as many threads at once: pairs of a browser and its guest, and how many users there are in the end."""
    barrier, found = threading.Barrier(THREADS), []

    def answer():
        for key in range(KEYS):
            barrier.wait()
            found.append((key, User.objects.guest(f"browser {key}").pk))
        connection.close()

    threads = [threading.Thread(target=answer) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found, User.objects.count()


def test_first_answers_sent_at_once_make_one_guest(on_copy):
    found, users = on_copy(first_answers)
    assert len(found) == THREADS * KEYS
    assert len(set(found)) == KEYS == users
