"""The ledger holds a page's visible text, no more and no less, whatever the page is made of.

The pages are generated: trees of elements (known and unknown headings, lists, tables, hidden parts, damaged nesting),
so that the test knows each visible word without reading the page as the reader does.
"""

from collections import Counter
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import Settings
from pipeline.layouts import Ledger, Origin, Shortfall, extract
from pipeline.pages import RawPage
from pipeline.stages.page.parse import parse_page, read_page

SETTINGS = Settings()
FURNITURE = (
    "Definition",
    "3 Must Know Facts For Your Next Test",
    "Review Questions",
    "Related terms",
    "from class:",
    "“osmosis” also found in:",
    "Subjects (2)",
    "congrats on reading the definition of osmosis. now let's actually learn it.",
    "study guides for every class",
    "Key Terms to Review (2)",
    "© 2024 Somebody. All rights reserved.",
    "We use cookies to improve your experience.",
    "Home > Key Terms > osmosis",
    "term: its definition",
    "Q: Why?",
    "Answer:",
    "osmosis",
    "2",
)
# Letters, digits and punctuation of any script. Left out: what is a printed list sign rather than a word, what may
# begin a formula, and what is not seen at all.
SIGNS = st.characters(
    categories=("L", "N", "P", "Sc", "Sm"),
    exclude_characters="•‣◦▪▫●○■□∙·➢➤►▸⁃✓✔*+–—-$\\^_{}<>=",
    codec="utf-8",
)
words = st.builds("w{}".format, st.text(SIGNS, max_size=6))
texts = st.one_of(
    st.lists(words, min_size=1, max_size=6).map(" ".join),
    st.sampled_from(FURNITURE),
)


@dataclass(frozen=True)
class Part:
    """A piece of HTML and the words that a reader sees in it."""

    html: str
    seen: str = ""

    @classmethod
    def joined(cls, parts: list["Part"]) -> "Part":
        return cls("".join(part.html for part in parts), "".join(part.seen for part in parts))


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def wrapped(start: str, part: Part, end: str) -> Part:
    return Part(f"{start}{part.html}{end}", part.seen)


INLINE = ("b", "i", "em", "strong", "span", "a href='/x'", "code", "sub", "sup", "u", "mark", "font color=red", "label")
BLOCKS = (
    "div", "p", "section", "article", "main", "header", "footer", "nav", "aside", "h1", "h2", "h3", "h6", "ul", "ol",
    "li", "dl", "dt", "dd", "blockquote", "details", "summary", "button", "center", "pre", "figure", "form", "x-card",
    "div role=heading aria-level=2", "div role=dialog", "div hidden", "p aria-hidden=true", "div style='display: none'",
    "div class='css-1x'", "li value=3",
)  # fmt: skip
# What a browser shows nothing of, with words that must not turn up.
UNSEEN = (
    "<script>var secret = '</p>';</script>",
    "<style>.secret > p {}</style>",
    "<template><p>secret</p></template>",
    "<svg><title>secret</title><path d='M0 0'/></svg>",
    "<!-- secret -->",
    '<img src="x.png" alt="secret">',
    "<input value=secret>",
    "<hr>",
    "<br>",
    "<br><br>",
    "<wbr>",
    "\n  ",
)

leaves = st.one_of(
    texts.map(lambda text: Part(f" {escaped(text)} ", text)),
    st.sampled_from(UNSEEN).map(Part),
    texts.map(lambda text: Part(f"<noscript>{escaped(text)}</noscript>", text)),
    texts.map(lambda text: Part(f"<select><option>{escaped(text)}</option></select>", text)),
    texts.map(lambda text: Part(f"<textarea>{escaped(text)}</textarea>", text)),
)


