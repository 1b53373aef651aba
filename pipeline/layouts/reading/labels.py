"""What a block is known to be by its words alone."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from pipeline.layouts.reading.patterns import Compiled, comparable

__all__ = ["LONGEST_HEADING", "Label", "label_of"]

LONGEST_HEADING: Final = 400
_LONGEST_NOTICE: Final = 1000
_NUMBER_WORDS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# A line drawn across a page of text, or under its heading.
_RULE: Final = re.compile(r"[-=_*~–—━─═⸺]{3,}|(?:[-*_] ){2,}[-*_]")
_NUMBER: Final = re.compile(r"(?:\d{1,2}[.)]|section(?: \d{1,2})?[:.])\s+(?=\S)", re.IGNORECASE)  # "1. Definition"


@dataclass(frozen=True, slots=True)
class Label:
    """What a block is known to be by its words alone."""

    kind: Literal["heading", "label", "value", "boilerplate", "notice"]  # a value: the label and the field in one
    name: str  # the field, or the boilerplate rule
    groups: dict[str, str | None]  # what the pattern's named groups caught
    is_sure: bool = True  # else only a synonym, which means something else elsewhere

    @property
    def counted(self) -> int | None:
        """How many items the heading says there are: "Key Terms (12)", "five facts"."""
        number = self.groups.get("count") or self.groups.get("counted")
        if not number:
            return None
        return int(number) if number.isdigit() else 1 + _NUMBER_WORDS.index(number.casefold())


def label_of(text: str, patterns: Compiled) -> Label | None:
    """Return what a whole block of this text (not yet comparable) is known to be, or None."""
    if len(text) > _LONGEST_NOTICE:
        return None
    if _RULE.fullmatch(text.strip()):
        return Label("boilerplate", "rule", {})
    plain = comparable(text)
    if len(plain) <= LONGEST_HEADING:
        for kind, group in (
            ("heading", patterns.headings),
            ("label", patterns.labels),
            ("boilerplate", patterns.boilerplate),
        ):
            if found := group.match(plain):
                groups = found[1].groupdict()
                is_value = kind == "label" and groups.get("value")
                return Label("value" if is_value else kind, found[0], groups)  # type: ignore[arg-type]
    if found := patterns.notices.match(plain):
        return Label("notice", "notices", {})
    if len(plain) <= LONGEST_HEADING:
        if number := _NUMBER.match(plain):
            plain = plain[number.end() :]
            if found := patterns.headings.match(plain):
                return Label("heading", found[0], found[1].groupdict())
        if found := patterns.synonyms.match(plain):
            is_label = any(name == found[0] for name, _ in patterns.labels.groups)
            return Label("label" if is_label else "heading", found[0], found[1].groupdict(), is_sure=False)
    return None
