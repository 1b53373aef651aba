"""The worker processes: what becomes of a page that hangs, kills its worker, takes all memory, or meets a defect."""

import os
import signal
from collections.abc import Iterable
from pathlib import Path

import pytest

from pipeline.config import Limits, Settings, SurroundingsError
from pipeline.pages import discover
from pipeline.stages.parsing import executor, reading
from pipeline.stages.parsing.executor import ProcessPool
from pipeline.stages.parsing.parts import Done, Event, Outcome, Part, Stretch
from raw_inputs import gzipped_each, http, warc_record

SECONDS = 0.15


def settings(jobs: int = 2) -> Settings:
    return Settings(jobs=jobs, limits=Limits(seconds=SECONDS, memory_mb=60))


def events(parts: Iterable[Part], jobs: int = 2, parser: str = "stage_parsers:obey") -> list[Event]:
    waiting = list(parts)
    pool = ProcessPool(settings(jobs), parser)
    found = [event for _, event in pool.run(lambda: waiting.pop(0) if waiting else None)]
    pool.close()
    return found


def outcomes(found: Iterable[Event]) -> dict[str, Outcome]:
    results = [event for event in found if isinstance(event, Outcome)]
    assert len({result.path for result in results}) == len(results)
    return {result.path: result for result in results}


def parse(folder: Path, pages: Iterable[str], jobs: int = 2) -> dict[str, Outcome]:
    """Return what files with these texts give, one page a file."""
    for number, text in enumerate(pages):
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    files = [Part(file) for file in discover([folder])]
    found = events(files, jobs)
    assert sum(isinstance(event, Done) for event in found) == len(files)
    return outcomes(found)


def archive(folder: Path, pages: Iterable[str]) -> Part:
    """Return a WARC with pages of these texts, as a part."""
    records = (warc_record(http(text.encode(), content_type="text/plain")) for text in pages)
    (folder / "a.warc.gz").write_bytes(gzipped_each(records))
    (file,) = discover([folder])
    return Part(file)


def codes(results: dict[str, Outcome]) -> list[str]:
    found = []
    for path in sorted(results, key=lambda path: (len(path), path)):
        entry = results[path].entry
        found.append("kept" if entry is None else entry.rejects[0].code if entry.rejects else "record")
    return found


def test_every_page_gives_its_result_whatever_the_number_of_workers(tmp_path: Path) -> None:
    pages = [f"say {number}" for number in range(20)]
    one, three = parse(tmp_path, pages, jobs=1), parse(tmp_path, pages, jobs=3)
    assert one == three
    assert codes(one) == ["record"] * 20


def test_a_page_that_hangs_is_rejected_as_timeout_and_the_others_go_on(tmp_path: Path) -> None:
    results = parse(tmp_path, ["say a", "hang", "say b", "hang", "say c"])
    assert codes(results) == ["record", "timeout", "record", "timeout", "record"]
    entry = results["01.txt"].entry
    assert entry
    assert "limits.seconds" in entry.rejects[0].message
    assert "limits.seconds" in entry.rejects[0].hint
    assert not entry.settled  # it is tried again by the next run


ORDERS = [("die SIGKILL", "memory"), ("die SIGSEGV", "internal"), ("leave now", "internal")]


@pytest.mark.parametrize(("order", "code"), ORDERS)
def test_a_page_that_ends_its_worker_is_rejected_and_the_others_go_on(tmp_path: Path, order: str, code: str) -> None:
    results = parse(tmp_path, ["say a", order, "say b", "say c"])
    assert codes(results) == ["record", code, "record", "record"]


def test_within_an_archive_too_each_page_is_rejected_by_itself(tmp_path: Path) -> None:
    pages = ["say a", "hang", "say b", "die SIGKILL", "say c", "raise this", "allocate 500000000", "say d", "hang"]
    found = events([archive(tmp_path, pages)])
    wanted = ["record", "timeout", "record", "memory", "record", "internal", "memory", "record", "timeout"]
    assert codes(outcomes(found)) == wanted
    assert isinstance(found[-1], Done)
    assert sum(isinstance(event, Done) for event in found) == 1


