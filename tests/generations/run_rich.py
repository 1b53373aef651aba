"""Makes rich pages by a seed, runs `guidepress all` on them, and prints what came of it: `make rich`.

`python tests/generations/run_rich.py [PAGES] [SEED] [FOLDER]`. Ends with 1 unless the command ends with 0, which it
does only if every page became a record and every artifact says what the records say.
"""

import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from command_runs import guidepress_process
from rich_pages import write_rich_pages

PAGES = 300
SEED = 7


def main() -> int:
    given = sys.argv[1:]
    count, seed = (int(given[0]) if given else PAGES), (int(given[1]) if len(given) > 1 else SEED)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(given[2]) if len(given) > 2 else Path(temporary)
        write_rich_pages(folder / "raw", seed=seed, count=count)
        began = time.perf_counter()
        run = guidepress_process(["all"], folder, seconds=3600)
        seconds = time.perf_counter() - began
        report = json.loads((folder / "build" / "report.json").read_text("utf-8"))
    differences = report["differences"]
    print(f"{count} pages, seed {seed}: exit {run.returncode}, {len(differences)} differences, {seconds:.0f} s")
    print(Counter(difference["artifact"].rpartition("-")[2] for difference in differences))
    for difference in differences[:40]:
        print(f"{difference['artifact']}: {difference.get('record_id')}: {difference['message']}")
    return int(run.returncode != 0)


if __name__ == "__main__":
    sys.exit(main())
