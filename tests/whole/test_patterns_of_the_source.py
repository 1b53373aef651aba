"""Regular expressions of the source mean the same in every Python that the project supports."""

import ast
import re
from collections.abc import Iterator

import pytest

from pipeline.pages import decode
from places import ROOT

SOURCE = ROOT / "pipeline"
# Before Python 3.11.5 a possessive group keeps the start of an alternative that failed (gh-106052); atomic groups, and
# possessive repeats of one character, are right. What is escaped, and what stands in a class, is no group's end.
ESCAPED_OR_CLASS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
POSSESSIVE_GROUP = re.compile(r"(?:\A|\))(?:[*+?]|\{\d*,?\d*\})\+")


def has_possessive_group(pattern: str) -> bool:
    return POSSESSIVE_GROUP.search(ESCAPED_OR_CLASS.sub("x", pattern)) is not None


def strings() -> Iterator[tuple[str, str]]:
    """Yield (where, text) of each string of the source, each piece of a pattern that is put together on its own."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
                text = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
                yield f"{path.relative_to(SOURCE).as_posix()}:{node.lineno}", text


@pytest.mark.parametrize("pattern", ["(?:ab|cd)++", "(a)*+b", "(?:a){2,}+", "(?:[)]|b)?+", "++b"])
def test_a_possessive_group_is_known_whatever_repeats_it(pattern: str) -> None:
    assert has_possessive_group(pattern)


@pytest.mark.parametrize("pattern", [r"\)++", "[()]*+", r"a++b", "(?>(?:ab|cd)+)", r"[^)\]]++", "(?:a)+ +"])
def test_a_possessive_character_is_no_group(pattern: str) -> None:
    assert not has_possessive_group(pattern)


def test_no_pattern_of_the_source_has_a_possessive_group() -> None:
    assert [where for where, text in strings() if has_possessive_group(text)] == []


def test_a_page_in_utf8_with_a_byte_of_windows_1252_keeps_both_whatever_its_length() -> None:
    long = "Nähte – швы – " * 2000  # more signs than one match takes
    data = (long + "caf").encode() + b"\xe9 " + long.encode() + b"\xed\xa0\xbd\xed\xb8\x80"
    assert decode(data).text == f"{long}café {long}😀"
