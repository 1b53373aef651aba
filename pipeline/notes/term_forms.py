"""Under which forms a term may stand in a text: its parts, its turned-round form, its acronym."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from pipeline.records import formula_spans

__all__ = ["Forms", "fold", "forms_of", "names_in"]

_ARTICLES: Final = ("the ", "a ", "an ")
_SMALL_WORD_LIST: Final = "a an and as at by for from in into of on or per the to vs with"
_SMALL_WORDS: Final = frozenset(_SMALL_WORD_LIST.split())
# Acronyms that are everyday words as well: covered only where they stand in capitals.
_EVERYDAY_LIST: Final = """
    a i ad add ah aid aids all am an and any are arc arm as at be but by can car cat dad did do eat etc for gas get
    go had has he her him his how if ill in is it its led let may me met my no nor not of off oh ok old on one or
    our out own pi put ram rap rat sad saw say see set she sir so tan the their them they to too top try two up us
    use was way we well who why will win with yes yet you
"""
_EVERYDAY: Final = frozenset(_EVERYDAY_LIST.split())
_BRACKETS: Final = re.compile(r"[(\[{（【]([^()\[\]{}（）【】]*)[)\]}）】]")
_WORD: Final = re.compile(r"[^\W_]+")
_POSSESSIVE: Final = re.compile(r"(?<=\w)'s\b")  # no word: texts are compared without it
# A term that is no run of words: C++, C#, .NET, 5'-cap, O(n log n).
_SIGNS: Final = re.compile(r"[^\w\s\-'’\u2010-\u2015.,()/&]|^[.]|\w\(")
# Signs that a spelling may lack: U.S., node.js.
_DOTTED: Final = re.compile(r"\w[.]\w")
# What a name may go without: a symbol behind it ("standard deviation, σ"), a year ("Great Depression of 1929").
_SYMBOL: Final = re.compile(r"(?: ?, ?(?=\S{1,4}$)| )(\S{1,6})$")
_YEAR: Final = re.compile(r"^(?:1\d|20)\d\d |(?:,? (?:of|in)|,) (?:1\d|20)\d\ds?$")
_CASE: Final = re.compile(r"^(.+?)(?<!\s)\s++v(?:s|ersus)?\.?\s++\S")
_CAPITALISED: Final = re.compile(r"[^\W\d_]{3,}")
# Words that are capitalised in the names of many things, and mean none of them alone.
_COMMON_LIST: Final = """
    act acts age agency agreement amendment american army asian association bank battle board british bureau bill
    case church city civil code cold commission committee company congress constitution convention council country
    county court crisis cultural culture day deal declaration department depression doctrine dynasty east eastern
    economic education effect empire english era european federal first french general german good government
    great house imperial index industrial institute international island kingdom law league left long market
    middle model modern movement nation national nations new north northern office old order organization pact
    party people plan point power president principle project public reform republic reserve resolution revolution
    river roman rule russian second security senate social society south southern soviet spanish state states
    supreme system theorem theory third trade treaty union united university war west western white world
