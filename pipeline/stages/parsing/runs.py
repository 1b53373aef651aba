"""Parts in the hands of workers: what is left of one whose worker ended, and when all of it is done."""

from collections import deque
from dataclasses import dataclass, field, replace

from pipeline.stages.parsing.parts import Done, Event, Outcome, Part, Take
from pipeline.stages.parsing.reading import Parsing

__all__ = ["Run", "Runs"]


@dataclass(slots=True)
class _Task:
    """A part that was taken: it is done when no run of it is left."""

    part: Part
    runs: int = 1
    done: Done = field(default_factory=Done)


@dataclass(slots=True)
class Run:
    """A part, or what is left of it, in the hands of a worker or waiting for one."""

    task: _Task
    part: Part
    alone: bool = False  # its worker ended once: it is tried again when no other works
    aside: bool = False  # a page taken out of its part: what is ignored is counted there
    at: int = 0  # the thing that is read next
    page: Parsing | None = None  # what is being parsed; None: the worker reads

    @property
    def path(self) -> str:
        """Return what is to blame: the page that is being parsed, or the file."""
        return self.page.path if self.page else self.part.file.path


class Runs:
    """The runs that wait, and what there is to tell of those that were worked on."""

    def __init__(self) -> None:
        self._waiting: deque[Run] = deque()
        self._suspects: deque[Run] = deque()
        self._events: list[tuple[Part, Event]] = []

    def __len__(self) -> int:
        return len(self._waiting)

    def fill(self, take: Take, size: int) -> None:
        """Let as many runs wait, if there are parts to take."""
        while len(self._waiting) < size and (part := take()):
            self._waiting.append(Run(_Task(part), part))

    def next(self) -> Run:
        """Return the run that has waited longest."""
        return self._waiting.popleft()

    @property
    def is_next_alone(self) -> bool:
        """Say whether the run that has waited longest is to be tried by itself."""
        return bool(self._waiting) and self._waiting[0].alone

    def again(self, run: Run) -> None:
        """Have a run tried by itself that was lost; what was lost while it walked is parsed at once."""
        self._waiting.append(replace(run, part=replace(run.part, walk=False), alone=True))

    def split(self, run: Run) -> bool:
        """Have each thing of a run tried by itself; say whether it has more than one, as far as is known."""
        first, stop = run.part.first, run.part.stop
        if stop is None or stop - first < 2:
            return False
        for at in range(first, stop):
            self._waiting.append(Run(run.task, replace(run.part, first=at, stop=at + 1), alone=True, aside=True, at=at))
        run.task.runs += stop - first - 1
        return True

    def bring_suspect(self) -> bool:
        """Let what ended a worker wait for its second trial; say whether there is anything."""
        if self._suspects:
            self._waiting.append(self._suspects.popleft())
        return bool(self._waiting)

    def events(self) -> list[tuple[Part, Event]]:
        """Return what has come, once."""
        events, self._events = self._events, []
        return events

    def clear(self) -> None:
        """Forget all that waits."""
        self._waiting.clear()
        self._suspects.clear()

    def tell(self, run: Run, event: Event) -> None:
        """Tell what a run gave."""
        if isinstance(event, Outcome):
            run.at, run.page = event.index + 1, None
        self._events.append((run.task.part, event))

    def over(self, run: Run, done: Done | None = None) -> None:
        """Note that a run has ended, or cannot go on."""
        task = run.task
        if done and not run.aside:
            task.done = done
        task.runs -= 1
        if not task.runs:
            self._events.append((task.part, task.done))

    def go_on(self, run: Run) -> None:
        """Have what is left of a run done by another worker. A walk is not gone on with: its pages are parsed now."""
        rest = replace(run.part, first=0 if run.part.walk else run.at, walk=False)
        if rest.stop is not None and rest.first >= rest.stop:
            self.over(run)
        else:
            self._waiting.appendleft(Run(run.task, rest, aside=run.aside, at=rest.first))

    def suspect(self, run: Run) -> None:
        """Have what a worker ended over tried once more: a page by itself, or the rest of a file that was read."""
        if run.page is None:
            self._suspects.append(Run(run.task, replace(run.part, first=run.at), alone=True, at=run.at))
            return
        page = replace(run.part, first=run.at, stop=run.at + 1)
        self._suspects.append(Run(run.task, page, alone=True, aside=True, at=run.at))
        run.task.runs += 1
        run.at += 1
        self.go_on(run)

    def give_up(self, run: Run, outcome: Outcome) -> None:
        """Tell what became of a page, and go on behind it; whoever cannot read a file on does not know what follows."""
        is_page = run.page is not None
        self.tell(run, outcome)
        if is_page:
            self.go_on(run)
        else:
            self.over(run)
