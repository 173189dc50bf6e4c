"""How hard English text is to read.

The grade of J. P. Kincaid and others, "Derivation of new readability formulas for Navy enlisted personnel" (1975):
0.39 words per sentence + 11.8 syllables per word - 15.59, in years of schooling. Syllables are counted by groups of
vowels, which is close enough to compare texts with each other.
"""

import re

_word = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_end = re.compile(r"[.!?]+(?=\s|$)")
_vowels = re.compile(r"[aeiouy]+")


def grade(text: str) -> float | None:
    """None for a text without words."""
    words = _word.findall(text)
    if not words:
        return None
    sentences = max(1, len(_end.findall(text)))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    lower = word.lower()
    count = len(_vowels.findall(lower))
    if lower.endswith("e") and not lower.endswith(("le", "ee")) and count > 1:
        count -= 1
    return max(1, count)
