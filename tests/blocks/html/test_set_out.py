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
