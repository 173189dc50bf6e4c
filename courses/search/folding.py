"""One spelling for all ways in which a word is written, so that whoever types one of them finds the others.

Plain Python. What is folded, and by what:

- compatibility forms, Latin diacritics, upper and lower case: NFKD (UAX #15) and full case folding (The Unicode
  Standard, 3.13); letters with a stroke, which have no decomposition, as in CLDR's transform Latin-ASCII
- Arabic and Hebrew points, superscript alef, hamza above and below: dropped by their combining class (UAX #44); vowel
  signs of other scripts have class 0, or one of their own, and stay
- tatweel, the marks that steer direction, soft hyphens: dropped
- yeh, kaf, heh, alef and waw in their Arabic, Persian (ISIRI 6219), Kurdish and Urdu variants, alef maksura, teh
  marbuta: one letter each, for a loose match in the sense of UTS #10, section 8
- digits of every script: ASCII
- what ISIRI 6219 calls a pseudo-space (U+200C), hyphens, apostrophes, points and commas inside a word: the word is
  found by its pieces and as a whole (می‌رود by می رود and میرود, co-operate by cooperate, 10,000 by 10000)
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

JOINER = "\u200c"
"""In a folded text: where two pieces of a word meet."""

_joiners = frozenset("\u200c-\u2010\u2011'\u2018\u2019\u02bb\u02bc\u02be\u02bf.,\u066b\u066c")
_one_letter = {
    letter: one
    for one, variants in {
        "\u06cc": "\u064a\u0649\u0620\u063d\u063e\u063f\u06cd\u06ce\u06d0\u06d2",  # yeh
        "\u06a9": "\u0643\u06aa\u06ab\u06ac\u063b\u063c",  # kaf
        "\u0647": "\u0629\u06be\u06c1\u06c3\u06d5",  # heh and teh marbuta
        "\u0627": "\u0671\u0672\u0673\u0675",  # alef
        "\u0648": "\u0676\u06c4\u06cf",  # waw
        "o": "ø",
        "d": "đð",
        "l": "ł",
        "h": "ħ",
        "i": "ı",
        "t": "ŧ",
        "th": "þ",
        "ae": "æ",
        "oe": "œ",
    }.items()
    for letter in variants
}
_dropped = frozenset("\u0640\u0674")  # tatweel; high hamza, which decompositions leave behind


class _Folds(dict[int, str]):
    """What each character becomes, worked out when it is first met; `str.translate` asks for it."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold(chr(code))
        return folded


_folds = _Folds()


def _fold(character: str) -> str:
    if character in _joiners:
        return JOINER
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(map(_fold_plain, plain))


def _fold_plain(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf" or character in _dropped or _is_point(character):
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return _one_letter.get(character, character if category[0] in "LMN" else " ")


def _is_point(character: str) -> bool:
    """A diacritic of Latin, Greek or Cyrillic, or a point of Hebrew, Arabic or Syriac."""
    place = unicodedata.combining(character)
    return 10 <= place <= 36 or place >= 200


def words(text: str) -> list[tuple[str, ...]]:
    """The words of a text, folded, each as the pieces that it is made of: most have one."""
    runs = text.translate(_folds).split()
    pieces = (tuple(filter(None, run.split(JOINER))) for run in runs)
    return [word for word in pieces if word]


def indexed(text: str) -> str:
    """What is to be found of a text: its pieces in their order, and then the words that have several, as a whole."""
    found = words(text)
    return " ".join([*(piece for word in found for piece in word), *("".join(word) for word in found if word[1:])])


@dataclass(frozen=True)
class Placed:
    """A piece of a word, or a word of several pieces as a whole, and where it stands in the text as it was written."""

    folded: str
    start: int
    end: int


def placed(text: str) -> tuple[list[Placed], list[Placed]]:
    """The pieces in their order, and the words that have several, as `indexed` has them."""
    pieces: list[Placed] = []
    wholes: list[Placed] = []
    for word in _placed_words(text):
        pieces += word
        if word[1:]:
            wholes.append(Placed("".join(piece.folded for piece in word), word[0].start, word[-1].end))
    return pieces, wholes


def _placed_words(text: str) -> Iterator[list[Placed]]:
    word: list[Placed] = []
    piece, start, end = "", 0, 0
    for place, character in enumerate(f"{text} "):
        for folded in _folds[ord(character)]:
            if folded not in (JOINER, " "):
                start = start if piece else place
                piece, end = piece + folded, place + 1
                continue
            if piece:
                word.append(Placed(piece, start, end))
                piece = ""
            if folded == " " and word:
                yield word
                word = []
        if piece and not _folds[ord(character)]:
            end = place + 1  # points belong to the letter before them
