"""The block reader over HTML: whatever the markup, one sequence of blocks in which no visible word is missing."""

import base64
import hashlib

import pytest

from parsed_pages import finding, only_record, parse, term_html
from pipeline.blocks import Block, LineFinder, Page, Piece, frames_of, read, rich_text
from pipeline.config import Limits
from pipeline.pages import Asset, MemoryAssets, RawPage
from raw_inputs import PNG


def page_of(html: str) -> Page:
    return read(RawPage("a/b.html", html.encode(), "text/html"), limits=Limits())


def blocks_of(html: str) -> list[Block]:
    return [block for block in page_of(html).blocks if block.text]


def texts(html: str) -> list[str]:
    return [block.text for block in blocks_of(html)]


def rich(html: str) -> str:
    """Return what the body's blocks are as rich text."""
    return rich_text([Piece(block) for block in page_of(html).blocks]).html


def path_of(block: Block) -> str:
    """Return the containers of a block, outermost first, plain ones left out."""
    return "/".join(frame.tag for frame in reversed(list(frames_of(block.frame))) if frame.tag != "div")


# -- lists ----------------------------------------------------------------------------------------------------------


def test_a_nested_list_keeps_its_depth() -> None:
    html = "<ul><li>one<ul><li>inner</li></ul></li><li>two</li></ul>"
    assert [(path_of(block), block.text) for block in blocks_of(html)] == [
        ("ul/li", "one"),
        ("ul/li/ul/li", "inner"),
        ("ul/li", "two"),
    ]
    assert rich(html) == "<ul><li>one<ul><li>inner</li></ul></li><li>two</li></ul>"


def test_items_and_paragraphs_that_are_never_closed_end_where_the_next_begins() -> None:
    assert texts("<ul><li>one<li>two<li>three</ul><p>four<p>five") == ["one", "two", "three", "four", "five"]
    assert rich("<ul><li>one<li>two</ul>") == "<ul><li>one</li><li>two</li></ul>"


def test_a_list_right_within_a_list_belongs_to_the_item_before_it() -> None:
    paths = [(path_of(block), block.text) for block in blocks_of("<ul><li>one</li><ul><li>inner</li></ul></ul>")]
    assert [text for _, text in paths] == ["one", "inner"]
    assert paths[1][0].count("ul") == 2


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li>one</div><li>two</ul></li>three",
        "<b><p>one</b> two</p>three",
        "<table><tr><td>one<tr><td>two</table></table>three",
        "<li>one</li><dd>two</dd></ol>three",
        "<p>one<div>two</p></div></span>three",
    ],
)
def test_no_word_is_lost_in_tags_that_do_not_match(html: str) -> None:
    assert " ".join(texts(html)).split() == ["one", "two", "three"]


def test_numbers_of_an_ordered_list_are_no_text() -> None:
    assert texts("<ol start=7 type=a><li value=9>one<li>two</ol>") == ["one", "two"]


# -- pairs, foldings, tables ----------------------------------------------------------------------------------------


def test_terms_and_definitions_are_told_apart() -> None:
    html = "<dl><dt>term<dd>meaning<dd>another meaning<dt>next<dd>its meaning</dl>"
    assert [(path_of(block), block.text) for block in blocks_of(html)] == [
        ("dl/dt", "term"),
        ("dl/dd", "meaning"),
        ("dl/dd", "another meaning"),
        ("dl/dt", "next"),
        ("dl/dd", "its meaning"),
    ]


def test_what_is_folded_away_is_read_with_its_summary() -> None:
    summary, hidden, after = blocks_of("<details><summary>Why?</summary>Because.</details><p>after</p>")
    assert (summary.kind, summary.text) == ("summary", "Why?")
    assert (path_of(hidden), hidden.text) == ("details", "Because.")
    assert path_of(after) == ""


def test_a_table_keeps_rows_and_columns() -> None:
    html = "<table><thead><tr><th>Star<th>Distance<tbody><tr><td>Vega<td>25<tr><td><td>4</table>"
    assert rich(html) == (
        "<table><thead><tr><th>Star</th><th>Distance</th></tr></thead>"
        "<tbody><tr><td>Vega</td><td>25</td></tr><tr><td></td><td>4</td></tr></tbody></table>"
    )


def test_a_wide_cell_keeps_the_place_of_the_columns_it_takes() -> None:
    html = "<table><tr><td colspan=2>wide<td>third<tr><td>first<td>second<td>third</table>"
    rows = rich(html).split("<tr>")[1:]
    assert [row.count("<td>") for row in rows] == [3, 3]


def test_a_table_that_claims_a_million_columns_has_as_many_as_a_page_can_have() -> None:
    assert rich("<table><tr><td colspan=1000000>x<td colspan=-3>y<td colspan=²>z</table>").count("<td>") < 100


