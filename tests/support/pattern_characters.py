"""The characters of a parsed regular expression: which of them each item reads, one standing for all of its kind."""

import re
import re._constants as sre
from collections.abc import Iterator
from typing import Any, Final

__all__ = ["ONE", "READING", "REPEATS", "UNBOUNDED", "WORD", "is_endless", "letters_of", "reads"]

UNBOUNDED: Final = 2000  # repeats: more are as good as any number
ONE: Final = (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN)
REPEATS: Final = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
_SAMPLES: Final = "\n\t\r \x00\x1b!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~09azAZéß日א\u00a0\u2003–—’“”…•·√≤"
_CATEGORIES: Final = {
    sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_NOT_DIGIT: r"\D", sre.CATEGORY_SPACE: r"\s",
    sre.CATEGORY_NOT_SPACE: r"\S", sre.CATEGORY_WORD: r"\w", sre.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
_IGNORECASE, _ASCII, _DOTALL = map(int, (re.IGNORECASE, re.ASCII, re.DOTALL))
READING: Final = _IGNORECASE | _ASCII | _DOTALL  # the flags that say what is read
WORD: Final = (sre.IN, [(sre.CATEGORY, sre.CATEGORY_WORD)])


def letters_of(tree: Any, flags: int, text: str, most: int) -> list[str]:
    """Return one character of each kind that the pattern tells apart."""
    items = [(*WORD, flags), (sre.LITERAL, 10, 0), *_items(tree, flags)]
    items = list({f"{op} {av} {its & READING}": (op, av, its) for op, av, its in items}.values())
    candidates = dict.fromkeys(_SAMPLES + text)
    for op, av, _ in items:
        for code in _ends(op, av):
            if not 0xD800 <= code < 0xE000:
                candidates.update(dict.fromkeys((chr(code), chr(code).lower()[:1], chr(code).upper()[:1])))
    kinds: dict[tuple[bool, ...], str] = {}
    for letter in candidates:
        if ord(letter) <= most:
            kinds.setdefault(tuple(reads(op, av, its, letter) for op, av, its in items), letter)
    return list(kinds.values())


def _items(tree: Any, flags: int) -> Iterator[tuple[Any, Any, int]]:
    """Yield each item that reads one character, with its flags."""
    for op, av in tree:
        if op in ONE:
            yield op, av, flags
        elif op is sre.BRANCH:
            for way in av[1]:
                yield from _items(way, flags)
        elif op is sre.SUBPATTERN:
            yield from _items(av[3], (flags | av[1]) & ~av[2])
        elif op is sre.ATOMIC_GROUP:
            yield from _items(av, flags)
        elif op in REPEATS:
            yield from _items(av[2], flags)
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _items(av[1], flags)


def is_endless(tree: Any) -> bool:
    """Say whether anything in a pattern is repeated without end."""
    for op, av in tree:
        inner: list[Any] = []
        if op in REPEATS:
            if av[1] > UNBOUNDED:
                return True
            inner = [av[2]]
        elif op is sre.BRANCH:
            inner = av[1]
        elif op in (sre.SUBPATTERN, sre.ATOMIC_GROUP, sre.ASSERT, sre.ASSERT_NOT):
            inner = [av if op is sre.ATOMIC_GROUP else av[-1]]
        if any(map(is_endless, inner)):
            return True
    return False


def _ends(op: Any, av: Any) -> Iterator[int]:
    """Yield the characters at the edges of a class, by their numbers."""
    ranges = [(av, av)] if op in (sre.LITERAL, sre.NOT_LITERAL) else []
    for one, what in av if op is sre.IN else ():
        ranges += [(what, what)] if one is sre.LITERAL else [what] if one is sre.RANGE else []
    for low, high in ranges:
        yield from (code for code in (low - 1, low, high, high + 1) if 0 <= code < 0x110000)


def reads(op: Any, av: Any, flags: int, letter: str) -> bool:
    """Say whether an item reads a character."""
    if op is sre.ANY:
        return letter != "\n" or bool(flags & _DOTALL)
    forms = {letter, letter.lower(), letter.upper()} if flags & _IGNORECASE else {letter}
    wanted = av if op is sre.IN else [(sre.LITERAL, av)]
    negated = op is sre.NOT_LITERAL or (op is sre.IN and av[0][0] is sre.NEGATE)
    return any(_is_one(one, form, flags) for one in wanted for form in forms if len(form) == 1) is not negated


def _is_one(one: Any, letter: str, flags: int) -> bool:
    op, av = one
    if op is sre.NEGATE:
        return False
    if op is sre.CATEGORY:
        return re.match(_CATEGORIES[av], letter, re.ASCII if flags & _ASCII else 0) is not None
    low, high = av if op is sre.RANGE else (av, av)
    return bool(low <= ord(letter) <= high)
