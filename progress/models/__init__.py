"""What each learner knows."""

from progress.models.certificates import Certificate, CertificateQuerySet
from progress.models.highlights import Highlight, HighlightQuerySet, OwnAnswer, OwnQuestion
from progress.models.later import DelayedCheck
from progress.models.review import Card, CardQuerySet, Hindsight, ReviewSettings
from progress.models.taking_part import Note, NoteQuerySet, Opinion, Reading

__all__ = [
    "Card",
    "CardQuerySet",
    "Certificate",
    "CertificateQuerySet",
    "DelayedCheck",
    "Highlight",
    "HighlightQuerySet",
    "Hindsight",
    "Note",
    "NoteQuerySet",
    "Opinion",
    "OwnAnswer",
    "OwnQuestion",
    "Reading",
    "ReviewSettings",
]
