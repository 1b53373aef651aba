"""Builds killed at random moments, and built again: `make kills`.

python -m tests.kills.run [COUNT] [SEED]. Ends with 1 if one of them does not heal.
"""

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from tests.kills.trial import trials

COUNT: Final = 60
# Which exporters, and how large a part of the trials; every run writes the records and the report.
ONLY: Final = {"json": 0.2, "anki": 0.2, "anki,json": 0.2, "pdf": 0.2, "anki,json,pdf": 0.2}
TERMS: Final = 12


def main() -> int:
    given = sys.argv[1:]
    count, seed = (int(given[0]) if given else COUNT), (given[1] if len(given) > 1 else "0")
    began = time.perf_counter()
    found: Counter[str] = Counter()
    for only, share in ONLY.items():
        with tempfile.TemporaryDirectory() as folder:
            for trial in trials(Path(folder), only, round(share * count), seed, terms=TERMS):
                found += Counter({trial.kind: 1, "ended before": trial.ended, "folders swept": trial.swept})
                found += Counter({"healed": not trial.wrong})
                told = "; ".join(trial.wrong) or "healed"
                print(f"{only:14} {trial.kind:12} at {trial.moment:4.0%}: {told}", flush=True)
    kills = sum(found[kind] for kind in ("first build", "edit", "no-op"))
    print(f"{kills} kills, {time.perf_counter() - began:.0f} s: {dict(found)}")
    return int(found["healed"] < kills)


if __name__ == "__main__":
    raise SystemExit(main())
