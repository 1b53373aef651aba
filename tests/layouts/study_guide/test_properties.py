"""Lines that say something of the page in the form of a pair are no words, and are told."""

import pytest

from parsed_pages import only_record, parse, term_html
from pipeline.records import StudyGuide

PAIRS = [("ebb", "the fall of water"), ("flood", "the rise of water")]
LINES = [
    "Reading time: 5 min", "Share: Facebook", "Share this: Twitter | Email", "Last updated: May 2024",
    "Published: 2024-05-01", "Posted: 3 days ago", "Tags: sea, tides", "Difficulty: Medium", "Views: 1,234",
    "Source: Book of Tides", "Author: Ann Lee", "License: CC BY 4.0", "Contact: ann@example.org", "Photo: NASA",
]  # fmt: skip
BODY = "".join(f"<p>{word}: {text}</p>" for word, text in PAIRS)


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("form", ["<p>{line}</p>{body}", "{body}<p>{line}</p>", "{body}<p><b>{label}</b>:{rest}</p>"])
def test_properties_of_a_page_are_no_words(line: str, form: str) -> None:
    label, _, rest = line.partition(":")
    body = form.format(line=line, body=BODY, label=label, rest=rest)
    record = only_record(parse(term_html(related=f"<h2>Related Terms</h2>{body}")))
    assert [(one.term.text, one.definition and one.definition.text) for one in record.related_terms] == PAIRS
    page = (
        "<!doctype html><title>t</title><main><p>Sea Unit 3 Review</p><h1>Tides</h1><p>Written by Ann Lee</p>"
        f"<h2>What Moves</h2><p>The moon pulls.</p><h2>Key Terms</h2>{body}</main>"
    )
    (guide,) = parse(page).records
    assert isinstance(guide, StudyGuide)
    assert [(word.term.text, word.definition and word.definition.text) for word in guide.vocabulary] == PAIRS


@pytest.mark.parametrize(
    ("word", "text"),
    [("Source", "the place where a river begins"), ("Level", "the height of the water"),
     ("Share", "a part of a company"),
     ("Category", "A group of things that are alike"), ("Duration", "how long it lasts")],
)  # fmt: skip
def test_words_that_a_page_also_says_of_itself(word: str, text: str) -> None:
    record = only_record(parse(term_html(related=f"<h2>Related Terms</h2>{BODY}<p>{word}: {text}</p>")))
    assert record.related_terms[2].term.text == word


def test_one_word_is_a_vocabulary() -> None:
    page = (
        "<!doctype html><title>t</title><main><p>Sea Unit 3 Review</p><h1>Tides</h1><p>Written by Ann Lee</p>"
        "<h2>What Moves</h2><p>The moon pulls.</p><h2>Key Terms</h2><p>{}</p></main>"
    )
    (guide,) = parse(page.format("ebb")).records
    assert isinstance(guide, StudyGuide)
    assert [word.term.text for word in guide.vocabulary] == ["ebb"]
    (other,) = parse(page.format("See the glossary")).records
    assert isinstance(other, StudyGuide)
    assert not other.vocabulary
