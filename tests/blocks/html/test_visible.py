"""What a browser shows is read, wherever a page keeps it: shadow trees, late pictures, text that is not read aloud."""

import base64

import pytest

from parsed_pages import finding, only_record, parse, term_html
from pipeline.blocks import Page, Piece, read, rich_text
from pipeline.config import Limits
from pipeline.pages import RawPage
from pipeline.records import RichText
from raw_inputs import PNG

IN_DATA = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"


def page_of(html: str) -> Page:
    return read(RawPage("a/b.html", html.encode(), "text/html"), limits=Limits())


def texts(html: str) -> list[str]:
    """Return the texts of a page's blocks, without what is hidden."""
    return [block.text for block in page_of(html).blocks if block.text and not block.hidden]


def rich(html: str) -> str:
    return rich_text([Piece(block) for block in page_of(html).blocks if not block.hidden]).html


def cuts(html: str) -> dict[str, str]:
    return {cut.name: cut.text for cut in page_of(html).cuts}


# -- tables ---------------------------------------------------------------------------------------------------------


def rows(html: str) -> list[list[str]]:
    """Return the cells of a table's rows, by their text."""
    lines = rich(html).split("<tr>")[1:]
    return [[cell.split(">")[-1] for cell in line.replace("</th>", "</td>").split("</td>")[:-1]] for line in lines]


@pytest.mark.parametrize(
    ("table", "seen"),
    [
        pytest.param(
            "<tr><th rowspan=2>Element<th colspan=2>Mass<tr><th>mean<th>error<tr><td>iron<td>55.8<td>0.1",
            [["Element", "Mass", ""], ["", "mean", "error"], ["iron", "55.8", "0.1"]],
            id="a head of two rows",
        ),
        pytest.param(
            "<tr><td>a<td rowspan=2>b<td>c<tr><td>d<td>e<tr><td>f<td>g<td>h",
            [["a", "b", "c"], ["d", "", "e"], ["f", "g", "h"]],
            id="in the middle",
        ),
        pytest.param(
            "<tr><td>a<td rowspan=3>b<tr><td>c<tr><td>d",
            [["a", "b"], ["c", ""], ["d", ""]],
            id="at the end of three rows",
        ),
        pytest.param(
            "<tr><td rowspan=2 colspan=2>a<td>b<tr><td>c<tr><td>d<td>e<td>f",
            [["a", "", "b"], ["", "", "c"], ["d", "e", "f"]],
            id="down and across",
        ),
        pytest.param(
            "<tbody><tr><td rowspan=0>a<td>b<tr><td>c</tbody><tbody><tr><td>d<td>e",
            [["a", "b"], ["", "c"], ["d", "e"]],
            id="to the end of its group",
        ),
        pytest.param(
            "<tr><td rowspan=many>a<td rowspan=-2>b<tr><td rowspan=99999999999>c<td>d<tr><td>e",
            [["a", "b"], ["c", "d"], ["", "e"]],
            id="by no number, and by one that is too high",
        ),
    ],
)
def test_a_tall_cell_keeps_the_place_of_the_rows_it_takes(table: str, seen: list[list[str]]) -> None:
    assert rows(f"<table>{table}</table>") == seen


def test_a_tall_cell_reaches_into_no_table_within_its_own() -> None:
    within = "<table><tr><td>x<td>y<tr><td>z<td>w</table>"
    html = f"<table><tr><td rowspan=2>a<td>b<tr><td>{within}<tr><td>c<td>d</table>"
    assert rich(html) == (
        "<table><tbody><tr><td>a</td><td>b</td></tr><tr><td></td><td><table><tbody><tr><td>x</td><td>y</td></tr>"
        "<tr><td>z</td><td>w</td></tr></tbody></table></td></tr><tr><td>c</td><td>d</td></tr></tbody></table>"
    )


def test_a_vocabulary_table_with_one_term_over_two_rows_keeps_columns() -> None:
    html = "<table><thead><tr><th>Term<th>Meaning<tbody><tr><td rowspan=2>tide<td>a rise<tr><td>a fall</table>"
    assert rows(html)[1:] == [["tide", "a rise"], ["", "a fall"]]


