"""A crawl as the source of a build: by a list, by an index, by addresses; what is asked for may change."""

import json
from pathlib import Path

import pytest

from command_runs import guidepress
from pipeline.config import Settings
from pipeline.stages.build.plan import Plan, run
from pipeline.stages.inspecting.staleness import status
from raw_inputs import gzipped_each, http, warc_record
from term_pages import term_page

TERMS = {"Alpha": "a.example/one/alpha", "Beta": "a.example/two/beta", "Gamma": "b.example/gamma"}


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    """Return a folder with a crawl of three pages, a list of its files and an index of it."""
    lines, records, offset = [], [], 0
    for term, address in TERMS.items():
        block = http(term_page(term).encode(), content_type="text/plain; charset=utf-8")
        packed = gzipped_each([warc_record(block, target_uri=f"https://{address}")])
        host, _, path = address.partition("/")
        said = {"url": f"https://{address}", "mime": "text/plain", "status": "200", "filename": "crawl.warc.gz"}
        said |= {"offset": str(offset), "length": str(len(packed))}
        lines.append(f"{','.join(reversed(host.split('.')))})/{path} 20240102030405 {json.dumps(said)}\n")
        records.append(packed)
        offset += len(packed)
    (tmp_path / "crawl.warc.gz").write_bytes(b"".join(records))
    (tmp_path / "crawl.cdxj").write_text("".join(sorted(lines)))
    (tmp_path / "warc.paths").write_text("crawl.warc.gz\n")
    return tmp_path


def settings(folder: Path, raw: str, *url: str) -> Settings:
    return Settings(raw=(folder / raw,), url=url, build=folder / "build", lock=folder / "cards.lock", jobs=1)


@pytest.mark.parametrize("raw", ["crawl.warc.gz", "warc.paths", "crawl.cdxj"])
def test_other_addresses_parse_what_is_new_and_forget_what_is_not_asked_for(crawl: Path, raw: str) -> None:
    def built(*url: str) -> tuple[int, int, int]:
        result = run(settings(crawl, raw, *url), Plan(export=()))
        assert result.exit_code == 0
        return result.records, result.parsed, result.gone

    assert built("a.example/one/") == (1, 1, 0)
    assert status(settings(crawl, raw, "a.example/one/")).pages_changed is False
    assert len(status(settings(crawl, raw, "a.example")).new) == 1
    assert built("a.example")[:2] == (2, 1)
    assert built() == (3, 1, 0)
    assert built()[:2] == (3, 0)
    assert built("b.example")[:2] == (1, 0)


def test_a_wish_is_given_by_flag_environment_and_file(crawl: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (crawl / "guidepress.toml").write_text('raw = ["crawl.cdxj"]\nurl = ["b.example"]\n')

    def records(*arguments: str) -> list[str]:
        done = guidepress(["parse", "--jobs", "1", *arguments], crawl)
        assert done.returncode == 0, done.stderr
        return [json.loads(line)["term"]["text"] for line in (crawl / "build/records.jsonl").open()]

    assert records() == ["Gamma"]
    monkeypatch.setenv("GUIDEPRESS_URL", "a.example/one, https://a.example/two")
    assert records() == ["Alpha", "Beta"]
    assert records("--url", "a.example/two", "--url", "b.example") == ["Beta", "Gamma"]


def test_a_record_of_a_crawl_that_an_index_names_can_be_traced(crawl: Path) -> None:
    (crawl / "guidepress.toml").write_text('raw = ["crawl.cdxj"]\n')
    assert guidepress(["parse", "--jobs", "1"], crawl).returncode == 0
    (line, *_) = (crawl / "build/records.jsonl").read_text().splitlines()
    record = json.loads(line)
    assert record["source"]["path"].startswith("crawl.warc.gz!/")
    for target in (record["id"], record["source"]["path"]):
        done = guidepress(["trace", target], crawl)
        assert (done.returncode, record["term"]["text"] in done.stdout) == (0, True), done.stderr
