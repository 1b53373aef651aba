"""How long `guidepress -h` and `--version` take, as a ratio to `python -c "import click"` of the same interpreter.

The best of several runs, the three commands in turn: what else the machine does meets them alike. Ends with 1 above
the limit.
"""

import subprocess
import sys
import time
from pathlib import Path

RUNS = 21
MOST = 2.0
GUIDEPRESS = str(Path(sys.executable).with_name("guidepress"))
COMMANDS = {
    "import click": [sys.executable, "-c", "import click"],
    "guidepress -h": [GUIDEPRESS, "-h"],
    "guidepress --version": [GUIDEPRESS, "--version"],
    "guidepress all -h": [GUIDEPRESS, "all", "-h"],
}


def main() -> int:
    best = dict.fromkeys(COMMANDS, float("inf"))
    for _ in range(RUNS):
        for name, arguments in COMMANDS.items():
            began = time.perf_counter()
            subprocess.run(arguments, check=True, capture_output=True)
            best[name] = min(best[name], time.perf_counter() - began)
    ratios = {name: seconds / best["import click"] for name, seconds in best.items()}
    for name, seconds in best.items():
        print(f"{name:22} {1000 * seconds:6.0f} ms   {ratios[name]:.2f} x import click")
    return int(max(ratios.values()) > MOST)


if __name__ == "__main__":
    sys.exit(main())
