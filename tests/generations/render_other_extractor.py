"""What other extractors make of the pages: headings, bullets and the term's own line get lost."""

from __future__ import annotations

import re
from collections.abc import Callable

import html2text
import trafilatura
from bs4 import BeautifulSoup
from resiliparse.extract.html2text import extract_plain_text

from . import render_divsoup
from .extractor_emulations import bare, browser, inner_text, trafila
from .model import CTA, Truth, dice, squash
from .reading import lost
from .render_baseline import form_a, form_c

__all__ = ["GENERATION", "VARIANTS", "expected", "name", "render"]

GENERATION = "other_extractor"
VARIANTS = 20
"""The extractors, by `variant % 20` (`variant // 20` changes the flavour of the page beneath):

0 trafilatura as MEASURED.md has it: course, definition, congratulation, the parts; "- " bullets,
single line breaks; taglines, term line, "Definition" and footer lost. 1 the same without bullets:
questions and answers in turn. 14 as 0, "from class:" above the course, footer kept. 15 as 1 with
taglines and "1." numbers. 16 as 0, CRLF, "•" bullets.
2 real trafilatura over form a in an article element. 3 resiliparse over div soup 0, 17 over div
soup 8: numbers on lines of their own, labels kept. 4 html2text without links and emphasis,
unwrapped, over form a, 5 wrapped, over c, 19 over a with emphasis. 6 resiliparse without bullets
over a, 7 with them over c (a related term and its definition are two lines).
8 `get_text("\\n", strip=True)` over a (inline elements on lines of their own: "congrats on … of",
the term, ". now let's …"), 9 over c (title and shell first; the count alone), 18 over div soup 2.
10 lynx -dump: numbered links, buttons, references. 11 w3m -dump. 12 a browser's innerText, 13 the
same with single line breaks only.
"""


def render(truth: Truth, *, variant: int) -> bytes:
    """Return one extractor's text; see the module's table in `VARIANTS`.

    Where a real tool loses a field for good (trafilatura drops short paragraphs), an emulation of
    trafilatura stands in: with bullets for even variants, without for odd ones.
    """
    page = _page(truth, variant)
    if page is None or lost({**truth, "notices": []}, page) or not _evidence(truth, page):
        page = bare(truth) if variant % 2 else trafila(truth)
    return page.encode()


def expected(truth: Truth, *, variant: int) -> Truth:
    """Return `truth` with the notices that the page still holds."""
    page = squash(render(truth, variant=variant).decode())
    return {**truth, "notices": [one for one in truth["notices"] if squash(one) in page]}


def name(variant: int) -> str:
    """Return the file name."""
    return f"extracted-{variant}.txt"


def _evidence(truth: Truth, page: str) -> bool:
    """Return whether two pieces of evidence name the term, and the course has a line."""
    flat = squash(page)
    term = squash(truth["term"])
    places = (f"definitionof{term}.", f'"{term}"also', f"“{term}”also")
    seen = sum(place in flat for place in places)
    lines = [squash(line.lstrip("# ")) for line in page.splitlines()]
    alone = term in lines
    header = alone and "fromclass:" in lines
    return seen + alone + header > 1 and squash(truth["course"]) in lines


def _page(truth: Truth, variant: int) -> str | None:
    rng = dice(GENERATION, variant, truth)
    emulations: dict[int, Callable[[], str]] = {
        1: lambda: bare(truth),
        10: lambda: browser(truth, "lynx"),
        11: lambda: browser(truth, "w3m"),
        12: lambda: inner_text(truth, blank=True),
        13: lambda: inner_text(truth, blank=False),
        14: lambda: trafila(truth, class_line=True, footer=True),
        15: lambda: bare(truth, numbers=True, footer=rng.random() < 0.5),
        16: lambda: trafila(truth, bullet="•").replace("\n", "\r\n"),
    }
    if variant % VARIANTS in emulations:
        return emulations[variant % VARIANTS]()
    if variant % VARIANTS == 0:
        return trafila(truth)
    return _tool(truth, variant % VARIANTS, variant // VARIANTS % 3)


def _tool(truth: Truth, variant: int, flavour: int) -> str | None:
    a, c = form_a(truth, flavour), form_c(truth, flavour)
    article = a.replace("<body>", "<body><article>").replace("<footer>", "</article><footer>")
    article = article.replace(f"<button>{CTA}</button>", "")
    tools: dict[int, Callable[[], str | None]] = {
        2: lambda: trafilatura.extract(article),
        3: lambda: extract_plain_text(_div_page(truth, 0)),
        4: lambda: _html2text(a, width=0),
        5: lambda: _html2text(c, width=78),
        6: lambda: extract_plain_text(a, list_bullets=False),
        7: lambda: extract_plain_text(c, alt_texts=False),
        8: lambda: BeautifulSoup(a, "lxml").body.get_text("\n", strip=True),  # type: ignore[union-attr]
        9: lambda: _lines(c),
        17: lambda: extract_plain_text(_div_page(truth, 8)),
        18: lambda: _lines(_div_page(truth, 2)),
        19: lambda: _html2text(a, width=0, emphasis=True),
    }
    return tools[variant]()


def _html2text(page: str, *, width: int, emphasis: bool = False) -> str:
    tool = html2text.HTML2Text(bodywidth=width)
    tool.ignore_links, tool.ignore_emphasis, tool.unicode_snob = True, not emphasis, True
    tool.ignore_images = True
    return tool.handle(page)


def _div_page(truth: Truth, variant: int) -> str:
    return render_divsoup.render(truth, variant=variant).decode()


def _lines(page: str) -> str:
    soup = BeautifulSoup(page, "lxml")
    for node in soup(["script", "svg", "style", "noscript"]):
        node.decompose()
    return re.sub(r"\n+", "\n", soup.get_text("\n", strip=True))