# -- text that is not read aloud ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ("<p>The <span aria-hidden=true>moon</span> pulls.</p>", ["The moon pulls."]),
        ("<p><b>The</b> <span aria-hidden=true>moon</span></p>", ["The moon"]),
        ("<p>The <em><span aria-hidden=true>moon</span></em> pulls.</p>", ["The moon pulls."]),
        ("<li>Gas costs <span aria-hidden=true>5</span>.</li>", ["Gas costs 5."]),
        ("<h2 aria-label=Tides><span aria-hidden=true>Ti</span><span aria-hidden=true>des</span></h2>", ["Tides"]),
    ],
)
def test_text_within_a_sentence_that_is_not_read_aloud_is_its_text(html: str, seen: list[str]) -> None:
    assert texts(html) == seen


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ("<p>The <span aria-hidden=true>moon</span><span class=sr-only>moon</span> pulls.</p>", "The moon pulls."),
        ("<p>It <i>is</i> <b>big</b><b aria-hidden=true>Big</b> now.</p>", "It is big now."),
        ("<p>See <i class=material-icons aria-hidden=true>expand_more</i> below.</p>", "See below."),
        ("<p>See <i class='fa fa-star' aria-hidden=true>star</i> below.</p>", "See below."),
        ("<p>Open <span hidden>shut</span> doors.</p>", "Open doors."),
        ("<p>Open <span aria-hidden=true style='display: none'>shut</span> doors.</p>", "Open doors."),
    ],
)
def test_what_is_hidden_within_a_sentence_is_kept_aside_and_does_not_divide_it(html: str, seen: str) -> None:
    assert texts(html) == [seen]
    assert [block.text for block in page_of(html).blocks if block.hidden] != []


def test_what_stands_alone_and_is_not_read_aloud_is_hidden() -> None:
    assert texts("<p><span aria-hidden=true>chevron</span></p><p>after</p>") == ["after"]


@pytest.mark.parametrize("dialog", ["<div role=dialog>Cookies?</div>", ""])
def test_a_page_that_is_not_read_aloud_while_a_dialog_is_open_is_read(dialog: str) -> None:
    page = (
        term_html()
        .replace("<body>", "<body><div id=root aria-hidden=true>")
        .replace("</body>", f"</div>{dialog}</body>")
    )
    assert only_record(parse(page)).definition.text == "Water crosses a membrane."


def test_a_decoy_that_is_not_shown_stays_hidden_though_it_holds_a_title() -> None:
    assert texts("<div aria-hidden=true hidden><h1>decoy</h1></div><h1>osmosis</h1>") == ["osmosis"]


def test_text_that_a_drawing_shows_is_cut_by_name() -> None:
    drawing = "<svg><text>low</text><foreignObject><p>high <b>tide</b></p></foreignObject></svg>"
    assert cuts(f"<p>kept</p>{drawing}") == {"drawing": "low high tide"}


# -- formulas that are only drawn -----------------------------------------------------------------------------------


def drawn(*pieces: str) -> str:
    """Return a formula as KaTeX draws it, without the MathML that it writes by default."""
    return (
        '<span class="katex"><span class="katex-html" aria-hidden="true"><span class="base">'
        f"{''.join(pieces)}</span></span></span>"
    )


def letter(sign: str) -> str:
    return f'<span class="mord mathnormal">{sign}</span>'


def stack(*pieces: str, below: bool = False) -> str:
    """Return pieces as KaTeX stacks them, the lowest first; one that reaches below the line has a row more."""
    rest = '<span class="vlist-r"><span class="vlist"><span></span></span></span>' if below else ""
    return (
        f'<span class="vlist-t{" vlist-t2" if below else ""}"><span class="vlist-r"><span class="vlist">'
        f"{''.join(f'<span>{piece}</span>' for piece in pieces)}</span></span>{rest}</span>"
    )


def script(*pieces: str, below: bool = False) -> str:
    return f'<span class="msupsub">{stack(*pieces, below=below)}</span>'


@pytest.mark.parametrize(
    ("formula", "seen"),
    [
        (drawn(letter("m"), letter("c"), script("2")), "mc<sup>2</sup>"),
        (drawn(letter("v"), script("0", below=True)), "v<sub>0</sub>"),
        (drawn(letter("x"), script("i", "2", below=True)), "x<sub>i</sub><sup>2</sup>"),
        (drawn(letter("x"), script(letter("y") + script("2"))), "x<sup>y2</sup>"),
    ],
)
def test_a_formula_that_is_only_drawn_keeps_its_signs_and_scripts(formula: str, seen: str) -> None:
    page = page_of(f"<p>So {formula} is it.</p>")
    assert rich(f"<p>So {formula} is it.</p>") == f"So {seen} is it."
    assert page.remarks == ()


def test_a_fraction_that_is_only_drawn_keeps_its_signs_and_is_reported() -> None:
    outcome = parse(term_html(definition=f"<h2>Definition</h2><p>It is {drawn(stack('2', letter('a')))} wide.</p>"))
    assert only_record(outcome).definition.text == "It is 2a wide."
    assert "'2a'" in finding(outcome, "formula-without-source").message


