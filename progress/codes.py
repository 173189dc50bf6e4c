"""Codes of certificates: hard to guess, easy to read out, and a slip in one is found before it is looked up.

Fifteen letters drawn at random (75 bits) and a check letter, in Crockford's base 32, which has no I, L, O and U. A
letter is an element of the field with 32 elements; a code is right when the sum of its letters, each times another
power of the field's generator, is zero. So one wrong letter, or two letters in each other's place, never give another
right code.
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 16, 4
_GENERATING = 0b100101
"""x⁵ + x² + 1, the polynomial that the field is made by."""
_READ_AS = str.maketrans("OIL", "011")


def new() -> str:
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return drawn + ALPHABET[_times_generator(_sum(drawn))]


def normal(typed: str) -> str:
    """As `new` gives it, whatever case, hyphens and look-alikes it was typed with. May be no code at all."""
    return "".join(letter for letter in typed.upper().translate(_READ_AS) if letter in ALPHABET)


def has_slip(typed: str) -> bool:
    """Whether it can not be a code."""
    code = normal(typed)
    return len(code) != LENGTH or _sum(code) != 0


def grouped(code: str) -> str:
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def _sum(letters: str) -> int:
    """By Horner's rule: the last letter counts once, the one before it times the generator, and so on."""
    total = 0
    for letter in letters:
        total = _times_generator(total) ^ ALPHABET.index(letter)
    return total


def _times_generator(element: int) -> int:
    doubled = element << 1
    return doubled ^ _GENERATING if doubled >= len(ALPHABET) else doubled
