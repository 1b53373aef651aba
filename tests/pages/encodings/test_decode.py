"""Bytes to text: what the page's author saw, whatever is declared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.pages import REPAIRS, decode
from pipeline.pages.encodings.charsets import encoding_of_label

SENTENCE = "Osmosis – it’s “passive” – costs the naïve cell €0… and no café."


def html(declared: str, body: str = SENTENCE) -> str:
    return f'<html><head><meta charset="{declared}"></head><body><p>{body}</p></body></html>'


def test_a_byte_order_mark_goes_before_every_declaration():
    for codec in ("utf-8-sig", "utf-16", "utf-32"):
        got = decode(html("iso-8859-1").encode(codec), charset="windows-1251")
        assert SENTENCE in got.text
        assert not got.text.startswith("\ufeff")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_known_without_a_mark(codec):
    got = decode(html("utf-8").encode(codec))
    assert SENTENCE in got.text
    assert got.encoding == codec.replace("-le", "le").replace("-be", "be")


def test_utf16_that_was_cut_within_a_character_loses_only_that_one():
    got = decode(SENTENCE.encode("utf-16")[:-1])
    assert got.text == SENTENCE[:-1]
    assert got.repaired == ("odd-byte",)


@pytest.mark.parametrize("declared", ["iso-8859-1", "latin1", "US-ASCII", "windows-1252", "cp1252;", "'ISO_8859-1'"])
def test_latin1_means_windows_1252(declared):
    got = decode(html(declared).encode("cp1252"))
    assert SENTENCE in got.text
    assert (got.encoding, got.repaired) == ("windows-1252", ())


@pytest.mark.parametrize("declared", ["utf-8", "UTF8", "", "nonsense", "utf-16"])
def test_windows_1252_called_something_else_or_nothing_is_still_read(declared):
    got = decode(html(declared).encode("cp1252"))
    assert SENTENCE in got.text
    assert got.encoding == "windows-1252"
    assert got.repaired


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "windows-1251", "iso-8859-15", "shift_jis", "gbk"])
def test_valid_utf8_is_utf8_whatever_is_declared(declared):
    for got in (decode(html(declared).encode()), decode(html("utf-8").encode(), charset=declared)):
        assert SENTENCE in got.text
        assert (got.encoding, got.repaired) == ("utf-8", ("wrong-charset",))


def test_the_transport_goes_before_the_markup():
    page = html("iso-8859-2", "Łódź").encode("iso-8859-2")
    assert "Łódź" in decode(page).text
    assert "£ód¼" in decode(page, charset="iso-8859-1").text


def test_a_declaration_in_a_comment_or_a_script_does_not_count():
    page = (
        '<!-- <meta charset="windows-1251"> --><script>"<meta charset=koi8-r>"</script><meta charset=windows-1253><p>'
    )
    assert decode((page + "Ωμέγα").encode("cp1253")).text.endswith("Ωμέγα")


def test_a_declaration_by_http_equiv_or_xml_counts():
    for head in (
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        "<?xml version='1.0' encoding='windows-1251'?>",
    ):
        assert decode((head + "<p>Осмос").encode("cp1251")).text.endswith("Осмос")


def test_a_short_text_with_one_curly_apostrophe_of_windows_1252():
    text = "A cell does nothing here; water moves by itself. " * 6 + "That is what it’s about."
    got = decode(text.encode("cp1252"), media_type="text/plain")
    assert got.text == text


@pytest.mark.parametrize(
    "text",
    [
        "é",
        "“a”",
        "naïve",
        "CAFÉ",
        "—",
        "x ———————————— y",
        "• one\n• two\n• three",
        "50 °C ± 2",
        "£5",
        "«Été»",
        "¿Qué?",
    ],
)
def test_short_western_text_is_never_taken_for_another_script(text):
    assert decode(text.encode("cp1252"), media_type="text/plain").text == text


def test_utf8_with_a_few_bytes_of_windows_1252_keeps_both():
    data = "It’s “here” © é".encode() + b" and caf\xe9, it\x92s \x93there\x94"
    got = decode(data)
    assert got.text == "It’s “here” © é and café, it’s “there”"
    assert (got.encoding, got.repaired) == ("utf-8", ("mixed-encodings",))


def test_a_sequence_that_lost_its_end_is_one_replacement_character():
    got = decode("It’s “it” ".encode() + b"a\xe2\x80 b" + "—".encode()[:2])
    assert got.text == "It’s “it” a\ufffd b\ufffd"


def test_chinese_with_a_wounded_character_gains_no_french_letters():
    got = decode("渗透是指溶剂分子".encode() + b"\xe6\xb8" + "通过半透膜".encode())
    assert got.text == "渗透是指溶剂分子\ufffd通过半透膜"


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("cp1251", "Осмос это движение воды через мембрану."),
        ("koi8-r", "Осмос это движение воды через мембрану."),
        ("gb18030", "渗透是指溶剂分子通过半透膜的现象。"),
        ("big5", "滲透是指溶劑分子通過半透膜的現象。"),
        ("cp932", "浸透とは溶媒分子が半透膜を通る現象です。"),
        ("cp949", "삼투는 용매 분자가 반투막을 통해 이동하는 현상이다."),
        ("cp1253", "Η όσμωση είναι η κίνηση του νερού μέσω μεμβράνης."),
    ],
)
def test_undeclared_text_of_another_script_is_detected(codec, text):
    got = decode(text.encode(codec), media_type="text/plain")
    assert got.text == text
    assert got.repaired == ("guessed-charset",)


def test_a_declared_east_asian_page_with_one_broken_character_stays_what_it_is():
    page = html("gb2312", "渗透是指溶剂分子通过半透膜从低浓度溶液向高浓度溶液扩散的现象" * 4).encode("gb18030")
    at = page.index("膜".encode("gb18030"))
    got = decode(page[:at] + b"\xff" + page[at:])
    assert got.encoding == "gb18030"
    assert got.text.count("渗透是指溶剂分子") == 4


def test_c1_controls_are_windows_1252_in_disguise():
    got = decode("it\x92s \x93so\x94\x85".encode())
    assert got.text == "it’s “so”…"
    assert got.repaired == ("windows-1252-controls",)


def test_a_scrambled_sign_that_was_lost_on_the_way_does_not_keep_the_others_scrambled():
    got = decode("Itâ€™s Â« so â€\ufffd it seems.".encode())
    assert got.text == "It’s « so \ufffd it seems."
    assert got.repaired == ("scrambled-utf-8",)


@pytest.mark.parametrize("text", ["(-1/2)! = √π", "Ã’s are what it shows", "├┤a┼┐a", "NÃO", "Â"])
def test_signs_that_may_well_be_meant_are_not_taken_for_scrambled_ones(text):
    assert decode(text.encode(), media_type="text/plain").text == text


def test_nul_bytes_controls_and_line_ends():
    got = decode(b"a\0b\x07c\r\nd\re\x0cf")
    assert got.text == "abc\nd\ne\nf"
    assert got.repaired == ("control-characters", "line-ends", "nul-bytes")


def test_surrogates_are_joined_or_replaced():
    assert decode(b"x \xed\xa0\xbd\xed\xb8\x80 y").text == "x 😀 y"
    assert decode(b"x \xed\xa0\xbd y").text == "x \ufffd y"
    assert decode("Osmosis \ud800moves water".encode("utf-16-le", "surrogatepass")).text == "Osmosis \ufffdmoves water"


def test_mac_roman_apostrophes_within_words():
    assert decode("The cell doesn’t".encode("mac_roman"), media_type="text/plain").text == "The cell doesn’t"


def test_no_label_reaches_a_codec_that_is_no_charset():
    for label in ("zip", "unicode_escape", "utf-7", "idna", "rot13", "punycode", "base64", "x" * 500):
        assert encoding_of_label(label) is None


@pytest.mark.parametrize("media_type", ["text/html", "text/plain", "text/markdown"])
def test_clean_text_needs_no_repair(media_type):
    got = decode(SENTENCE.encode(), media_type=media_type)
    assert (got.text, got.encoding, got.repaired) == (SENTENCE, "utf-8", ())


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "latin-1", "gbk", "iso-2022-jp", "utf-16", "\x00;"]))
def test_any_bytes_give_text_that_can_be_written(data, charset):
    got = decode(data, charset=charset)
    got.text.encode("utf-8")
    assert set(got.repaired) <= REPAIRS.keys()
    assert not any(ord(char) < 32 and char not in "\t\n" for char in got.text)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1))
def test_utf8_comes_back_as_it_was(text):
    plain = text.lstrip("\ufeff")
    got = decode(plain.encode(), media_type="text/plain")
    # `В©` is just what becomes of `©` when it is scrambled.
    assert got.text == plain or got.repaired == ("scrambled-utf-8",)


WORDS = ["cell", "naïve", "“it”", "it’s", "—", "café’s", "fiancée——", "«Été»", "€5…", "•", "10–20", "Ñ"]
BETWEEN = " and water "


@pytest.mark.parametrize("text", ["“CAFÉ”", "the CAFÉ—", "a café——"])
def test_accents_before_quotes_and_dashes_are_valid_utf8_by_chance(text):
    assert decode(text.encode("cp1252"), charset="windows-1252", media_type="text/plain").text == text


@given(st.lists(st.sampled_from(WORDS), min_size=1), st.sampled_from([None, "utf-8", "iso-8859-1"]))
def test_windows_1252_comes_back_as_it_was(words, charset):
    text = "The cell " + BETWEEN.join(words)
    assert decode(text.encode("cp1252"), charset=charset, media_type="text/plain").text == text


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(["utf-8", "cp1252"]))))
def test_each_word_in_an_encoding_of_its_own(words):
    data = BETWEEN.encode().join([b"It\xe2\x80\x99s", *(word.encode(codec) for word, codec in words)])
    assert decode(data, media_type="text/plain").text == BETWEEN.join(["It’s", *(word for word, _ in words)])
