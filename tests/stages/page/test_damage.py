"""Damage that a page tells of itself is undone, and said; what only looks like it stays as it is."""

from collections.abc import Sequence

import pytest

from parsed_pages import codes, finding, only_record, parse, term_html
from pipeline.records import KeyTerm
from pipeline.stages.page.outcome import ParseOutcome
from term_pages import term_page


def text_of(definition: str = "Water crosses a membrane.", facts: Sequence[str] = ("a", "b")) -> str:
    return term_page("osmosis", "AP Biology", definition, facts)


def parse_text(page: str) -> ParseOutcome:
    return parse(page, "biology/osmosis.txt")


def told(outcome: ParseOutcome) -> set[str]:
    return {found.code for found in outcome.findings}


def facts_of(record: KeyTerm) -> list[str]:
    return [fact.text for fact in record.facts]


def pairs_of(record: KeyTerm) -> list[tuple[str, str | None]]:
    return [(term.term.text, term.definition.text if term.definition else None) for term in record.related_terms]


# -- characters -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("codec", ["cp1252", "latin-1", "cp1254", "mac_roman", "cp1251", "cp437"])
def test_utf8_that_was_read_as_another_encoding_is_read_as_utf8_and_said(codec: str) -> None:
    page = text_of("It isn’t what it seems – or is it?").replace("©", "(c)")
    outcome = parse_text(page.encode().decode(codec))
    assert only_record(outcome).definition.text == "It isn’t what it seems – or is it?"
    assert "repaired" in finding(outcome, "scrambled-text").message


@pytest.mark.parametrize("word", ["château", "“â€œ” is what “ becomes", "Ã and â", "Â©é"])
def test_a_page_with_characters_of_its_own_is_left_as_it_is(word: str) -> None:
    assert only_record(parse_text(text_of(f"The {word} – no more."))).definition.text == f"The {word} – no more."


def test_a_page_of_which_only_a_part_is_scrambled_is_left_and_said() -> None:
    outcome = parse_text(text_of("It isnâ€™t “so”."))
    assert only_record(outcome).definition.text == "It isnâ€™t “so”."
    assert "left as it is" in finding(outcome, "scrambled-text").message


@pytest.mark.parametrize(
    ("written", "meant"),
    [("it&#39;s &amp; ions", "it's & ions"), ("a &lt; b &ndash; c", "a < b – c"), ("Q &amp; A", "Q & A")],
)
def test_characters_that_were_escaped_in_a_text_are_read_and_said(written: str, meant: str) -> None:
    outcome = parse_text(text_of(f"The flow {written}."))
    assert only_record(outcome).definition.text == f"The flow {meant}."
    assert told(outcome) == {"character-references"}


@pytest.mark.parametrize(
    "text",
    [
        "The entity &amp; stands for an ampersand.",
        "R&D and Q&amp;A differ.",
        "In HTML, &lt; begins a tag.",
        "a<b &lt; c",
    ],
)
def test_references_that_a_text_may_mean_are_left_and_said(text: str) -> None:
    outcome = parse_text(text_of(text))
    assert only_record(outcome).definition.text == text
    assert told(outcome) == {"doubtful-character-references"}


def test_characters_that_html_escaped_twice_are_read_once() -> None:
    outcome = parse(term_html(definition="<h2>Definition</h2><p>It isn&amp;#8217;t.</p>"))
    assert only_record(outcome).definition.text == "It isn’t."
    assert told(outcome) == {"character-references"}


def test_an_entity_of_which_html_tells_is_left() -> None:
    page = term_html(definition="<h2>Definition</h2><p>The entity &amp;amp; is HTML.</p>")
    assert only_record(parse(page)).definition.text == "The entity &amp; is HTML."


# -- markup -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["If a<b then water flows.", "x<y and y<z, so it's \\(x<z\\)", "so p <q is true", "a<b"]
)
def test_a_sign_between_letters_begins_no_tag(text: str) -> None:
    outcome = parse(with_facts(f"<ol><li>{text}</li><li>It is passive.</li></ol>"))
    assert facts_of(only_record(outcome))[0] == text
    assert "stray-sign" in told(outcome)


@pytest.mark.parametrize(
    "markup", ['<b title="x < y">bold</b>', "bold<br <b></b>", "<script>if (a<b && c<d) x()</script>bold"]
)
def test_a_tag_is_a_tag(markup: str) -> None:
    outcome = parse(with_facts(f"<ol><li>{markup}</li><li>It is passive.</li></ol>"))
    assert facts_of(only_record(outcome))[0] == "bold"
    assert "stray-sign" not in told(outcome)


