"""Damaged and hostile input: a record or a clear reject for each, no traceback, and the run goes on."""

import json
from pathlib import Path

import pytest

from parsed_pages import codes, only_record, parse, parse_file, term_html
from pipeline.config import Limits, Settings
from pipeline.records import ERROR_CODES
from pipeline.stages.build.plan import Plan, run
from places import ROOT
from tests.generations import hostile
from tests.generations.fuzz import mutations
from tests.generations.hostile import HOSTILE, MEGA

RAW = ROOT / "raw"
SEED, FUZZED, CHUNK = 4, 200, 50


def raw_pages() -> list[bytes]:
    """Return the bytes of all sample pages: what the fuzzer damages."""
    kinds = (".html", ".htm", ".txt", ".md", ".mhtml")
    return [path.read_bytes() for path in sorted(RAW.rglob("*")) if path.suffix in kinds]


@pytest.mark.parametrize("first", range(0, FUZZED, CHUNK))
def test_every_damaged_page_gives_a_record_or_a_reject(first: int) -> None:
    pages = raw_pages()
    assert len(pages) >= 24
    for label, data in mutations(pages, first + CHUNK, SEED, first=first):
        outcomes = parse_file(data, "fuzzed/page.html")
        assert outcomes, label
        for outcome in outcomes:
            assert outcome.records or outcome.rejects, label
            for reject in outcome.rejects:
                assert reject.code in ERROR_CODES.keys() - {"internal"}
                assert reject.message
                assert reject.hint
            outcome.model_dump_json().encode()


# What each hostile input must give: the code of its reject by its path, and the paths of good pages beside it.
REJECTED = {
    "huge-text.html": "too-large",
    "huge-tags.html": "too-large",
    "huge-script.html": "too-large",
    "many-tags.html": "too-many-tags",
    "deep-div.html": "too-deep",
    "deep-open-b.html": "too-deep",
    "deep-ul.html": "too-deep",
    "bomb.zip!/page-0.html": "expansion",
    "bomb-members.zip!/page-0.html": "expansion",
    "bomb-members.zip!/page-1.html": "expansion",
    "bomb-members.zip!/page-2.html": "expansion",
    "bomb.html.gz": "expansion",
    "traversal.zip!/../up.html": "unsafe-path",
    "traversal.zip!/a/../../up.html": "unsafe-path",
    "traversal.zip!//etc/absolute.html": "unsafe-path",
    "traversal.zip!/C:\\windows\\drive.html": "unsafe-path",
    "traversal.zip!/..\\back.html": "unsafe-path",
    "encrypted.zip!/secret.html": "encrypted",
    "symlink.zip!/link.html": "broken-link",
    "cut.zip": "corrupt-archive",
    "cut.html.gz": "corrupt-archive",
    "cut.warc": "corrupt-archive",
    "cut.warc.gz": "corrupt-archive",
    "lying.warc": "corrupt-archive",
    "empty.html": "empty",
    "blank.txt": "empty",
    "bom.html": "empty",
    "binary.html": "binary",
    "about.html": "no-layout",
    "404.html": "no-layout",
} | {f"nested.zip!/{outer}.zip!/{inner}.zip": "too-deep" for outer in range(10) for inner in range(10)}
# As hostile as the makers' own sizes, but no larger than it takes to be past a limit.
SMALLER = {
    "huge-text.html": lambda: hostile.huge_page(17 * MEGA),
    "huge-tags.html": lambda: hostile.huge_page(17 * MEGA, "tags"),
    "huge-script.html": lambda: hostile.huge_page(17 * MEGA, "script"),
    "many-tags.html": lambda: hostile.huge_page(8 * MEGA, "tags"),
    "bomb.zip": lambda: hostile.zip_bomb(40 * MEGA),
    "bomb-members.zip": lambda: hostile.zip_bomb(20 * MEGA, 3),
    "bomb.html.gz": lambda: hostile.gzip_bomb(40 * MEGA),
}


def test_each_hostile_input_is_rejected_for_what_it_is_and_the_run_goes_on(tmp_path: Path) -> None:
    raw, build = tmp_path / "raw", tmp_path / "build"
    raw.mkdir()
    makers = HOSTILE | SMALLER
    del makers["truncated.html"]  # what is cut in mid-sentence has no mark of it: see the test below
    for name, make in makers.items():
        (raw / name).write_bytes(make())
    (raw / "zz-good.html").write_text(term_html())
    result = run(
        Settings(raw=(raw,), build=build, lock=tmp_path / "cards.lock", jobs=2, limits=Limits(seconds=60)),
        Plan(export=(), verify=False),
    )
    rejects = [json.loads(line) for line in (build / "rejects.jsonl").read_text("utf-8").splitlines()]
    told = {reject["path"]: reject["code"] for reject in rejects}
    assert {path: told.get(path) for path in REJECTED} == REJECTED
    # Names with NUL or `~` are no way out of an archive: each gives its page, or is rejected as what it is.
    assert told.keys() - REJECTED.keys() <= {path for path in told if path.startswith("traversal")}
    assert all(reject["message"] and reject["hint"] for reject in rejects)
    records = [json.loads(line) for line in (build / "records.jsonl").read_text("utf-8").splitlines()]
    assert "fiveable/ap-biology/osmosis" in {record["id"] for record in records}
    assert {record["source"]["path"].split("!/")[0] for record in records} <= {
        "zz-good.html", "cut.zip", "cut.warc", "cut.warc.gz", "duplicate.zip", "symlink.zip", "traversal.zip",
    }  # fmt: skip
    assert result.tracebacks == []
    assert result.exit_code == 3


