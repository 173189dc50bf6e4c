"""When two spellings are the same: one folding for every text, and what is known of transliterated names.

`fold` is for any language and drops only what people write one way or another. `spelled` and `same_in_arabic` go
further, for names from Arabic and Persian: words that carry a mark of transliteration (-allah, kh, q without u), and
Arabic letters read aloud beside Latin ones. A name of another kind (Egypt and Misr, the Houthis and Ansar Allah) is no
spelling, nor are rarer ways to write one (Qaddafi and Gaddafi, Asad and Assad): they take an alias.
"""

import re
import unicodedata

LIMIT = 500
"""The longest text that is read, in characters."""

STAR = "\ufdd0"
"""Stands for a wildcard while a pattern is folded: a noncharacter, which no text may hold."""

_APOSTROPHES = frozenset("'`‘’‛′‵ʹʻʼʽʾʿˈꞌ՚ء")  # with the signs for ain and hamza, and hamza itself
_DASHES = frozenset("−⁃˗")
_KEPT_PUNCTUATION = frozenset(".,%*#@-")
_LETTERS = {
    **dict(zip("øđðłħıŋ", "oddlhin", strict=True)),
    **dict(zip("يىېكٱةەہھۃ", "یییکاههههه", strict=True)),
    **dict(zip("٫٬،٪", ".,,%", strict=True)),
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ـ": "",
    "\\": "",
    "&": " and ",
    STAR: STAR,
}
_MARKS = re.compile(
    "[\u0300-\u0337\u0339-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"  # all but ≠'s
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew points
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]"  # Arabic ones
)


class _Characters(dict[int, str]):
    """What a decomposed character becomes, worked out when first met; at most one entry for each there is.

    Marks go where they are an addition to a letter. In the scripts of India and Japan they are vowels or change the
    consonant, and stay.
    """

    def __missing__(self, codepoint: int) -> str:
        self[codepoint] = self._folded(chr(codepoint))
        return self[codepoint]

    def _folded(self, character: str) -> str:
        category = unicodedata.category(character)
        if character in _LETTERS:
            return _LETTERS[character]
        if character in _APOSTROPHES or category == "Cf" or _MARKS.match(character):
            return ""
        if category == "Pd" or character in _DASHES:
            return "-"
        if category in ("Cc", "Zl", "Zp", "Zs") or (category[0] == "P" and character not in _KEPT_PUNCTUATION):
            return " "
        if category == "Nd":
            return str(unicodedata.decimal(character))
        plain = unicodedata.normalize("NFKD", character.casefold())
        return character if plain == character else plain.translate(self)


_CHARACTERS = _Characters()

_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_VALUES = {word: number for number, word in enumerate(f"zero|{_UNITS}|{_TEENS}".split("|"))}
_VALUES |= {word: 10 * number for number, word in enumerate(_TENS.split("|"), 2)}
_NUMBER = re.compile(rf"(?<!\S)(?:({_TENS}) ({_UNITS})|({'|'.join(_VALUES)}))(?!\S)")

