"""Damaged HTML of the cp1252 years: nothing closed, wrongly declared, cut, with stray bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .damaged_body import soup_a, soup_c, soup_table
from .model import Truth, dice, escape, page_title, page_url, without_notices

__all__ = ["GENERATION", "VARIANTS", "expected", "name", "render"]

GENERATION = "damaged"
VARIANTS = 14


@dataclass(frozen=True)
class Damage:
    """What is wrong with one variant."""

    form: str = "a"
    declared: str = "none"  # none, or a charset that may be wrong
    http_equiv: bool = False
    codec: str = "cp1252"  # cp1252, utf-8, or mixed: UTF-8 with one cp1252 byte in the furniture
    upper: bool = False
    frame: bool = True  # html, head and body tags
    font: bool = False
    nul: bool = False
    eol: str = "\n"
    stray: bool = False
    nbsp: bool = False
    raw: bool = False  # & and < unescaped where that is unambiguous
    cut: str = ""  # "", footer, tag, after
    misnest: bool = False


DAMAGES = (
    Damage(),
    Damage(declared="iso-8859-1", stray=True, misnest=True, raw=True),
    Damage("c", declared="utf-8", eol="\r\n", nul=True),
    Damage(upper=True, font=True, nbsp=True, declared="iso-8859-1", http_equiv=True),
    Damage(frame=False, raw=True, misnest=True, eol="\r\n"),
    Damage("c", cut="footer", stray=True, raw=True, nbsp=True),
    Damage("table", upper=True, font=True, eol="\r\n", raw=True),
    Damage(declared="utf-8", nul=True, cut="tag", stray=True, misnest=True, nbsp=True),
    Damage("c", frame=False, declared="iso-8859-1", http_equiv=True, upper=True, raw=True),
    Damage(codec="mixed", declared="utf-8", eol="\r", stray=True),
    Damage("table", declared="utf-16", nbsp=True, stray=True, misnest=True),
    Damage("c", codec="utf-8", declared="iso-8859-1", nul=True, font=True),
    Damage(codec="utf-8", frame=False, cut="after", upper=True, eol="\r\n", nbsp=True),
    Damage("table", frame=False, cut="footer", raw=True, nul=True, font=True, misnest=True),
)


def render(truth: Truth, *, variant: int) -> bytes:
    """Return `DAMAGES[variant]` (later variants mix them).

    `cut`: `footer` and `tag` lose both notices, `after` loses only the closing tags. Characters
    that cp1252 lacks are numeric references. Variant 9 is UTF-8 with one cp1252 apostrophe in the
    congratulation line; 10 declares utf-16 in a meta element, which must be ignored.
    """
    damage = _damage(variant)
    rng = dice(GENERATION, variant, truth)
    body = {"a": soup_a, "c": soup_c, "table": soup_table}[damage.form](
        truth,
        text=lambda words: _text(words, damage, rng.random()),
        stray=damage.stray,
        misnest=damage.misnest,
        font=damage.font,
    )
    page = _head(truth, damage) + body + ("</body></html>" if damage.frame else "")
    page = _cut(page, damage.cut)
    if damage.upper:
        page = re.sub(r"</?[a-z][a-z0-9]*\b", lambda match: match[0].upper(), page)
    page = page.replace("\n", damage.eol)
    data = page.encode("cp1252", errors="xmlcharrefreplace") if damage.codec == "cp1252" else page.encode()
    if damage.codec == "mixed":
        data = data.replace(b"now let's", b"now let\x92s")
    if damage.nul:
        data = data.replace(b"<h", b"\0<h").replace(b" for ", b" f\0or ").replace(b"</", b"\0</", 3)
    return data


def expected(truth: Truth, *, variant: int) -> Truth:
    """Return `truth`, without notices where the footer is cut off."""
    return without_notices(truth) if _damage(variant).cut in ("footer", "tag") else truth


def name(variant: int) -> str:
    """Return the file name."""
    return f"damaged-{variant}.{('html', 'htm')[variant % 2]}"


def _damage(variant: int) -> Damage:
    if variant < len(DAMAGES):
        return DAMAGES[variant]
    rng = dice(GENERATION, variant)
    fields = {key: getattr(rng.choice(DAMAGES), key) for key in Damage.__dataclass_fields__}
    return Damage(**fields)


def _head(truth: Truth, damage: Damage) -> str:
    title = f"<title>{escape(page_title(truth))}</title>"
    meta = ""
    if damage.declared != "none":
        meta = f"<meta charset={damage.declared}>"
        if damage.http_equiv:
            meta = f'<meta http-equiv=Content-Type content="text/html; charset={damage.declared}">'
    if not damage.frame:
        return f"{meta}{title}\n"
    link = f"<link rel=canonical href={page_url(truth)}>"
    return f"<html><head>{meta}\n{title}\n{link}\n<body bgcolor=#ffffff text=black>\n"


def _cut(page: str, cut: str) -> str:
    start = page.find("<p class=legal")
    if start < 0:
        return page
    if cut == "footer":
        return page[:start]
    if cut == "tag":
        return page[: start + 9]
    if cut == "after":
        return page.removesuffix("</body></html>").rstrip()
    return page


def _text(words: str, damage: Damage, chance: float) -> str:
    """Return `words` as the page writes them; what would be read as mark-up stays escaped."""
    if damage.raw:
        words = re.sub(r"&(?=#|[A-Za-z]\w*)", _ampersand, words)
        words = re.sub(r"<(?![\s\d=])", "&lt;", words)
    else:
        words = escape(words)
    if damage.nbsp and " " in words:
        spaces = [match.start() for match in re.finditer(" ", words)]
        at = spaces[int(chance * len(spaces))]
        words = f"{words[:at]}&nbsp;{words[at + 1 :]}"
    return words


def _ampersand(match: re.Match[str]) -> str:
    rest = match.string[match.end() : match.end() + 2]
    return "&amp;" if rest.startswith("#") or (len(rest) > 1 and rest.isalpha()) else "&"