# -- what is seen ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "attribute", ["hidden", "aria-hidden=true", "style='display:none'", "style='color:red; VISIBILITY : hidden'"]
)
def test_what_is_hidden_is_read_and_marked_as_hidden(attribute: str) -> None:
    shown, hidden, after = blocks_of(f"<p>shown</p><div {attribute}><p>folded</p></div><p>after</p>")
    assert [shown.hidden, hidden.hidden, after.hidden] == [False, True, False]


@pytest.mark.parametrize(
    "html",
    [
        "<script>var a = '<p>unseen</p>';</script>",
        "<style>p::after { content: 'unseen' }</style>",
        "<template><p>unseen</p></template>",
        "<svg><title>unseen</title><path d='M0 0'/></svg>",
        "<iframe>unseen</iframe>",
        "<object data=x>unseen</object>",
        "<!-- unseen -->",
        "<canvas>unseen</canvas>",
    ],
)
def test_what_a_browser_does_not_show_is_no_text(html: str) -> None:
    page = page_of(f"<p>before</p>{html}<p>after</p>")
    assert [block.text for block in page.blocks] == ["before", "after"]
    assert page.cuts == ()


def test_text_that_is_cut_before_reading_is_handed_on_by_name() -> None:
    links = "".join(f"<a href=/{number}>Subject number {number}</a> " for number in range(30))
    page = page_of(
        f"<nav>{links}</nav><p>kept</p><noscript>Turn on JavaScript.</noscript><select><option>Choose</select>"
    )
    assert [block.text for block in page.blocks] == ["kept"]
    assert {cut.name: cut.text.split()[0] for cut in page.cuts} == {
        "navigation": "Subject",
        "noscript": "Turn",
        "form control": "Choose",
    }


def test_a_short_navigation_may_be_a_breadcrumb_and_is_left_to_the_layout() -> None:
    (block,) = blocks_of("<nav><a href=/>Home</a> › <a href=/b>AP Biology</a></nav>")
    assert (block.region, block.text) == ("nav", "Home › AP Biology")


@pytest.mark.parametrize("element", ["<noscript><p>Turn it on</noscript>", "<video src=a.mp4>", "<object data=a>"])
def test_an_element_that_is_never_closed_does_not_take_the_page_with_it(element: str) -> None:
    page = term_html(term=f"<div>{element}</div><h1>osmosis</h1>")
    assert only_record(parse(page)).definition.text == "Water crosses a membrane."


# -- headings, inline marks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "level"),
    [("<h3>Facts</h3>", 3), ("<div role=heading aria-level=4>Facts</div>", 4), ("<p role=heading>Facts</p>", 2)],
)
def test_a_heading_is_one_by_tag_or_role(html: str, level: int) -> None:
    (block,) = blocks_of(html)
    assert (block.kind, block.level) == ("heading", level)


def test_emphasis_code_scripts_and_links_are_kept_and_other_marks_fall_away() -> None:
    html = (
        "<p>H<sub>2</sub>O, x<sup>2</sup>, <i>in vivo</i>, <b>bold</b>, <code>a[i]</code>, <kbd>Esc</kbd>, "
        '<font color=red>red</font>, <a href="https://e.example/x">link</a>, <a href="#here">here</a></p>'
    )
    assert rich(html) == (
        "H<sub>2</sub>O, x<sup>2</sup>, <em>in vivo</em>, <strong>bold</strong>, <code>a[i]</code>, "
        '<code>Esc</code>, red, <a href="https://e.example/x">link</a>, here'
    )


def test_code_keeps_its_lines_and_spaces() -> None:
    assert rich("<pre><code>if x:\n    y = 1\n</code></pre>") == "<pre>if x:\n    y = 1</pre>"


def test_a_sign_of_less_than_in_text_stays_one() -> None:
    assert texts("<p>if x < 3 && y<4 then a<b</p>")[0].startswith("if x < 3 && y<4 then a")
    assert rich("<p>1 &lt; 2 &amp; 3</p>") == "1 &lt; 2 &amp; 3"


def test_white_space_is_collapsed_as_a_browser_does() -> None:
    assert texts("<p>  one\n\t two&nbsp;three <b> four</b>\u200b\xad five </p>") == ["one two three four five"]


def test_one_line_break_divides_a_line_and_two_divide_paragraphs() -> None:
    assert texts("<p>one<br>two<br><br>three</p>") == ["one\ntwo", "three"]


def test_words_in_boxes_that_touch_are_seen_apart() -> None:
    (block,) = blocks_of("<h2><span>5</span><span>Must Know Facts</span></h2>")
    assert block.spaced == "5 Must Know Facts"


