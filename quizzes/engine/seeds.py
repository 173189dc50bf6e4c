"""Orders and tokens that follow from an attempt's seed, so that an attempt looks the same wherever it is opened."""

import hashlib
import random


def seed_from(*parts: object) -> str:
    """32 hexadecimal digits; equal parts give equal seeds."""
    return hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=16).hexdigest()


def shuffled(seed: str, what: str, count: int) -> list[int]:
    """The numbers 0 to count - 1 in an order that depends on nothing but the seed and what is ordered."""
    numbers = list(range(count))
    random.Random(f"{seed}:{what}").shuffle(numbers)
    return numbers


def tokens(seed: str, slot: int, count: int) -> list[str]:
    """What a page sends for option 0 to count - 1 of a slot: says nothing of its place or credit, and another
    attempt's tokens are recognised as foreign."""
    return [
        hashlib.blake2b(f"{slot}:{option}".encode(), key=seed.encode(), digest_size=6).hexdigest()
        for option in range(count)
    ]
