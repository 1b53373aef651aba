"""Marks that sites put into a text: edit links, footnote numbers, a word processor's list signs."""

import pytest

from parsed_pages import only_record, parse, term_html

WORD = (
    "<p class=MsoListParagraph style='text-indent:-.25in;margin-left:{margin}in;mso-list:l0 level{level} lfo1'>"
    "{sign}{text}<o:p></o:p></p>"
)
SIGN = (
    "<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>{sign}"
    "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>"
)
FILTERED = (
    "<span style='font-family:Symbol'>{sign}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span>"
)


def drawn(sign: str, text: str, *, level: int = 1, form: str = SIGN) -> str:
    item = WORD.format(level=level, margin=level / 2, sign=form.format(sign=sign), text=text)
    return item.replace(f"mso-list:l0 level{level} lfo1", "") if form is FILTERED else item


@pytest.mark.parametrize("form", [SIGN, FILTERED])
@pytest.mark.parametrize(("sign", "inner"), [("·", "o"), ("o", "§"), ("–", "Ø"), ("v", "ü")])
def test_list_signs_of_word_are_no_text(form: str, sign: str, inner: str) -> None:
    pairs = [("Why does it rise?", "The moon pulls."), ("How often?", "Twice a day.")]
    body = "".join(drawn(sign, ask, form=form) + drawn(inner, told, level=2, form=form) for ask, told in pairs)
    record = only_record(parse(term_html(questions=f"<h2>Review Questions</h2>{body}")))
    assert [(one.question.text, one.answer and one.answer.text) for one in record.questions] == pairs


@pytest.mark.parametrize("signs", [("1.", "2."), ("a)", "b)"), ("(i)", "(ii)"), ("Ø", "Ø")])
def test_numbers_of_word_are_no_text(signs: tuple[str, str]) -> None:
    body = drawn(signs[0], "The moon pulls.") + drawn(signs[1], "So does the sun.")
    record = only_record(outcome := parse(term_html(facts=f"<h2>2 Must Know Facts</h2>{body}")))
    assert [fact.text for fact in record.facts] == ["The moon pulls.", "So does the sun."]
    assert outcome.ledger.boilerplate["list sign"] == len("".join(signs))


def test_levels_of_word_are_lists_within_lists() -> None:
    body = drawn("·", "Two pull:") + drawn("o", "the moon", level=2) + drawn("o", "the sun", level=2)
    record = only_record(parse(term_html(definition=f"<h2>Definition</h2><p>It rises.</p>{body}")))
    assert record.definition.html == (
        "<p>It rises.</p><ul><li>Two pull:<ul><li>the moon</li><li>the sun</li></ul></li></ul>"
    )


EDIT = '<div class="mw-heading"><h2>{0}</h2><span class="mw-editsection">[<a href="/e">edit</a>]</span></div>'


@pytest.mark.parametrize(
    "heading",
    [
        EDIT,
        '<h2>{0}<span>[<a href="/e">edit</a> | <a href="/s">edit source</a>]</span></h2>',
        "<h2>{0} [Bearbeiten]</h2>",
        "<h2>{0}</h2><p>[modifier | modifier le code]</p>",
        "<h2>{0}<a>(edit)</a></h2>",
        "<h2>{0}<sup>[2]</sup></h2>",
    ],
)
def test_edit_links_are_no_text(heading: str) -> None:
    page = term_html(
        definition=f"{heading.format('Definition')}<p>It rises.</p>",
        facts=f"{heading.format('2 Must Know Facts')}<ol><li>The moon pulls.</li><li>So does the sun.</li></ol>",
    )
    record = only_record(outcome := parse(page))
    assert record.definition.text == "It rises."
    assert [fact.text for fact in record.facts] == ["The moon pulls.", "So does the sun."]
    assert outcome.findings == ()
    assert set(outcome.ledger.boilerplate) & {"edit link", "footnote mark"}


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ('It rises<sup class="reference"><a href="#n1">[1]</a></sup> and falls.', "It rises and falls."),
        ('It rises<sup>[<a href="https://w.example/Tide#n1">1</a>]</sup><sup>[2]</sup>.', "It rises."),
        ('It rises.<a href="#fn1" role="doc-noteref"><sup>1</sup></a>', "It rises."),
        ('It rises<a href="#fn-a"><sup>*</sup></a> twice.', "It rises twice."),
        ("It rises.[3][12] Then it falls.", "It rises. Then it falls."),
        ("It rises twice.<span>[2]</span>", "It rises twice."),
        ("It rises [citation needed] twice[when?] a day.", "It rises twice a day."),
        ("It rises<sup>[note 3]</sup>.", "It rises."),
        ("It rises twice<span>[2]</span> a<a>[3]</a> day", "It rises twice a day"),
    ],
)
def test_footnote_marks_are_no_text(marked: str, text: str) -> None:
    outcome = parse(term_html(definition=f"<h2>Definition</h2><p>{marked}</p>"))
    assert only_record(outcome).definition.text == text
    assert not outcome.ledger.unclaimed


@pytest.mark.parametrize(
    "text",
    [
        "The area is 4 m<sup>2</sup>.",
        'On the 4<sup>th</sup>, see <a href="#map">map</a>.',
        "It is <code>tides[2]</code>.",
        "The list tides[2] has three.",
        "The list <code>tides<span>[2]</span></code> has three, and see <span>[2]</span> there.",
        "He wrote [edited by me] that it [the sea] rises [sic].",
        "x<sup>n</sup> grows.",
        r"So it is \(a.[2]\).",
    ],
)
def test_signs_that_are_part_of_a_text_stay(text: str) -> None:
    record = only_record(outcome := parse(term_html(definition=f"<h2>Definition</h2><p>{text}</p>")))
    assert not {"footnote mark", "edit link", "editors' note"} & set(outcome.ledger.boilerplate)
    assert "[" not in text or "[" in record.definition.text


def test_marks_in_a_text_extraction_are_no_text() -> None:
    page = (
        "tide\n\nfrom class:\n\nSea\n\nDefinition[edit]\n\nIt rises twice a day.[4]\n\n"
        "2 Must Know Facts[edit]\n\n  1. The moon pulls.[5]\n\n  2. So does the sun [citation needed].\n"
    )
    record = only_record(outcome := parse(page, "sea/tide.txt"))
    assert record.definition.text == "It rises twice a day."
    assert [fact.text for fact in record.facts] == ["The moon pulls.", "So does the sun."]
    assert not outcome.ledger.unclaimed
