"""Print the reference of `import pipeline`, made from its docstrings and sources; it is kept as `docs/python.md`."""

import ast
import inspect
import sys
import textwrap
from collections.abc import Iterator
from typing import Any, Final, get_args

import pipeline

_HEAD: Final = """# The library

<!-- Made from the docstrings of `import pipeline` by `make docs`: edit them there. -->"""
_NOTE: Final = "The examples below go on from these: the tests run them all, one after the other, in one folder."


def reference() -> str:
    """Return the reference page: Markdown, the public names in their order."""
    sections: dict[str, list[str]] = {"Functions": [], "Classes": [], "Errors": []}
    for name in pipeline.__all__:
        value = getattr(pipeline, name)
        sections[_section(value)].append("\n\n".join([f"### `{name}`", *_entry(name, value)]))
    parts = [_HEAD, _told(pipeline), _NOTE]
    for title, entries in sections.items():
        parts += [f"## {title}", *entries]
    return "\n\n".join(parts) + "\n"


def _section(value: Any) -> str:
    if inspect.isfunction(value):
        return "Functions"
    return "Errors" if inspect.isclass(value) and issubclass(value, Exception) else "Classes"


def _entry(name: str, value: Any) -> Iterator[str]:
    if not inspect.isclass(value) and not inspect.isfunction(value):
        kinds = [kind.__name__ for kind in get_args(get_args(value)[0])]
        yield f"```python\n{name} = {' | '.join(kinds)}\n```"
        yield "A record of any kind; its `kind` says which."
        return
    yield f"```python\n{_outline(value)}\n```"
    yield _told(value)


def _told(value: Any) -> str:
    """Return a docstring as Markdown: its examples, which are paragraphs of their own, as blocks of code."""
    paragraphs = inspect.cleandoc(value.__doc__ or "").split("\n\n")
    return "\n\n".join(textwrap.indent(one, "    ") if one.startswith(">>>") else one for one in paragraphs)


def _outline(value: Any) -> str:
    """Return the lines that say how a thing is used: heads, fields with their comments, what methods are for."""
    source = textwrap.dedent(inspect.getsource(value))
    lines = source.splitlines()
    (node,) = ast.parse(source).body
    fields: list[str] = []
    methods: list[str] = []
    for part in node.body if isinstance(node, ast.ClassDef) else ():
        if isinstance(part, ast.AnnAssign):
            fields += lines[part.lineno - 1 : part.end_lineno]
        elif isinstance(part, ast.FunctionDef) and _is_public(part.name, value):
            told = part.body[0] if ast.get_docstring(part) else None
            methods.append("\n".join(_head(part, lines) + (lines[told.lineno - 1 : told.end_lineno] if told else [])))
    body = "\n\n".join(filter(None, ["\n".join(fields), *methods]))
    return "\n".join([*_head(node, lines), body]).rstrip()


def _is_public(method: str, owner: type) -> bool:
    """Say whether a method is for those who use the class; what overrides a library's method is not."""
    inherited = any(hasattr(base, method) for base in owner.__mro__[1:])
    return method == "__init__" or not (method.startswith("_") or inherited)


def _head(node: Any, lines: list[str]) -> list[str]:
    first = min(one.lineno for one in [node, *node.decorator_list])
    return lines[first - 1 : node.body[0].lineno - 1]


if __name__ == "__main__":
    sys.stdout.write(reference())
