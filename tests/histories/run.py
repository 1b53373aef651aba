"""Random histories of builds, each imported into the real Anki: `make histories`.

python -m tests.histories.run [COUNT] [SEED]. Ends with 1 if a note was lost, stolen or doubled in any of them.
"""

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from tests.histories.history import BUILDS, Outcome, run

COUNT = 64
SHOWN = 20


def main() -> int:
    given = [int(one) for one in sys.argv[1:]]
    count, first = (given[0] if given else COUNT), (given[1] if len(given) > 1 else 0)
    outcome = Outcome()
    began = time.perf_counter()
    for seed in range(first, first + count):
        with tempfile.TemporaryDirectory() as folder:
            run(seed, Path(folder), outcome)
    print(f"{count} histories, {count * BUILDS} builds, {time.perf_counter() - began:.0f} s")
    print(", ".join(f"{name} {number}" for name, number in sorted(outcome.edits.items())))
    print(f"notes seen again: {outcome.seen_again:,}")
    for name in ("lost", "stolen", "duplicated", "untold"):
        found = getattr(outcome, name)
        print(f"{name}: {len(found)}")
        for one in found[:SHOWN]:
            print(f"  {one}")
    print(f"parallel facts that took an identity, each told: {outcome.parallels}")
    return int(outcome.wrong > 0)


if __name__ == "__main__":
    raise SystemExit(main())
