"""A drawing process: reads jobs from its standard input, writes results to its standard output, until the end.

Started by `workforce` as a module of its own process; all of WeasyPrint lives here, within limits.
"""

import gc
import os
import resource
import sys
import traceback
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.exporters.pdf.drawing.jobs import CalibrationJob, CardsJob, Drawn, Failure, Job, RecordsJob
from pipeline.processes import end_with, own_signals, read_message, write_message
from pipeline.records import load_record

if TYPE_CHECKING:
    from pipeline.exporters.pdf.drawing.card_sheets import CardSheets

__all__ = ["main"]


def main() -> None:
    """Serve jobs until standard input ends, for the process whose number is the argument, and no longer than that.

    `GUIDEPRESS_PDF_MEMORY` is the limit in bytes.
    """
    end_with(int(sys.argv[1]))
    own_signals()
    limit = int(os.environ["GUIDEPRESS_PDF_MEMORY"])
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    # Only messages go to the pipe: whatever a library prints goes where errors go.
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    jobs = sys.stdin.buffer
    try:
        studio = _Studio()
    except OSError as error:
        write_message(replies, Failure.of(error))
        return
    write_message(replies, None)
    while True:
        try:
            job = read_message(jobs)
        except EOFError:
            return
        write_message(replies, studio.answer(job))


class _Studio:
    """Fonts, WeasyPrint and the formulas drawn so far."""

    def __init__(self) -> None:
        from pipeline.exporters.pdf.fonts import FACES, static_faces

        faces = static_faces(FACES)  # first: what is missing for it is soon found out

        from pipeline.exporters.pdf.content import Mathematician
        from pipeline.exporters.pdf.drawing.documents import Draughtsman

        self.draughtsman = Draughtsman(faces)
        self.mathematician = Mathematician()

    def answer(self, job: Job) -> Drawn | Failure:
        """Return the drawn document, or why it could not be drawn."""
        from pipeline.exporters.pdf.drawing.documents import DrawingError

        # A layout is a large tree that lives until its job is done: looking through it for garbage again and again
        # takes a tenth of the time (measured).
        gc.disable()
        try:
            return self._drawn(job)
        except MemoryError:
            return Failure("it needs more memory than `pdf.memory_mb` allows")
        except RecursionError:
            return Failure("its elements are nested too deeply to be laid out")
        except (DrawingError, LookupError) as error:
            return Failure(str(error))
        except OSError as error:
            return Failure.of(error)
        except Exception as error:  # noqa: BLE001  (one course's failure, whatever it is, must not stop the others)
            return Failure(f"{self._at_fault(job)}{type(error).__name__}: {error} (in {_place(error)})")
        finally:
            gc.enable()
            gc.collect()

    def _at_fault(self, job: Job) -> str:
        """Return which records cannot be drawn by themselves, of a job that cannot be drawn as a whole."""
        if not isinstance(job, RecordsJob) or len(job.records) < 2:
            return ""
        found = []
        for line in job.records:
            try:
                self._drawn(replace(job, records=(line,), title=None))
            except Exception:  # noqa: BLE001  (whatever it is, it is what stopped the whole)
                found.append(load_record(line, trusted=True).id)
        return f"{', '.join(found)}: " if found else ""

    def _drawn(self, job: Job) -> Drawn:
        from pipeline.exporters.pdf.drawing.card_sheets import CardSheets, calibration
        from pipeline.exporters.pdf.drawing.typesetting import typeset

        if isinstance(job, CardsJob):
            return self._cards(CardSheets(job, self.mathematician))
        if isinstance(job, CalibrationJob):
            document = calibration(job, self.mathematician)
        else:
            document = typeset(job, self.mathematician)
        return self.draughtsman.lay_out(document).write()

    def _cards(self, sheets: "CardSheets") -> Drawn:
        """Draw card sheets; cards with a text too high are tried by themselves until they fit, then all are drawn."""
        layout = self.draughtsman.lay_out(sheets.document())
        again = sheets.shrink(layout.heights())
        if again:
            while again:
                again = sheets.shrink(self.draughtsman.lay_out(sheets.document(again)).heights())
            layout = self.draughtsman.lay_out(sheets.document())
        layout.move_down(sheets.distances(layout.heights()))
        # A back may be turned or shifted when it has been drawn, and the place of a link would stay behind.
        layout.unlink(range(1, len(layout.rendered.pages), 2))
        return layout.write()


def _place(error: Exception) -> str:
    """Return the module and the line that raised it."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).parent.name}/{Path(frame.filename).name}:{frame.lineno}"


if __name__ == "__main__":
    main()
