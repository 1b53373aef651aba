"""Whatever is printed rightly is found right: what readers guess wrong is compared by what the file says."""

from itertools import product
from pathlib import Path
from string import ascii_letters, digits, punctuation

import pikepdf
import pypdfium2

from guide_factories import study_guide
from pdf_documents import found_differences, with_ids, written
from pdf_factories import edition_of, key_term
from pdf_samples import picture
from pipeline.config import PdfPart, PdfSettings
from pipeline.exporters import Edition
from pipeline.records import KeyTerm, Media, StudyGuide

PARTS: tuple[PdfPart, ...] = ("handout", "answers", "flashcards")
MEDIA = {"p.png": picture(120, 120)}
SAVED = [Media(name="p.png", media_type="image/png", alt="", sha256="0" * 64, size=1)]
SHOWN, LOST = '<img src="p.png" alt="an open hand">', '<img src="" alt="a tide curve">'
FORMULA, UNDRAWN = r"\(v_0\)", r"\(\foo\)"


def edition_with(*records: KeyTerm) -> Edition:
    return with_ids(edition_of(records, media=MEDIA, jobs=1, pdf=PdfSettings(contents_from=1, school="Open School")))


def differences(folder: Path, *records: KeyTerm, parts: tuple[PdfPart, ...] = PARTS) -> list[str]:
    edition = edition_with(*records)
    return [message for part in parts for message in found_differences(written(folder, edition, part), edition)]


def copied(path: Path) -> str:
    """Return the text of a file as a reader copies it."""
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_letters_that_kerning_sets_wide_are_no_words_apart(tmp_path: Path) -> None:
    signs = [sign for sign in ascii_letters + digits + punctuation if sign not in "<>&"]
    pairs = " ".join(one + other for one, other in (*product("f\\", signs), *product(signs, "f\\")))
    faces = [f"<{tag}>{pairs}</{tag}>" for tag in ("em", "strong", "code", "sup")]
    record = key_term("Degrees of freedom (df)", pairs, facts=faces, related=[("Density (pdf)", "fVIII, (half)-life")])
    assert differences(tmp_path, record, parts=("handout",)) == []


HINDI = "समुद्र दिन में दो बार उठता है, रासायनिक पदार्थ, क्षितिज, र्कि, हिन्दी, विद्यार्थ्यांना ऱ्हस्व कृष्ण।"


def test_devanagari_is_copied_and_read_back_as_it_was_written(tmp_path: Path) -> None:
    record = key_term("विज्ञान", HINDI, questions=[("जल क्या है?", "एक पदार्थ।")], course="दिन")
    assert differences(tmp_path, record) == []
    # pdfium sees a space more between letters that stand apart; the letters are what the file says.
    text = "".join(copied(tmp_path / f"{record.course.slug}-handout.pdf").split())
    assert "".join(HINDI.split()) in text


def test_a_vowel_sign_less_or_a_word_less_of_devanagari_is_noticed(tmp_path: Path) -> None:
    path = written(tmp_path, edition_with(key_term("A", HINDI)), "handout")
    for changed in (HINDI.replace("दिन", "दन"), HINDI.replace("क्षितिज", "क्षतिज"), HINDI.replace(" दो", "")):
        assert found_differences(path, edition_with(key_term("A", changed)))


RARE = (
    "The mark \u25cc\u0301 over a letter, and \u0301 alone.",
    "x\u0304 i\u0325\u0301 j\u0302 n\u0303 o\u0304\u0301 and q\u0301.",
    "A blank braille cell is \u2800 here.",
    "辻\U000e0100 and कि, ☺\ufe0f and \ufe0fx",
    "क\u094dष क\u094d\u200dष \u0951",
    "first office ﬂight waﬄe, no\u00a0break\u202fthin\u3000wide",
    "soft\u00adhyphen zero\u200bwidth a\u200fb\u200ec",
    "Δ∆ µμ ΩΩ ⁄∕ ﹣-",
    "<pre>if f(x):\n\treturn a[f]\t# why</pre>",
    f"<sup>a word {'x' * 400} without end</sup>, H<sub>{'y' * 400}</sub>",
    "x \u200f(1+!)\u200f y, \u200f[?\u200f z",
    "שלום (דבר) مرحبا ไทย 한국어 ገበያ",
)


