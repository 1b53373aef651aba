"""What is handed to workers, and what comes back: parts of raw files, and what the pages in them gave."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from pipeline.pages import Mark, RawFile
from pipeline.store import KnownPage, PageEntry

__all__ = ["Done", "Event", "Executor", "Outcome", "Part", "Stretch", "Take"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a raw file that one worker reads; things (pages, rejects, what is ignored) are counted from `begin`.

    A *walk* reads without parsing, and tells the stretches, of which each may then be a part by itself.
    """

    file: RawFile
    begin: Mark | None = None  # None: the beginning of the file
    first: int = 0  # things before this one are passed over
    stop: int | None = None  # the thing before which it ends; None: the end of the file
    walk: bool = False
    new: bool = False  # nothing is known of the file: a walk need not say its pages' keys
    walked: bool = False  # the walk has told what is ignored here, and what is rejected unparsed
    wanted: frozenset[str] | None = None  # paths of the pages that may have to be parsed; None: all
    known: Mapping[str, KnownPage] = field(default_factory=dict)  # by path: what need not be parsed if it is the same


@dataclass(frozen=True, slots=True)
class Outcome:
    """What thing number `index` of a part gave: a page, or a reject that was none.

    `entry` is None if what is known of the page still holds. `key` is a digest of all that the outcome depends on, ""
    where that is not known; `traceback` is that of a defect of ours.
    """

    index: int
    path: str
    key: str
    entry: PageEntry | None
    parsed: bool = False
    self_contained: bool = True  # it depends on no file beside its own
    traceback: str | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a walk found up to a place at which reading can begin: so many things, and of pages path and key.

    The first of a WARC tells where its `pictures` are, so that no part has to look for them again.
    """

    begin: Mark | None
    things: int
    pages: tuple[tuple[str, str], ...]
    ignored: Mapping[str, int]
    after: Mark | None  # where the next one begins; None: it is the last
    pictures: tuple[tuple[str, int, int], ...] | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A part was read to its end, or as far as it can be; `after` is where a walk is to go on."""

    ignored: Mapping[str, int] = field(default_factory=dict)
    after: Mark | None = None


Event = Outcome | Stretch | Done
Take = Callable[[], Part | None]


class Executor(Protocol):
    """Reads and parses parts of raw files somewhere."""

    def run(self, take: Take) -> Iterator[tuple[Part, Event]]:
        """Yield what the parts give that `take` returns, until it has none and all are done.

        It is asked when another part can be worked on, and again after it had none: an event may bring more.
        """

    def close(self) -> None:
        """Let the workers end."""
