"""Say by the exit code whether this Python has guidepress and the exact versions of a file of pins (its argument)."""

import importlib.metadata
import sys
import tomllib
from pathlib import Path

from pip._vendor.packaging.requirements import Requirement  # a fresh venv has no other copy


def missing(pins: Path) -> list[str]:
    """Return the requirements that are not met."""
    wanted = [line.rstrip(" \\") for line in pins.read_text(encoding="utf-8").splitlines() if line[:1].isalnum()]
    unmet = [line for line in wanted if not met(Requirement(line))]
    top = Path(__file__).resolve().parent.parent
    project = tomllib.loads((top / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    registered = {(point.name, point.value) for point in points(project["name"])}
    declared = {
        *project["scripts"].items(),
        *(item for group in project["entry-points"].values() for item in group.items()),
    }
    return unmet if declared <= registered else [*unmet, f"{project['name']} (installed anew)"]


def met(requirement: Requirement) -> bool:
    """Say whether a requirement is installed in the version that it names, or is not for this platform."""
    if requirement.marker and not requirement.marker.evaluate():
        return True
    try:
        return requirement.specifier.contains(importlib.metadata.version(requirement.name), prereleases=True)
    except importlib.metadata.PackageNotFoundError:
        return False


def points(name: str) -> importlib.metadata.EntryPoints:
    """Return the entry points under which the project itself is installed."""
    try:
        return importlib.metadata.distribution(name).entry_points
    except importlib.metadata.PackageNotFoundError:
        return importlib.metadata.EntryPoints()


if __name__ == "__main__":
    sys.exit(bool(missing(Path(sys.argv[1]))))
