"""On a file, as in production: SQLite in memory would hide what happens when two processes write."""

import os
import subprocess
import sys

import pytest

RACE = """
import threading
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from accounts.models import User

call_command("migrate", verbosity=0)
connection.close()
THREADS, KEYS = 4, 25
barrier, found = threading.Barrier(THREADS), []

def first_answers():
    for key in range(KEYS):
        barrier.wait()
        found.append((key, User.objects.guest(f"browser {key}").pk))
    connection.close()

threads = [threading.Thread(target=first_answers) for _ in range(THREADS)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert len(found) == THREADS * KEYS, found
assert len(set(found)) == KEYS == User.objects.count(), found
print("one guest each")
"""


@pytest.mark.slow
def test_first_answers_sent_at_once_make_one_guest(tmp_path):
    environ = {**os.environ, "FOOTNOTE_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    environ.pop("DATABASE_URL", None)
    run = subprocess.run([sys.executable, "-c", RACE], env=environ, capture_output=True, text=True, timeout=60)
    assert run.stdout == "one guest each\n", run.stderr