"""
_COMMON: Final = frozenset(_COMMON_LIST.split())
_OR: Final = re.compile(r"^(?:or|aka|a\.k\.a\.|also|i\.e\.,?|e\.g\.,?)\s+")
_PUNCTUATION: Final = str.maketrans(
    {
        "\N{NO-BREAK SPACE}": " ",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    }
)


@dataclass(slots=True)
class Forms:
    """The forms of one term, all folded but for `acronyms` and the values of `exact`."""

    phrases: list[tuple[str, ...]] = field(default_factory=list)  # runs of words, each in any of its forms
    literals: list[str] = field(default_factory=list)  # to be found just so, between boundaries
    exact: dict[str, set[str]] = field(default_factory=dict)  # literal -> how it must be written
    acronyms: set[str] = field(default_factory=set)  # in capitals
    spelled_out: list[str] = field(default_factory=list)  # acronyms whose words are to be found
    formulas: set[str] = field(default_factory=set)  # TeX without white space

    def add_phrase(self, text: str) -> None:
        """Add a run of words."""
        words = tuple(_WORD.findall(text))
        if words and words not in self.phrases:
            self.phrases.append(words)

    def add_literal(self, text: str, written: str | None = None) -> None:
        """Add a string, if `written` is given only where it is written so."""
        if text and text not in self.literals:
            self.literals.append(text)
        if written is not None:
            self.exact.setdefault(text, set()).add(written)


def fold(text: str) -> tuple[str, list[int]]:
    """Return `text` for comparison (no case, no accents, plain signs), and for each character where it came from."""
    out: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(text.translate(_PUNCTUATION)):
        if character.isascii():
            out.append(character.lower())
            origin.append(index)
            continue
        for part in unicodedata.normalize("NFKD", character.casefold()):
            if unicodedata.category(part) not in ("Mn", "Me", "Cf"):
                out.append(part)
                origin.append(index)
    return "".join(out), origin


def _folded(text: str) -> str:
    return " ".join(fold(unicodedata.normalize("NFC", text))[0].split())


def names_in(term: str, page: str) -> tuple[str, ...]:
    """Return the words of a term by which a text may call it alone: a surname, the first party of a case, an eponym.

    Such a word has a capital in the term, and the page's own text (`page`) never writes it small, or as a name too.
    """
    words = [match[0] for match in _CAPITALISED.finditer(term) if match[0][0].isupper() and not match[0].isupper()]
    case = _CASE.match(term)
    if case is None and len(term.split()) < 2:
        return ()
    if case:
        return (case[1].split()[-1],)
    small = set(re.findall(r"[^\W\d_]+", page))
    rest = page.replace(term, " ")

    def is_name(word: str) -> bool:
        if word.lower() in _COMMON:
            return False
        # "Dr. King", "Example's maps": a capital that no beginning of a sentence gives, or the possessive of a name.
        return word.lower() not in small or bool(
            re.search(rf"(?:[a-z,] |\b(?:Dr|Mrs?|Ms|Prof|St)\. ){word}\b|\b{word}['’]s\b", rest)
        )

    return tuple(filter(is_name, dict.fromkeys(words)))


def forms_of(term: str, names: Iterable[str] = ()) -> Forms:
    """Return the forms under which plain `term` may stand in a text; `names` of it only as they are written."""
    forms = Forms()
    words: list[str] = []
    at = 0
    for start, end in formula_spans(term):
        forms.formulas.add("".join(term[start + 2 : end - 2].split()))
        words, at = [*words, *term[at:start].split()], end
    term = " ".join([*words, *term[at:].split()])
    for part in _parts(term):
        _add(forms, part)
    for name in names:
        forms.add_literal(_folded(name), name)
    return forms


def _parts(term: str) -> list[str]:
    """Return a term and the names that it holds: before and in brackets, on both sides of "/" and "or"."""
    parts = [term]
    without = " ".join(_BRACKETS.sub(" ", term).split())
    if without and without != term and not _SIGNS.search(term):
        inside = [match[1] for match in _BRACKETS.finditer(term)]
        parts = [
            term,
            without,
            *(re.sub(r"^(or|aka|a\.k\.a\.|also|i\.e\.,?|e\.g\.,?)\s+", "", part) for part in inside),
        ]
    for part in tuple(parts):
        symbol = _SYMBOL.search(part)
        if symbol and _is_symbol(symbol[1], comma="," in symbol[0]) and len(part) - len(symbol[0]) > 2:
            parts.append(part[: symbol.start()])
        parts.append(_YEAR.sub("", part))
        parts.extend(re.split(r" (?:or|vs\.?|versus) ", part))
        if not _SIGNS.search(part):
            parts.extend(side for side in re.split(r" ?/ ?", part) if len(side) > 2)
        if part.count(", ") == 1:
            parts.append(" ".join(reversed(part.split(", "))))  # "demand, law of"
    return [part for part in dict.fromkeys(part.strip().rstrip(",;:.") or part.strip() for part in parts) if part]


def _is_symbol(text: str, *, comma: bool) -> bool:
    """Say whether what stands behind a name is its symbol: Greek, a sign, or a letter behind a comma."""
    if comma and len(text) == 1:
        return True
    return not any(map(str.isascii, filter(str.isalnum, text))) and any(
        unicodedata.name(character, "").startswith(("GREEK", "MATHEMATICAL")) or not character.isalnum()
        for character in unicodedata.normalize("NFKD", text)
        if not unicodedata.combining(character)
    )


def _add(forms: Forms, part: str) -> None:
    folded = _POSSESSIVE.sub("", _folded(part))
    for article in _ARTICLES:
        if folded.startswith(article) and len(folded) > len(article) + 2:
            folded, part = folded.removeprefix(article), part[len(article) :]
    if not folded:
        return
    words = _WORD.findall(folded)
    if _SIGNS.search(part) or not words:
        forms.add_literal(folded)
        return
    if _DOTTED.search(part):
        forms.add_literal(folded)
    whole = "".join(words)
    if len(words) == 1 and (len(whole) == 1 or (part.isupper() and (len(whole) <= 2 or whole in _EVERYDAY))):
        forms.add_literal(whole, part)
        forms.add_literal(whole + "s", part + "s")
    elif not folded.isascii() and not any(character.isascii() and character.isalpha() for character in folded):
        forms.add_literal(folded)
        forms.add_phrase(folded)
    else:
        forms.add_phrase(folded)
    if len(words) == 1 and part.isupper() and 2 <= len(whole) <= 7 and part.isalpha():
        forms.spelled_out.append(whole)
    _add_turned(forms, words)
    _add_acronyms(forms, _WORD.findall(part))


def _add_turned(forms: Forms, words: list[str]) -> None:
    """Add "demand elasticity" for "elasticity of demand"."""
    if words.count("of") == 1 and 0 < words.index("of") < len(words) - 1:
        at = words.index("of")
        forms.add_phrase(" ".join([*words[at + 1 :], *words[:at]]))


def _add_acronyms(forms: Forms, words: list[str]) -> None:
    """Add the initials of a term of several words, with and without its small words: GDP, WWII for World War II."""
    for chosen in (words, [word for word in words if word.lower() not in _SMALL_WORDS]):
        if len(chosen) > 1:
            forms.acronyms.add("".join(word[0] for word in chosen).upper())
            forms.acronyms.add("".join(word if word.isupper() else word[0].upper() for word in chosen))
