"""Whether a formula's second copy must be TeX, or may be nothing of the kind."""

import re
from typing import Final

from pipeline.blocks.math.reading import is_command, may_be_lost

__all__ = ["COMMAND", "evidence_of"]

COMMAND: Final = re.compile(r"\\(?:([A-Za-z]+)|[{}%$#&|,;:!])")
_SCRIPT_OF_DIGIT: Final = re.compile(r"-?\d[\^_](?:\d|\{-?\d+\})")
_SET_OTHERWISE: Final = (("−", "-"), ("′", "'"), ("∣", "|"), ("∗", "*"))
_SPACED_RELATION: Final = re.compile(r"\s[=<>+≈≤≥≠]\s")


def evidence_of(visible: str, tex: str, reading: str) -> bool | None:
    """Return True for what must be TeX, False for what may be a number as it stands, None for no evidence."""
    if visible.startswith(("\\", "^", "_")) or not any(not may_be_lost(sign) or sign in visible for sign in reading):
        return None
    has_letter = any(sign.isalpha() for sign in reading)
    if any(match[1] is None or is_command(match[1]) for match in COMMAND.finditer(tex)):
        return True
    if "^" in tex or "_" in tex:
        return _SCRIPT_OF_DIGIT.fullmatch(tex) is None
    if re.search(r"\{[^{}]", tex):
        return True
    has_relation = "=" in tex
    if _SPACED_RELATION.search(tex) and not re.search(r"\s", visible):
        return True if has_letter or has_relation else None
    if (
        any(shown in visible and shown not in tex and typed in tex for shown, typed in _SET_OTHERWISE)
        and len(reading) > 1
    ):
        return has_letter or has_relation
    is_twice = visible == tex and has_relation and has_letter and len(tex) > 2 and not re.search(r"\s", tex)
    return True if is_twice else None
