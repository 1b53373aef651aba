"""Pages whose parts are not where others have them: boxes beside the text, one table around all, drawn headings."""

import re

from parsed_pages import finding, only_record, parse, term_html

PAGE = term_html(
    facts="<h2>2 Must Know Facts For Your Next Test</h2><ol><li>It is passive.</li><li>It is slow.</li></ol>",
    related="<h2>Related Terms</h2><p>flood: the rise</p>",
)


def test_a_sentence_in_a_box_above_the_text_is_told() -> None:
    box = "<p>The sea covers most of the earth, and this box says so.</p>"
    for begin, end in (("<aside>", "</aside>"), ('<div role="complementary">', "</div>")):
        outcome = parse(PAGE.replace("<h1>", f"{begin}{box}{end}<h1>"))
        assert only_record(outcome).definition.text == "Water crosses a membrane."
        assert "this box says so" in finding(outcome, "unclaimed-text").message


def test_menus_in_such_a_box_are_not_told() -> None:
    menu = '<aside><p><a href="https://example.org/x">All about the sea and its many shores.</a></p></aside>'
    assert not parse(PAGE.replace("<h1>", menu + "<h1>")).ledger.unclaimed


def test_a_table_around_the_page_is_no_table_of_terms() -> None:
    head, body = PAGE.split("<body>")
    inner = body.partition("</body>")[0]
    rows = f'<tr><td colspan="2">My School</td></tr><tr><td><a href="/">Home</a></td><td>{inner}</td></tr>'
    rows += '<tr><td colspan="2">Room 5</td></tr>'
    record = only_record(parse(f"{head}<body><table>{rows}</table></body></html>"))
    assert [(one.term.text, one.definition and one.definition.text) for one in record.related_terms] == [
        ("flood", "the rise")
    ]


def test_drawn_headings_are_read_by_what_they_say() -> None:
    drawn = re.sub(r"<h2>(.*?)</h2>", r'<h2><img src="h.png" alt="\1"></h2>', PAGE)
    plain, record = only_record(parse(PAGE)), only_record(parse(drawn))
    assert (record.definition, record.facts, record.questions, record.related_terms) == (
        plain.definition,
        plain.facts,
        plain.questions,
        plain.related_terms,
    )


def test_the_hint_for_a_missing_course_can_be_pasted() -> None:
    page = PAGE.replace("<p>from class:</p><h3>AP Biology</h3>", "").replace(" - (AP Biology)", "")
    (reject,) = parse(page, "ebb.html").rejects
    assert reject.code == "no-course"
    assert '\n[[defaults]]\npath = "*"\ncourse = "…"\n' in reject.hint


TEXTS = [
    ("Definition", "<p>Water crosses a membrane.</p>"),
    ("2 Must Know Facts For Your Next Test", "<ol><li>It is passive.</li><li>It is slow.</li></ol>"),
    ("Related Terms", "<p><b>flood</b>: the rise</p><p><b>ebb</b>: the fall</p>"),
]


def _page(body: str) -> str:
    return f"<html><body><h1>Osmosis</h1><p>from class:</p><h3>Biology</h3>{body}</body></html>"


def _is_right(page: str) -> None:
    outcome = parse(page)
    record = only_record(outcome)
    assert record.definition.text == "Water crosses a membrane."
    assert [fact.text for fact in record.facts] == ["It is passive.", "It is slow."]
    assert [item.term.text for item in record.related_terms] == ["flood", "ebb"]
    assert not outcome.ledger.unclaimed


def test_panels_that_buttons_in_headings_unfold_are_read() -> None:
    _is_right(_page("".join(
        f'<h2><button aria-expanded="false" aria-controls="p{n}">{head}</button></h2><div id="p{n}" hidden>{body}</div>'
        for n, (head, body) in enumerate(TEXTS)
    )))  # fmt: skip


def test_panels_that_no_heading_unfolds_stay_hidden() -> None:
    menu = '<button aria-controls="m">Menu</button><div id="m" hidden><p>All about the sea.</p></div>'
    assert "All about" not in only_record(parse(PAGE.replace("<h1>", menu + "<h1>"))).model_dump_json()


def test_tabs_head_their_panels_though_all_but_one_are_hidden() -> None:
    tabs = "".join(f'<button role="tab" aria-controls="p{n}">{head}</button>' for n, (head, _) in enumerate(TEXTS))
    panels = "".join(
        f'<div role="tabpanel" id="p{n}"{" hidden" if n else ""}>{body}</div>' for n, (_, body) in enumerate(TEXTS)
    )
    _is_right(_page(f'<div role="tablist">{tabs}</div>{panels}'))


def test_elements_of_a_site_s_own_are_boxes_where_no_words_are_beside_them() -> None:
    page = _page(
        "<x-head><h2>Definition</h2></x-head><x-text>Water <x-tip>crosses</x-tip> a membrane.</x-text>"
        "<h2>2 Must Know Facts For Your Next Test</h2><x-item>It is passive.</x-item><x-item>It is slow.</x-item>"
        "<h2>Related Terms</h2><x-word><b>flood</b>: the rise</x-word><x-word><b>ebb</b>: the fall</x-word>"
    )
    _is_right(page)


def test_bold_lines_head_what_stands_below_them_in_one_block() -> None:
    body = (
        "<br><b>Definition</b><br>Water crosses a membrane.<br><br><br><b>2 Must Know Facts For Your Next Test</b><br>"
        "1. It is passive.<br>2. It is slow.<br><br><b>Review Questions</b><br>1. How often?<br>Answer: Twice.<br><br>"
        "<br><b>Related Terms</b><br><b>flood</b>: the rise<br><b>ebb</b>: the fall<br>"
    )
    page = f"<html><body><div><b>Osmosis</b><br>from class:<br><br><b>Biology</b><br><br>{body}</div></body></html>"
    _is_right(page)
    assert [item.answer.text for item in only_record(parse(page)).questions] == ["Twice."]


def test_run_in_headings_of_a_page_with_headings_stay_in_their_paragraphs() -> None:
    page = PAGE.replace("Water crosses a membrane.", "<b>Note</b><br>Water crosses.")
    assert only_record(parse(page)).definition.html.startswith("<strong>Note</strong><br>")


def test_lines_of_pdf2htmlex_are_paragraphs() -> None:
    lines = [
        (72, 0, "Osmosis"), (72, 30, "from class:"), (72, 50, "Biology"), (72, 80, "Definition"),
        (72, 100, "The slow passage of water through a thin skin which lets water pass and"),
        (72, 114, "holds back what is dissolved in it, until both sides are of one strength and"),
        (72, 128, "nothing more moves."), (72, 160, "Related Terms"),
        (72, 180, "flood: the rise of the water along the coast which the moon brings about each"),
        (72, 194, "day, twice."), (72, 210, "ebb: the fall"),
    ]  # fmt: skip
    style = "".join(f".x{n:x}{{left:{x}px;}}.y{n:x}{{bottom:{800 - y}.5px;}}" for n, (x, y, _) in enumerate(lines))
    divs = "".join(f'<div class="t m0 x{n:x} h2 y{n:x} ff1 fs0">{text}</div>' for n, (_, _, text) in enumerate(lines))
    record = only_record(parse(f"<html><head><style>{style}</style></head><body><div>{divs}</div></body></html>"))
    assert record.definition.text.endswith("pass and holds back what is dissolved in it, until both sides are of one "
                                           "strength and nothing more moves.")  # fmt: skip
    assert [item.definition and item.definition.text for item in record.related_terms] == [
        "the rise of the water along the coast which the moon brings about each day, twice.", "the fall",
    ]  # fmt: skip
