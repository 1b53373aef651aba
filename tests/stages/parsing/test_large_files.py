"""Files that several workers parse: the same rows as from one worker; of one that changed, what changed is parsed."""

import json
import zipfile
from pathlib import Path

import pytest

from pipeline.config import Limits, Settings
from pipeline.stages.build import Plan, RunResult, run
from pipeline.stages.parsing import ProcessPool, reading, stage
from pipeline.stages.parsing.parts import Part
from raw_inputs import PNG, gzipped_each, http, warc_record, zipped
from term_pages import term_page

TERMS = [f"Term {number:02}" for number in range(40)]
PAGES = [term_page(term).encode() for term in TERMS]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "raw").mkdir()
    return Settings(
        raw=(tmp_path / "raw",),
        build=tmp_path / "build",
        lock=tmp_path / "cards.lock",
        jobs=2,
        limits=Limits(expansion_ratio=10_000),
    )


@pytest.fixture
def _walked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small archives be walked through: stretches of three pages, eight of them in a walk."""
    monkeypatch.setattr(stage, "_LARGE_ARCHIVE", 0)
    monkeypatch.setattr(reading, "_PAGES", 3)
    monkeypatch.setattr(reading, "_STRETCHES", 8)


def parsed(settings: Settings) -> RunResult:
    return run(settings, Plan(export=(), verify=False))


def outputs(settings: Settings) -> list[bytes]:
    return [(settings.build / f"{name}.jsonl").read_bytes() for name in ("records", "rejects", "findings")]


def write(settings: Settings, pages: list[bytes]) -> None:
    """Write three archives with a third of the pages each, and with what is no page."""
    raw = settings.raw[0]
    records = [warc_record(http(page, content_type="text/plain")) for page in pages]
    records[3:3] = [warc_record(http(PNG, content_type="image/png")), warc_record(http(b"", content_type="text/html"))]
    (raw / "a.warc.gz").write_bytes(gzipped_each(records[:15]))
    (raw / "b.warc").write_bytes(b"".join(records[15:28]) + b"WARC/1.0\r\n")
    members = [(f"{number:02}.txt", page) for number, page in enumerate(pages[26:])]
    (raw / "c.zip").write_bytes(zipped(*members, ("tide.png", PNG), ("empty.html", b""), method=zipfile.ZIP_STORED))


@pytest.mark.usefixtures("_walked")
def test_archives_that_are_walked_give_the_rows_of_archives_that_are_not(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(settings, PAGES)
    result = parsed(settings)
    assert (result.pages, result.records, result.reject_codes) == (43, 40, {"empty": 2, "corrupt-archive": 1})
    whole = outputs(settings)
    monkeypatch.setattr(stage, "_LARGE_ARCHIVE", 10**9)
    alone = settings.model_copy(update={"build": settings.build.with_name("alone")})
    assert parsed(alone).ignored == result.ignored == {"content-type": 1, "image": 1}
    assert outputs(alone) == whole


@pytest.mark.usefixtures("_walked")
def test_of_an_archive_that_changed_only_the_pages_that_did_are_parsed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(settings, PAGES)
    parsed(settings)
    assert parsed(settings).parsed == 0
    edited = [*PAGES]
    edited[30] = term_page(TERMS[30], definition="{term} is another thing now.").encode()
    edited[39] = term_page(TERMS[39], definition="{term} has another meaning.").encode()
    write(settings, edited)
    monkeypatch.setattr(stage, "_FEW", 2)
    assert parsed(settings).parsed == 2
    records = [json.loads(line) for line in (settings.build / "records.jsonl").read_text(encoding="utf-8").splitlines()]
    changed = [one["term"]["text"] for one in records if "plain sentence" not in one["definition"]["text"]]
    assert changed == ["Term 30", "Term 39"]


@pytest.mark.usefixtures("_walked")
def test_the_pictures_of_a_crawl_are_looked_for_once(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (
        b"<h1>osmosis</h1><p>from class:</p><h3>Kitchen Science</h3><h2>Definition</h2>"
        b"<p>Water moves. <img src=tide.png alt=tide></p>"
    )
    records = [warc_record(http(data, content_type="text/plain")) for data in PAGES[:9]]
    records[4:4] = [warc_record(http(page), target_uri="https://example.org/osmosis.html")]
    records += [warc_record(http(PNG, content_type="image/png"), target_uri="https://example.org/tide.png")]
    (settings.raw[0] / "a.warc.gz").write_bytes(gzipped_each(records))
    parts: list[Part] = []

    class Noting(ProcessPool):
        def run(self, take):
            return super().run(lambda: parts.append(part := take()) or part)

    pool = Noting(settings)
    run(settings, Plan(export=(), verify=False), executor=pool)
    walk, *others = [part for part in parts if part]
    assert (walk.walk, walk.file.pictures) == (True, None)
    assert {part.file.pictures for part in others} == {others[0].file.pictures}
    assert [address for address, _, _ in others[0].file.pictures or ()] == ["https://example.org/tide.png"]
    found = [json.loads(line) for line in (settings.build / "records.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [len(record["media"]) for record in found if record["term"]["text"] == "osmosis"] == [1]


@pytest.mark.usefixtures("_walked")
def test_a_picture_in_an_archive_that_changed_has_its_page_parsed_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (
        b"<h1>osmosis</h1><p>from class:</p><h3>Kitchen Science</h3><h2>Definition</h2>"
        b"<p>Water moves. <img src=tide.png alt=tide></p>"
    )
    others = [(f"{number}.txt", data) for number, data in enumerate(PAGES[:9])]
    for picture, expected in ((PNG, 10), (PNG + b"2", 1), (PNG + b"2", 0)):
        (settings.raw[0] / "a.zip").write_bytes(zipped(("osmosis.html", page), ("tide.png", picture), *others))
        assert parsed(settings).parsed == expected
        monkeypatch.setattr(stage, "_FEW", 2)
