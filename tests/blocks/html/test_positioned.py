"""Pages that set each line at its place on a sheet: the lines of a paragraph are joined, and no others."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import justmytype_western_core
import pytest
from fontTools.ttLib import TTFont

from parsed_pages import codes, only_record, parse, term_html
from tests.generations.check import compare
from tests.generations.model import Truth
from tests.generations.truths import TRUTHS

FONTS = Path(justmytype_western_core.__file__).parent / "fonts" / "ofl"
PAGE = "<!DOCTYPE html><html><head><title></title></head><body>{lines}</body></html>"
Line = tuple[float, float, str, bool]  # top, left, text, bold


def widths(path: str) -> Callable[[str], float]:
    """Return what measures a text in a font, in sizes of its letters."""
    font = TTFont(FONTS / path)
    glyphs, advances, unit = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    return lambda text: sum(advances[glyphs.get(ord(letter), "space")][0] for letter in text) / unit


@dataclass
class Sheet:
    """Sets paragraphs line by line, as a converter finds them in a PDF."""

    width_of: Callable[[str], float]
    size: float
    right: float
    hanging: float
    lines: list[Line] = field(default_factory=list)
    top: float = 60

    def put(self, text: str, left: float = 80, *, bold: bool = False, gap: float = 0) -> None:
        self.top += gap
        for number, line in enumerate(self._wrapped(text, (self.right - left) / self.size)):
            self.lines.append((self.top, left + (self.hanging if number and left > 80 else 0), line, bold))
            self.top += round(1.2 * self.size)

    def _wrapped(self, text: str, width: float) -> Iterator[str]:
        line = ""
        for word in text.split():
            if line and self.width_of(f"{line} {word}") > width:
                yield line
                line = word
            else:
                line = f"{line} {word}".strip()
        yield line


def pdftohtml(line: Line) -> str:
    top, left, text, bold = line
    said = escape(text).replace(" ", "&#160;")
    style = f"position:absolute;top:{top}px;left:{left}px;white-space:nowrap"
    return f'<p style="{style}" class="ft1{bold:d}">{f"<b>{said}</b>" if bold else said}</p>\n'


def viewer(line: Line) -> str:
    top, left, text, bold = line
    said = f"<strong>{escape(text)}</strong>" if bold else escape(text)
    style = f"left: {left / 8.92:.2f}%; top: {top / 12.63:.2f}%; font-size: 13px; transform: scaleX(0.98);"
    return f'<span style="{style}" role="presentation" dir="ltr">{said}</span><br role="presentation">'


def office(line: Line) -> str:
    top, left, text, bold = line
    said = f"<b>{escape(text)}</b>" if bold else escape(text)
    return f'<div style="left:{left * 0.75:.1f}pt;top:{top * 0.75:.1f}pt;position:absolute"><span>{said}</span></div>'


def sheet_of(truth: Truth, sheet: Sheet) -> Sheet:
    sheet.put(truth["term"], bold=True)
    sheet.put(f"from class: {truth['course']}")
    sheet.put("Definition", bold=True, gap=14)
    sheet.put(truth["definition"])
    sheet.put(f"{len(truth['facts'])} Must Know Facts For Your Next Test", bold=True, gap=14)
    for number, fact in enumerate(truth["facts"], 1):
        sheet.put(f"{number}. {fact}", 100)
    sheet.put("Review Questions", bold=True, gap=14)
    for one in truth["questions"]:
        sheet.put(f"• {one['question']}", 100)
        sheet.put(f"◦ {one['answer']}", 130)
    sheet.put("Related Terms", bold=True, gap=14)
    for one in truth["related"]:
        sheet.put(f"{one['term']}: {one['definition']}")
    if truth["also_found_in"]:
        sheet.put(f"“{truth['term']}” also found in:", bold=True, gap=14)
        for title in truth["also_found_in"]:
            sheet.put(title)
    for notice in truth["notices"]:
        sheet.put(notice, gap=14)
    return sheet


@pytest.mark.parametrize("form", [pdftohtml, viewer, office])
@pytest.mark.parametrize("font", ["notoserif/NotoSerif[wdth,wght].ttf", "notosans/NotoSans[wdth,wght].ttf"])
@pytest.mark.parametrize(("size", "right", "hanging"), [(15, 700, 0), (17, 620, 16)])
def test_lines_of_a_sheet_are_read_as_the_paragraphs_that_they_were(
    form: Callable[[Line], str], font: str, size: float, right: float, hanging: float
) -> None:
    measure = widths(font)
    for truth in TRUTHS:
        sheet = sheet_of(truth, Sheet(measure, size, right, hanging))
        outcome = parse(PAGE.format(lines=f"<div>{''.join(map(form, sheet.lines))}</div>"))
        assert compare(only_record(outcome).model_dump(mode="json"), truth) == []


def test_a_sign_at_a_place_of_its_own_is_the_next_texts() -> None:
    rows = [(60, 80, "Tide", True), (80, 80, "from class: Sea", False), (110, 80, "Definition", True)]
    rows += [(130, 80, "The sea rises:", False), (150, 100, "•", False), (150, 115, "with the moon", False)]
    rows += [(170, 100, "•", False), (170, 115, "with the sun", False)]
    record = only_record(parse(PAGE.format(lines=f"<div>{''.join(map(pdftohtml, rows))}</div>")))
    assert record.definition.html == "<p>The sea rises:</p><ul><li>with the moon</li><li>with the sun</li></ul>"


def test_cards_that_have_places_stay_apart() -> None:
    card = '<div style="position:absolute;left:{left}px;top:{top}px"><h3>{head}</h3><p>{text}</p></div>'
    cards = "".join(
        card.format(left=left, top=top, head=head, text="The sea does so.")
        for left, top, head in [(0, 0, "ebb"), (300, 0, "flood"), (0, 200, "slack"), (300, 200, "neap")]
    )
    head = "<h1>Tide</h1><p>from class: Sea</p><h2>Definition</h2><p>It rises.</p><h2>Related Terms</h2>"
    record = only_record(parse(PAGE.format(lines=f"{head}<div>{cards}</div>")))
    assert [one.term.text for one in record.related_terms] == ["ebb", "flood", "slack", "neap"]


@pytest.mark.parametrize(
    "words",
    [
        ["ebb", "flood tide", "spring tide", "neap tide", "slack"],
        [
            "The moon pulls the water of the sea to its side.",
            "The sun does so too.",
            "It is far.",
            "They pull together.",
        ],
    ],
)
def test_lines_that_were_never_broken_stay_apart(words: list[str]) -> None:
    rows = [(60, 80, "Tide", True), (80, 80, "from class: Sea", False), (110, 80, "Definition", True)]
    rows += [(130, 80, "It rises.", False), (160, 80, f"{len(words)} Must Know Facts", True)]
    rows += [(180 + 20 * n, 80, word, False) for n, word in enumerate(words)]
    record = only_record(parse(PAGE.format(lines=f"<div>{''.join(map(pdftohtml, rows))}</div>")))
    assert [fact.text for fact in record.facts] == words


def test_lines_with_breaks_that_were_full_are_paragraphs() -> None:
    measure = widths("notosans/NotoSans[wdth,wght].ttf")
    read = []
    for truth in TRUTHS:
        sheet = sheet_of(truth, Sheet(measure, 17, 700, 0))
        texts = [f"<b>{escape(text)}</b>" if bold else escape(text) for _, _, text, bold in sheet.lines]
        read.append(parse(PAGE.format(lines="<br/>\n".join(texts))))
    assert [codes(outcome) for outcome in read if outcome.rejects] == [["no-layout"]]  # a term with little on its page
    for truth, outcome in zip(TRUTHS, read, strict=True):
        assert outcome.rejects or compare(only_record(outcome).model_dump(mode="json"), truth) == []


def test_lines_of_a_paragraph_with_a_place_may_have_breaks() -> None:
    place = '<p style="position:absolute;top:{}px;left:80px;white-space:nowrap">{}</p>'
    texts = ["<b>Tide</b>", "from class: Sea", "<b>Definition</b>"]
    broken = [
        "The rise and fall of the sea, twice a day on most of the",
        "coasts of the earth, less in the seas that are small and",
        "lie within the land.",
    ]
    texts.append("<br/>".join(broken))
    lines = "".join(place.format(60 + 20 * n, text) for n, text in enumerate(texts))
    record = only_record(parse(PAGE.format(lines=f"<div>{lines}</div>")))
    assert record.definition.html == " ".join(broken)


@pytest.mark.parametrize(
    "lines",
    [
        [
            "The moon pulls the water of the sea to its own side",
            "And so does the sun, which is far away",
            "As they say",
        ],
        ["ebb", "flood tide", "spring tide", "neap tide"],
        ["Ann Lee, the harbour office, Long Quay 12, Dover Road", "open from nine", "closed on Sundays"],
    ],
)
def test_breaks_of_a_verse_or_an_address_stay(lines: list[str]) -> None:
    record = only_record(parse(term_html(definition=f"<h2>Definition</h2><p>{'<br>'.join(lines)}</p>")))
    assert record.definition.html == "<br>".join(lines)
