"""Strings that attack those who show a page's text, in every field of every kind of page, through every exporter.

Outputs are read with parsers and held against the allow-list; that a page *shows* such a string as text is no harm.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from anki_learner import Learner
from attack_strings import ATTACKS, SWALLOWING
from command_runs import guidepress
from parsed_pages import parse, term_html
from pipeline.config import Settings
from pipeline.layouts.reading.patterns import comparable
from pipeline.pages import RawPage
from pipeline.records import KeyTerm
from pipeline.records.richtext import ALLOWED_ATTRIBUTES, ALLOWED_TAGS
from pipeline.stages.page.parse import parse_page

NAMES = list(ATTACKS)
FIELDS = ("term", "definition", "fact", "question", "answer", "related", "meaning", "found", "notice", "title")
# TeX commands from which typesetters make links and attributes.
TEX_LINK = re.compile(r"\\(?:href|url)\s*\{\s*(?!https?:|mailto:)[^}]*[:#]", re.IGNORECASE)
TEX_MARKUP = re.compile(r"\\(?:style|class|cssId|html\w+|require)\b|\\unicode\s*\{[^}]*[^0-9a-fx}]")
SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
MEDIA_NAME = re.compile(r"[0-9a-f]{32}\.(?:png|jpg|gif|webp|svg)")


def html_page(said: dict[str, str]) -> str:
    asked = f"<li>Why? {said['question']}<ul><li>So {said['answer']}</li></ul></li>"
    return term_html(
        head=f"<title>{said['title']} - (Attack Studies) - Vocab</title>",
        term=f"<h1>safe {said['term']}</h1>",
        course="<p>from class:</p><h3>Attack Studies</h3>",
        definition=f"<h2>Definition</h2><p>It is a term.</p><p>{said['definition']}</p>",
        facts=f"<h2>Must Know Facts</h2><ol><li>One {said['fact']}</li><li>two</li></ol>",
        questions=f"<h2>Review Questions</h2><ul>{asked}</ul>",
        related=f"<h2>Related terms</h2><dl><dt>other {said['related']}</dt><dd>is {said['meaning']}</dd></dl>",
        found=f'<h2>"x" also found in:</h2><ul><li>Course {said["found"]}</li></ul>',
        end=f"<footer><p>© 2024 Somebody {said['notice']} All rights reserved.</p></footer>",
    )


def text_page(said: dict[str, str]) -> str:
    said = {field: " ".join(text.split()) for field, text in said.items()}
    return "\n\n".join(
        [
            f"safe {said['term']}", "from class:", "Attack Studies",
            "Definition", f"It is a term. {said['definition']}",
            "Must Know Facts", f"  1. One {said['fact']}\n  2. two", "Review Questions",
            f"  • Why? {said['question']}\n    • So {said['answer']}", "Related terms",
            f"other {said['related']}: is {said['meaning']}", '"x" also found in:', f"  • Course {said['found']}",
            f"© 2024 Somebody {said['notice']} All rights reserved.",
        ]
    )  # fmt: skip


def markdown_page(said: dict[str, str]) -> str:
    return "\n\n".join(
        [
            f"# safe {said['term']}", "from class:", "### Attack Studies", "## Definition",
            f"It is a **term**. {said['definition']}", "## Must Know Facts", f"1. One {said['fact']}\n2. two",
            "## Review Questions", f"* Why? {said['question']}\n    * So {said['answer']}", "## Related terms",
            f"**other {said['related']}**: is {said['meaning']}", '## "x" also found in:', f"* Course {said['found']}",
            f"© 2024 Somebody {said['notice']} All rights reserved.",
        ]
    )  # fmt: skip


MEDIA_TYPES = {"html": "text/html", "txt": "text/plain", "md": "text/markdown"}
FORMS: dict[str, Callable[[dict[str, str]], str]] = {"html": html_page, "txt": text_page, "md": markdown_page}


def attributes(node: LexborNode) -> dict[str, str]:
    return {name: value or "" for name, value in node.attributes.items()}


def elements(html: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each element of an HTML fragment with its attributes, as a browser's parser reads it."""
    body = LexborHTMLParser(f"<!doctype html><body><div>{html}</div>").body
    assert body is not None
    for node in body.traverse():
        yield node.tag or "", attributes(node)


