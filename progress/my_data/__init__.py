"""What this room holds on somebody, for a file of their own (accounts.my_data)."""

from accounts.my_data import Kind
from progress.my_data.highlights import Highlights
from progress.my_data.review import Cards, DelayedChecks, Hindsights, Plans
from progress.my_data.taking_part import Certificates, Notes, Opinions, Readings

KINDS: tuple[Kind, ...] = (
    *(Readings(), Notes(), Opinions(), Certificates()),
    *(Plans(), Hindsights(), Highlights(), DelayedChecks(), Cards()),
)
"""The settings of reviews come before the cards that they schedule, and these come last: they follow from the rest."""
