"""What this room tells the rooms above it."""

from django.dispatch import Signal

guest_merged = Signal()
"""Sent with `guest` and `account`, inside the transaction that deletes the guest: whoever keeps rows of learners
moves them now, or they go with the guest. Both users are locked."""
