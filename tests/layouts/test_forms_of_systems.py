"""Forms in which systems write terms, questions and boxes: what heads or surrounds them is no text of theirs."""

from pathlib import Path

import pytest

from parsed_pages import parse
from pipeline.config import Settings, load_settings
from pipeline.records import KeyTerm, StudyGuide
from pipeline.stages.page.outcome import ParseOutcome

BREAD = '[[defaults]]\npath = "bread/**"\ncourse = "Baking"\npublisher = "Bread Notes"\n'
WORDS = '[[layouts]]\nname = "loaf-words"\nmany = "pairs"\ncourse = "Baking"\npublisher = "Bread Notes"\n'
RESTING = "<h2>Resting</h2><p>Cover the bowl. Wait an hour.</p>"
WORD = "<h2>Vocabulary</h2><p><strong>crumb</strong>: the inside of a loaf</p>"
MANY = [["crumb", "The inside: it is soft."], ["crust", "Its outside."], ["oven spring", "The last rise of a loaf."]]
POST = "<html><head><title>Dough</title></head><body><h1>Dough</h1>{}</body></html>"


def settings(tmp_path: Path, toml: str) -> Settings:
    config = tmp_path / "guidepress.toml"
    config.write_text(toml, encoding="utf-8")
    return load_settings(config)


def glossary(tmp_path: Path, page: str, path: str = "bread/words.html") -> list[list[str]]:
    outcome = parse(page, path, settings(tmp_path, WORDS))
    assert outcome.rejects == ()
    return [[record.term.text, record.definition.text] for record in outcome.records if isinstance(record, KeyTerm)]


def guide(tmp_path: Path, page: str, path: str = "bread/dough.html") -> tuple[StudyGuide, ParseOutcome]:
    outcome = parse(page, path, settings(tmp_path, BREAD))
    assert outcome.rejects == ()
    (record,) = outcome.records
    assert isinstance(record, StudyGuide)
    return record, outcome


def answers(record: StudyGuide) -> list[tuple[str, str | None]]:
    return [(one.question.text, one.answer.text if one.answer else None) for one in record.questions]


def doubts(outcome: ParseOutcome) -> list[str]:
    return [finding.message for finding in outcome.findings if finding.level == "doubt"]


ENTRIES = {
    "dictionary": '<tr><td class="entry"><div class="concept"><h4>{}</h4></div>: <div><p>{}</p></div></td></tr>',
    "encyclopedia": '<tr><td class="picture"></td><th><div class="concept"><h4>{}</h4></div><span class="author">by Bo'
    '</span></th></tr><tr><td>&nbsp;</td><td class="entry"><p>{}</p></td></tr>',
    "faq": '<tr><th><div class="concept">Question: <h4>{}</h4></div></th></tr><tr><td><b>Answer:</b> <div><p>{}</p>'
    "</div></td></tr>",
    "entrylist": '<tr><td class="entry"><div class="concept"><h4>{}</h4></div></td><td>{}</td></tr>',
}
MOODLE = """<html><head><title>Words</title></head><body id="page-mod-glossary-view"><a class="sr-only">Skip to it</a>
<div id="region-main"><form id="searchform"><button>Search</button></form><div class="entrybox">
<div class="glossaryexplain">Browse the glossary using this index</div>A | B | ALL</div>{}
<div class="paging">Page: 1 2</div></div></body></html>"""


@pytest.mark.parametrize("display", ENTRIES)
def test_a_glossary_of_moodle_is_read_in_each_of_its_displays(tmp_path: Path, display: str) -> None:
    entry = f'<table class="glossarypost {display}">{ENTRIES[display]}</table>'
    assert glossary(tmp_path, MOODLE.format("".join(entry.format(*pair) for pair in MANY))) == MANY