def test_a_page_that_takes_more_memory_than_it_may_is_rejected_as_memory(tmp_path: Path) -> None:
    results = parse(tmp_path, ["allocate 500000000", "say a", "allocate 1000"], jobs=1)
    assert codes(results) == ["memory", "record", "record"]


def test_a_defect_on_one_page_is_a_reject_with_its_traceback(tmp_path: Path) -> None:
    results = parse(tmp_path, ["say a", "raise this", "say b"])
    assert codes(results) == ["record", "internal", "record"]
    assert "KeyError: 'this'" in (results["01.txt"].traceback or "")


def test_a_page_larger_than_a_pipe_holds_comes_through(tmp_path: Path) -> None:
    results = parse(tmp_path, ["say " + "x" * 3_000_000, "say " + "y" * 3_000_000, "say z"], jobs=1)
    assert codes(results) == ["record"] * 3


def test_a_parser_that_cannot_be_loaded_ends_the_run_with_its_traceback(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="no_such_parser"):
        events([archive(tmp_path, ["say a"])], parser="no_such_parser:parse")


def test_no_worker_starts_when_there_is_nothing_to_parse() -> None:
    assert events([], parser="no_such_parser:parse") == []


def test_workers_that_the_system_kills_at_once_are_no_defect_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executor, "work", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(SurroundingsError, match="before they could parse"):
        events([archive(tmp_path, ["say a"])])


# Reading a file is watched as parsing a page is: these replace `read_found` in the workers, which are forked off.


def stuck_after(count: int, what: str):
    """Return a reader of files that finds as many things as the real one, up to `count`, and then does `what`."""

    def read(file, limits, cursor, *, bare):
        for number, found in enumerate(READ(file, limits, cursor, bare=bare)):
            if number == count:
                order(what)
            yield found
        order(what)

    return read


READ = reading.read_found


def order(what: str) -> None:
    if what == "hang":
        while True:
            pass
    if what == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "allocate":
        bytearray(10**10)
    raise KeyError(what)


@pytest.mark.parametrize("walk", [False, True])
@pytest.mark.parametrize(
    ("what", "code"), [("hang", "timeout"), ("die", "memory"), ("allocate", "memory"), ("raise", "internal")]
)
def test_a_file_whose_reading_cannot_go_on_is_rejected_and_what_came_before_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, code: str, *, walk: bool
) -> None:
    part = archive(tmp_path, ["say a", "say b", "say c"])
    monkeypatch.setattr(reading, "read_found", stuck_after(2, what))
    parts = [Part(part.file, walk=walk)]
    pool = ProcessPool(settings(), "stage_parsers:obey")
    found = [event for _, event in pool.run(lambda: parts.pop() if parts else None)]
    pool.close()
    results = outcomes(found)
    assert codes(results)[0] == code
    assert min(results, key=len) == "a.warc.gz"
    assert codes(results)[1:] == ["record", "record"]
    assert isinstance(found[-1], Done)


def test_a_walk_tells_stretches_that_can_be_parsed_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_PAGES", 3)
    part = archive(tmp_path, [f"say {number}" for number in range(10)])
    found = events([Part(part.file, walk=True)])
    stretches = [event for event in found if isinstance(event, Stretch)]
    assert [stretch.things for stretch in stretches] == [3, 3, 3, 1]
    assert [stretch.after for stretch in stretches[:-1]] == [stretch.begin for stretch in stretches[1:]]
    parts = [Part(part.file, stretch.begin, stop=stretch.things, walked=True) for stretch in reversed(stretches)]
    assert outcomes(events(parts)).keys() == outcomes(events([part])).keys()


def test_a_long_walk_is_gone_on_with_where_it_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_PAGES", 2)
    monkeypatch.setattr(reading, "_STRETCHES", 2)
    part = archive(tmp_path, [f"say {number}" for number in range(9)])
    walk, pages = Part(part.file, walk=True), []
    while walk:
        *stretches, done = events([walk])
        pages += [path for stretch in stretches if isinstance(stretch, Stretch) for path, _ in stretch.pages]
        assert isinstance(done, Done)
        walk = Part(part.file, done.after, walk=True) if done.after else None
    assert len(pages) == len(set(pages)) == 9