@pytest.mark.parametrize(
    "formula",
    [
        '<mjx-container jax="CHTML"><mjx-math aria-hidden="true"><mjx-mi><mjx-c class="mjx-c1D465"></mjx-c></mjx-mi>'
        "</mjx-math></mjx-container>",
        '<mjx-container jax="SVG"><svg viewBox="0 0 9 9"><path d="M0 0"/></svg></mjx-container>',
        '<span class="MathJax_SVG"><svg><path d="M0 0"/></svg></span>',
        '<span class="MathJax_CHTML"><span class="MathJax"></span></span>',
    ],
)
def test_a_formula_drawn_without_a_letter_is_reported_once_and_does_not_divide_its_sentence(formula: str) -> None:
    outcome = parse(term_html(definition=f"<h2>Definition</h2><p>Where {formula} is the way.</p>"))
    assert only_record(outcome).definition.html == "Where is the way."
    assert "without a letter" in finding(outcome, "formula-without-source").message


# -- shadow trees ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "declaration", ["shadowrootmode=open", "shadowrootmode=closed", "shadowmode=open", "shadowroot"]
)
def test_a_shadow_tree_is_read_where_its_host_stands(declaration: str) -> None:
    html = f"<p>one</p><x-box><template {declaration}><style>p {{}}</style><p>two</p></template></x-box><p>three</p>"
    assert texts(html) == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ("<x-b><template shadowrootmode=open>Box: <slot></slot>!</template>tide</x-b>", ["Box: tide!"]),
        ("<x-b><template shadowrootmode=open>Box: <slot>empty</slot></template></x-b>", ["Box: empty"]),
        ("<x-b><template shadowrootmode=open>Box: <slot>empty</slot></template> full</x-b>", ["Box: full"]),
        (
            "<x-b><p slot=b>second</p><p slot=a>first</p><template shadowrootmode=open>"
            "<slot name=a></slot><slot name=b></slot></template></x-b>",
            ["first", "second"],
        ),
        (
            "<x-o><template shadowrootmode=open><p>outer</p><x-i><template shadowrootmode=open><p>inner</p>"
            "<slot></slot></template><slot></slot></x-i></template><p>mine</p></x-o>",
            ["outer", "inner", "mine"],
        ),
        (
            "<x-o><template shadowrootmode=open><x-i><template shadowrootmode=open>In: <slot name=z></slot>"
            "</template><slot name=y slot=z></slot></x-i></template><i slot=y>mine</i></x-o>",
            ["In: mine"],
        ),
        (
            "<x-b><template shadowrootmode=open>first <slot></slot></template>"
            "<template shadowrootmode=open>second</template>mine</x-b>",
            ["first mine"],
        ),
    ],
)
def test_slots_hold_what_their_host_has_for_them(html: str, seen: list[str]) -> None:
    assert texts(html) == seen


def test_what_a_shadow_tree_has_no_slot_for_is_not_shown_and_is_cut_by_name() -> None:
    html = (
        "<p>kept</p><x-b><template shadowrootmode=open>shown</template>unseen "
        "<x-c><template shadowrootmode=open>too</template></x-c></x-b>"
    )
    assert texts(html) == ["kept", "shown"]
    assert cuts(html) == {"without a slot": "unseen too"}


def test_facts_within_a_component_are_the_page_s_facts() -> None:
    facts = "<h2>2 Must Know Facts</h2><ol><li>The moon pulls.</li><li>So does the sun.</li></ol>"
    outcome = parse(term_html(facts=f"<x-facts><template shadowrootmode=open>{facts}</template></x-facts>"))
    assert [fact.text for fact in only_record(outcome).facts] == ["The moon pulls.", "So does the sun."]


def test_a_page_within_a_frame_is_cut_by_name_and_reported() -> None:
    outcome = parse(term_html(related='<iframe srcdoc="<style>p {}</style><p>Tide &amp;lt; ebb</p>"></iframe>'))
    assert outcome.ledger.boilerplate["frame"] == len("Tide<ebb")
    assert "'Tide < ebb'" in finding(outcome, "frame").message


# -- pictures -------------------------------------------------------------------------------------------------------

REMOTE = "https://acme.example/tide.png"
BLANK = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
BLANK_SVG = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 3 2'%3E%3C/svg%3E"


