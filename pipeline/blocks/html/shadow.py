"""Shadow trees that a page declares in its markup, put where a browser shows them: in their hosts."""

from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.blocks.model import Cut

__all__ = ["flatten_shadow_trees", "outermost"]

# As the standard has it, as Chrome has it in MHTML, and as Chrome had it before it was a standard.
_SHADOW_ROOT: Final = "template[shadowrootmode], template[shadowmode], template[shadowroot]"


def flatten_shadow_trees(tree: LexborHTMLParser) -> list[Cut]:
    """Put each declared shadow tree in its host's place, slots filled; return the text of children without a slot."""
    hosts: set[int] = set()  # of which each has one shadow tree, its first
    unseen: list[LexborNode] = []
    replaced: list[LexborNode] = []
    # A tree within another is in the page only once the outer one is in its place.
    while templates := tree.css(_SHADOW_ROOT):
        for template in templates:
            host = template.parent
            if host is not None and host.mem_id not in hosts:
                hosts.add(host.mem_id)
                for shadow in template.template_fragments()[:1]:
                    _fill_slots(host, shadow, unseen, replaced)
                    for child in list(shadow.iter(include_text=True)):
                        template.insert_before(child, move=True)
            template.decompose()
    text = " ".join(" ".join(node.text(separator=" ") for node in outermost(unseen)).split())
    # Only now: until here, each of them may be the host of a tree that is still to come.
    for node in outermost([*unseen, *replaced]):
        node.decompose()
    return [Cut("without a slot", text)] if text else []


def _fill_slots(host: LexborNode, shadow: LexborNode, unseen: list[LexborNode], replaced: list[LexborNode]) -> None:
    """Move the host's children into the slots of their names, in place of what stands there for want of a child."""
    all_slots = shadow.css("slot")
    slots: dict[str, LexborNode] = {}
    for slot in all_slots:
        slots.setdefault(slot.attributes.get("name") or "", slot)
    defaults = {slot.mem_id: list(slot.iter(include_text=True)) for slot in slots.values()}
    for child in list(host.iter(include_text=True)):
        if child.tag == "template":
            continue
        target = slots.get(child.attributes.get("slot") or "" if child.is_element_node else "")
        if target is None:
            unseen.append(child)
            continue
        if child.is_element_node or child.text().strip():
            replaced += defaults.pop(target.mem_id, ())
        target.insert_child(child, move=True)
    for slot in all_slots:
        # One that is a child of a host within waits for a slot there.
        if "slot" not in slot.attributes:
            slot.unwrap(delete_empty=True)


def outermost(nodes: list[LexborNode]) -> list[LexborNode]:
    """Return those of `nodes` that lie in no other of them: what is taken out takes its inner nodes with it."""
    given = {node.mem_id: node for node in nodes}
    outer: list[LexborNode] = []
    for node in given.values():
        above = node.parent
        while above is not None and above.mem_id not in given:
            above = above.parent
        if above is None:
            outer.append(node)
    return outer
