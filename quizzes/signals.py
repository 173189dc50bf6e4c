"""What this room tells the rooms above it, after the commit."""

from django.dispatch import Signal

response_recorded = Signal()
"""Sent with `response`, once for each answer recorded."""

attempt_finished = Signal()
"""Sent with `attempt`, once."""
