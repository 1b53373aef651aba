"""Every regular expression of the source, and how it is asked: what calls of `re` say, and what modules hold."""

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from types import ModuleType
from typing import Any, Final

from pattern_growth import How
from places import ROOT

__all__ = ["Asked", "layout_patterns", "made_at_run_time", "source_patterns"]

_HOW: Final[dict[str, How]] = {
    **dict.fromkeys(("search", "finditer", "findall", "sub", "subn", "split"), "search"),
    "match": "match",
    "fullmatch": "fullmatch",
}
# Where the flags stand among the arguments.
_FLAGS: Final = {"compile": 1, "search": 2, "match": 2, "fullmatch": 2, "findall": 2, "finditer": 2, "split": 3}
_DEEPEST: Final = 4  # of what a module holds
_LAYOUT_FLAGS: Final = re.IGNORECASE | re.DOTALL


@dataclass(frozen=True)
class Asked:
    """A pattern, where it stands, and the ways in which it is asked; of `collapsed` texts if it is one of a layout."""

    where: str
    pattern: str | bytes
    flags: int
    ways: frozenset[How]
    collapsed: bool = False


class _Source:
    """A module of the source: its calls of `re`, and which methods are called on its names and its attributes."""

    def __init__(self, path: Any) -> None:
        self.path = path.relative_to(ROOT).as_posix()
        self.name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        self.module = importlib.import_module(self.name)
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.within = {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}
        self.uses: dict[str, set[str]] = {}  # name -> methods called on it, "" if it goes elsewhere
        self.attributes: dict[str, set[str]] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
                self.attributes.setdefault(node.value.attr, set()).add(node.attr)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                above = self.within[node]
                self.uses.setdefault(node.id, set()).add(above.attr if isinstance(above, ast.Attribute) else "")

    def calls(self) -> Iterator[ast.Call]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                of_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
                if of_re and (node.func.attr in _HOW or node.func.attr == "compile"):
                    yield node

    def value(self, node: ast.expr) -> Any:
        """Return what an expression is; raises NameError if it needs what only a function knows."""
        return eval(compile(ast.Expression(node), self.path, "eval"), vars(self.module))

    def function(self, node: ast.AST) -> str:
        """Return the name of the function that holds a node; "" for a module's own code."""
        while node in self.within:
            node = self.within[node]
            if isinstance(node, ast.FunctionDef):
                return node.name
        return ""

    def flags(self, call: ast.Call) -> int:
        place = _FLAGS.get(call.func.attr, 4)  # type: ignore[attr-defined]
        said = [*call.args[place : place + 1], *(word.value for word in call.keywords if word.arg == "flags")]
        return int(self.value(said[0])) if said else 0


def _is_pattern_known(source: _Source, call: ast.Call) -> bool:
    try:
        source.value(call.args[0])
    except NameError:
        return False
    return True


def _ways(methods: set[str]) -> frozenset[How]:
    """Return how a pattern is asked on which these methods are called; whoever else gets it may search with it."""
    return frozenset(_HOW[name] for name in methods if name in _HOW) | (
        {"search"} if "" in methods or not methods else set()
    )


def _found(sources: list[_Source]) -> Iterator[Asked]:
    names: dict[str, set[str]] = {}
    attributes: dict[str, set[str]] = {}
    for source in sources:
        for name, methods in source.uses.items():
            names.setdefault(name, set()).update(methods)
        for name, methods in source.attributes.items():
            attributes.setdefault(name, set()).update(methods)
    for source in sources:
        for call in source.calls():
            if not _is_pattern_known(source, call) or not isinstance(source.value(call.args[0]), str | bytes):
                continue
            method, above = call.func.attr, source.within[call]  # type: ignore[attr-defined]
            ways = frozenset([_HOW[method]]) if method != "compile" else frozenset()
            if method == "compile" and isinstance(above, ast.AnnAssign) and isinstance(above.target, ast.Name):
                own = above.target.id
                ways = _ways(source.uses.get(own, set()) if own.startswith("_") else names.get(own, set()))
            elif method == "compile":
                ways = _ways(attributes.get(above.arg, set()) if isinstance(above, ast.keyword) and above.arg else {""})
            yield Asked(f"{source.path}:{call.lineno}", source.value(call.args[0]), source.flags(call), ways)
        for name, held in vars(source.module).items():
            for pattern, attribute in _held(held):
                methods = attributes.get(attribute, {""}) if attribute else source.uses.get(name, {""})
                if not attribute and not isinstance(held, re.Pattern):
                    methods = {""}
                flags = pattern.flags & ~(re.UNICODE if isinstance(pattern.pattern, bytes) else 0)
                yield Asked(f"{source.path}:{name}", pattern.pattern, flags, _ways(methods))


