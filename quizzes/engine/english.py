"""English text taken apart: sentences, words, and what words have in common. Crude on purpose, without a dictionary;
what uses it points something out to people, who see when it errs."""

import re

_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”")
_MARKS = re.compile(r"\*+|`+|(?<!\w)_+|_+(?!\w)")
_MARKED = re.compile(r"(\*{1,3})[^*]+\1|(?<!\w)(_{1,3})[^_]+\2(?!\w)")
_NAME = re.compile(r"(?<=[\w,;:'’] )[A-Z]\w*(?:['’]s)?")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def sentences(text: str) -> list[str]:
    return _SENTENCE.split(text)


def asking(text: str) -> list[str]:
    """The sentences that ask: those with a question mark, or else the last."""
    said = sentences(text.strip())
    return [sentence for sentence in said if "?" in sentence] or said[-1:]


def unquoted(text: str) -> str:
    return _QUOTED.sub(" ", text)


def plain(text: str) -> str:
    """Without Markdown's marks of emphasis."""
    return _MARKS.sub("", text).strip()


def unmarked(text: str) -> str:
    """Without what is emphasised."""
    return _MARKED.sub(" ", text)


def nameless(text: str) -> str:
    """Without names: what has a capital letter and does not begin a sentence."""
    return _NAME.sub("", text)


def words(text: str) -> list[str]:
    """In small letters."""
    return [_folded(word) for word in _WORD.findall(plain(text))]


def stems(text: str) -> dict[str, str]:
    """The words that carry a meaning of their own, as they are written first, by their stems."""
    found: dict[str, str] = {}
    for written in _WORD.findall(plain(text)):
        word = _folded(written)
        if len(word) > 2 and word not in _SMALL:
            found.setdefault(stem(word), written)
    return found


def stem(word: str) -> str:
    """What is left of a word in small letters without two endings at most, four letters or more: "limitation" and
    "limited" give "limit", "seismograph" and "seismic" give "seism", "defence" and "defend" give "defen"."""
    for _ in range(0 if word.startswith("internal") else 2):  # or else it would be "international"
        ending = next((one for one in _ENDINGS if word.endswith(one) and len(word) >= len(one) + 4), "")
        word = word.removesuffix(ending)
    if len(word) > 4:
        word = re.sub(r"(?<=n)[dcst]$", "", word.rstrip("aeiouy"))
    return re.sub(r"y$", "i", word)


def _folded(word: str) -> str:
    return word.casefold().replace("’", "'")


def _listed(*lines: str) -> list[str]:
    return [word for line in lines for word in line.split()]


_ENDINGS = sorted(
    _listed(
        "'s s es ies ed ied er ers or ors ing ings ly al als ial ally ic ics ical ion ions ation ations ition itions",
        "ment ments ance ances ence ences ancy ency ity ities ness ive ives ist ists ism isms ship ships hood ful less",
        "able ible ous ary graph graphs graphy ology ologist ologists ometer ometers ometry oscope oscopes osphere",
    ),
    key=len,
    reverse=True,
)
_SMALL = frozenset(
    _listed(
        "about above across after again against all also although always among and another any anybody anyone anything",
        "are around because been before being below between both but can cannot could did does doing done down during",
        "each either else even ever every everybody everyone everything few first following for from had has have",
        "having her here hers him his how however into its itself just last least less like made make makes making",
        "many may might more most much must near neither never nobody none nor not nothing now off often once one only",
        "onto other others our out over own part per same several shall she should since some somebody someone",
        "something still such than that the their theirs them themselves then there these they this those through till",
        "too toward towards two under until upon used using very was way were what when where whether which while who",
        "whom whose why will with within without would yet you your it's isn't aren't wasn't weren't doesn't don't",
        "didn't can't couldn't won't",
    )
)