def elements(children: st.SearchStrategy[Part]) -> st.SearchStrategy[Part]:
    content = st.lists(children, max_size=4).map(Part.joined)

    def element(tag: str, part: Part, end: str) -> Part:
        name = tag.split(maxsplit=1)[0]
        return wrapped(f"<{tag}>", part, {"closed": f"</{name}>", "open": "", "wrong": f"</{name}></b></div>"}[end])

    def table(rows: list[list[Part]]) -> Part:
        cells = [[wrapped("<td>", cell, "</td>") for cell in row] for row in rows]
        return wrapped(
            "<table>", Part.joined([wrapped("<tr>", Part.joined(row), "</tr>") for row in cells]), "</table>"
        )

    def nested(items: list[Part]) -> Part:
        return wrapped("<ul>", Part.joined([wrapped("<li>", item, "") for item in items]), "</ul>")

    ends = st.sampled_from(("closed", "closed", "closed", "open", "wrong"))
    return st.one_of(
        st.builds(element, st.sampled_from(BLOCKS), content, ends),
        st.builds(element, st.sampled_from(INLINE), content, st.just("closed")),
        st.lists(st.lists(children, max_size=3), max_size=3).map(table),
        st.lists(children, max_size=4).map(nested),
        st.builds(
            lambda name, part: Part(f"<h2>{escaped(name)}</h2>{part.html}", name + part.seen),
            st.sampled_from(FURNITURE),
            content,
        ),
    )


bodies = st.lists(st.recursive(leaves, elements, max_leaves=30), max_size=6).map(Part.joined)


