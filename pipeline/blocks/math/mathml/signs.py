"""What signs over and under an expression are in TeX, as data."""

from typing import Final

__all__ = ["LIMITS", "OVER", "STRETCHED_ARROWS", "UNDER"]

# Sign above -> the command for one letter, and the one for more.
OVER: Final = {
    sign: commands
    for signs_of_one_meaning, commands in (
        ("^ˆ\u0302", ("\\hat", "\\widehat")),
        ("~˜∼\u0303", ("\\tilde", "\\widetilde")),
        ("¯ˉ‾_―−-\u0304\u0305", ("\\bar", "\\overline")),
        ("→⟶\u20d7", ("\\vec", "\\overrightarrow")),
        ("←⟵\u20d6", ("\\overleftarrow", "\\overleftarrow")),
        ("↔", ("\\overleftrightarrow", "\\overleftrightarrow")),
        ("˙.⋅\u0307", ("\\dot", "\\dot")),
        ("¨\u0308", ("\\ddot", "\\ddot")),
        ("ˇ", ("\\check", "\\check")),
        ("˘", ("\\breve", "\\breve")),
        ("´", ("\\acute", "\\acute")),
        ("`", ("\\grave", "\\grave")),
        ("˚", ("\\mathring", "\\mathring")),
        ("⏞", ("\\overbrace", "\\overbrace")),
    )
    for sign in signs_of_one_meaning
}
UNDER: Final = {**dict.fromkeys("_¯ˉ‾―−-\u0332", "\\underline"), "⏟": "\\underbrace"}
STRETCHED_ARROWS: Final = {"→": "\\xrightarrow", "⟶": "\\xrightarrow", "←": "\\xleftarrow", "⟵": "\\xleftarrow"}
# What takes its limits above and below, so that `_` and `^` mean the same in TeX.
LIMITS: Final = frozenset("∑∏∐⋂⋃⋀⋁⨁⨂⨀⨄⨆∫∬∭∮") | {
    "lim",
    "max",
    "min",
    "sup",
    "inf",
    "liminf",
    "limsup",
    "det",
    "gcd",
    "Pr",
}