def check_fragment(html: str, *, more: dict[str, set[str]] | None = None) -> None:
    """Hold a fragment against the allow-list; `more` are elements of an exporter's own, with their attributes."""
    allowed: dict[str, set[str]] = {tag: ALLOWED_ATTRIBUTES.get(tag, set()) for tag in ALLOWED_TAGS} | (more or {})
    found = list(elements(html))
    assert [tag for tag, _ in found[:2]] == ["body", "div"]
    for tag, given in found[2:]:
        assert tag in {*allowed, "tbody"}, html
        assert given.keys() <= allowed.get(tag, set()), html
        assert SAFE_ADDRESS.match(given.get("href", "https://")), html
        source = given.get("src", "")
        assert not source or SAFE_ADDRESS.match(source) or MEDIA_NAME.fullmatch(source), html
    check_tex(LexborHTMLParser(html).text() or "" if re.search(r"\\[(\[]|\$\$|\\begin", html) else "")


def check_tex(text: str) -> None:
    assert not TEX_LINK.search(text), text
    assert not TEX_MARKUP.search(text), text


def fragments(value: Any) -> Iterator[str]:
    """Yield every `html` of a record."""
    if isinstance(value, dict):
        if isinstance(value.get("html"), str):
            yield value["html"]
        for part in value.values():
            yield from fragments(part)
    elif isinstance(value, list):
        for part in value:
            yield from fragments(part)


def check_record(record: dict[str, Any]) -> None:
    for html in fragments(record):
        check_fragment(html)
    addresses = [
        record["source"]["url"], record["course"]["url"],
        *(part["url"] for part in (*record["related_terms"], *record["also_found_in"])),
    ]  # fmt: skip
    assert all(address is None or SAFE_ADDRESS.match(address) for address in addresses)
    assert all(MEDIA_NAME.fullmatch(media["name"]) for media in record["media"])


@pytest.mark.parametrize("form", FORMS)
def test_no_field_of_any_page_carries_an_attack_on(form: str) -> None:
    """Each string stands once in each field: page number i has string number i + j in field number j."""
    records = 0
    for number in range(len(NAMES)):
        said = {field: ATTACKS[NAMES[(number + 7 * place) % len(NAMES)]] for place, field in enumerate(FIELDS)}
        # With so many tags, text would be taken for HTML that was cut: here it is read as what it is.
        raw = RawPage(f"attacks/page-{number}.{form}", FORMS[form](said).encode(), MEDIA_TYPES[form])
        outcome = parse_page(raw, Settings())
        assert outcome.records or outcome.rejects
        for record in outcome.records:
            records += 1
            assert isinstance(record, KeyTerm)
            check_record(record.model_dump(mode="json"))
    assert records > 0.9 * len(NAMES)


@pytest.mark.parametrize("name", SWALLOWING)
@pytest.mark.parametrize("form", FORMS)
def test_what_swallows_the_rest_of_a_page_gives_a_safe_record_or_a_reject(form: str, name: str) -> None:
    for field in FIELDS:
        said = dict.fromkeys(FIELDS, "") | {field: SWALLOWING[name]}
        outcome = parse(FORMS[form](said), f"attacks/page.{form}")
        assert outcome.records or outcome.rejects
        for record in outcome.records:
            check_record(record.model_dump(mode="json"))


def build_of_attacks(folder: Path) -> Path:
    """Return the build folder of a run of the command over pages that hold every attack in every field."""
    raw = folder / "raw"
    raw.mkdir()
    share = 21
    for turn, first in enumerate(range(0, len(NAMES), share)):
        joined = " ".join(ATTACKS[name] for name in NAMES[first : first + share])
        short = {field: ATTACKS[NAMES[(first + place) % len(NAMES)]] for place, field in enumerate(FIELDS)}
        said = short | dict.fromkeys(("definition", "fact", "question", "answer", "meaning"), joined)
        if turn:  # another name in the copyright line is another publisher, with decks and handouts of its own
            said["notice"] = ""
        (raw / f"{turn}.html").write_text(html_page(said), encoding="utf-8")
        # Text with tags on many of its lines would be taken for HTML that was cut.
        long, brief = ("definition", "fact", "question", "answer")[turn % 4], FIELDS[turn + 4]
        for form in ("txt", "md"):
            page = FORMS[form](dict.fromkeys(FIELDS, "") | {"term": form, long: joined, brief: short[brief]})
            (raw / f"{turn}-{form}.{form}").write_text(page.replace("safe", f"safe {turn}", 1), encoding="utf-8")
    course = (
        "<p>from class:</p><h3>Course &lt;script&gt;pwned()&lt;/script&gt; \\(\\href{javascript:pwned()}{x}\\)</h3>"
    )
    (raw / "course.html").write_text(term_html(course=course), encoding="utf-8")
    (folder / "guidepress.toml").write_text('[pdf]\nparts = ["handout", "flashcards"]\n', encoding="utf-8")
    done = guidepress(["all"], folder)
    assert done.returncode in (0, 3), done.stderr
    return folder / "build"


