"""Puts the files of a lock in their places: whatever moment a run is killed at, they are the old ones or the new ones.

A lock that is one file is replaced by rename. Where several files change, or a file becomes a folder, they are written
beside the lock first, all of them; once that folder has its last name they are as good as in place: a reader takes them
from there, and whoever holds the lock next moves what was not moved.
"""

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO, Final

from pipeline.identity.lock.lines import Lock, head_text
from pipeline.identity.lock.places import HEAD, file_of

__all__ = ["Write", "files_in_place", "put_file", "put_files", "put_in_place", "remove_leftovers", "write_lock"]

Write = Callable[[BinaryIO], None]

_PART: Final = ".new"
_READY: Final = ".ready"
_SUFFIX: Final = ".jsonl"


def files_in_place(path: Path) -> dict[str, Path] | None:
    """Return the files of the lock `path` by their names below it, the head first; "" if it is one file.

    Returns None if there is no lock.
    """
    real = Path(os.path.realpath(path))
    ready = _ready(real)
    if ready.is_file():
        return {"": ready}
    if not ready.is_dir() and not real.is_dir():
        return {"": real} if os.path.lexists(real) else None
    found = {child.name: child for child in real.iterdir() if _is_ours(child)} if real.is_dir() else {}
    if ready.is_dir():
        found.update((child.name, child) for child in ready.iterdir())
        found = {name: file for name, file in found.items() if file.stat().st_size}
    return dict(sorted(found.items(), key=lambda one: (one[0] != HEAD, one[0])))


def _is_ours(child: Path) -> bool:
    return child.suffix == _SUFFIX and not child.name.startswith(".")


def _ready(real: Path) -> Path:
    return real.with_name(f".{real.name}{_READY}")


def put_file(path: Path, write: Write) -> None:
    """Make the lock one file, with what `write` writes: all of it or nothing. Raises OSError.

    A link stays one: what it leads to is written, and keeps its mode. A folder of a lock becomes a file.
    """
    real = Path(os.path.realpath(path))
    handle, name = tempfile.mkstemp(prefix=f".{real.name}.", suffix=_PART, dir=real.parent)
    part = Path(name)
    try:
        with open(handle, "wb") as opened:  # noqa: PTH123 (the handle is open already)
            write(opened)
        part.chmod(_mode(real))
        if real.is_dir():
            put_in_place(part, _ready(real))
            _finish(real)
        else:
            put_in_place(part, real)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def put_files(path: Path, files: Iterable[tuple[str, Write | None]]) -> None:
    """Replace some files of a lock that is, or becomes, a folder; with None one is deleted. Raises OSError.

    Where the lock is a file these are all that the folder has.
    """
    real = Path(os.path.realpath(path))
    parts = Path(tempfile.mkdtemp(prefix=f".{real.name}.", suffix=_PART, dir=real.parent))
    try:
        mode = 0o777 & ~_umask()
        parts.chmod(mode)
        for name, write in files:
            with (parts / name).open("wb") as opened:
                if write:  # what is to be deleted is told by an empty file
                    write(opened)
                opened.flush()
                os.fsync(opened.fileno())
        _sync(parts)
        parts.rename(_ready(real))
        _sync(real.parent)
    except OSError:
        shutil.rmtree(parts, ignore_errors=True)
        raise
    _finish(real)


def _finish(real: Path) -> None:
    """Move what is ready into its place."""
    ready = _ready(real)
    if ready.is_file():
        if real.is_dir():
            for child in filter(_is_ours, list(real.iterdir())):
                child.unlink()
            real.rmdir()
        ready.replace(real)
    elif ready.is_dir():
        if not real.is_dir():
            real.unlink(missing_ok=True)
            real.mkdir()
        for part in list(ready.iterdir()):
            target = real / part.name
            if not part.stat().st_size:
                target.unlink(missing_ok=True)
                part.unlink()
                continue
            if target.exists():
                part.chmod(_mode(target))
            part.replace(target)
        _sync(real)
        ready.rmdir()
    _sync(real.parent)


def write_lock(path: Path, lock: Lock) -> None:
    """Write a lock that is held as a whole: of a folder the files that differ. Raises OSError."""
    if not Path(os.path.realpath(path)).is_dir():
        put_file(path, lambda handle: _write(handle, lock.dumps()))
        return
    texts = {HEAD: head_text(lock.note_types)}
    lines: dict[str, list[str]] = {}
    for line in sorted(lock.lines, key=lambda line: line.guid):
        lines.setdefault(file_of(line.record_id), []).append(f"{line.as_json()}\n")
    texts.update((name, "".join(own)) for name, own in lines.items())
    there = files_in_place(path) or {}
    differ = [name for name in texts if name not in there or there[name].read_bytes() != texts[name].encode()]
    gone: list[tuple[str, Write | None]] = [(name, None) for name in there if name not in texts]
    put_files(path, [*((name, lambda handle, name=name: _write(handle, texts[name])) for name in differ), *gone])


def _write(handle: BinaryIO, text: str) -> None:
    handle.write(text.encode("utf-8"))


def put_in_place(part: Path, target: Path) -> None:
    """Let the file `part` take the place of `target` in the same folder, once its bytes are on the disk.

    Without that a machine that loses its power may keep the new name and none of the bytes. Raises OSError.
    """
    with part.open("rb+") as handle:
        os.fsync(handle.fileno())
    part.replace(target)
    _sync(target.parent)


def remove_leftovers(path: Path) -> None:
    """Finish what killed runs had ready for the lock `path`, and delete what they left half-written beside it.

    No other run may be writing it.
    """
    real = Path(os.path.realpath(path))
    if os.path.lexists(_ready(real)):
        _finish(real)
    for child in real.parent.iterdir():
        if child.name.startswith(f".{real.name}.") and child.name.endswith(_PART):
            with contextlib.suppress(OSError):
                if child.is_dir():
                    shutil.rmtree(child)
                else:
                    child.unlink()


def _sync(folder: Path) -> None:
    with contextlib.suppress(OSError):  # no folder can be opened on Windows, nor synced on some network disks
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _mode(path: Path) -> int:
    """Return the permissions of the file, or those that a new one gets."""
    with contextlib.suppress(FileNotFoundError):
        if not path.is_dir():
            return stat.S_IMODE(path.stat().st_mode)
    return 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
