"""Pages with many terms: the pairs of every form that glossaries have, and what on them is no pair."""

from pathlib import Path

import pytest

from parsed_pages import codes, parse
from pipeline.config import Settings, load_settings
from pipeline.records import KeyTerm
from pipeline.stages.page.outcome import ParseOutcome

LAYOUT = '[[layouts]]\nname = "sea"\npath = ["**"]\ncourse = "Sea"\npublisher = "Own Words"\nmany = "{many}"\n'
FALL = "The fall of the water after high tide"
RISE = "The rise of the water after low tide"
REST = "The short rest between the two"
WORDS = {"ebb": FALL, "flood": RISE, "slack": REST}


def settings(folder: Path, many: str = "pairs") -> Settings:
    path = folder / "guidepress.toml"
    path.write_text(LAYOUT.format(many=many), encoding="utf-8")
    return load_settings(path)


def terms(outcome: ParseOutcome) -> dict[str, str]:
    assert outcome.rejects == ()
    return {
        record.term.text: record.definition.text.rstrip(".")
        for record in outcome.records
        if isinstance(record, KeyTerm)
    }


def listed(line: str, *, between: str = "\n") -> str:
    return between.join(line.format(word=word, text=text) for word, text in WORDS.items()) + "\n"


TEXTS = {
    "bullets": "Sea words\n\n" + listed("  • {word}\n    {text}."),
    "dashes as bullets": "Sea words\n\n" + listed("- {word}\n  {text}."),
    "numbers": "Sea words\n\n1. ebb\n   " + FALL + "\n2. flood\n   " + RISE + "\n3. slack\n   " + REST + "\n",
    "numbers in brackets": "Sea words\n\n"
    + "(1) ebb\n    "
    + FALL
    + "\n(2) flood\n    "
    + RISE
    + "\n(3) slack\n    "
    + REST,
    "nested bullets": "Sea words\n\n" + listed("* {word}\n    ◦ {text}."),
    "bullets in a row": listed("• {word}: {text}"),
    "typewriter's dashes": "S\n" + listed("{word}--{text}"),
    "dashes with spaces": listed("{word} -- {text}."),
    "long dashes": listed("{word}—{text}."),
    "equals signs": listed("{word} = {text}"),
    "arrows": listed("{word} → {text}"),
    "colons": listed("{word}: {text}"),
    "colons below a title with one": "Oceans: Key Words of the Sea\n\n" + listed("{word}: {text}.", between="\n\n"),
    "a colon behind the term": "Oceans: Key Words of the Sea\n\n" + listed("{word}:\n\n{text}.", between="\n\n"),
    "labels": listed("Q: {word}\n\nAnswer: {text}", between="\n\n"),
    "labels without blank lines": listed("Q: {word}\nA: {text}", between="\n"),
    "labels of cards": listed("Front: {word}\nBack: {text}", between="\n\n"),
    "labels in another language": listed("Frage: {word}\nAntwort: {text}", between="\n\n"),
    "a table": "| Term | Definition |\n|---|---|\n" + listed("{word} | {text} |"),
    "a table without bars": "Term     Definition\n-------  -------------\n"
    + "".join(f"{word:<9}{text}\n" for word, text in WORDS.items()),
    "tabs": listed("{word}\t{text}"),
}


@pytest.mark.parametrize("page", TEXTS.values(), ids=TEXTS)
def test_pairs_in_text(page: str, tmp_path: Path) -> None:
    assert terms(parse(page, "sea/words.txt", settings(tmp_path))) == WORDS


HTML = {
    "toggles": listed("<details><summary>{word}</summary><p>{text}.</p></details>"),
    "toggles in lists": listed(
        '<ul class="toggle"><li><details open=""><summary>{word}</summary><p>{text}.</p></details></li></ul>'
    ),
    "toggles below a sentence": "<p>Here are the words.</p>"
    + listed("<details><summary><b>{word}</b></summary><div>{text}.</div></details>"),
    "buttons": listed("<div><h3><button>{word}</button></h3><div>{text}.</div></div>"),
    "lists in items": "<ul>" + listed("<li>{word}<ul><li>{text}.</li></ul></li>") + "</ul>",
    "paragraphs in items": "<p>Sea words</p><ul>" + listed("<li><p>{word}</p><p>{text}.</p></li>") + "</ul>",
    "lines of one block": "<p>" + listed("<b>{word}</b>: {text}.", between="<br>") + "</p>",
    "labels": "<div>" + listed("Q: {word}<br>A: {text}.", between="<br>") + "</div>",
    "a table": "<table><tr><th>Term</th><th>Meaning</th></tr>" + listed("<tr><td>{word}</td><td>{text}.</td></tr>")
    + "</table>",
    "a table below a list": "<dl><dt>ebb</dt><dd>" + FALL + ".</dd></dl><table>"
    + listed("<tr><td>{word}</td><td>{text}.</td></tr>").split("\n", 1)[1] + "</table>",
    "signs in boxes": listed("<div><div>•</div><div>{word}: {text}</div></div>"),
    "edit links": listed("<p><b>{word}</b>: {text}.<sup>[2]</sup> [edit]</p>"),
}  # fmt: skip
FURNITURE = (
    '<ol id="breadcrumbs"><li><a href="i.html">Ropework</a></li><li><a href="h.html">Ropework Home</a></li></ol>'
    "<h1>Ropework : Bends</h1><table><tr><th>Course</th><td>Knots and Ropework</td></tr>"
    "<tr><th>Status</th><td>Published</td></tr></table>"
)


@pytest.mark.parametrize("body", HTML.values(), ids=HTML)
@pytest.mark.parametrize("above", ["", "<h1>Words</h1>", FURNITURE], ids=["alone", "title", "furniture"])
def test_pairs_in_markup(above: str, body: str, tmp_path: Path) -> None:
    page = f"<!doctype html><title>Words</title><body>{above}{body}</body>"
    assert terms(parse(page, "sea/words.html", settings(tmp_path))) == WORDS


@pytest.mark.parametrize(
    "page",
    [
        "ebb\nflood\nslack water\nneap tide\nspring tide\ntidal bore\n",
        "<!doctype html><title>Words</title><ul><li>amplitude</li><li>crest</li><li>fetch</li><li>groyne</li></ul>",
        f"<!doctype html><title>Words</title>{FURNITURE.split('<h1>', maxsplit=1)[0]}<h1>Words</h1><p>None yet.</p>",
    ],
)
def test_words_alone_are_no_pairs(page: str, tmp_path: Path) -> None:
    assert codes(parse(page, "sea/words.txt", settings(tmp_path))) == ["no-layout"]


def test_a_table_of_words_in_two_languages_is_no_table_of_properties(tmp_path: Path) -> None:
    rows = "<tr><td>date</td><td>Datum</td></tr><tr><td>ebb</td><td>Ebbe</td></tr>"
    page = f"<!doctype html><title>t</title><table>{rows}</table>"
    assert terms(parse(page, "sea/words.html", settings(tmp_path))) == {"date": "Datum", "ebb": "Ebbe"}


def test_the_title_alone_is_no_term_of_a_page_by_headings(tmp_path: Path) -> None:
    page = f"<!doctype html><title>t</title><h1>Whippings</h1>{HTML['toggles in lists']}"
    assert codes(parse(page, "sea/words.html", settings(tmp_path, "headings"))) == ["no-layout"]
