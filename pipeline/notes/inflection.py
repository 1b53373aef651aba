"""Whether two words are forms of one word: plural, past, -ing, and what is made from it by a prefix or suffix."""

from functools import lru_cache
from typing import Final

from snowballstemmer.english_stemmer import EnglishStemmer  # not by its name: that may give another implementation

__all__ = ["irregular_forms", "same_word", "stem"]

_IRREGULAR: Final = {
    "children": "child",
    "people": "person",
    "men": "man",
    "women": "woman",
    "feet": "foot",
    "teeth": "tooth",
    "geese": "goose",
    "mice": "mouse",
    "lice": "louse",
    "oxen": "ox",
    "dice": "die",
    "indices": "index",
    "vertices": "vertex",
    "matrices": "matrix",
    "genera": "genus",
    "corpora": "corpus",
    "schemata": "schema",
    "stigmata": "stigma",
    "data": "datum",
}
# Ending of a form, endings of the words that it may be a form of: plurals that Snowball does not know, and what must
# be gone before a derivation shows.
_INFLECTIONS: Final = (
    ("s", ("",)), ("es", ("",)), ("ies", ("y",)), ("ves", ("f", "fe")), ("ed", ("", "e")), ("ing", ("", "e")),
    ("ses", ("sis", "s")), ("ices", ("ex", "ix")), ("eaux", ("eau",)), ("i", ("us",)), ("a", ("um", "on")),
)  # fmt: skip
# What a derived word adds: "inflationary" gives "inflation" away as surely as "inflations" does. Snowball takes off one
# such ending; these are for what it leaves alone ("-ist", "-er"), for stems that change ("absorb", "absorption"), and
# for the first of two.
_DERIVATIONS: Final = (
    ("tic", ("", "cy", "se", "sy", "sis")), ("tical", ("sis", "cy")), ("eutic", ("y",)), ("istic", ("",)),
    ("ic", ("y", "e")), ("ical", ("",)), ("yze", ("ysis",)), ("yse", ("ysis",)),
    ("ion", ("e",)), ("sion", ("de", "t")), ("ission", ("it",)), ("ption", ("be", "me")), ("eption", ("eive",)),
    ("lution", ("lve",)), ("uction", ("uce",)), ("ication", ("y",)), ("ation", ("e",)), ("ition", ("e", "ish")),
    ("ization", ("",)), ("isation", ("",)), ("ize", ("", "y")), ("ise", ("", "y")), ("ist", ("",)), ("ism", ("",)),
    ("al", ("", "e", "us")), ("ial", ("y", "")), ("ally", ("",)), ("ular", ("le", "ule", "")), ("ear", ("eus", "e")),
    ("ous", ("e",)), ("ious", ("ion",)), ("um", ("",)), ("ia", ("",)), ("our", ("or",)),
    ("ency", ("ent",)), ("ancy", ("ant",)), ("ence", ("",)), ("ant", ("e",)), ("able", ("e",)), ("ably", ("",)),
    ("ity", ("e",)), ("ive", ("e", "ion")), ("or", ("e", "ion")), ("er", ("e",)), ("ary", ("",)), ("ly", ("", "e")),
    ("y", ("", "e")), ("ment", ("",)), ("less", ("",)), ("like", ("",)), ("ward", ("",)), ("ship", ("",)),
    ("hood", ("",)), ("wise", ("",)),
)  # fmt: skip
_PREFIX_LIST: Final = """
    anti auto bi bio co counter cross de dis dys eco electro endo exo extra geo hetero homo hydro hyper hypo il im
    in infra inter intra ir iso macro mega meta metro micro mid mini mis mono multi nano neo neuro non out over
    paleo para photo poly post pre pro proto pseudo psycho quasi re retro self semi socio stag sub super sur techno
    tele thermo trans tri ultra un under uni
"""
_PREFIXES: Final = frozenset(_PREFIX_LIST.split())
_SHORTEST_STEM: Final = 3
_SHORTEST_DERIVED_STEM: Final = 4
_SHORTEST_PREFIXED: Final = 5
_LONGEST_ENDING: Final = 4
_VOWELS: Final = frozenset("aeiouy")


def _stripped(word: str, endings: tuple[tuple[str, tuple[str, ...]], ...], shortest: int) -> set[str]:
    """Return what `word` is without one of `endings`; `shortest` is how long the stem must be."""
    found: set[str] = set()
    for ending, bases in endings:
        left = word.removesuffix(ending)
        # What is left is a word only with a vowel in it: "thing" is no form of "the".
        if len(left) < 2 or len(left) == len(word) or _VOWELS.isdisjoint(left):
            continue
        found.update(left + base for base in bases if len(stem(left + base)) >= shortest)
        if left[-1] == left[-2] and ending[0] in "eiyao":
            found.add(left[:-1])  # running, planned, banner
    return found


def irregular_forms(word: str) -> list[str]:
    """Return the forms of a folded word that need not begin as it does: "feet" for "foot"; and the other way round."""
    forms = [form for form, base in _IRREGULAR.items() if base == word]
    return [*forms, *([_IRREGULAR[word]] if word in _IRREGULAR else [])]


@lru_cache(maxsize=65_536)
def _bases(word: str) -> frozenset[str]:
    """Return the stems of the words that `word` (folded) may be a form of, its own among them."""
    inflected = {word, *_stripped(word, _INFLECTIONS, _SHORTEST_STEM)}
    if word in _IRREGULAR:
        inflected.add(_IRREGULAR[word])
    derived = {base for form in inflected for base in _stripped(form, _DERIVATIONS, _SHORTEST_DERIVED_STEM)}
    return frozenset(map(stem, inflected | derived))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return a folded word without its ending, by Snowball's English rules."""
    found: str = EnglishStemmer().stemWord(word)  # type: ignore[no-untyped-call]
    return found


def same_word(word: str, other: str, *, loose_ending: bool = False) -> bool:
    """Say whether `word`, found in a text, is a form of `other` or made from it; both folded.

    The rules are English, and err on the side of yes: a word too many behind a blank costs a hint, one too few
    shows the answer. `loose_ending` is for other languages: up to three letters may be another ending.
    """
    if word == other:
        return True
    if len(other) < _SHORTEST_STEM:
        return word == other + "s"
    # Forms of one word share all but an ending, the irregular ones aside.
    shared = max(2, min(len(word), len(other)) - _LONGEST_ENDING)
    if word[:shared] == other[:shared] or word in _IRREGULAR or other in _IRREGULAR:
        if not _bases(word).isdisjoint(_bases(other)):
            return True
        if loose_ending and len(other) >= 5:
            stem = other[: max(4, len(other) - 2)]
            return word.startswith(stem) and len(word) <= len(other) + 3
    if len(other) >= _SHORTEST_PREFIXED and len(word) > len(other):
        # The stem without its last letter, for "reoccurring" and "occur" differ in the ending as well.
        at = word.find(other[:-1], 1)
        return at > 0 and word[:at] in _PREFIXES and same_word(word[at:], other)
    return False
