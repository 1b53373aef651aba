"""Raw files that go with a task to machines that do not see them: their bytes, and the pictures that pages name."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from pipeline.config import Limits, SurroundingsError
from pipeline.pages import Asset, SentFile, folder_assets
from pipeline.stages.parsing.parts import Event, Outcome, Part

__all__ = ["Sender"]

_MOST: Final = 4  # times the largest page: the bytes of a file, and those of its pictures


class Sender:
    """Puts files into parts. What pictures a page names is known when it was parsed: it is sent again, with them."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._pictures: dict[str, dict[str, Asset]] = {}  # by file
        self.machine = ""  # one that does not see the raw files; "" as long as none is known

    def packed(self, part: Part) -> Part:
        """Return a part with what its file holds. Raises SurroundingsError for what is too large to be sent about."""
        file = part.file
        if part.walk or part.begin or file.size > self._most:
            raise self._too_large(part)
        try:
            data = file.location.read_bytes()
        except OSError:
            return part  # whoever reads it finds the same
        return replace(part, file=replace(file, sent=SentFile(data, self._pictures.get(file.path, {}))))

    def lacks(self, part: Part, events: Iterable[Event]) -> bool:
        """Say whether a page of a part that was sent names pictures that are here, and have to be sent as well."""
        if part.file.path in self._pictures:
            return False
        here = folder_assets(part.file, self._limits)
        found: dict[str, Asset] = {}
        for event in events:
            entry = event.entry if isinstance(event, Outcome) else None
            for ref, sha256 in entry.assets if entry else ():
                asset = None if sha256 or "://" in ref else here.read(ref)
                if asset:
                    found[ref] = asset
        if sum(len(asset.data) for asset in found.values()) > self._most:
            raise self._too_large(part)
        if found:
            self._pictures[part.file.path] = found
        return bool(found)

    def forget(self, part: Part) -> None:
        """Let go of what was kept for a part that is done."""
        self._pictures.pop(part.file.path, None)

    @property
    def _most(self) -> int:
        return _MOST * self._limits.page_bytes

    def _too_large(self, part: Part) -> SurroundingsError:
        hint = "put archives on storage that all machines see, under one path: docs/scale.md"
        message = f"{self.machine}, a machine of the cluster, does not see this file, which is too large to be sent"
        return SurroundingsError(message, where=part.file.path, hint=hint)
