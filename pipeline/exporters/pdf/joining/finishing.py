"""The last light pass over a joined PDF: running heads, page numbers, metadata."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from pikepdf import Dictionary, Name, Pdf, String

from pipeline.exporters.pdf.joining.documents import Joined
from pipeline.exporters.pdf.joining.furniture import Line, LineSetter
from pipeline.exporters.pdf.kinds import SheetPart
from pipeline.exporters.pdf.sheet import MM, Sheet

__all__ = ["Furniture", "finish", "stamp", "write"]

_XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands at the head and foot of every page."""

    course: str
    part: SheetPart
    school: str


def stamp(joined: Joined, sheet: Sheet, furniture: Furniture, records: Sequence[tuple[str, str]]) -> None:
    """Write the running head (course, record) and the foot (school, page n of m) of every page.

    `records` are anchors and names in print order. The first page has no head: it has the title block.
    """
    setter = LineSetter(joined.pdf)
    total = len(joined.pdf.pages)
    heads = _heads(joined, total, records)
    size = min(11.0, sheet.text_pt * 0.8)
    left, right = sheet.side * MM, sheet.width_pt - sheet.side * MM
    head_y, foot_y = sheet.height_pt - sheet.top * MM * 0.58, sheet.bottom * MM * 0.5
    half = (right - left) * 0.48
    for page in range(total):
        if page:
            label = furniture.course if furniture.part == "handout" else f"{furniture.course} · answers"
            setter.add(page, Line(label, left, head_y, size, max_width=half))
            setter.add(page, Line(heads[page], right, head_y, size, right=True, max_width=half))
        setter.add(page, Line(f"Page {page + 1} of {total}", right, foot_y, size, right=True))
        setter.add(page, Line(furniture.school, left, foot_y, size, max_width=half))
    setter.write()


def _heads(joined: Joined, total: int, records: Sequence[tuple[str, str]]) -> list[str]:
    """Return for each page the record that begins first on it, or the one that goes on."""
    begins: dict[int, str] = {}
    for anchor, name in records:
        begins.setdefault(joined.places[anchor].page, name)
    # Where the record that begins last on a page begins, for the pages that it goes on over.
    last = {joined.places[anchor].page: name for anchor, name in records}
    heads = []
    going_on = ""
    ends = joined.places["index"].page if "index" in joined.places else total
    for page in range(total):
        if page >= ends:
            heads.append("Glossary index")
            continue
        heads.append(begins.get(page, going_on))
        going_on = last.get(page, going_on)
    return heads


def finish(pdf: Pdf, title: str, language: str) -> None:
    """Write title, language and the PDF/UA identifier; no date and no random id, so that bytes repeat."""
    pdf.Root.Lang = String(language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    metadata = pdf.make_stream(_XMP.format(title=escape(title), language=escape(language)).encode())
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = metadata
    pdf.docinfo["/Title"] = String(title)
    pdf.docinfo["/Producer"] = String("guidepress (WeasyPrint, pikepdf)")


def write(pdf: Pdf, target: Path) -> None:
    """Write the file, with an id that is made from its content. Raises OSError.

    By way of memory: where a disk is full, qpdf ends the process when it is to write to one of Python's files.
    """
    whole = BytesIO()
    pdf.save(whole, deterministic_id=True, force_version="1.7")
    target.write_bytes(whole.getbuffer())
