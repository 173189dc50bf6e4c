"""Nothing is held on anybody that neither stands in their export nor is missing there for a reason."""

from itertools import chain

import pytest
from django.apps import apps
from django.db.models import CASCADE

from accounts.models import User
from accounts.my_data import Kind, kinds
from accounts.my_data.readme import described, readme
from progress.my_data.highlights import Asked, Marked, OwnReply
from quizzes.my_data import Answer, MarkByHand

ROWS = {
    "accounts.User": "account",
    "account.EmailAddress": "account",
    "accounts.Preferences": "preferences",
    "admin.LogEntry": "admin_log",
    "sources.Collection": "collections",
    "quizzes.Attempt": "attempts",
    "quizzes.Response": "attempts",
    "quizzes.HandMark": "attempts",
    "quizzes.RegradedAttempt": "attempts",
    "quizzes.Dispute": "challenges",
    "quizzes.Allowance": "allowances",
    "quizzes.Edition": "teaching",
    "quizzes.Regrade": "teaching",
    "progress.Card": "cards",
    "progress.Certificate": "certificates",
    "progress.DelayedCheck": "delayed_checks",
    "progress.Highlight": "highlights",
    "progress.Hindsight": "hindsights",
    "progress.Note": "notes",
    "progress.Opinion": "opinions",
    "progress.OwnAnswer": "highlights",
    "progress.OwnQuestion": "highlights",
    "progress.Reading": "readings",
    "progress.ReviewSettings": "review_settings",
}
"""Tables, and the kind of record that they are told in."""

NOT_EXPORTED = {
    "account.EmailConfirmation": "a key that a letter had, good for nothing but to confirm an address",
    "accounts.KeptRecord": "each is told in its own kind, word for word",
    "accounts.DataUpload": "an export on its way in, forgotten within the hour",
    "courses.Upload": "a course on its way in, forgotten within the hour",
    "quizzes.Hold": "which answer lies open before a teacher, forgotten within twenty minutes",
}

COLUMNS = {
    "accounts.User": {
        "password": "a digest is no use to anybody else",
        "guest_key": "a secret of the browser",
        "is_guest": "there is no address then",
        "is_staff is_superuser is_active": "of this site and not of the person; the page says it",
        "last_login last_seen_on": "change with every visit; the page says them",
    },
    "accounts.Preferences": {"taken_over": "of this site: where the choices came from"},
    "quizzes.Attempt": {
        "imported": "of this site; the page says it",
        "rulings": "with the regrades, in words",
        "dropped": "in the full mark",
    },
    "quizzes.HandMark": {"marked_by": "a teacher's name"},
    "progress.Card": {"own": "in its key"},
    "progress.OwnQuestion": {"collection": "that of its course"},
    "progress.OwnAnswer": {"question": "told inside it"},
    "progress.Certificate": {
        "claimable_again": "follows from the reason, which is told",
        "revoked_by": "a teacher's name",
    },
}
"""Columns that are not told, and why. What a table is about stands in its record by slug, key or digest."""

RENAMED = {
    "quizzes.Dispute": {"answered_by": "reply"},
    "progress.Certificate": {"quiz_title": "quiz"},
    "progress.OwnQuestion": {"question_key": "key"},
}
INSIDE = {
    "quizzes.Response": Answer,
    "quizzes.HandMark": MarkByHand,
    "progress.Highlight": Marked,
    "progress.OwnQuestion": Asked,
    "progress.OwnAnswer": OwnReply,
}
"""Those told inside another record."""

IN_PARTS = {
    "account.EmailAddress": "the address, and nothing of whether it was confirmed here",
    "admin.LogEntry": "what was done, and to whom nothing",
    "sources.Collection": "what it is called; the rest is not about a person",
    "quizzes.Edition": "that it was published; the rest is not about a person",
    "quizzes.Regrade": "that it was made; the rest is not about a person",
    "quizzes.RegradedAttempt": "in words",
}

KEYS = {"id", "learner", "user", "owner", "highlight", "response", "attempt"}
"""What a row is called, whose it is and what it hangs on."""


def label(model) -> str:
    return model._meta.label


def holding() -> set[type]:
    """Tables that point to users, and all that hangs on a row of a learner's own."""
    models = {model for model in apps.get_models() if not model._meta.proxy}
    found = {model for model in models if any(field.related_model is User for field in forward(model))} | {User}
    owned = {model for model in found if any(owns(field) for field in forward(model))}
    while more := {m for m in models - found if any(f.related_model in owned and cascades(f) for f in forward(m))}:
        found |= more
        owned |= more
    return found


def forward(model):
    return [field for field in model._meta.get_fields() if field.is_relation and not field.auto_created]


def cascades(field) -> bool:
    return getattr(field.remote_field, "on_delete", None) is CASCADE


def owns(field) -> bool:
    return field.related_model is User and cascades(field)


def kind_of(name: str) -> Kind:
    return next(kind for kind in kinds() if kind.name == name)


def test_every_table_about_people_is_exported_or_not_for_a_reason():
    assert {label(model) for model in holding()} == ROWS.keys() | NOT_EXPORTED.keys()
    assert {kind.name for kind in kinds()} == set(ROWS.values())


@pytest.mark.parametrize("name", sorted(ROWS.keys() - IN_PARTS.keys()))
def test_every_column_is_told_or_not_for_a_reason(name):
    told = set(INSIDE.get(name, kind_of(ROWS[name]).record).__struct_fields__)
    reasons = set(chain.from_iterable(names.split() for names in COLUMNS.get(name, {})))
    renamed = {"question_key": "question", **RENAMED.get(name, {})}
    columns = {field.name for field in apps.get_model(name)._meta.concrete_fields} - KEYS - reasons
    assert {renamed.get(column, column) for column in columns} <= told


def test_every_field_is_explained_in_the_readme():
    text = readme(kinds())
    for kind in kinds():
        assert f"## `{kind.name}.json`" in text
        assert kind.about in text
    lines = [line for line in text.splitlines() if line.lstrip().startswith("- `") and "(" in line]
    assert len(lines) > 100
    assert all(line.partition("): ")[2] for line in lines)


def test_the_words_of_the_readme_are_words():
    assert "typing" not in readme(kinds())
    assert "class '" not in readme(kinds())
    assert described(str) == []