def letters(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


def ledger_of(raw: RawPage) -> tuple[Ledger, bool]:
    """Return the full ledger of a page (`parse_page` hands on only its numbers), and whether a layout reads it."""
    found = read_page(raw, SETTINGS)
    if isinstance(found.fit, Shortfall):
        return Ledger(found.page.blocks, found.page.cuts), False
    extraction = extract(found.fit, Origin(raw.path, found.page.url, found.page.title))
    return extraction.reading.ledger, True


def check(raw: RawPage, seen: str) -> None:
    """Hold what is true of every page. That two claims overlap would raise LedgerError out of `parse_page`."""
    ledger, read = ledger_of(raw)
    pieces = list(ledger.pieces())
    assert "".join(ledger.text[start:end] for start, end, _ in pieces) == ledger.text
    assert [start for start, _, _ in pieces[1:]] == [end for _, end, _ in pieces[:-1]]
    assert letters(ledger.text) == letters(seen)
    unclaimed = "".join(ledger.text[start:end] for start, end, owner in pieces if owner is None)
    assert letters(unclaimed) == letters("".join(text for _, text in ledger.unclaimed()))
    outcome = parse_page(raw, SETTINGS)
    assert outcome.records or outcome.rejects
    assert outcome.ledger.visible in (0, len("".join(seen.split())))
    if read:
        counted = sum(outcome.ledger.fields.values()) + sum(outcome.ledger.boilerplate.values())
        assert counted + sum(letters("".join(one.text for one in outcome.ledger.unclaimed)).values()) == sum(
            letters(seen).values()
        )


@settings(max_examples=100)
@given(bodies, st.booleans())
def test_every_visible_word_of_an_html_page_is_in_the_ledger_once(body: Part, whole: bool) -> None:
    html = f"<!doctype html><html><head><title>secret</title></head><body>{body.html}</body></html>"
    check(RawPage("a/b.html", (html if whole else f"<p>{body.html}").encode(), "text/html"), body.seen)


PAGE = """<h1>osmosis</h1><p>from class:</p><h3>AP Biology</h3><h2>Definition</h2><p>Water moves.</p>{}
<h2>2 Must Know Facts For Your Next Test</h2><ol><li>{}</li><li>{}</li></ol>
<h2>Review Questions</h2><ul><li>{}<ul><li>{}</li></ul></li></ul><h2>Related terms</h2>{}
<h2>"osmosis" also found in:</h2><h3>Subjects (1)</h3><ul><li>{}</li></ul><footer>{}</footer>"""
PAGE_SEEN = (
    "osmosis from class: AP Biology Definition Water moves. 2 Must Know Facts For Your Next Test"
    " Review Questions Related terms"
    ' "osmosis" also found in: Subjects (1)'
)


@settings(max_examples=60)
@given(st.lists(st.recursive(leaves, elements, max_leaves=6), min_size=8, max_size=8))
def test_every_visible_word_of_a_key_term_page_is_in_the_ledger_once(parts: list[Part]) -> None:
    html = PAGE.format(*(part.html for part in parts))
    check(RawPage("a/b.html", html.encode(), "text/html"), PAGE_SEEN + "".join(part.seen for part in parts))


GUIDE = """<p>🧬AP Biology Unit 3 Review</p><h1>3.5 Cellular Respiration</h1>
<p>Written by Ada Lake • Last updated June 2026</p>{}<h2>Skills you'll gain in this topic:</h2><ul><li>{}</li></ul>{}
<h2>Overview</h2><p>Cells burn sugar.</p>{}<h3>Stages</h3>{}<h2>Frequently Asked Questions</h2><h3>Why?</h3><p>{}</p>
<h2>Practice Questions</h2><p>Which?</p><ol><li>{}</li><li>this</li></ol><p>Answer: B</p>
<h2>Vocabulary</h2><table><tr><td>Term</td><td>Definition</td></tr><tr><td>matrix</td><td>{}</td></tr></table>
<h2>Key Terms to Review (1)</h2><p>glycolysis: {}</p><footer>{}</footer>"""
GUIDE_SEEN = (
    "🧬AP Biology Unit 3 Review 3.5 Cellular Respiration Written by Ada Lake • Last updated June 2026"
    " Skills you'll gain in this topic: Overview Cells burn sugar. Stages Frequently Asked Questions Why?"
    " Practice Questions Which? this Answer: B Vocabulary Term Definition matrix Key Terms to Review (1) glycolysis:"
)


def test_the_two_templates_are_pages_of_the_two_kinds() -> None:
    for template, slots, kind in ((PAGE, 8, "key_term"), (GUIDE, 10, "study_guide")):
        raw = RawPage("a/b.html", template.format(*["plain words"] * slots).encode(), "text/html")
        assert [record.kind for record in parse_page(raw, SETTINGS).records] == [kind]


@settings(max_examples=60)
@given(st.lists(st.recursive(leaves, elements, max_leaves=6), min_size=10, max_size=10))
def test_every_visible_word_of_a_study_guide_is_in_the_ledger_once(parts: list[Part]) -> None:
    html = GUIDE.format(*(part.html for part in parts))
    check(RawPage("a/b.html", html.encode(), "text/html"), GUIDE_SEEN + "".join(part.seen for part in parts))


@dataclass(frozen=True)
class Line:
    """A line of a text page: indentation, a list sign or none, and the words."""

    indent: int
    sign: str
    text: str

    def __str__(self) -> str:
        return f"{' ' * self.indent}{self.sign}{' ' if self.sign else ''}{self.text}"


HEAD = [Line(0, "", text) for text in ("osmosis", "from class:", "AP Biology", "Definition", "Water moves.")]
lines = st.one_of(
    st.builds(Line, st.sampled_from((0, 2, 4)), st.sampled_from(("", "•", "1.", "◦")), texts),
    st.just(Line(0, "", "")),
)


GUIDE_HEAD = [
    Line(0, "", text)
    for text in (
        "🧬AP Biology Unit 3 Review",
        "3.5 Cellular Respiration",
        "Written by Ada Lake • Last updated June 2026",
        "Skills you'll gain in this topic:",
    )
]


@settings(max_examples=100)
@given(
    st.sampled_from(([], HEAD, GUIDE_HEAD)),
    st.lists(lines, min_size=3, max_size=25),
    st.sampled_from(("\n", "\n\n", "\r\n")),
)
def test_every_word_of_a_text_page_is_in_the_ledger_once(head: list[Line], page: list[Line], end: str) -> None:
    page = [*head, *page]
    source = end.join(map(str, page))
    check(RawPage("a/b.txt", source.encode(), "text/plain"), "".join(line.text for line in page))


ANY = st.text(st.characters(codec="utf-8"), max_size=300)
MARKUP = st.lists(
    st.one_of(
        st.sampled_from([f"<{tag}>" for tag in (*BLOCKS, *INLINE)]),
        st.sampled_from([f"</{tag.split(maxsplit=1)[0]}>" for tag in (*BLOCKS, *INLINE)]),
        st.sampled_from(UNSEEN),
        st.sampled_from(
            ["<table>", "<tr>", "<td colspan=3>", "</table>", "<math><mi>x</mi></math>", "$x$", "\\(", "<!--"]
        ),
        texts,
    ),
    max_size=60,
).map("".join)


@settings(max_examples=150)
@given(st.one_of(ANY, MARKUP), st.sampled_from(("text/html", "text/plain", "text/markdown", "application/xhtml+xml")))
def test_any_text_at_all_gives_a_record_or_a_reject(source: str, media_type: str) -> None:
    outcome = parse_page(RawPage("a/b.html", source.encode(), media_type), SETTINGS)
    assert outcome.records or outcome.rejects
    outcome.model_dump_json().encode()
