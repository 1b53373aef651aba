"""What was done to a file after it was written, or would be done by a defect of ours, is noticed by reading it.

The SHA-256 of what was written is not asked: this is what reading alone sees.
"""

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from pdf_documents import found_differences, sample_edition, sample_files, with_ids, written
from pdf_factories import edition_of, key_term
from pipeline.config import PdfSettings

Damage = Callable[[Pdf], Any]


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("files")
    paths = {part: folder / f"field-methods-{part}.pdf" for part in ("handout", "answers", "flashcards")}
    for part, path in paths.items():
        path.write_bytes(sample_files()[part])
    return paths


def differences(path: Path) -> list[str]:
    return found_differences(path, sample_edition())


def damaged(path: Path, folder: Path, damage: Damage) -> Path:
    with pikepdf.open(path) as pdf:
        damage(pdf)
        del pdf.trailer.ID  # else it would tell that the file was written again
        pdf.save(folder / path.name, deterministic_id=True, force_version="1.7")
    return folder / path.name


def painted(page: int, content: bytes, *, first: bool = False) -> Damage:
    def paint(pdf: Pdf) -> None:
        sheet = pdf.pages[page]
        sheet.contents_coalesce()
        sheet.contents_add(pdf.make_stream(content), prepend=first)

    return paint


def shown(pdf: Pdf, page: int, content: bytes) -> bytes:
    """Return content that shows a text in a font of the page."""
    name = next(iter(pdf.pages[page].Resources.Font.keys())).encode()
    return content.replace(b"FONT", name)


def text_across(before: bytes = b"", after: bytes = b"") -> Damage:
    def write(pdf: Pdf) -> None:
        text = before + b"q BT 0 g 1 0 0 1 100 400 Tm FONT 30 Tf <00010002000300040005> Tj ET Q" + after
        painted(1, shown(pdf, 1, text))(pdf)

    return write


def in_a_form(pdf: Pdf) -> None:
    sheet = pdf.pages[1]
    form = pdf.make_stream(shown(pdf, 1, b"BT 1 0 0 1 100 400 Tm FONT 30 Tf <000100020003> Tj ET"))
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 600, 850])
    form.Resources = sheet.Resources
    sheet.Resources = Dictionary(sheet.Resources)
    sheet.Resources.XObject = Dictionary({**sheet.Resources.get("/XObject", {}), "/Wrong": pdf.make_indirect(form)})
    painted(1, b"/Wrong Do")(pdf)


def content_replaced(page: int, old: bytes, new: bytes, count: int = 0) -> Damage:
    def change(pdf: Pdf) -> None:
        sheet = pdf.pages[page]
        sheet.contents_coalesce()
        content = sheet.Contents.read_bytes()
        assert re.search(old, content)
        sheet.Contents = pdf.make_stream(re.sub(old, new, content, count=count))

    return change


def links(pdf: Pdf) -> list[tuple[pikepdf.Page, Any]]:
    return [(page, link) for page in pdf.pages for link in page.obj.get("/Annots", ())]


def without_links(pdf: Pdf) -> None:
    for page in pdf.pages:
        if "/Annots" in page.obj:
            del page.obj.Annots


def one_link_less(pdf: Pdf) -> None:
    page, _ = links(pdf)[3]
    del page.obj.Annots[0]


def link_elsewhere(pdf: Pdf) -> None:
    link = links(pdf)[0][1]
    link.Dest = Array([pdf.pages[-1].obj, Name.XYZ, 0, 0, 0])


def links_swapped(pdf: Pdf) -> None:
    # Two that lead to different pages.
    first = links(pdf)[0][1]
    other = next(link for _, link in links(pdf) if link.Dest[0].objgen != first.Dest[0].objgen)
    first.Dest, other.Dest = other.Dest, first.Dest


def links_in_a_corner(pdf: Pdf) -> None:
    for _, link in links(pdf):
        link.Rect = Array([0, 0, 9, 9])


def script_in_a_link(pdf: Pdf) -> None:
    link = links(pdf)[0][1]
    del link.Dest
    link.A = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def address_in_a_link(pdf: Pdf) -> None:
    link = links(pdf)[0][1]
    del link.Dest
    link.A = Dictionary(S=Name.URI, URI=String("https://elsewhere.example/"))


def attached(pdf: Pdf) -> None:
    pdf.attachments["x.txt"] = b"x"


def opened_by_script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def titled(pdf: Pdf) -> None:
    pdf.docinfo["/Title"] = String("Another")


def said_by_another(pdf: Pdf) -> None:
    pdf.Root.Metadata = pdf.make_stream(pdf.Root.Metadata.read_bytes().replace(b"Field Methods", b"Field Mathods"))


def in_another_language(pdf: Pdf) -> None:
    pdf.Root.Lang = String("de")


def turned(page: int) -> Damage:
    return lambda pdf: pdf.pages[page].rotate(180, relative=True)


def moved(pdf: Pdf) -> None:
    pdf.pages[1].MediaBox = Array([100, 100, 695, 942])


def cropped(pdf: Pdf) -> None:
    pdf.pages[1].obj.CropBox = Array([0, 0, 300, 300])


def page_more(pdf: Pdf) -> None:
    pdf.add_blank_page(page_size=(595.275591, 841.889764))


def pages_shifted(matrix: bytes, first: int) -> Damage:
    def shift(pdf: Pdf) -> None:
        for page in list(pdf.pages)[first:-2:2]:
            page.contents_coalesce()
            page.contents_add(pdf.make_stream(b"q " + matrix + b" cm"), prepend=True)
            page.contents_add(pdf.make_stream(b"Q"))

    return shift


