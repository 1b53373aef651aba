"""Hold the house together: what crosses a wall is in the package's `__all__`, and no room, module or class is a hall.

Read from the syntax trees, so that nothing is imported. Prints a line for each breach and exits with 1 if there is one.
Between packages only names of a package's `__all__` are imported, from the package itself; its modules are its own.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
MOST_MODULES = 13  # in a package, `__init__` left out
MOST_LINES = 300  # of a module
LONGEST_CLASS = 200


def main() -> int:
    """Check the package, and return the exit code."""
    paths = sorted((TOP / "pipeline").rglob("*.py"))
    trees = {_name(path): ast.parse(path.read_text(encoding="utf-8")) for path in paths}
    packages = {_name(path): _offered(trees[_name(path)]) for path in paths if path.name == "__init__.py"}
    breaches = [
        f"{path.relative_to(TOP)}:{line}: {what}"
        for path in paths
        for line, what in (*_crossings(_name(path), trees[_name(path)], packages), *_sizes(path, trees[_name(path)]))
    ]
    for package in packages:
        count = sum(name.rpartition(".")[0] == package and name not in packages for name in trees)
        if count > MOST_MODULES:
            breaches.append(f"{package}: {count} modules, more than {MOST_MODULES}")
    sys.stdout.writelines(f"{breach}\n" for breach in breaches)
    sys.stdout.write(f"walls: {len(trees)} modules, {len(packages)} packages, {len(breaches)} breaches\n")
    return 1 if breaches else 0


def _name(path: Path) -> str:
    return ".".join(path.relative_to(TOP).with_suffix("").parts).removesuffix(".__init__")


def _offered(tree: ast.Module) -> frozenset[str]:
    """Return what a package's `__all__` lists."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(
            isinstance(one, ast.Name) and one.id == "__all__" for one in node.targets
        ):
            return frozenset(ast.literal_eval(node.value))
    return frozenset()


def _crossings(here: str, tree: ast.Module, packages: dict[str, frozenset[str]]) -> Iterator[tuple[int, str]]:
    """Yield line and breach of each import that comes through a wall instead of the door."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "pipeline":
                    yield node.lineno, f"`import {alias.name}`: import names from a package instead"
        if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("pipeline"):
            continue
        target = node.module or ""
        package = target if target in packages else target.rpartition(".")[0]
        if here == package or here.startswith(f"{package}."):
            continue  # a package's modules know one another
        if target not in packages:
            yield node.lineno, f"{target} is a module of {package}: import from {package}"
            continue
        for alias in node.names:
            if alias.name not in packages[package]:
                yield node.lineno, f"{alias.name} is not in the __all__ of {package}"


def _sizes(path: Path, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield what has grown too large."""
    lines = len(path.read_text(encoding="utf-8").splitlines())
    if lines > MOST_LINES:
        yield lines, f"{lines} lines, more than {MOST_LINES}"
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_CLASS:
            yield node.lineno, f"class {node.name} has {length} lines, more than {LONGEST_CLASS}"


if __name__ == "__main__":
    sys.exit(main())