_RAISED = re.compile("(?<=[0-9])([\u00b2\u00b3\u00b9\u2070\u2074-\u2079]+)")  # 10² is not 102
_FRACTION = re.compile("(?<=[0-9])(?=[\u00bc-\u00be\u2150-\u215e])")  # nor 2½ 21/2
_NON_JOINER = re.compile("(?<=[\u0620-\u06ff])\u200c+(?=[\u0620-\u06ff])")
_DOTS = re.compile(r"\.{2,}|(?<=[^\W\d])\.(?=\d)")
_DOT = re.compile(r"\.(?!\d)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SUN_ARTICLE = re.compile(r"(?<!\w)[aeu]([sndrtz]|sh|th|dh)-(?=\1)")
_LETTER_AND_HYPHEN = re.compile(r"(?<!\w)([a-z])-(?=\w)")
_HYPHEN = re.compile(r"(?<=\w)-|-(?!\.?\d)")
_PERCENT = re.compile(r" +%")
_ATTACHED_ARTICLE = re.compile(r"^(?:ال)+(?=\w{3})")
_MOON_ARTICLES = frozenset(("al", "el", "ul"))
_ENGLISH_ARTICLES = frozenset(("a", "an", "the"))
_BOUND = frozenset(("anti", "co", "multi", "non", "semi"))


def fold(text: str) -> str:
    """The text without what people may write one way or another: words of lower-case letters, one space between.

    Folding twice changes nothing. Only the first LIMIT characters are read.
    """
    folded = _fold(text[:LIMIT])
    return folded if len(folded) <= LIMIT else _fold(folded[:LIMIT])


def _fold(text: str) -> str:
    words = _without_articles(_plain(text).split())
    if not words:  # nothing but signs, and they may be what was asked for
        return " ".join(unicodedata.normalize("NFKC", text).split())
    return _NUMBER.sub(_digits, " ".join(_with_prefixes_joined(words)))


def _plain(text: str) -> str:
    if not text.isascii():
        text = _FRACTION.sub(" ", _RAISED.sub(r"^\1", _NON_JOINER.sub(" ", text.replace("´", ""))))
        text = unicodedata.normalize("NFKD", text)
    text = text.translate(_CHARACTERS)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if "." in text:
        text = _DOT.sub("", _DOTS.sub(" ", text))
    if "," in text:
        text = _THOUSANDS.sub("", text).replace(",", " ")
    if "-" in text:
        text = _HYPHEN.sub(" ", _LETTER_AND_HYPHEN.sub(r"\1", _SUN_ARTICLE.sub("", text)))
    return _PERCENT.sub("%", text) if "%" in text else text


def _without_articles(words: list[str]) -> list[str]:
    """Without al- anywhere and a, an, the in front; one that stands last or alone is not an article."""
    kept = [_ATTACHED_ARTICLE.sub("", word) for word in words[:-1] if word not in _MOON_ARTICLES]
    kept += [_ATTACHED_ARTICLE.sub("", word) for word in words[-1:]]
    first = 0
    while first < len(kept) - 1 and kept[first] in _ENGLISH_ARTICLES:
        first += 1
    return kept[first:]


def _with_prefixes_joined(words: list[str]) -> list[str]:
    """non binding, non-binding and nonbinding are one word."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] in _BOUND:
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _digits(number: re.Match[str]) -> str:
    tens, unit, single = number.groups()
    return str(_VALUES[single] if single else _VALUES[tens] + _VALUES[unit])


_ALLAH = re.compile(r"(?<=[a-z]{2})(?:[aou]? )?[aou](?:ll?ah|lla)(?!\w)")
_TRANSLITERATED = re.compile(r"allah|kh|q(?!u[aeiou])")
_DOUBLED = re.compile(r"([^\W\d_])\1+")
_VOWELS = str.maketrans("eo", "iu")


def spelled(folded: str) -> str:
    """Names that carry a mark of transliteration, in one of their spellings: Hezbollah, Hizbullah and hizb allah,
    Quds and Qods, Qasim and Qassem. Other words as they are."""
    words = _ALLAH.sub("allah", folded).split()
    return " ".join(_one_spelling(word) if _TRANSLITERATED.search(word) else word for word in words)


def _one_spelling(word: str) -> str:
    return _DOUBLED.sub(r"\1", word.translate(_VOWELS))


_ARABIC = re.compile("[\u0620-\u06ff ]+")
_SOUNDS = (
    "ا a,ب b,پ p,ت t,ث th s,ج j g,چ ch,ح h,خ kh,د d,ذ dh z d,ر r,ز z,ژ zh j,س s,ش sh,ص s,ض d dh z,ط t,"
    "ظ z dh th,غ gh g,ف f,ق q gh g k,ک k c,گ g,ل l,م m,ن n,و u o w v,ه h,ی i y"
)
_SOUNDS_OF = {letter: sounds for letter, *sounds in map(str.split, _SOUNDS.split(","))} | {"ع": [""]}
_NAME = range(3, 65)
"""How many letters a name may have: shorter ones are too much alike without their vowels."""


def same_in_arabic(one: str, other: str) -> bool:
    """Whether two folded texts are one name, written in Arabic letters here and in Latin ones there, or the same
    Arabic or Persian words joined otherwise."""
    first, second = _ARABIC.fullmatch(one), _ARABIC.fullmatch(other)
    if first and second:
        return one.replace(" ", "") == other.replace(" ", "")
    return (first is not None and _reads(one, other)) or (second is not None and _reads(other, one))


def _reads(arabic: str, latin: str) -> bool:
    """Whether the Arabic letters can be read aloud as the Latin ones: a short vowel, which is not written, may stand
    before each letter but alef; alef in front and h at the end of a word may be silent."""
    goal = _DOUBLED.sub(r"\1", _ALLAH.sub("allah", latin).replace(" ", ""))
    words = _DOUBLED.sub(r"\1", arabic).split()
    if len(goal) not in _NAME or sum(map(len, words)) not in _NAME or not goal.isascii():
        return False
    places = {0}
    for word in words:
        for number, letter in enumerate(word):
            sounds = _SOUNDS_OF.get(letter, [])
            if (letter == "ا" and number == 0) or (letter == "ه" and number == len(word) - 1):
                sounds = [*sounds, ""]
            starts = places if letter == "ا" else places | {n + 1 for n in places if goal[n : n + 1] in set("aeiou")}
            places = {n + len(sound) for n in starts for sound in sounds if goal.startswith(sound, n)}
    return len(goal) in places