@pytest.mark.parametrize(
    "picture",
    [
        f'<img srcset="{REMOTE} 1x" alt="tide">',
        f'<img srcset="small.png 300w, {REMOTE} 1200w,mid.png 600w" alt="tide">',
        f'<img srcset="small.png, {REMOTE} 2x" alt="tide">',
        f'<img data-srcset="{REMOTE}" src="{BLANK}" alt="tide">',
        f'<img data-src="{REMOTE}" src="{BLANK_SVG}" alt="tide">',
        f'<picture><source srcset="{REMOTE} 2x"><img alt="tide"></picture>',
        f'<noscript><img src="{REMOTE}" alt="tide"></noscript>',
        f'<img alt="tide" width="600"><noscript><img src="{REMOTE}" alt="tide"></noscript>',
        f'<img src="{BLANK}" alt="tide"><noscript><img src="{REMOTE}" alt="tide"></noscript>',
        f'<span><img src="{BLANK_SVG}" alt="tide"></span> <noscript><img src="{REMOTE}" alt="tide"></noscript>',
        f'<noscript><img src="{REMOTE}" alt="tide"></noscript><img data-alt="later">',
        f'<img src="{REMOTE}" alt="tide"><noscript><img src="{REMOTE}?large" alt="tide"></noscript>',
        f'<img data-src="{REMOTE}" alt="tide"><noscript><img src="{REMOTE}?large" alt="tide"></noscript>',
    ],
)
def test_a_picture_that_is_loaded_late_is_read_once_within_its_sentence(picture: str) -> None:
    assert rich(f"<p>See {picture} here.</p>") == f'See <img src="{REMOTE}" alt="tide"> here.'


@pytest.mark.parametrize("empty", ["<wbr>", "<source>", "<track>", "<area>", "<img>", "<param>", "<embed>"])
def test_nothing_is_within_an_element_that_is_always_empty_however_many_there_are(empty: str) -> None:
    html = f'<p>So {empty * 3000}long a word <b>is <img src="{REMOTE}" alt="tide"></b></p>'
    assert rich(html) == f'So long a word <strong>is <img src="{REMOTE}" alt="tide"></strong>'


@pytest.mark.parametrize("counter", ['<img src="https://c.example/p?1">', f'<img src="{REMOTE}" width=1 alt="count">'])
def test_a_counter_of_visits_is_no_picture(counter: str) -> None:
    assert rich(f"<p>one</p><noscript>{counter}</noscript><p>two</p>") == "<p>one</p><p>two</p>"


def test_a_picture_without_an_address_keeps_its_alt_and_is_reported() -> None:
    outcome = parse(term_html(definition='<h2>Definition</h2><p>See <img alt="a tide curve"> here.</p>'))
    assert only_record(outcome).definition.html == 'See <img src="" alt="a tide curve"> here.'
    assert "a tide curve" in finding(outcome, "missing-picture").message


def test_a_picture_that_is_saved_with_its_page_is_kept_from_a_noscript_too() -> None:
    picture = f'<img alt="tide"><noscript><img src="{IN_DATA}" alt="tide"></noscript>'
    record = only_record(parse(term_html(definition=f"<h2>Definition</h2><p>Water: {picture}</p>")))
    assert [media.alt for media in record.media] == ["tide"]


# -- characters -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reference", "seen"),
    [
        ("&#7;", ""),
        ("&#x1;", ""),
        ("&#127;", ""),
        ("&#x92;", "’"),
        ("&#x9d;", ""),
        ("&#xFFFF;", "\ufffd"),
        ("&#11;", " "),
    ],
)
def test_a_control_character_written_as_a_reference_is_read_as_one_in_bytes(reference: str, seen: str) -> None:
    page = page_of(f'<title>a{reference}b</title><p>that{reference}rings <img src="a.png" alt="a{reference}b"></p>')
    (block,) = page.blocks
    assert block.text.strip() == f"that{seen}rings"
    assert block.runs[-1].alt == f"a{seen}b"
    assert page.title == f"a{seen}b"


def test_a_control_character_written_as_a_reference_in_markdown_is_no_character() -> None:
    page = read(RawPage("a.md", b"# Bell\n\nthat&#7; rings &#x92;&#127; `&#65;`\n", "text/markdown"), limits=Limits())
    assert page.blocks[1].text == "that rings ’ &#65;"


def test_no_rich_text_holds_a_control_character_wherever_it_is_from() -> None:
    assert RichText.of("<p>that&#7; rings\x01</p>").html == "<p>that rings</p>"
    assert RichText.plain("that\x07 rings").text == "that rings"


@pytest.mark.parametrize("part", ["term", "definition", "facts", "questions", "related"])
def test_no_field_holds_a_control_character(part: str) -> None:
    html = {
        "term": "<h1>os&#7;mosis</h1>",
        "definition": "<h2>Definition</h2><p>that&#7; rings</p>",
        "facts": "<h2>1 Must Know Facts</h2><ol><li>that&#7; rings</li></ol>",
        "questions": "<h2>Review Questions</h2><ul><li>Why&#7;?<ul><li>that&#7; rings</li></ul></li></ul>",
        "related": "<h2>Related terms</h2><p><b>Bell&#7;</b>: that&#7; rings</p>",
    }[part]
    record = only_record(parse(term_html(**{part: html})))
    assert "\\u0007" not in record.model_dump_json()
    assert "rings" in record.model_dump_json() or part == "term"