def picture_blackened(pdf: Pdf) -> None:
    image = next(one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image")
    image.write(bytes(len(image.read_bytes())))


def fonts_swapped(pdf: Pdf) -> None:
    owners = [one for one in pdf.objects if isinstance(one, Dictionary) and "/FontFile2" in one]
    owners[0].FontFile2, owners[1].FontFile2 = owners[1].FontFile2, owners[0].FontFile2


def headings_as_paragraphs(pdf: Pdf) -> None:
    for one in pdf.objects:
        if isinstance(one, Dictionary) and re.fullmatch(r"/H\d?", str(one.get("/S", ""))):
            one.S = Name.P


WHOLE = b"0 0 595 842 re f"
OF_SHEETS: dict[str, Damage] = {
    "a white rectangle over a page": painted(1, b"q 1 g " + WHOLE + b" Q"),
    "a black rectangle over a text": painted(1, b"q 0 g 60 600 400 200 re f Q"),
    "a shape over a text": painted(1, b"q 0 g 0 0 m 595 0 l 595 842 l 0 842 l h f Q"),
    "a text across a page": text_across(),
    "a text across a page, marked as an artifact": text_across(b"/Artifact BMC ", b" EMC"),
    "a text in a form": in_a_form,
    "text that is not painted": painted(1, b"3 Tr\n", first=True),
    "white text": content_replaced(1, rb"(?m)^0(?:\.\d+)? 0(?:\.\d+)? 0(?:\.\d+)? rg$", b"1 1 1 rg"),
    "no links": without_links,
    "a link less": one_link_less,
    "a link that leads elsewhere": link_elsewhere,
    "two links swapped": links_swapped,
    "links in a corner": links_in_a_corner,
    "a script in a link": script_in_a_link,
    "an address in a link": address_in_a_link,
    "a picture blackened": picture_blackened,
    "headings as paragraphs": headings_as_paragraphs,
}
OF_ALL: dict[str, Damage] = {
    "a file within": attached,
    "a script at opening": opened_by_script,
    "another title": titled,
    "other metadata": said_by_another,
    "another language": in_another_language,
    "a page turned": turned(1),
    "a page moved": moved,
    "a page cropped": cropped,
    "a page more": page_more,
    "fonts swapped": fonts_swapped,
}
OF_CARDS: dict[str, Damage] = {
    "backs turned": turned(1),
    "backs shifted": pages_shifted(b"1 0 0 1 56.7 0", 1),
    "fronts scaled": pages_shifted(b".9 0 0 .9 0 0", 0),
    "fronts upside down": pages_shifted(b"-1 0 0 -1 595.28 841.89", 0),
    "a white rectangle over the fronts": painted(0, b"q 1 g " + WHOLE + b" Q"),
    "a text across a sheet": text_across(),
}


def test_a_file_that_was_only_saved_the_same_way_again_is_right(parts: dict[str, Path], tmp_path: Path) -> None:
    for path in parts.values():
        assert differences(damaged(path, tmp_path, lambda _pdf: None)) == []


def test_a_file_that_another_program_wrote_is_noticed(parts: dict[str, Path], tmp_path: Path) -> None:
    with pikepdf.open(parts["handout"]) as pdf:
        pdf.save(tmp_path / parts["handout"].name)
    assert differences(tmp_path / parts["handout"].name)


@pytest.mark.parametrize("flip", ["long-edge", "short-edge"])
def test_backs_that_are_to_be_turned_and_shifted_are_where_they_belong(flip: str, tmp_path: Path) -> None:
    settings = PdfSettings(flip=flip, back_offset_mm=(1.5, -2.0), paper="Letter")  # type: ignore[arg-type]
    edition = with_ids(edition_of([key_term("Alpha"), key_term("Beta")], pdf=settings, jobs=1))
    path = written(tmp_path, edition, "flashcards")
    assert found_differences(path, edition) == []
    (tmp_path / "shifted").mkdir()
    assert found_differences(damaged(path, tmp_path / "shifted", pages_shifted(b"1 0 0 1 9 0", 1)), edition)


@pytest.mark.parametrize("name", [*OF_SHEETS, *OF_ALL])
def test_what_is_done_to_a_handout_is_noticed(name: str, parts: dict[str, Path], tmp_path: Path) -> None:
    assert differences(damaged(parts["handout"], tmp_path, (OF_SHEETS | OF_ALL)[name]))


@pytest.mark.parametrize("name", [*OF_CARDS, *OF_ALL])
def test_what_is_done_to_flashcards_is_noticed(name: str, parts: dict[str, Path], tmp_path: Path) -> None:
    assert differences(damaged(parts["flashcards"], tmp_path, (OF_CARDS | OF_ALL)[name]))


def test_of_a_hundred_damages_of_bytes_ninety_are_noticed(parts: dict[str, Path], tmp_path: Path) -> None:
    missed = []
    for seed in range(100):
        rng = random.Random(seed)
        path = rng.choice(list(parts.values()))
        data = bytearray(path.read_bytes())
        at, size = rng.randrange(len(data)), rng.choice([1, 1, 4, 64])
        how = rng.choice(["flip", "cut", "swap", "insert", "delete"])
        if how == "flip":
            data[at] ^= 1 << rng.randrange(8)
        elif how == "cut":
            del data[at:]
        elif how == "swap":
            other = rng.randrange(len(data) - size)
            data[at : at + size], data[other : other + size] = data[other : other + size], data[at : at + size]
        elif how == "insert":
            data[at:at] = rng.randbytes(size)
        else:
            del data[at : at + size]
        (tmp_path / path.name).write_bytes(data)
        if not differences(tmp_path / path.name):
            missed.append((seed, how, at, path.name))
    assert len(missed) <= 10, missed