def _held(value: Any, attribute: str = "", depth: int = 0) -> Iterator[tuple[re.Pattern[Any], str]]:
    """Yield the patterns in a module's value, each with the attribute that holds it."""
    if isinstance(value, re.Pattern):
        yield value, attribute
    elif depth < _DEEPEST and not isinstance(value, type | ModuleType):
        inner: list[tuple[Any, str]] = []
        if isinstance(value, list | tuple | set | frozenset):
            inner = [(one, "") for one in value]
        elif isinstance(value, dict):
            inner = [(one, "") for one in value.values()]
        elif is_dataclass(value):
            inner = [(getattr(value, one.name, None), one.name) for one in fields(value)]
        for one, name in inner:
            yield from _held(one, name, depth + 1)


@cache
def _sources() -> list[_Source]:
    paths = sorted((ROOT / "pipeline").rglob("*.py"))
    return [_Source(path) for path in paths if path.name != "__main__.py"]


def source_patterns() -> list[Asked]:
    """Return every pattern that the source writes down, once."""
    known: dict[tuple[str | bytes, int], Asked] = {}
    for one in _found(_sources()):
        key = (one.pattern, re.compile(one.pattern, one.flags).flags)
        first = known.get(key)
        known[key] = one if first is None else Asked(first.where, one.pattern, one.flags, first.ways | one.ways)
    return list(known.values())


def made_at_run_time() -> set[str]:
    """Return the functions that call `re` with a pattern that only they know."""
    return {
        f"{source.path}:{source.function(call)}"
        for source in _sources()
        for call in source.calls()
        if source.function(call) and not _is_pattern_known(source, call)
    }


def layout_patterns() -> list[Asked]:
    """Return the patterns of the built-in layouts: of blocks, titles and addresses with single spaces."""
    from pipeline.layouts.known import builtin_layouts, known_shells, site_words

    specs = [*builtin_layouts(), site_words()]
    whole = [
        (f"{spec.name}:{name}", pattern)
        for spec in specs
        for groups in (spec.headings, spec.labels, spec.synonyms, spec.boilerplate, spec.shell, spec.sites)
        for name, patterns in groups.items()
        for pattern in (*patterns, *(spec.notices if groups is spec.sites else ()))
    ]
    whole += [(f"{spec.name}:{name}", one) for spec in specs for name, it in spec.regions.items() for one in it.start]
    # Those that name the page's term may stand within a block.
    inner = [
        (spec.name, one) for spec in specs for ones in spec.boilerplate.values() for one in ones if "P<term>" in one
    ]
    evidence = [
        (f"{one.name}:{field}", rule.pattern)
        for one in (*builtin_layouts(), *known_shells())
        for field, rules in one.evidence.items()
        for rule in rules
    ]
    return [
        *(Asked(where, pattern, _LAYOUT_FLAGS, frozenset(["fullmatch"]), True) for where, pattern in whole),
        *(Asked(where, pattern, _LAYOUT_FLAGS, frozenset(["search"]), True) for where, pattern in inner),
        *(Asked(where, pattern, re.IGNORECASE, frozenset(["search"]), True) for where, pattern in evidence),
    ]
