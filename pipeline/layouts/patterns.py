"""A layout's patterns, compiled, and the one way in which a block's text is made ready for them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipeline.config import LayoutSpec

__all__ = ["Compiled", "Patterns", "comparable", "compiled"]

_QUOTES: Final = str.maketrans(
    dict.fromkeys("“”„‟«»″〝〞", '"') | dict.fromkeys("‘’‚‛′`´", "'") | {"\u2010": "-", "\u2011": "-"}
)
# Signs that sites put before or after a heading: list signs, arrows, emoji, anchors.
_ORNAMENT: Final = re.compile(r"^[^\w\"'(©$\\<+-]+|[\s:¶#→›»]+$")


def comparable(text: str) -> str:
    """Return `text` as patterns see it: straight quotes, one space for any, no ornament, no final colon."""
    plain = " ".join(text.translate(_QUOTES).split())
    if plain.startswith("[") and plain.endswith("]"):  # how text browsers print a button
        plain = plain[1:-1].strip()
    return _ORNAMENT.sub("", plain)


@dataclass(frozen=True, slots=True)
class Patterns:
    """Named groups of whole-block patterns."""

    groups: tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]

    @classmethod
    def of(cls, groups: Iterable[tuple[str, Iterable[str]]]) -> "Patterns":
        """Compile `groups` of (name, patterns)."""
        return cls(
            tuple(
                (name, tuple(re.compile(pattern, re.IGNORECASE | re.DOTALL) for pattern in patterns))
                for name, patterns in groups
            )
        )

    def match(self, text: str) -> tuple[str, re.Match[str]] | None:
        """Return the name of the first group that matches the whole of `text` (made comparable), and the match."""
        for name, patterns in self.groups:
            for pattern in patterns:
                if found := pattern.fullmatch(text):
                    return name, found
        return None

    def match_start(self, text: str, after: str) -> tuple[str, re.Match[str]] | None:
        """Return the first group one of whose patterns stands at the start of `text`, `after` (a pattern) behind it."""
        for name, patterns in self.groups:
            for pattern in patterns:
                found = re.compile(f"(?:{pattern.pattern}){after}", re.IGNORECASE | re.DOTALL).match(text)
                if found:
                    return name, found
        return None


@dataclass(frozen=True, slots=True)
class Compiled:
    """All patterns of one layout."""

    headings: Patterns
    labels: Patterns
    boilerplate: Patterns
    shell: Patterns
    notices: Patterns


@lru_cache(maxsize=64)
def compiled(spec_key: str) -> Compiled:
    """Return the compiled patterns of a layout given as JSON (a hashable form of the model)."""
    spec = LayoutSpec.model_validate_json(spec_key)
    return Compiled(
        headings=Patterns.of(spec.headings.items()),
        labels=Patterns.of(spec.labels.items()),
        boilerplate=Patterns.of(spec.boilerplate.items()),
        shell=Patterns.of(spec.shell.items()),
        notices=Patterns.of([("notice", spec.notices)]),
    )
