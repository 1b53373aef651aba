"""The worker processes: what becomes of a page that hangs, kills its worker, takes all memory, or meets a defect."""

import os
import signal
from collections.abc import Iterable

import pytest

from pipeline.config import Limits, Settings, SurroundingsError
from pipeline.pages import RawPage
from pipeline.stages.parsing import executor
from pipeline.stages.parsing.executor import Job, Parsed, ProcessPool

SECONDS = 0.15


def settings(jobs: int = 2) -> Settings:
    return Settings(jobs=jobs, limits=Limits(seconds=SECONDS, memory_mb=60))


def parse(pages: Iterable[str], jobs: int = 2) -> dict[str, Parsed]:
    work = [
        Job(f"{number}.txt", f"key {number}", RawPage(f"{number}.txt", text.encode(), "text/plain"))
        for number, text in enumerate(pages)
    ]
    results = list(ProcessPool(settings(jobs), "stage_parsers:obey").run(work))
    assert len(results) == len(work)
    return {result.job.page.path: result for result in results}


def codes(results: dict[str, Parsed]) -> list[str]:
    return [
        results[path].entry.rejects[0].code if results[path].entry.rejects else "record" for path in sorted(results)
    ]


def test_every_page_gives_its_result_whatever_the_number_of_workers() -> None:
    pages = [f"say {number}" for number in range(20)]
    one, three = parse(pages, jobs=1), parse(pages, jobs=3)
    assert {path: result.entry for path, result in one.items()} == {
        path: result.entry for path, result in three.items()
    }
    assert codes(one) == ["record"] * 20


def test_a_page_that_hangs_is_rejected_as_timeout_and_the_others_go_on() -> None:
    results = parse(["say a", "hang", "say b", "hang", "say c"])
    assert codes(results) == ["record", "timeout", "record", "timeout", "record"]
    reject = results["1.txt"].entry.rejects[0]
    assert "limits.seconds" in reject.message
    assert "limits.seconds" in reject.hint


def test_a_rejected_timeout_is_tried_again_by_the_next_run() -> None:
    assert not parse(["hang"])["0.txt"].entry.settled


@pytest.mark.parametrize(
    ("order", "code"), [("die SIGKILL", "memory"), ("die SIGSEGV", "internal"), ("leave now", "internal")]
)
def test_a_page_that_ends_its_worker_is_rejected_and_the_others_go_on(order: str, code: str) -> None:
    results = parse(["say a", order, "say b", "say c"])
    assert codes(results) == ["record", code, "record", "record"]


def test_a_page_that_takes_more_memory_than_it_may_is_rejected_as_memory() -> None:
    results = parse(["allocate 500000000", "say a", "allocate 1000"], jobs=1)
    assert codes(results) == ["memory", "record", "record"]


def test_a_defect_on_one_page_is_a_reject_with_its_traceback() -> None:
    results = parse(["say a", "raise this", "say b"])
    assert codes(results) == ["record", "internal", "record"]
    assert "KeyError: 'this'" in (results["1.txt"].traceback or "")


def test_a_page_larger_than_a_pipe_holds_comes_through() -> None:
    results = parse(["say " + "x" * 3_000_000, "say " + "y" * 3_000_000, "say z"], jobs=1)
    assert codes(results) == ["record"] * 3


def test_a_parser_that_cannot_be_loaded_ends_the_run_with_its_traceback() -> None:
    job = Job("a", "k", RawPage("a", b"", "text/plain"))
    with pytest.raises(RuntimeError, match="no_such_parser"):
        list(ProcessPool(settings(), "no_such_parser:parse").run([job]))


def test_no_worker_starts_when_there_is_nothing_to_parse() -> None:
    assert list(ProcessPool(settings(), "no_such_parser:parse").run([])) == []


def test_workers_that_the_system_kills_at_once_are_no_defect_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executor, "work", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    job = Job("a", "k", RawPage("a", b"", "text/plain"))
    with pytest.raises(SurroundingsError, match="before they could parse"):
        list(ProcessPool(settings(), "stage_parsers:obey").run([job]))
