"""What this room tells the rooms above it, after the commit."""

from django.dispatch import Signal

response_recorded = Signal()
"""Sent with `response`, once for each answer recorded."""

attempt_finished = Signal()
"""Sent with `attempt`, once."""

marks_changed = Signal()
"""Sent when marks of answers given before were changed by a teacher, with `learners` (a set of primary keys) and `keys`
(a set of the questions')."""

attempts_imported = Signal()
"""Sent with `learner` and `keys` (the answered questions', each with its collection), inside the transaction in which
attempts came from a file."""
