"""Where things are: the project, its sample and golden pages, and the pages that lie beside a checkout of it."""

from pathlib import Path
from typing import Final

__all__ = ["GOLDEN", "ROOT", "SAMPLES", "SHARED"]

ROOT: Final = Path(__file__).resolve().parents[2]
GOLDEN: Final = ROOT / "tests" / "golden"
SAMPLES: Final = ROOT / "tests" / "samples"
SHARED: Final = ROOT.parent / "shared"
