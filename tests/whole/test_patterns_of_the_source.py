"""Regular expressions of the source mean the same in every Python that the project supports."""

import ast
import re
from collections.abc import Iterator

import pytest

from pattern_growth import How, growth_of
from pipeline.pages import decode
from places import ROOT
from source_patterns import layout_patterns, made_at_run_time, source_patterns

SOURCE = ROOT / "pipeline"
# Before Python 3.11.5 a possessive group keeps the start of an alternative that failed (gh-106052); atomic groups, and
# possessive repeats of one character, are right. What is escaped, and what stands in a class, is no group's end.
ESCAPED_OR_CLASS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
POSSESSIVE_GROUP = re.compile(r"(?:\A|\))(?:[*+?]|\{\d*,?\d*\})\+")

# Patterns of which a part is known only at run time: why none of them grows.
_OF_USERS = "the user's own; what it is asked of is short"
PUT_TOGETHER = {
    "pipeline/blocks/flavours/lines.py:_admonished": "blanks at the head of a line, as many as there",
    "pipeline/blocks/flavours/wiki.py:_subs": "what modules hold is looked at",
    "pipeline/blocks/math/finding/delimiters.py:_environment": "an environment's name, near",
    "pipeline/blocks/math/finding/protect.py:_verbatim": "as many signs as a fence has, at the head of a line",
    "pipeline/blocks/math/finding/protect.py:restore_math": "a number",
    "pipeline/blocks/mending.py:_outside_raw": "an element's name",
    "pipeline/config/globs.py:_compiled": _OF_USERS,
    "pipeline/config/layouts/checking.py:_groups_missing": "is asked of nothing",
    "pipeline/config/layouts/spec.py:_compiles": "is asked of nothing",
    "pipeline/layouts/reading/evidence.py:witnesses": "patterns of layouts, looked at below",
    "pipeline/layouts/reading/patterns.py:_followed": "patterns of layouts at the head of a block",
    "pipeline/layouts/reading/patterns.py:_union": "patterns of layouts, one after another",
    "pipeline/layouts/reading/patterns.py:of": "patterns of layouts, looked at below",
    "pipeline/layouts/selecting.py:barred": _OF_USERS,
    "pipeline/layouts/study_guide/head/byline.py:_is_strange": "a word",
    "pipeline/notes/asking/showing.py:places": "a piece of the text between two edges",
    "pipeline/notes/term_forms.py:is_name": "a word",
    "pipeline/pages/containers/mhtml.py:_split": "a boundary",
    "pipeline/pages/crawls/addresses.py:address_pattern": _OF_USERS,
    "pipeline/stages/inspecting/checking.py:_patterns": _OF_USERS,
}


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


# -- no pattern takes time with the square of its text -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "how"),
    [
        (r"\\\(.*?\\\)", "search"),  # each opening looks for its end through all of the text
        (r"\s+$", "search"),
        (r"\s*[:：]", "search"),
        (r"(?=[^A-Z]*[A-Z])x", "search"),
        (r"<ref[^<>]*>.*?</ref>", "search"),
        (r"a(?:.*c)?", "search"),
        (r"\s*\s*x", "match"),
        (r"^ {0,3}(?:```|~~~)[ \t]*[\w+#.-]*[ \t]*$", "match"),
        (r"`{3,}[^\n]*\n", "match"),
        (r"(?:\w+\s*)*$", "match"),
        (r"(a*)*b", "match"),
        (r"(?:[.–-]?(?:\d{1,4}|[A-Za-z]{1,2}))*", "fullmatch"),  # twice as long for each two letters more
        (r"x\s*(?>\s*y)", "match"),
    ],
)
def test_a_pattern_that_grows_with_the_square_is_known_with_a_text_that_shows_it(pattern: str, how: How) -> None:
    growth = growth_of(pattern, how=how)
    assert growth is not None
    assert growth.word


@pytest.mark.parametrize(
    ("pattern", "how"),
    [
        (r'"[^"]*"', "search"),
        (r"(?<!\s)\s++$", "search"),
        (r"(?:(?<!\s)\s++)?[:：]", "search"),
        (r"\b\w+x", "search"),
        (r"'''(.+?)'''", "search"),
        (r"<ref[^<>]*>(?:(?!</?ref).)*</ref>", "search"),
        (r"\w+", "search"),
        (rb"[\x80-\xff]++", "search"),
        (r"\s*+\s*x", "match"),
        (r"(?>(?:ab|cd)+)ab", "match"),
        (r"(?P<in>[ \t]*)x(?P=in)[ \t]*+y", "match"),
        (r"(?s:.*\bconcepts (?:and|&) .*)", "fullmatch"),
    ],
)
def test_a_pattern_that_reads_each_text_in_one_way_does_not_grow(pattern: str | bytes, how: How) -> None:
    assert growth_of(pattern, how=how) is None


def test_single_spaces_are_no_run_of_white_space() -> None:
    assert growth_of(r"a\s*-?\s*b", how="fullmatch") is not None
    assert growth_of(r"a\s*-?\s*b", how="fullmatch", collapsed=True) is None


def test_no_pattern_of_the_source_or_of_a_layout_takes_time_with_the_square_of_its_text() -> None:
    growing = {
        one.where: (one.pattern, how, growth)
        for one in (*source_patterns(), *layout_patterns())
        for how in one.ways
        if (growth := growth_of(one.pattern, one.flags, how=how, collapsed=one.collapsed)) is not None
    }
    assert growing == {}


def test_patterns_that_are_put_together_at_run_time_are_few_and_each_is_known_to_be_harmless() -> None:
    assert made_at_run_time() == set(PUT_TOGETHER)