def test_rare_characters_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    assert (
        differences(tmp_path, key_term("Alpha", f"<p>{RARE[0]}</p>", facts=RARE), parts=("handout", "flashcards")) == []
    )


def test_ligatures_are_copied_as_the_letters_that_they_are(tmp_path: Path) -> None:
    written(tmp_path, edition_with(key_term("A", "first office waffle flow")), "handout")
    assert "first office waffle flow" in copied(tmp_path / "life-science-handout.pdf")


def guide(*words: str) -> StudyGuide:
    vocabulary = [(word, "What it means.") for word in words]
    lead = "<p>Some words.</p>" * 30
    return study_guide(f"Signs {SHOWN} {FORMULA}", lead=lead, vocabulary=vocabulary).model_copy(
        update={"media": tuple(SAVED)}
    )


def test_formulas_and_pictures_stand_in_terms_related_terms_lists_and_index(tmp_path: Path) -> None:
    pieces = [SHOWN, LOST, FORMULA, UNDRAWN]
    records = [
        key_term(f"Sign {number} {piece}", f"<p>It is {piece}.</p>", related=[(f"Speed {piece}", f"Way {piece}.")],
                 questions=[(f"What is {piece}?", piece)], facts=[piece], media=SAVED)
        for number, piece in enumerate(pieces)
    ]  # fmt: skip
    assert differences(tmp_path, *records) == []


def test_words_of_a_guide_are_found_on_their_pages_behind_pictures_that_are_lost(tmp_path: Path) -> None:
    words = guide(*(f"word {number} {LOST if number % 2 else UNDRAWN}" for number in range(40)))
    assert differences(tmp_path, words, parts=("handout",)) == []  # type: ignore[arg-type]


def rewritten(path: Path, folder: Path, old: bytes, new: bytes) -> Path:
    """Return the file with a piece of its pages' content exchanged; it must be there."""
    found = False
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            page.contents_coalesce()
            content = page.Contents.read_bytes()
            found |= old in content
            page.Contents = pdf.make_stream(content.replace(old, new))
        pdf.save(folder / path.name)
    assert found
    return folder / path.name


def test_a_text_that_is_not_that_of_its_glyphs_is_noticed(tmp_path: Path) -> None:
    edition, aside = edition_with(key_term("A", "<p>दिन</p>")), tmp_path / "aside"
    path = written(tmp_path, edition, "handout")
    aside.mkdir()
    for false in ("रु", "दिन और रात", "x"):
        honest, other = (b"<feff" + text.encode("utf-16-be").hex().encode() + b">" for text in ("दि", false))
        elsewhere = edition_with(key_term("A", f"<p>{false}न</p>"))
        assert found_differences(rewritten(path, aside, honest, other), elsewhere), false


def test_text_without_any_mark_is_noticed(tmp_path: Path) -> None:
    edition, aside = edition_with(key_term("A", "<p>Right.</p>")), tmp_path / "aside"
    path = written(tmp_path, edition, "handout")
    aside.mkdir()
    found = found_differences(rewritten(path, aside, b"/Artifact <<", b"/Span <<"), edition)
    assert any("belongs to nothing" in message for message in found)


def test_a_picture_that_is_in_the_structure_but_not_on_its_page_is_noticed(tmp_path: Path) -> None:
    edition, aside = edition_with(key_term("A", f"<p>See {SHOWN}</p>", media=SAVED)), tmp_path / "aside"
    path = written(tmp_path, edition, "handout")
    aside.mkdir()
    with pikepdf.open(path) as pdf:
        marks = [
            b"/Figure\n<</MCID %d>>" % int(kid)
            for element in pdf.objects
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Figure"
            for kid in element.K
            if isinstance(kid, int)
        ]
    for mark in marks:
        found = found_differences(rewritten(path, aside, mark, b"/Figure\n<</Lost 1>>"), edition)
        assert any("an open hand" in message for message in found)
    assert marks