def records_of(build: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (build / "records.jsonl").read_text("utf-8").splitlines()]


def check_records_and_bundles(build: Path) -> None:
    """Records and bundles hold nothing but the allow-list."""
    records = records_of(build)
    assert len(records) >= 10
    bundles = [path for path in (build / "json").glob("*.json") if path.name not in ("manifest.json", "schema.json")]
    in_bundles = [record for path in bundles for record in json.loads(path.read_text("utf-8"))["records"]]
    assert len(in_bundles) == len(records)
    for record in (*records, *in_bundles):
        check_record(record)


def check_words_around_an_attack(build: Path) -> None:
    """The words around an attack are kept."""
    for record in records_of(build):
        if record["course"]["title"] == "Attack Studies" and record["source"]["media_type"] != "text/markdown":
            assert record["definition"]["text"].startswith("It is a term.")
            assert record["facts"][1]["text"] == "two"


# What the deck's exporter writes around rich text: see its templates for everything else.
DECK: dict[str, set[str]] = {
    "div": {"class", "dir"},
    "span": {"class", "dir"},
    "mark": set(),
    "li": {"class", "dir"},
    "ul": {"class"},
    "ol": {"class"},
}


def check_decks(build: Path, folder: Path) -> None:
    """No field of a deck plays, runs or leads anywhere, in a real Anki."""
    learner = Learner(folder)
    try:
        learner.imports(build / "anki" / "all.apkg")
        collection = learner.col
        numbers = collection.find_notes("")
        assert len(numbers) > 20
        for number in numbers:
            note = collection.get_note(number)
            for field in note.fields:
                check_fragment(field, more=DECK)
            for card in note.cards():
                shown = card.render_output()
                assert list(shown.question_av_tags) == []
                assert list(shown.answer_av_tags) == []
                assert "[sound:" not in shown.question_text + shown.answer_text
                assert not re.search(r"<img[^>]*latex", shown.question_text + shown.answer_text)
    finally:
        learner.close()


def check_packages(build: Path) -> None:
    """No package holds a file that a page named."""
    for package in (build / "anki").glob("*.apkg"):
        with ZipFile(package) as archive:
            assert all(re.fullmatch(r"collection\.anki\d+b?|media|meta|\d+", name) for name in archive.namelist())


def pdf_objects(path: Path) -> Iterator[pikepdf.Dictionary]:
    with pikepdf.open(path) as document:
        for one in document.objects:
            if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
                yield one
        yield document.Root


def check_handouts(build: Path) -> None:
    """No handout acts, or leads anywhere but to web pages."""
    files = list((build / "pdf").glob("*.pdf"))
    assert len(files) >= 3
    for path in files:
        for one in pdf_objects(path):
            assert not {"/JS", "/JavaScript", "/Launch", "/AA", "/AcroForm", "/EmbeddedFiles"} & set(one.keys())
            assert str(one.get("/S", "")) not in ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR")
            if "/URI" in one:
                assert SAFE_ADDRESS.match(str(one["/URI"])), str(one["/URI"])
            for link in one.get("/Annots", []) if "/Annots" in one else []:
                action = link.get("/A")
                assert action is None or str(action.get("/S")) in ("/URI", "/GoTo")


def check_report(build: Path) -> None:
    """The report shows attacks as text only."""
    tree = LexborHTMLParser((build / "report.html").read_text("utf-8"))
    assert tree.root is not None
    for node in tree.root.traverse():
        given = attributes(node)
        assert not any(name.startswith("on") for name in given)
        if node.tag in ("script", "style", "iframe", "object", "embed", "form", "base", "link"):
            assert "pwned" not in (node.html or "")
        assert not re.match(r"\s*[a-z]+:", given.get("href", "") + given.get("src", ""), re.IGNORECASE)


def test_no_output_of_a_run_over_pages_full_of_attacks_carries_one_on(tmp_path: Path) -> None:
    """One test, as the run takes most of its time: records, bundles, decks in a real Anki, handouts, the report."""
    build = build_of_attacks(tmp_path)
    check_records_and_bundles(build)
    check_words_around_an_attack(build)
    check_packages(build)
    check_decks(build, tmp_path / "anki")
    check_handouts(build)
    check_report(build)


@pytest.mark.parametrize("sign", "-=*_~#")
def test_endless_signs_around_a_line_are_no_text_of_a_heading_and_cost_no_time(sign: str) -> None:
    # Each length that a mark might have would be tried against each end: hours for a page of them.
    assert comparable(f"{sign * 20_000} Review Questions {sign * 20_000}") == "Review Questions"
    assert comparable(f"{sign * 20_000} Review Questions").endswith("Review Questions")
    assert comparable(sign * 20_000).strip(sign) == ""
