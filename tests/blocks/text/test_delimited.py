"""Lists of cards as CSV, in the text that Anki exports, and what only looks like one."""

from pathlib import Path

import pytest

from parsed_pages import parse
from pipeline.blocks import read
from pipeline.config import Limits, Settings, load_settings
from pipeline.pages import RawPage
from pipeline.records import KeyTerm
from pipeline.stages.page.outcome import ParseOutcome

LAYOUT = '[[layouts]]\nname = "sea"\npath = ["**"]\ncourse = "Sea"\npublisher = "Own Words"\nmany = "pairs"\n'
WANTED = {"ebb": "The fall of the water.", "flood": "The rise, twice a day.", "slack": 'The short "rest".'}
ANKI = "#separator:{name}\n#html:{html}\n#notetype column:1\n#deck column:2\n#tags column:5\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    path = tmp_path / "guidepress.toml"
    path.write_text(LAYOUT, encoding="utf-8")
    return load_settings(path)


def terms(outcome: ParseOutcome) -> dict[str, str]:
    assert outcome.rejects == ()
    assert not outcome.ledger.unclaimed
    return {record.term.text: record.definition.text for record in outcome.records if isinstance(record, KeyTerm)}


def table(separator: str, head: str = "", *, before: str = "", behind: str = "") -> str:
    rows = [
        "ebb{s}The fall of the water.", 'flood{s}"The rise, twice a day."', 'slack{s}"The short ""rest""."',
    ]  # fmt: skip
    lines = [f"{before}{row}{behind}".replace("{s}", separator) for row in rows]
    return "\n".join([*([head.replace(",", separator)] if head else []), *lines]) + "\n"


CSV = {
    "with heads": (table(",", "term,definition"), "words.csv"),
    "with heads, no name": (table(",", "Front,Back"), "words.txt"),
    "semicolons": (table(";", "word;meaning"), "words.csv"),
    "without heads": (table(","), "words.csv"),
    "tabs and quotes": (table("\t", "term\tdefinition"), "words.tsv"),
    "more columns": (table(",", "id,term,definition,tags", before="7,", behind=",sea tides"), "words.csv"),
    "other heads": (table(",", "begriff,erklärung"), "words.csv"),
    "all in quotes": (
        "".join(f'"{word}","{text}"\n' for word, text in WANTED.items()).replace('"rest"', '""rest""'),
        "words.txt",
    ),
    "Windows line ends": (table(",", "term,definition").replace("\n", "\r\n"), "words.csv"),
}


@pytest.mark.parametrize(("text", "path"), CSV.values(), ids=CSV)
def test_csv_is_read_by_rows_and_columns(text: str, path: str, settings: Settings) -> None:
    assert terms(parse(text, path, settings)) == WANTED


@pytest.mark.parametrize(
    ("name", "separator"), [("tab", "\t"), ("comma", ","), ("Semicolon", ";"), ("pipe", "|"), (";", ";")]
)
@pytest.mark.parametrize("html", ["true", "false"])
def test_anki_says_which_columns_are_a_cards_text(name: str, separator: str, html: str, settings: Settings) -> None:
    before, behind = f"Basic{separator}Sea::Tides{separator}", f"{separator}tides sea"
    text = ANKI.format(name=name, html=html) + table(separator, before=before, behind=behind)
    outcome = parse(text, "cards.txt", settings)
    assert terms(outcome) == WANTED
    assert outcome.ledger.boilerplate["place of a card"] == 3 * len("BasicSea::Tidestidessea")


def test_markup_of_anki_is_markup(settings: Settings) -> None:
    text = '#separator:tab\n#html:true\nflood\tThe <b>rise</b> of it.<br>Twice a day.\nebb\t"H<sub>2</sub>O\nfalls"\n'
    flood, ebb = (record for record in parse(text, "cards.txt", settings).records if isinstance(record, KeyTerm))
    assert flood.definition.html == "The <strong>rise</strong> of it.<br>Twice a day."
    assert ebb.definition.html == "H<sub>2</sub>O falls"


def test_a_cell_without_markup_keeps_its_signs_and_lines(settings: Settings) -> None:
    text = 'term,definition\nless,"a < b & c\nd"\nmore,x\n'
    less, _ = (record for record in parse(text, "words.csv", settings).records if isinstance(record, KeyTerm))
    assert less.definition.text == "a < b & c\nd"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("ebb, flood and slack\nneap, spring and king\n", "words.txt"),
        ("The sea rises, and it falls.\nThe moon pulls, mostly.\n", "notes.csv.txt"),
        ('"Come," he said.\nThey came, all of them.\n', "story.csv"),
        ("#tides\nThe sea, mostly.\n", "notes.txt"),
        ("a,b\n", "one.csv"),
    ],
)
def test_other_texts_are_no_tables(text: str, path: str) -> None:
    page = read(RawPage(path, text.encode(), "text/plain"), limits=Limits())
    assert not any(block.frame is not None and block.frame.tag == "td" for block in page.blocks)
