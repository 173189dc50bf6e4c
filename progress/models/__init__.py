"""What each learner knows."""

from progress.models.review import Card, CardQuerySet, Hindsight, ReviewSettings
from progress.models.taking_part import Note, NoteQuerySet, Opinion, Reading

__all__ = ["Card", "CardQuerySet", "Hindsight", "Note", "NoteQuerySet", "Opinion", "Reading", "ReviewSettings"]
