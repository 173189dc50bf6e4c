"""Orders and names that follow from an attempt's seed, so that an attempt looks the same wherever it is opened.

They depend on texts, never on places in the author's list: that an option stands first there, or last, may be the key.
"""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass


def seed_from(*parts: object) -> str:
    """32 hexadecimal digits; equal parts give equal seeds."""
    return hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=16).hexdigest()


def shuffled(seed: str, what: str, count: int) -> list[int]:
    """The numbers 0 to count - 1 in an order that depends on nothing but the seed and what is ordered."""
    numbers = list(range(count))
    random.Random(f"{seed}:{what}").shuffle(numbers)
    return numbers


@dataclass(frozen=True)
class Hand:
    """How a slot is dealt to one attempt."""

    seed: str
    slot: int

    def token(self, text: str) -> str:
        """What a page sends for a text: 12 hexadecimal digits, others in another attempt."""
        return hashlib.blake2b(f"{self.slot}:{text}".encode(), key=self.seed.encode(), digest_size=6).hexdigest()

    def tokens(self, texts: Sequence[str]) -> dict[str, int]:
        """The place of each text by its token."""
        return {self.token(text): place for place, text in enumerate(texts)}

    def order(self, texts: Sequence[str]) -> list[int]:
        """The places of the texts, shuffled."""

        def rank(place: int) -> bytes:
            said = f"order:{self.slot}:{texts[place]}".encode()
            return hashlib.blake2b(said, key=self.seed.encode(), digest_size=8).digest()

        return sorted(range(len(texts)), key=rank)


class PlainHand(Hand):
    """For files: texts stand for themselves, so that what was answered can be read, and says nothing of places in the
    author's list either."""

    def token(self, text: str) -> str:
        return text


PLAIN = PlainHand("", 0)