@pytest.mark.parametrize("sign", ["•", "◦", "▪", "‣", "●"])
def test_list_signs_printed_into_paragraphs_make_a_list(sign: str) -> None:
    html = f"<p>{sign} one</p><p>{sign} two</p>"
    assert rich(html) == "<ul><li>one</li><li>two</li></ul>"
    assert rich(f"<p>{sign} one<br>{sign} two</p>") == "<ul><li>one</li><li>two</li></ul>"


# -- pictures -------------------------------------------------------------------------------------------------------

NAME = f"{hashlib.sha256(PNG).hexdigest()[:32]}.png"
IN_DATA = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"


def with_picture(source: str, alt: str = "a cell") -> str:
    return term_html(definition=f'<h2>Definition</h2><p>Water moves: <img src="{source}" alt="{alt}"></p>')


@pytest.mark.parametrize("source", [IN_DATA, "osmosis_files/cell.png", "https://e.example/cell.png"])
def test_a_picture_saved_with_its_page_is_kept_by_content(source: str) -> None:
    assets = MemoryAssets({source: Asset(PNG, "osmosis_files/cell.png")} if source != IN_DATA else {})
    outcome = parse(with_picture(source), assets=assets)
    record = only_record(outcome)
    assert record.definition.html == f'Water moves: <img src="{NAME}" alt="a cell">'
    assert record.definition.text == "Water moves:"
    (media,) = record.media
    assert (media.name, media.media_type, media.alt, media.size) == (NAME, "image/png", "a cell", len(PNG))
    assert outcome.media == {NAME: PNG}


def test_the_same_picture_twice_is_kept_once() -> None:
    outcome = parse(with_picture(IN_DATA).replace("</p>", f'<img src="{IN_DATA}" alt="again"></p>'))
    assert list(outcome.media) == [NAME]
    assert len(only_record(outcome).media) == 1


def test_a_remote_picture_keeps_its_address_and_alt_and_is_reported() -> None:
    outcome = parse(with_picture("https://e.example/cell.png"))
    record = only_record(outcome)
    assert 'src="https://e.example/cell.png" alt="a cell"' in record.definition.html
    assert record.media == ()
    assert "https://e.example/cell.png" in finding(outcome, "remote-picture").message


def test_a_picture_that_was_not_saved_keeps_its_alt_and_is_reported() -> None:
    outcome = parse(with_picture("osmosis_files/gone.png"))
    assert 'alt="a cell"' in only_record(outcome).definition.html
    assert "a cell" in finding(outcome, "missing-picture").message


def svg_in_data(source: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(source.encode()).decode()


def test_an_svg_picture_is_kept_under_the_name_of_its_clean_bytes() -> None:
    source = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script><path d="M0 0"/></svg>'
    clean = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'
    sha256 = hashlib.sha256(clean).hexdigest()
    in_a_file = MemoryAssets({"cell.svg": Asset(source.encode(), "cell.svg")})
    for outcome in (parse(with_picture(svg_in_data(source))), parse(with_picture("cell.svg"), assets=in_a_file)):
        (media,) = only_record(outcome).media
        assert (media.media_type, media.sha256, media.size) == ("image/svg+xml", sha256, len(clean))
        assert outcome.media == {media.name: clean}
        assert media.name == f"{sha256[:32]}.svg"


def test_an_svg_that_no_browser_draws_is_lost_and_reported() -> None:
    outcome = parse(with_picture(svg_in_data("<svg onload=alert(1)>")))
    assert (only_record(outcome).media, outcome.media) == ((), {})
    assert "a cell" in finding(outcome, "missing-picture").message


def test_an_alt_text_of_any_characters_stays_what_it_is() -> None:
    record = only_record(parse(with_picture(IN_DATA, alt="&quot;a&quot; < b & c's > d")))
    assert record.media[0].alt == '"a" < b & c\'s > d'


# -- lines ----------------------------------------------------------------------------------------------------------


def test_the_line_of_a_block_is_found_in_the_source_when_it_is_asked_for() -> None:
    source = "<html>\n<script>\nvar osmosis;\n</script>\n<h1>osmo<b>sis</b>\n</h1>\n\n<p>Water &amp;\nsalt</p>\n"
    finder = LineFinder(source, markup=True)
    assert finder.find_all(["osmosis", "Water & salt"]) == [5, 8]


def test_the_same_words_twice_are_found_each_on_its_line() -> None:
    finder = LineFinder("one\ntwo\none\n", markup=False)
    assert finder.find_all(["one", "two", "one"]) == [1, 2, 3]


def test_words_that_are_not_in_the_source_have_no_line() -> None:
    assert LineFinder("<p>one", markup=True).find("two") is None
