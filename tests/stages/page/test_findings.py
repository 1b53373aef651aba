"""What a page's findings say: where, what was read, what it rests on, what would settle it."""

from parsed_pages import finding, parse, term_html

TEXT = """osmosis

from class:

AP Biology

Definition

Water & salt trade places; it&#39;s a slow trade.
"""


def test_a_doubt_of_the_reader_has_line_value_and_what_would_settle_it() -> None:
    found = finding(parse(TEXT, "osmosis.txt"), "doubtful-character-references")
    assert (found.level, found.line, found.value) == ("doubt", 9, "&#39;")
    assert found.record == "fiveable/ap-biology/osmosis"
    assert "browser" in found.hint


def test_names_that_differ_are_a_doubt_with_the_other_name_as_its_sign() -> None:
    page = term_html(head="<title>diffusion - (AP Biology) - Vocab</title>")
    found = finding(parse(page), "evidence-differs")
    assert (found.level, found.field, found.value) == ("doubt", "term", "osmosis")
    assert found.signs == ('its title says "diffusion"',)
    assert found.line == page[: page.index("<h1>")].count("\n") + 1


def test_a_finding_about_a_block_has_its_text_and_the_field_that_owns_it() -> None:
    page = term_html(questions="<h2>Review Questions</h2><ul><li>Why does it stop?</li></ul>")
    found = finding(parse(page), "no-answer")
    assert (found.field, found.value) == ("questions", "Why does it stop?")


def test_what_a_page_has_twice_is_one_finding_with_its_number() -> None:
    picture = '<img src="https://acme.example/cell.png" alt="a cell">'
    facts = "".join(f"<li>It is {word}. {picture}</li>" for word in ("passive", "slow"))
    found = finding(parse(term_html(facts=f"<h2>2 Must Know Facts</h2><ol>{facts}</ol>")), "remote-picture")
    assert (found.count, found.value) == (2, "https://acme.example/cell.png")
