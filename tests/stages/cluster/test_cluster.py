"""A real Dask scheduler with two worker processes: the bytes that this machine's own processes give, whoever dies."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from command_runs import artifact_sums
from pipeline.config import Limits, PdfSettings, Settings, SurroundingsError
from pipeline.exporters.pdf import drawing
from pipeline.exporters.pdf.drawing.workforce import ProcessWorkforce
from pipeline.pages import discover
from pipeline.stages.build import Plan, run
from pipeline.stages.cluster import Cluster, client
from pipeline.stages.parsing import cluster_pool
from pipeline.stages.parsing.cluster_pool import ClusterPool
from pipeline.stages.parsing.parts import Done, Outcome, Part
from pipeline.stages.progress import Silent
from raw_inputs import PNG
from term_pages import write_pages

psutil = pytest.importorskip("psutil")
distributed = pytest.importorskip("distributed", reason="the extra `dask` is not installed")
TERMS = [f"Term{number:02}" for number in range(6)]


class Following(Silent):
    """Does something when a stage begins, or when the first step of one is done."""

    def __init__(self, stage: str = "", then: Callable[[], None] = lambda: None) -> None:
        self._wanted = stage
        self._then = then
        self._stage = ""
        self.counts: list[int] = []

    def start(self, stage: str, total: int | None) -> None:
        self._stage = stage
        if stage == self._wanted != "parse":
            self._now()

    def advance(self, steps: int = 1) -> None:
        if self._stage == self._wanted == "parse":
            self._now()

    def workers(self, count: int) -> None:
        self.counts.append(count)

    def _now(self) -> None:
        self._wanted = ""
        self._then()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    import dask

    folder = tmp_path_factory.mktemp("dask")
    path = os.pathsep.join([str(Path(__file__).parents[2] / "support"), os.environ.get("PYTHONPATH", "")])
    with (
        pytest.MonkeyPatch.context() as patch,
        dask.config.set(
            {"distributed.scheduler.allowed-failures": 0, "distributed.nanny.pre-spawn-environ.PYTHONPATH": path}
        ),
    ):
        patch.setenv("PYTHONPATH", path)
        with distributed.LocalCluster(
            host="127.0.0.1",
            n_workers=2,
            threads_per_worker=1,
            memory_limit=0,
            dashboard_address="127.0.0.1:0",
            scheduler_kwargs={"dashboard": False},
            local_directory=str(folder),
        ) as started:
            yield started


@pytest.fixture
def two_workers(cluster: Any) -> Any:
    """Give the cluster when both workers are there: an earlier test may have killed one."""
    with distributed.Client(cluster.scheduler_address, set_as_default=False) as asking:
        asking.wait_for_workers(2, timeout=60)
    return cluster


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    # What the tests share of drawing processes cannot be sent to a worker.
    monkeypatch.setattr(drawing, "ProcessWorkforce", ProcessWorkforce)


def settings_for(folder: Path, name: str, scheduler: str | None = None, **more: Any) -> Settings:
    return Settings(
        raw=(folder / "raw",),
        build=folder / name,
        lock=folder / f"{name}.lock",
        jobs=2,
        executor="dask" if scheduler else "processes",
        scheduler=scheduler,
        pdf=PdfSettings(parts=("handout",)),
        **more,
    )


def kill_one(cluster: Any, module: str) -> None:
    """Kill a worker that has a task, and beside which a process of that module is, as soon as there is one."""
    while True:
        for worker in list(cluster.scheduler.workers.values()):
            with contextlib.suppress(psutil.NoSuchProcess):
                children = psutil.Process(worker.pid).children()
                if worker.processing and any(f"pipeline.{module}" in child.cmdline() for child in children):
                    os.kill(worker.pid, signal.SIGKILL)
                    return
        time.sleep(0.01)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Return a folder with raw pages, and what processes of this machine make of them."""
    folder = tmp_path_factory.mktemp("pages")
    write_pages(folder / "raw", TERMS)
    write_pages(folder / "raw", ["Delta", "Epsilon"], course="Other Studies")
    (folder / "raw/nothing.txt").write_text("What is this?", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1750000000")
        assert run(settings_for(folder, "here"), Plan(verify=False)).exit_code == 3
    return folder, artifact_sums(folder / "here")


def test_a_worker_killed_while_pages_are_parsed_changes_no_byte(
    undisturbed: tuple[Path, dict[str, str]], two_workers: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, expected = undisturbed
    monkeypatch.setattr(cluster_pool, "_PAGES", 1)  # a batch for each page
    following = Following("parse", lambda: kill_one(two_workers, "stages.parsing.station"))
    result = run(settings_for(folder, "there", two_workers.scheduler_address), Plan(export=()), following)
    assert (result.exit_code, result.parsed) == (3, len(TERMS) + 3)
    assert following.counts[0] == 2
    sums = artifact_sums(folder / "there")
    assert sums == {path: expected[path] for path in sums}


def test_a_worker_killed_while_it_draws_changes_no_byte(
    undisturbed: tuple[Path, dict[str, str]], two_workers: Any
) -> None:
    folder, expected = undisturbed
    killing = threading.Thread(target=kill_one, args=[two_workers, "exporters.pdf.drawing.worker"], daemon=True)
    following = Following("export pdf", killing.start)
    result = run(settings_for(folder, "drawn", two_workers.scheduler_address), Plan(verify=False), following)
    killing.join()
    assert (result.exit_code, list(result.failures)) == (3, [])
    assert artifact_sums(folder / "drawn") == expected
    assert (folder / "drawn.lock").read_bytes() == (folder / "here.lock").read_bytes()


def test_without_a_scheduler_a_cluster_is_started_when_there_is_work_and_ends_with_the_run(
    undisturbed: tuple[Path, dict[str, str]],
) -> None:
    folder, expected = undisturbed
    settings = settings_for(folder, "own").model_copy(update={"executor": "dask"})
    first, second = Following(), Following()
    run(settings, Plan(export=(), verify=False), first)
    assert first.counts == [2]
    sums = artifact_sums(folder / "own")
    assert sums == {path: expected[path] for path in sums}
    run(settings, Plan(export=(), verify=False), second)
    assert second.counts == []
    assert [path.name for path in (folder / "own/.state").iterdir() if path.is_dir()] == []


def test_workers_with_other_code_are_refused_with_both_fingerprints(
    undisturbed: tuple[Path, dict[str, str]], two_workers: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = undisturbed
    settings = settings_for(folder, "refused", two_workers.scheduler_address)
    theirs = Cluster(settings, Silent(), folder).fingerprint
    monkeypatch.setattr(Cluster, "fingerprint", "ours")
    with pytest.raises(SurroundingsError, match="2 workers have other code than this run") as caught:
        run(settings, Plan(export=()))
    assert caught.value.exit_code == 2
    assert "fingerprint here: ours" in caught.value.detail
    assert caught.value.detail.count(theirs) == 2
    # A worker that comes later is asked with each task.
    monkeypatch.setattr(Cluster, "_refuse_others", lambda _self: None)
    with pytest.raises(SurroundingsError, match="1 worker has other code") as caught:
        run(settings, Plan(export=()))
    assert theirs in caught.value.detail


def outcomes_of(pool: ClusterPool, folder: Path) -> dict[str, str]:
    """Return the code of each file's reject, or "record"."""
    waiting = [Part(file) for file in discover([folder])]
    count = len(waiting)
    found = list(pool.run(lambda: waiting.pop(0) if waiting else None))
    assert sum(isinstance(event, Done) for _, event in found) == count
    outcomes = [event for _, event in found if isinstance(event, Outcome)]
    assert len(outcomes) == count
    return {
        one.path: "kept" if one.entry is None else one.entry.rejects[0].code if one.entry.rejects else "record"
        for one in outcomes
    }


@pytest.fixture
def pool(two_workers: Any, tmp_path: Path) -> Iterator[ClusterPool]:
    settings = settings_for(tmp_path, "build", two_workers.scheduler_address, limits=Limits(seconds=0.3, memory_mb=60))
    joined = Cluster(settings, Silent(), tmp_path)
    yield ClusterPool(settings, joined, "stage_parsers:obey")
    joined.close()


def test_pages_that_hang_or_die_or_take_all_memory_are_rejected_and_no_worker_goes_with_them(
    two_workers: Any, pool: ClusterPool, tmp_path: Path
) -> None:
    before = sorted(worker.pid for worker in two_workers.scheduler.workers.values())
    pages = {"a": "say a", "b": "hang", "c": "die SIGKILL", "d": "allocate 500000000", "e": "raise x", "f": "say f"}
    (tmp_path / "raw").mkdir()
    for name, text in pages.items():
        (tmp_path / f"raw/{name}").write_text(text, encoding="utf-8")
    assert outcomes_of(pool, tmp_path / "raw") == {
        "a": "record",
        "b": "timeout",
        "c": "memory",
        "d": "memory",
        "e": "internal",
        "f": "record",
    }
    assert sorted(worker.pid for worker in two_workers.scheduler.workers.values()) == before


def test_a_page_over_which_whole_workers_die_is_tried_by_itself_and_then_rejected(
    pool: ClusterPool, tmp_path: Path
) -> None:
    (tmp_path / "raw").mkdir()
    for name, text in {"a": "say a", "b": "fell the machine", "c": "say c"}.items():
        (tmp_path / f"raw/{name}").write_text(text, encoding="utf-8")
    assert outcomes_of(pool, tmp_path / "raw") == {"a": "record", "b": "memory", "c": "record"}


def test_a_raw_file_that_goes_meanwhile_is_unreadable_as_it_is_here(pool: ClusterPool, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    for name in "ab":
        (tmp_path / "raw" / name).write_text("say it", encoding="utf-8")
    files = list(discover([tmp_path / "raw"]))
    (tmp_path / "raw/a").unlink()
    waiting = [Part(file) for file in files]
    codes = {
        event.path: [reject.code for reject in event.entry.rejects]
        for _, event in pool.run(lambda: waiting.pop(0) if waiting else None)
        if isinstance(event, Outcome) and event.entry
    }
    assert codes == {"a": ["unreadable"], "b": []}


def test_raw_files_that_machines_do_not_see_are_sent_to_them_with_their_pictures(
    two_workers: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pages(tmp_path / "raw", TERMS[:2])
    page = "<h1>tide</h1><p>from class:</p><h3>Kitchen Science</h3><h2>Definition</h2><p>Water moves. {}</p>"
    (tmp_path / "raw/tide.html").write_text(page.format("<img src=tide.png alt=tide><img src=no.png>"), "utf-8")
    (tmp_path / "raw/tide.png").write_bytes(PNG)
    monkeypatch.chdir(tmp_path)
    raw = (Path("/proc/self/cwd/raw"),)  # each process has its own
    here = settings_for(tmp_path, "here").model_copy(update={"raw": raw})
    there = settings_for(tmp_path, "there", two_workers.scheduler_address).model_copy(update={"raw": raw})
    for settings in (here, there):
        assert run(settings, Plan(export=("json",), verify=False)).parsed == 3
    assert artifact_sums(tmp_path / "there") == artifact_sums(tmp_path / "here")
    assert [path.suffix for path in (tmp_path / "there/json/media").iterdir()] == [".png"]
    # As they stand beside the page, a change of the picture is seen.
    (tmp_path / "raw/tide.png").write_bytes(PNG + b"2")
    assert run(there, Plan(export=("json",), verify=False)).parsed == 1
    (tmp_path / "raw/large.txt").write_bytes(b"word " * 2000)
    small = there.model_copy(update={"limits": Limits(page_bytes=1000), "build": tmp_path / "other"})
    with pytest.raises(SurroundingsError, match="too large to be sent") as caught:
        run(small, Plan(export=(), verify=False))
    assert caught.value.where == "large.txt"


def test_a_scheduler_that_goes_away_ends_the_run_and_the_next_one_goes_on(
    undisturbed: tuple[Path, dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, expected = undisturbed
    monkeypatch.setattr(cluster_pool, "_PAGES", 1)
    address = tmp_path / "scheduler.json"
    common = ["--scheduler-file", str(address), "--no-dashboard"]
    with contextlib.ExitStack() as stack:
        scheduler = started(stack, "dask_scheduler", "--host", "127.0.0.1", "--port", "0", *common)
        started(stack, "dask_worker", "--nthreads", "1", "--local-directory", str(tmp_path), *common)
        while not (address.exists() and address.read_text(encoding="utf-8").endswith("}")):
            time.sleep(0.05)
        settings = settings_for(folder, "left", json.loads(address.read_text(encoding="utf-8"))["address"])
        with pytest.raises(SurroundingsError, match="is gone") as caught:
            run(settings, Plan(export=(), verify=False), Following("parse", scheduler.kill))
        assert "the next run goes on" in caught.value.hint
        monkeypatch.setattr(client, "_CONNECT", 0.5)
        with pytest.raises(SurroundingsError, match="no Dask scheduler answers at tcp"):
            run(settings, Plan(export=(), verify=False))
    here = settings.model_copy(update={"executor": "processes"})
    result = run(here, Plan(export=(), verify=False))
    assert 0 < result.parsed < result.pages
    sums = artifact_sums(folder / "left")
    assert sums == {path: expected[path] for path in sums}


def started(stack: contextlib.ExitStack, module: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Start a program of Dask's, which is killed with the stack."""
    process = subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{module}", *arguments], stderr=subprocess.DEVNULL
    )
    stack.callback(process.wait)
    stack.callback(process.kill)
    return process