@pytest.mark.parametrize("opened", ["<!-- ad slot --\n", "<!-- ad ->", "<!-- ad >\n"])
@pytest.mark.parametrize("later", ["", "<!-- end -->"])
def test_a_comment_that_has_no_end_takes_nothing_with_it(opened: str, later: str) -> None:
    page = term_html()
    outcome = parse(page.replace("<h2>2 Must", f"{opened}<h2>2 Must").replace("</body>", f"{later}</body>"))
    assert only_record(outcome).facts == only_record(parse(page)).facts
    assert finding(outcome, "unclosed-comment")


def test_markup_that_was_commented_out_stays_so() -> None:
    outcome = parse(with_facts("<ol><!-- <li>old</li> <!-- older --><li>It is passive.</li></ol>"))
    assert "old" not in facts_of(only_record(outcome))
    assert "unclosed-comment" not in told(outcome)


def test_a_comment_that_hides_the_rest_of_a_page_is_said() -> None:
    outcome = parse(term_html().replace("<h2>Review", "<!-- <div><h2>Review"))
    assert "is lost" in finding(outcome, "unclosed-comment").message


# -- numbers of facts -------------------------------------------------------------------------------------------------

SAID = ["It needs no energy.", "it stops at last.", "2 kinds are known."]


@pytest.mark.parametrize(
    "labels",
    [
        ("1 ", "2 ", "3 "),
        ("1.", "2.", "3."),
        ("1．", "2．", "3．"),
        ("a. ", "b. ", "c. "),
        ("(i) ", "(ii) ", "(iii) "),
        ("I. ", "II. ", "III. "),
        ("Fact 1: ", "Fact 2: ", "Fact 3: "),
        ("Key fact #1 – ", "Key fact #2 – ", "Key fact #3 – "),
    ],
)
@pytest.mark.parametrize("form", ["text", "paragraphs"])
def test_a_number_that_counts_facts_is_no_text_of_them(labels: Sequence[str], form: str) -> None:
    lines = [f"{label}{text}" for label, text in zip(labels, SAID, strict=True)]
    if form == "text":
        page = text_of(facts=SAID)
        for number, (text, line) in enumerate(zip(SAID, lines, strict=True), 1):
            page = page.replace(f"  {number}. {text}", line)
        record = only_record(parse_text(page))
    else:
        record = only_record(parse(with_facts("".join(f"<p>{line}</p>" for line in lines))))
    assert facts_of(record) == SAID


def with_facts(markup: str) -> str:
    return term_html(facts=f"<h2>Must Know Facts For Your Next Test</h2>{markup}")


@pytest.mark.parametrize(
    "facts",
    [
        ["1 mole is a count.", "2 moles are twice that."],
        ["1.5 percent is the rate.", "2.5 percent was it."],
        ["A. Smith wrote first.", "C. Jones wrote last."],
        ["1848 was the year.", "1849 came next."],
        ["I. Newton saw it.", "V. Woolf wrote it."],
    ],
)
def test_a_number_that_counts_nothing_stays_in_the_fact(facts: list[str]) -> None:
    assert facts_of(only_record(parse(with_facts("".join(f"<p>{fact}</p>" for fact in facts))))) == facts


@pytest.mark.parametrize(
    ("markup", "facts"),
    [
        ("<h3>Fact 1</h3><p>a</p><h3>Fact 2</h3><p>b</p>", ["a", "b"]),
        ("<p>1. a</p><p>2. so:</p><pre>x = 1</pre>", ["a", "so:\nx = 1"]),
        ("<p>1. a</p><p>more of a</p><p>2. b</p>", ["a\nmore of a", "b"]),
        ("<div><p>a</p></div><div><p>two:</p><ul><li>b</li><li>c</li></ul></div>", ["a", "two:\nb\nc"]),
        ("<p>a</p><p>two:</p><ul><li>b</li><li>c</li></ul>", ["a", "two:\nb\nc"]),
        ("<p>Know these:</p><ul><li>a</li><li>b</li></ul>", ["a", "b"]),
        ("<ul><li>1. a</li><li>2. b</li></ul>", ["a", "b"]),
        (
            "<div><span>01</span><span>a</span></div><div><span>02</span><span>\\(x\\) is b</span></div>",
            ["a", "\\(x\\) is b"],
        ),
    ],
)
def test_what_belongs_to_a_fact_is_part_of_it(markup: str, facts: list[str]) -> None:
    assert facts_of(only_record(parse(with_facts(markup)))) == facts


