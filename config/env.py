"""What the environment says, with defaults that are safe on one's own machine."""

import os
import secrets
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("FOOTNOTE_VAR", BASE_DIR / "var"))

env = environ.Env()


def secret_key() -> str:
    """SECRET_KEY, or one made once and kept under var/ for this installation alone."""
    if key := str(env.str("SECRET_KEY", default="")):
        return key
    path = VAR_DIR / "secret_key"
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    try:
        # O_EXCL: of several workers that start at once, one writes and the others read.
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text()


def database() -> dict[str, object]:
    """DATABASE_URL, or SQLite under var/: WAL, writers queue up front, and commits reach the disk.

    Each worker answers one request at a time, so it keeps one connection of its own, where threads would share a pool.
    """
    config: dict[str, object] = dict(env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}"))
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
    config["CONN_MAX_AGE"] = None
    config["CONN_HEALTH_CHECKS"] = True  # connects anew after the database was restarted
    return config