FORMS = {
    "<ul>{}</ul>": "<li><b>{}</b> – {}</li>",
    "<dl>{}</dl>": "<dt>{}</dt><dd>{}</dd>",
    "<table>{}</table>": "<tr><td>{}</td><td>{}</td></tr>",
    "<div>{}</div>": "<p><b>{}</b>: {}</p>",
    "<ol>{}</ol><p>Follow us for more.</p>": "<li><b>{}</b> – {}</li>",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_heading_over_pairs_is_no_term(tmp_path: Path, form: str) -> None:
    within, around = (form.format("".join(FORMS[form].format(*pair) for pair in part)) for part in (MANY[:1], MANY[1:]))
    page = f"<html><body><h1>Words</h1><h3>Within</h3>{within}<h3>Around</h3>{around}</body></html>"
    assert glossary(tmp_path, page) == MANY


def test_headings_are_terms_behind_lines_that_are_none(tmp_path: Path) -> None:
    terms = "".join(f"<h3>{term}</h3><p>{told}</p>" for term, told in MANY)
    page = f"<html><body><p>Baking</p><p>Words of the second evening</p>{terms}</body></html>"
    assert glossary(tmp_path, page) == MANY


def test_a_line_with_a_colon_beside_a_list_of_terms_is_none(tmp_path: Path) -> None:
    terms = "".join(f"<li><b>{term}</b>: {told}</li>" for term, told in MANY)
    page = f"<html><body><h1>Words</h1><p>Three words: learn them.</p><ol>{terms}</ol></body></html>"
    assert glossary(tmp_path, page) == MANY


@pytest.mark.parametrize("link", ['<a class="headerlink" href="#t" title="Link to this term">¶</a>', ""])
def test_a_term_of_a_definition_list_has_no_permalink(tmp_path: Path, link: str) -> None:
    terms = "".join(f"<dt>{term}{link}</dt><dd>{told}</dd>" for term, told in MANY)
    assert glossary(tmp_path, f"<html><body><h1>Words{link}</h1><dl>{terms}</dl></body></html>") == MANY


PROPERTIES = "# Dough\n\nCourse: Baking\nWeek: 3\nStatus: Published\n\n"


def test_properties_in_markdown_are_no_text(tmp_path: Path) -> None:
    text = "## Resting\n\nCover the bowl.\n\n<aside>\n💡 Stay near it.\n\n</aside>\n\nWait an hour.\n\n"
    text += "## Vocabulary\n\n- **crumb**: the inside\n\n## Check yourself\n\n- What rests?\n    \n    Dough.\n"
    record, outcome = guide(tmp_path, PROPERTIES + text, "bread/dough.md")
    assert record.lead is None
    assert [section.body.text for section in record.sections] == ["Cover the bowl.\n💡 Stay near it.\nWait an hour."]
    assert outcome.ledger.boilerplate["page properties"] == len("Course:BakingWeek:3Status:Published")


def test_properties_in_markdown_are_no_terms(tmp_path: Path) -> None:
    terms = "".join(f"- **{term}**\n    \n    {told}\n    \n" for term, told in MANY)
    assert glossary(tmp_path, PROPERTIES + terms, "bread/words.md") == MANY


def test_the_title_of_a_pressbooks_box_heads_it(tmp_path: Path) -> None:
    fold = "<details><summary>Answer</summary>Dough.</details>"
    box = '<div class="textbox"><header><p class="textbox__title">{}</p></header><div>{}</div></div>'
    body = (
        box.format("Key points", "<ul><li>Dough rests.</li></ul>")
        + RESTING
        + box.format("Vocabulary", "<p><strong>crumb</strong>: the inside of a loaf</p>")
        + box.format("Check yourself", f"<ol><li>What rests?{fold}</li></ol>")
    )
    head = '<head><title>Dough</title><meta name="generator" content="Pressbooks 6"></head>'
    record, _ = guide(
        tmp_path, f'<html>{head}<body><h1 class="entry-title">Dough</h1><section>{body}</section></body></html>'
    )
    assert record.lead is None
    assert [section.heading.text for section in record.sections] == ["Key points", "Resting"]
    assert [word.term.text for word in record.vocabulary] == ["crumb"]
    assert answers(record) == [("What rests?", "Dough.")]


@pytest.mark.parametrize(
    "form",
    [
        "<p>1. What rests?<br><em>Answer: Dough.</em></p><p>2. What rises?<br><em>Answer: The loaf.</em></p>",
        "<ol><li>What rests?<br><b>Answer:</b> Dough.</li><li>What rises?<br><b>Answer:</b> The loaf.</li></ol>",
        "<p>1. What rests?</p><p>2. What rises?</p><p><b>Answers:</b></p><p>1. Dough.</p><p>2. The loaf.</p>"
        "<h3>Our school</h3><p>We bake.</p>",
    ],
)
def test_answers_stand_below_their_questions_or_behind_all(tmp_path: Path, form: str) -> None:
    record, _ = guide(tmp_path, POST.format(RESTING + WORD + "<h2>Check yourself</h2>" + form))
    assert answers(record) == [("What rests?", "Dough."), ("What rises?", "The loaf.")]


@pytest.mark.parametrize("behind", ["Thanks for reading! Clap if it helped.", "Back to the course page."])
def test_what_a_page_says_to_its_readers_is_doubted_in_an_answer(tmp_path: Path, behind: str) -> None:
    asked = f"<h2>Check yourself</h2><p><b>What rests?</b></p><p>Dough.</p><p>{behind}</p>"
    _, outcome = guide(tmp_path, POST.format(RESTING + WORD + asked))
    assert any("what a page says to its readers" in message for message in doubts(outcome))


def test_a_part_of_an_answer_outside_its_box_is_doubted(tmp_path: Path) -> None:
    box = "<div><h3><button>What {}?</button></h3><div><p>{}</p></div></div>"
    asked = box.format("rests", "Dough.") + box.format("rises", "The loaf.")
    page = POST.format(f"{RESTING}{WORD}<h2>Check yourself</h2><div>{asked}{{}}</div>")
    told = "a part of an answer stands outside the box that holds the question and its answer"
    assert told in doubts(guide(tmp_path, page.format("<p>A loaf of rye rises less.</p>"))[1])
    assert told not in doubts(guide(tmp_path, page.format(""))[1])


def test_a_caption_is_no_word_and_no_part_of_an_answer(tmp_path: Path) -> None:
    figure = "<figure><figcaption>Loaf: cut open</figcaption></figure>"
    words = "<h2>Vocabulary</h2><p><b>crumb</b>: the inside</p>" + figure
    asked = "<h2>Check yourself</h2><p><b>What rests?</b></p><p>Dough.</p>" + figure
    record, _ = guide(tmp_path, POST.format(RESTING + words + asked))
    assert [word.term.text for word in record.vocabulary] == ["crumb"]
    assert answers(record) == [("What rests?", "Dough.")]


def test_links_behind_the_text_that_repeat_its_headings_are_its_contents(tmp_path: Path) -> None:
    asked = "<h2>Check yourself</h2><details><summary>What rests?</summary><p>Dough.</p></details>"
    contents = "<ul><li><a href='#r'>Resting</a></li><li><a href='#c'>Check yourself</a></li></ul>"
    record, _ = guide(tmp_path, POST.format(f"{RESTING}{WORD}{asked}<div>{contents}</div>"))
    assert answers(record) == [("What rests?", "Dough.")]
