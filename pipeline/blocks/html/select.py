"""A selection at work on the tree: what is no content is taken out by name, what says a field is marked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.blocks.html.elements import NOTE
from pipeline.blocks.html.shadow import outermost
from pipeline.blocks.model import Cut, Remark
from pipeline.blocks.selection import Pick, Selection

__all__ = ["FIELD", "Selected", "forget_marks", "missed", "select"]

FIELD: Final = "guidepress-field"  # the attribute by which the reader of blocks knows a marked element
_OUTSIDE: Final = "outside the content"
_MOST_MARKED: Final = 100  # elements that say one field together
_NEVER_TEXT: Final = "script, style, template"


@dataclass(slots=True)
class Selected:
    """What a selection took out, what attributes say, and which selectors found nothing."""

    cuts: list[Cut] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)


def forget_marks(tree: LexborHTMLParser, source: str) -> None:
    """Take our attribute off a page that has it: only a selection may mark an element."""
    if FIELD in source.lower():
        for node in tree.css(f"[{FIELD}]"):
            del node.attrs[FIELD]


def select(tree: LexborHTMLParser, selection: Selection) -> Selected:
    """Apply `selection` to `tree`, and return what came of it. A marked element is kept wherever it stands."""
    made = Selected(missed=[css for css in selection.expected if tree.css_first(css) is None])
    marked: list[LexborNode] = []
    for pick in selection.picks:
        marked += _pick(tree, pick, made.values)
    body = tree.body
    content = [node for css in selection.content for node in tree.css(css)]
    if content and body is not None:
        made.cuts += _cut(_OUTSIDE, _emptied(body, content, marked, _OUTSIDE))
    dropped = [(name, node) for name, css in selection.drop for node in tree.css(css)]
    names = {node.mem_id: name for name, node in reversed(dropped)}
    texts: dict[str, list[str]] = {name: [] for name, _ in selection.drop}
    within = _by_holder(marked)
    for node in outermost([node for _, node in dropped]):
        texts[names[node.mem_id]] += _emptied(node, (), within.get(node.mem_id, ()), names[node.mem_id])
    made.cuts += [cut for name, found in texts.items() for cut in _cut(name, found)]
    _restyle(tree, selection)
    return made


def _restyle(tree: LexborHTMLParser, selection: Selection) -> None:
    """Mark up headings and boxes as what they look like, by the roles that the reader of blocks knows."""
    for css in selection.notes:
        for node in tree.css(css):
            node.attrs["role"] = NOTE
    for level, css in selection.headings:
        for node in tree.css(css):
            node.attrs["role"] = "heading"
            node.attrs["aria-level"] = str(level)
    for css in selection.unwrapped:
        for node in tree.css(css):
            node.unwrap()


def missed(selected: Selected) -> Iterator[Remark]:
    """Yield what is to be told of selectors that should have found something."""
    for css in selected.missed:
        yield Remark("selector", f"`{css}` finds nothing on this page", css)


def _pick(tree: LexborHTMLParser, pick: Pick, values: dict[str, str]) -> list[LexborNode]:
    """Mark the elements that say a field, or keep what their attribute says; return those that are marked."""
    found = tree.css(pick.selector)
    if pick.attribute:
        said = [" ".join((node.attributes.get(pick.attribute) or "").split()) for node in found]
        said = [text for text in said if text][: _MOST_MARKED if pick.every else 1]
        if said:
            values.setdefault(pick.field, ", ".join(said))
        return []
    outside = [node for node in found if not _is_in_body(node)]
    if outside:  # a title or a script: text that is no block
        text = " ".join(outside[0].text(separator=" ").split())
        if text:
            values.setdefault(pick.field, text)
        return []
    said_in = (node for node in found if node.text().strip())
    marked = list(islice(said_in, _MOST_MARKED if pick.every else 1))
    for node in marked:
        node.attrs[FIELD] = pick.field
    return marked


def _is_in_body(node: LexborNode) -> bool:
    above: LexborNode | None = node
    while above is not None and above.tag not in ("body", "head"):
        above = above.parent
    return above is not None and above.tag == "body"


def _by_holder(nodes: Iterable[LexborNode]) -> dict[int, list[LexborNode]]:
    """Return `nodes` by everything that holds them, and by themselves."""
    held: dict[int, list[LexborNode]] = {}
    for node in nodes:
        above: LexborNode | None = node
        while above is not None:
            held.setdefault(above.mem_id, []).append(node)
            above = above.parent
    return held


def _emptied(root: LexborNode, kept: Iterable[LexborNode], marked: Iterable[LexborNode], name: str) -> list[str]:
    """Take out all below `root` (with itself) but what is kept or marked, and what is around those; return its text.

    What is kept only for its mark learns under which `name` it is no content.
    """
    own = {node.mem_id for node in kept}
    saved = [node for node in marked if _chain(node, root, own) is not None]
    for node in saved:
        node.attrs[FIELD] = f"{(node.attributes.get(FIELD) or '').partition('|')[0]}|{name}"
    own |= {node.mem_id for node in saved}
    chains = [chain for node in (*kept, *saved) if (chain := _chain(node, root, own)) is not None]
    if root.mem_id in own:
        return []
    if not chains:
        return [_taken(root)]
    around = {node.mem_id: node for chain in chains for node in chain}
    taken = []
    for holder in (root, *around.values()):
        for child in list(holder.iter(include_text=True)):
            if child.mem_id not in own and child.mem_id not in around:
                taken.append(_taken(child))
    return taken


def _chain(node: LexborNode, root: LexborNode, own: set[int]) -> list[LexborNode] | None:
    """Return what is between a node and `root` above it; None if it stands elsewhere, or within one of `own`."""
    chain: list[LexborNode] = []
    if node.mem_id == root.mem_id:
        return chain
    above = node.parent
    while above is not None and above.mem_id != root.mem_id:
        if above.mem_id in own:
            return None
        chain.append(above)
        above = above.parent
    return chain if above is not None else None


def _taken(node: LexborNode) -> str:
    if node.tag != "-text":
        for never in node.css(_NEVER_TEXT):
            if never.mem_id != node.mem_id:
                never.decompose()
    text = "" if node.tag in _NEVER_TEXT.split(", ") else node.text(separator=" ")
    node.decompose()
    return " ".join(text.split())


def _cut(name: str, texts: Iterable[str]) -> list[Cut]:
    text = "\n".join(text for text in texts if text)
    return [Cut(name, text)] if text else []
