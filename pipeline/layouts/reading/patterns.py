"""A layout's patterns, compiled, and the one way in which a block's text is made ready for them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipeline.config import LayoutSpec, fields_of

__all__ = ["Compiled", "Patterns", "comparable", "compiled"]

_QUOTES: Final = str.maketrans(
    dict.fromkeys("“”„‟«»″〝〞", '"')
    | dict.fromkeys("‘’‚‛′`´", "'")
    | {"\u2010": "-", "\u2011": "-", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
)
# Signs that sites put before or after a heading: list signs, arrows, emoji, anchors.
_ORNAMENT: Final = re.compile(r"[^\w\"'(©$\\<+-]*")
_BACKWARDS: Final = re.compile(r"(?:[\s:¶#→›»]|[–—-](?=\s))*")  # those behind it, read from the end
# How people and terminals mark a heading in plain text: `== Heading ==`, `**Heading**`, ESC[1m.
_MARKING: Final = "=*_~#-"
_TERMINAL: Final = re.compile(r"\x1b?\[\d{0,2}(?:;\d{1,2})*m")
_EDIT_LINK: Final = re.compile(r" ?\[ ?edit(?: source)? ?\]$", re.IGNORECASE)


# Each layout asks of each block, and of its parts, what its words are: short texts are asked again and again.
_KEPT: Final = 400  # characters of a text whose answers are kept
_ANSWERS: Final = 8192


def comparable(text: str) -> str:
    """Return `text` as patterns see it: straight quotes, one space for any, no ornament, no final colon."""
    return _comparable(text) if len(text) <= _KEPT else _comparable.__wrapped__(text)


@lru_cache(maxsize=_ANSWERS)
def _comparable(text: str) -> str:
    plain = text.translate(_QUOTES)
    plain = _without_marking(" ".join((_TERMINAL.sub("", plain) if "[" in plain else plain).split()))
    if plain.endswith("]"):
        plain = _EDIT_LINK.sub("", plain)
    if plain.startswith("[") and plain.endswith("]"):  # how text browsers print a button
        plain = plain[1:-1].strip()
    before, behind = _ORNAMENT.match(plain), _BACKWARDS.match(plain[::-1])
    return plain[before.end() if before else 0 : len(plain) - (behind.end() if behind else 0)]


_FLAGS: Final = re.IGNORECASE | re.DOTALL


@dataclass(frozen=True, slots=True, eq=False)
class Patterns:
    """Named groups of whole-block patterns. Nearly all blocks match none, so one pattern asks for all of them first."""

    groups: tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]
    any: re.Pattern[str] | None = None

    @classmethod
    def of(cls, groups: Iterable[tuple[str, Iterable[str]]]) -> "Patterns":
        """Compile `groups` of (name, patterns)."""
        compiled_groups = tuple(
            (name, tuple(re.compile(pattern, _FLAGS) for pattern in patterns)) for name, patterns in groups
        )
        return cls(compiled_groups, _union(pattern.pattern for _, patterns in compiled_groups for pattern in patterns))

    def naming(self, group: str) -> "Patterns":
        """Return those of the patterns that catch something in the named group."""
        kept = [(name, [p.pattern for p in patterns if f"P<{group}>" in p.pattern]) for name, patterns in self.groups]
        return Patterns.of((name, patterns) for name, patterns in kept if patterns)

    def match(self, text: str) -> tuple[str, re.Match[str]] | None:
        """Return the name of the first group that matches the whole of `text` (made comparable), and the match."""
        return _first_match(self, text) if len(text) <= _KEPT else _first_match.__wrapped__(self, text)

    def match_start(self, text: str, after: str) -> tuple[str, re.Match[str]] | None:
        """Return the first group one of whose patterns stands at the start of `text`, `after` (a pattern) behind it."""
        if self.any is not None and _followed(self.any, after).match(text) is None:
            return None
        for name, patterns in self.groups:
            for pattern in patterns:
                if found := _followed(pattern, after).match(text):
                    return name, found
        return None


@lru_cache(maxsize=_ANSWERS)
def _first_match(patterns: Patterns, text: str) -> tuple[str, re.Match[str]] | None:
    if patterns.any is not None and patterns.any.fullmatch(text) is None:
        return None
    for name, group in patterns.groups:
        for pattern in group:
            if found := pattern.fullmatch(text):
                return name, found
    return None


@lru_cache(maxsize=1024)
def _followed(pattern: re.Pattern[str], after: str) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern.pattern}){after}", _FLAGS)


def _union(patterns: Iterable[str]) -> re.Pattern[str] | None:
    """Return one pattern that matches what any of `patterns` does; None where they cannot stand in one.

    Their groups lose their names, which may occur once in a pattern; one that refers back to a group needs it.
    """
    parts = list(patterns)
    if not parts or any(re.search(r"\\[1-9]|\(\?P=|\(\?\(|\(\?[aiLmsux]+\)", part) for part in parts):
        return None
    return re.compile(
        "|".join(f"(?:{part})" for part in (re.sub(r"\(\?P<\w+>", "(?:", part) for part in parts)), _FLAGS
    )


@dataclass(frozen=True, slots=True)
class Compiled:
    """All patterns of one layout."""

    headings: Patterns
    labels: Patterns
    synonyms: Patterns
    boilerplate: Patterns
    shell: Patterns
    notices: Patterns
    regions: Patterns  # of the blocks with which a stretch of furniture begins
    region_ends: Mapping[str, str]  # its name -> where it ends
    headed_regions: Patterns  # those that only headings begin
    headed_names: frozenset[str]
    fields: tuple[str, ...]  # that may be said in one piece
    sites: Patterns
    naming: Patterns  # those of headings and boilerplate that say the page's term
    inner: tuple[re.Pattern[str], ...]  # those of boilerplate that do: they may stand within a block


@lru_cache(maxsize=64)
def compiled(spec_key: str) -> Compiled:
    """Return the compiled patterns of a layout given as JSON (a hashable form of the model)."""
    spec = LayoutSpec.model_validate_json(spec_key)
    boilerplate = Patterns.of(spec.boilerplate.items())
    return Compiled(
        headings=Patterns.of(spec.headings.items()),
        labels=Patterns.of(spec.labels.items()),
        synonyms=Patterns.of(spec.synonyms.items()),
        boilerplate=boilerplate,
        fields=fields_of(spec.kind, "select"),
        inner=tuple(p for _, group in boilerplate.groups for p in group if "P<term>" in p.pattern),
        naming=Patterns.of([*spec.headings.items(), *spec.boilerplate.items()]).naming("term"),
        shell=Patterns.of(spec.shell.items()),
        notices=Patterns.of([("notice", spec.notices)]),
        regions=Patterns.of((name, region.start) for name, region in spec.regions.items() if not region.headed),
        headed_regions=Patterns.of((name, region.start) for name, region in spec.regions.items() if region.headed),
        headed_names=frozenset(name for name, region in spec.regions.items() if region.headed),
        region_ends={name: region.to for name, region in spec.regions.items()},
        sites=Patterns.of(spec.sites.items()),
    )


def _without_marking(text: str) -> str:
    """Return what stands between two or more equal signs at each end: no pattern does it in time for endless ones."""
    sign = text[:1]
    if not sign or sign not in _MARKING or text[:2] != text[-2:] or text[:2] != 2 * sign:
        return text
    return text.strip(sign).strip() or text