# -- related terms ----------------------------------------------------------------------------------------------------


def with_related(markup: str) -> str:
    return term_html(related=f"<h2>Related terms</h2>{markup}")


@pytest.mark.parametrize(
    ("markup", "pairs"),
    [
        ("<p><b>a</b>: one.<br><b>b</b>: two.</p>", [("a", "one."), ("b", "two.")]),
        ("<p><b>a</b>: one.<br>and more.<br><b>b</b>: two.</p>", [("a", "one.\nand more."), ("b", "two.")]),
        ("<p><b>a:</b> one. <b>b:</b> two.</p>", [("a", "one."), ("b", "two.")]),
        ("<p>a: one.<br>b: two.</p>", [("a", "one."), ("b", "two.")]),
        ("<p><b>a</b>: one.<br><b>b</b></p>", [("a", "one."), ("b", None)]),
        ("<p>a: one.<br>Note: not two.</p><p>b: two.</p>", [("a", "one.\nNote: not two."), ("b", "two.")]),
        ("<p><b>a</b>: one, <b>bold</b> too.</p><p><b>b</b>: two.</p>", [("a", "one, bold too."), ("b", "two.")]),
        ("<table><tr><td><b>a</b>: one.</td></tr></table>", [("a", "one.")]),
        ("<ul><li><span>a</span> <span>is one.</span></li><li><span>b</span> <span>is two.</span></li></ul>",
         [("a", "is one."), ("b", "is two.")]),
        ("<div><span>a</span><span>: one.</span></div><div><span>b</span><span>: two.</span></div>",
         [("a", "one."), ("b", "two.")]),
    ],
)  # fmt: skip
def test_terms_stand_on_lines_and_in_halves(markup: str, pairs: list[tuple[str, str | None]]) -> None:
    assert pairs_of(only_record(parse(with_related(markup)))) == pairs


# -- texts ------------------------------------------------------------------------------------------------------------


def test_numbers_of_links_go_only_where_their_list_stands() -> None:
    page = text_of("See [1]it and H[2]O.")
    assert only_record(parse_text(page)).definition.text == "See [1]it and H[2]O."
    listed = page + "\nReferences\n\n   1. https://guides.example/it\n   2. https://guides.example/b\n"
    assert only_record(parse_text(listed)).definition.text == "See it and H[2]O."


def test_a_text_without_addresses_keeps_its_asterisks() -> None:
    assert only_record(parse_text(text_of("The *best* and/or /last/ one."))).definition.text.startswith("The *best*")


@pytest.mark.parametrize("separator", ["\N{LINE SEPARATOR}", "\x85"])
def test_lines_end_where_unicode_or_a_mainframe_ends_them(separator: str) -> None:
    page = text_of()
    assert only_record(parse_text(page.replace("\n", separator))).facts == only_record(parse_text(page)).facts


def test_a_list_may_begin_within_an_item() -> None:
    page = text_of().replace("Because this page is about osmosis.", "1. endosmosis\n      2. exosmosis")
    (question,) = only_record(parse_text(page)).questions
    assert question.answer is not None
    assert question.answer.html == "<ol><li>endosmosis</li><li>exosmosis</li></ol>"


# -- formulas ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("O(n)O(n)O(n) is slow.", "\\(O(n)\\) is slow."),
        ("Let xxx be so that x<yx<yx<y.", "Let \\(x\\) be so that \\(x<y\\)."),
        ("The term 2x2x2x grows as x2x^2x2 does.", "The term \\(2x\\) grows as \\(x^2\\) does."),
    ],
)
def test_a_formula_whose_copies_are_the_same_is_one(written: str, meant: str) -> None:
    assert only_record(parse_text(text_of(written))).definition.text == meant


@pytest.mark.parametrize(
    "text",
    [
        "The letters xxx mark a kiss.",
        "Bonds are rated AAA.",
        "ha/ha/ha and 1,1,1 and 10.10.10 and tut-tut-tut",
    ],
)
def test_prose_is_no_formula(text: str) -> None:
    assert only_record(parse_text(text_of(text))).definition.text == text


def test_words_of_three_letters_stay_on_a_page_of_formulas() -> None:
    text = "O(n)O(n)O(n), www, iii, III and AAA."
    assert only_record(parse_text(text_of(text))).definition.text == "\\(O(n)\\), www, iii, III and AAA."


def test_a_page_that_is_no_page_is_none() -> None:
    assert codes(parse("<html><body><pre>x = 1\ny = 2</pre></body></html>")) == ["no-layout"]
