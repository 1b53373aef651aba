"""Handouts against one plain WeasyPrint document of the same content: `python tests/bench/bench_pdf.py [terms]`.

Prints seconds, ratios and the peak memory of each process; needs about a minute for 500 terms on two processors.
"""

import gc
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from pdf_factories import MemoryCache, edition_of, key_term
from pipeline.config import PdfSettings
from pipeline.exporters.pdf import PdfExporter
from pipeline.records import KeyTerm, dump_record, load_record

_WORDS = [
    *["cell", "membrane", "energy", "light", "water", "process", "system", "change", "rate", "model", "growth"],
    *["market", "demand", "supply", "price", "value", "theory", "evidence", "structure", "function", "signal"],
    *["reaction", "gradient", "transport", "concentration", "equilibrium", "balance", "measure", "between"],
    *["across", "through", "within", "during", "because", "although", "which", "when", "where", "often", "rarely"],
    *["small", "large", "rapid", "slow", "common", "different", "similar", "important", "several", "a", "the"],
    *["of", "in", "to", "and", "by", "from", "with", "is", "are"],
]


def sentence(rng: random.Random, words: int) -> str:
    """Return a sentence of so many words that mean nothing, but are as long as real ones."""
    chosen = [rng.choice(_WORDS) for _ in range(words)]
    return " ".join(chosen).capitalize() + "."


def terms(count: int) -> list[KeyTerm]:
    """Return records as long as those of a real guide: a definition, five facts, three questions, three related."""
    rng = random.Random(7)
    return [
        key_term(
            f"{rng.choice(_WORDS)} {rng.choice(_WORDS)} {number}",
            f"<p>{sentence(rng, 28)} {sentence(rng, 24)}</p>",
            facts=[sentence(rng, 24) for _ in range(5)],
            questions=[(sentence(rng, 16)[:-1] + "?", sentence(rng, 45)) for _ in range(3)],
            related=[(f"{rng.choice(_WORDS)} {rng.choice(_WORDS)}", sentence(rng, 18)) for _ in range(3)],
            course="Benchmarks",
        )
        for number in range(count)
    ]


def processor_seconds() -> float:
    """Return what this process and its ended children have used."""
    usages = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


@contextmanager
def watched() -> Iterator[dict[str, float]]:
    """Yield a dictionary that gets the highest memory of any child process, in megabytes, as Linux tells it.

    `ru_maxrss` of children will not do: between fork and exec a child counts as large as its parent.
    """
    highest = {"peak": 0.0}
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.2):
            for children in Path("/proc/self/task").glob("*/children"):
                for child in children.read_text().split():
                    with suppress(OSError):
                        command = Path(f"/proc/{child}/cmdline").read_bytes()
                        status = Path(f"/proc/{child}/status").read_text()
                        if b"pipeline.exporters.pdf.drawing.worker" in command and "VmHWM:" in status:
                            peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
                            highest["peak"] = max(highest["peak"], peak)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield highest
    finally:
        ended.set()
        watcher.join()


def write_handout(records: Sequence[KeyTerm], cache: MemoryCache, folder: Path, jobs: int) -> tuple[float, float]:
    """Return how many seconds the handout takes, by the clock and of the processors."""
    edition = edition_of(records, cache=cache, jobs=jobs, pdf=PdfSettings(parts=("handout",)))
    began, used = time.perf_counter(), processor_seconds()
    for artifact in PdfExporter().artifacts(edition):
        artifact.write(folder / Path(artifact.path).name)
    clock = time.perf_counter() - began
    del artifact  # and with it the drawing processes, whose times are then known
    gc.collect()
    return clock, processor_seconds() - used


def plain(lines: Sequence[str], target: Path) -> None:
    """Write the same records as one WeasyPrint document, in this process: the same fonts, styles and tags."""
    from pipeline.exporters.pdf.content.mathematics import Mathematician
    from pipeline.exporters.pdf.drawing.documents import Draughtsman
    from pipeline.exporters.pdf.drawing.jobs import RecordsJob
    from pipeline.exporters.pdf.drawing.typesetting import typeset
    from pipeline.exporters.pdf.fonts.instancing import static_faces
    from pipeline.exporters.pdf.fonts.typefaces import FACES
    from pipeline.exporters.pdf.sheet import Sheet

    draughtsman = Draughtsman(static_faces(FACES))
    job = RecordsJob("handout", Sheet.of(PdfSettings()), "en", tuple(lines))
    target.write_bytes(draughtsman.lay_out(typeset(job, Mathematician())).write().pdf)


def _run_plain(source: Path, target: Path) -> tuple[float, float, float]:
    """Return seconds by the clock, of the processor, and peak megabytes of the plain document, in its own process."""
    fonts = source.with_name("fonts.conf")
    fonts.write_text('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig/>')
    environment = os.environ | {"FONTCONFIG_FILE": str(fonts), "SOURCE_DATE_EPOCH": "0"}
    began, used = time.perf_counter(), processor_seconds()
    command = [sys.executable, __file__, "--plain", str(source), str(target)]
    said = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    return time.perf_counter() - began, processor_seconds() - used, float(said)


def main(count: int) -> None:
    """Measure and print."""
    records = terms(count)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cache = MemoryCache()
        with watched() as workers:
            ours, ours_used = write_handout(records, cache, folder, jobs=2)
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = (folder / "benchmarks-handout.pdf").stat().st_size / 1e6
        edited = list(records)
        line = dump_record(edited[count // 2]).replace("<p>", "<p>Edited. ", 1)
        edited[count // 2] = load_record(line)  # type: ignore[call-overload]
        edit, edit_used = write_handout(edited, cache, folder, jobs=2)
        inserted = [*edited, key_term("brand new term", course="Benchmarks")]
        insertion, insertion_used = write_handout(inserted, cache, folder, jobs=2)
        source = folder / "records.jsonl"
        source.write_text("\n".join(dump_record(record) for record in records))
        single, single_used, single_memory = _run_plain(source, folder / "plain.pdf")
    print(f"{count} terms              seconds  ratio            (of the processors)")
    print(f"one plain document     {single:7.1f}                   {single_used:7.1f}")
    print(f"ours, 2 processes      {ours:7.1f}   {ours / single:.2f}, at most 0.60 {ours_used:7.1f}")
    print(f"edit of one term       {edit:7.1f}   {edit / ours:.2f}, at most 0.25 {edit_used:7.1f}")
    print(f"insertion of one term  {insertion:7.1f}   {insertion / ours:.2f}              {insertion_used:7.1f}")
    print(f"peak memory: parent {own:.0f} MB, drawing {workers['peak']:.0f} MB (at most 200)")
    print(f"             plain {single_memory:.0f} MB")
    print(f"file: {size:.1f} MB")
    print(f"FIGURE pdf_vs_weasyprint {ours / single:.3f}")
    print(f"FIGURE pdf_edit_vs_weasyprint {edit / single:.3f}")
    print(f"FIGURE pdf_peak_mb_drawing {workers['peak']:.0f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--plain"]:
        plain(Path(sys.argv[2]).read_text().splitlines(), Path(sys.argv[3]))
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
