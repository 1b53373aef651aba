"""Runs the command in a process of its own that is forked off this one: what it imports is paid for once.

For what concerns its rights, its limits, its signals and the runs beside it. What an interpreter sets up for itself
(its hash seed, the encoding of its streams, what becomes of them at its end) is tested in one of its own.
"""

import ctypes
import os
import resource
import select
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, NoReturn

from pipeline.cli import main

__all__ = ["Forked", "files_of_at_most", "guidepress_forked", "without_roots_rights"]


class Forked:
    """`guidepress ARGUMENTS` at work in `folder`.

    `stdout` and `stderr` are handles to write to, which become its own; where none is given, `finished` tells what it
    said.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        folder: Path,
        *,
        environment: Mapping[str, str] | None = None,
        before: Callable[[], None] | None = None,
        stdout: int | None = None,
        stderr: int | None = None,
    ) -> None:
        self._files = [tempfile.TemporaryFile() for _ in range(2)]  # noqa: SIM115  (`finished` closes them)
        files = [file.fileno() for file in self._files]
        streams = [mine if given is None else given for mine, given in zip(files, (stdout, stderr), strict=True)]
        self.ended = False
        self.pid = os.fork()
        if not self.pid:
            _work(list(arguments), folder, streams, environment or {}, before)
        for given in (stdout, stderr):
            if given is not None:
                os.close(given)

    def kill(self, number: int = signal.SIGKILL) -> None:
        os.kill(self.pid, number)

    def ends_within(self, seconds: float) -> bool:
        """Wait for its end, but no longer; say whether it came."""
        handle = os.pidfd_open(self.pid)
        ended, _, _ = select.select([handle], [], [], seconds)
        os.close(handle)
        return bool(ended)

    def finished(self) -> subprocess.CompletedProcess[str]:
        """Wait for its end; return its exit code (negative: the signal that ended it) and what it said."""
        _, status = os.waitpid(self.pid, 0)
        self.ended = True
        out, err = map(_said, self._files)
        return subprocess.CompletedProcess(["guidepress"], os.waitstatus_to_exitcode(status), out, err)


def guidepress_forked(
    arguments: Sequence[str],
    folder: Path,
    *,
    environment: Mapping[str, str] | None = None,
    before: Callable[[], None] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run `guidepress ARGUMENTS` in `folder` to its end; `before` is called in its process, before it begins."""
    return Forked(arguments, folder, environment=environment, before=before).finished()


def _said(file: IO[bytes]) -> str:
    with file:
        file.seek(0)
        return file.read().decode("utf-8")


def _work(
    arguments: list[str],
    folder: Path,
    streams: Sequence[int],
    environment: Mapping[str, str],
    before: Callable[[], None] | None,
) -> NoReturn:
    """Be the command's process."""
    code = 70
    try:
        for number, stream in enumerate(streams, 1):
            os.dup2(stream, number)
        sys.stdout, sys.stderr = (open(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))  # noqa: SIM115
        os.chdir(folder)
        os.environ.update(environment)
        if before:
            before()
        main(arguments)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 70
        for said in (sys.stdout, sys.stderr):
            said.flush()
    except BaseException:  # noqa: BLE001  (whatever it is, this process must not go on as its parent)
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def files_of_at_most(size: int) -> Callable[[], None]:
    """Return what lets a process write no file of more bytes: that stands for a disk that is full in mid-write."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Capabilities(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


def without_roots_rights() -> None:
    """Give up root's right to read and write whatever it likes (capset(2)); another user has none.

    (To become another user would not do: root's home, where the checkout may lie, is closed to all others.)
    """
    if os.geteuid():
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header, held = _Header(0x20080522, 0), (_Capabilities * 2)()  # version 3, this process
    override_and_read_search = 0b110  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
    if libc.capget(ctypes.byref(header), held):
        raise OSError(ctypes.get_errno(), "capget")
    held[0].effective &= ~override_and_read_search
    held[0].permitted &= ~override_and_read_search
    held[0].inheritable &= ~override_and_read_search
    if libc.capset(ctypes.byref(header), held):
        raise OSError(ctypes.get_errno(), "capset")