@pytest.mark.parametrize(
    ("limit", "page", "code"),
    [
        (Limits(depth=20), term_html(related="<div>" * 30 + "deep" + "</div>" * 30), "too-deep"),
        (Limits(tags=15), term_html(), "too-many-tags"),
        (Limits(page_bytes=400), term_html(), "too-large"),
        (Limits(depth=20), "# osmosis\n\n" + "> " * 18 + "x\n\n" + term_html(related="<div>" * 30), "too-deep"),
    ],
)
def test_a_page_past_a_lowered_limit_is_rejected_with_that_code(limit: Limits, page: str, code: str) -> None:
    outcome = parse(page, settings=Settings(limits=limit))
    assert codes(outcome) == [code]
    assert "limits." in outcome.rejects[0].hint
    assert outcome.records == ()


def test_a_page_within_the_limits_is_read_whatever_their_size() -> None:
    page = term_html(related="<div>" * 100 + "deep" + "</div>" * 100)
    assert only_record(parse(page, settings=Settings(limits=Limits(depth=150, tags=400)))).term.text == "osmosis"


NESTED = {
    "lists": ("<ul><li>x", "</li></ul>", 180),
    "numbered lists without a word": ("<ol><li>", "</li></ol>", 180),
    "quotations": ("<blockquote>", "</blockquote>", 360),
    "quotations in lists": ("<ul><li><blockquote>x", "</blockquote></li></ul>", 120),
    "tables": ("<table><tr><td>x", "</td></tr></table>", 90),
    "foldings": ("<details><summary>x</summary>", "</details>", 360),
    "terms": ("<dl><dt>x</dt><dd>", "</dd></dl>", 180),
    "marks": ("<b><i>", "</i></b>", 180),
    "words not read aloud": ('a <span aria-hidden="true">b ', "</span>", 360),
    "hidden words": ("a <span hidden>b ", "</span>", 360),
    "components": ("<x-a><template shadowrootmode=open>x ", "</template></x-a>", 360),
    "rows of formulas": ("<math><mrow>", "</mrow></math>", 180),
}


@pytest.mark.parametrize("kind", NESTED)
@pytest.mark.parametrize("part", ["definition", "facts", "questions"])
def test_what_is_nested_below_the_limit_is_read_however_deep(kind: str, part: str) -> None:
    opening, closing, depth = NESTED[kind]
    nested = f"{opening * depth}core{closing * depth}"
    page = term_html(
        **{
            "definition": {"definition": f"<h2>Definition</h2><p>Water crosses.</p><div>{nested}</div>"},
            "facts": {"facts": f"<h2>1 Must Know Facts</h2><ol><li>Water crosses. {nested}</li></ol>"},
            "questions": {"questions": f"<h2>Review Questions</h2><ul><li>Why?<ul><li>{nested}</li></ul></li></ul>"},
        }[part]
    )
    outcome = parse(page)
    record = only_record(outcome)
    assert "core" in record.model_dump_json() or outcome.ledger.boilerplate["hidden"] > len("core")


def test_a_page_that_ends_within_a_tag_before_its_definition_is_rejected_as_truncated() -> None:
    whole = term_html()
    outcome = parse(whole[: whole.index("<p>Water") + 2])
    assert codes(outcome) == ["truncated"]


def test_a_page_that_ends_within_a_tag_after_its_definition_says_so_with_the_line() -> None:
    whole = term_html()
    cut = whole[: whole.index("<footer>") + 5]
    outcome = parse(cut)
    assert only_record(outcome).definition.text == "Water crosses a membrane."
    truncated = [one for one in outcome.findings if one.code == "truncated"]
    assert [one.line for one in truncated] == [cut.count("\n") + 1]


@pytest.mark.parametrize("line", ["a > b / " * 40 + "x" * 120, "|" * 390, "a>" * 200, "(" * 400, "- " * 200 + "!"])
def test_no_line_of_signs_keeps_the_reader_busy(line: str) -> None:
    """Patterns over lines like these took hours when they could divide them in many ways."""
    record = only_record(parse(term_html(related=f"<p>{line}</p>", head=f"<title>{line}</title>")))
    assert record.definition.text == "Water crosses a membrane."


@pytest.mark.parametrize("word", ["x" * 100_000, "x=" * 20_000, "<" * 50_000, "\\" * 50_000, "$" * 20_001])
def test_no_endless_word_keeps_the_reader_busy(word: str) -> None:
    for page in (f"osmosis\n\nfrom class:\n\nAP Biology\n\nDefinition\n\nWater {word} moves.\n", f"<p>{word}</p>"):
        outcome = parse(page, "biology/osmosis.txt")
        assert outcome.records or outcome.rejects
