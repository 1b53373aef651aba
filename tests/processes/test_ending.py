"""How processes of ours end: each death is known by who caused it, and nobody outlives its parent."""

import os
import select
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.processes import Ended, WatchedProcess

CHILD = """
import os, sys, time
from pipeline.processes import end_with
end_with(int(sys.argv[1]))
print(os.getpid(), flush=True)
time.sleep(600)
"""
PARENT = """
import os, subprocess, sys
subprocess.run([sys.executable, "-c", sys.argv[1], str(os.getpid())])
"""
TALKER = """
import sys
from pipeline.processes import read_message, write_message
write_message(sys.stdout.buffer, read_message(sys.stdin.buffer) * 2)
sys.exit("that was all")
"""


@pytest.mark.parametrize(
    ("code", "how", "outside"),
    [
        (-9, "SIGKILL", True),
        (-15, "SIGTERM", True),
        (-11, "SIGSEGV", False),
        (-6, "SIGABRT", False),
        (1, "exit code 1", False),
        (0, "exit code 0", False),
        (-99, "signal 99", True),
    ],
)
def test_a_death_is_known_by_who_caused_it(code: int, how: str, outside: bool) -> None:
    assert (Ended(code).how, Ended(code).from_outside) == (how, outside)


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="waiting for another's child takes Linux")
def test_a_process_ends_with_its_parent_however_that_ends() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT, CHILD], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    child = os.pidfd_open(int(parent.stdout.readline()))
    parent.kill()
    parent.wait()
    assert select.select([child], [], [], 60)[0]
    os.close(child)


def test_a_message_larger_than_a_pipe_comes_in_pieces_and_what_was_said_last_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "talker.py").write_text(TALKER)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    process = WatchedProcess("talker", tmp_path, {})
    process.send(b"ab" * 500_000)
    pieces = 0
    while (received := process.receive()) is None:
        pieces += 1
    assert received == (b"ab" * 1_000_000,)
    assert pieces > 1
    with pytest.raises(EOFError):
        process.receive()
    assert process.end(patience=60) == Ended(1, "that was all")
    assert not process.is_alive
    assert [path.name for path in tmp_path.iterdir() if path.is_dir() and path.name.startswith("tmp")] == []
