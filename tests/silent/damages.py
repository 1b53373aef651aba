"""One thing on a page damaged at random. Kinds and weights are fixed: what is measured stays the same measure."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bs4 import BeautifulSoup, Tag

from tests.silent import texts

__all__ = ["KINDS", "Damage", "damage"]


@dataclass(frozen=True)
class Damage:
    """What was done: the kind, and the words that it brought or took, by which a finding can name the cause."""

    kind: str
    words: tuple[str, ...]


Do = Callable[[BeautifulSoup, random.Random], "tuple[str, ...] | None"]


def damage(source: str, dice: random.Random) -> tuple[str, Damage] | None:
    """Return the page with one thing damaged, and what it was; None where no kind that was tried can be done to it."""
    names, weights = zip(*((name, weight) for name, (weight, _) in KINDS.items()), strict=True)
    for kind in dice.choices(names, weights, k=8):
        soup = BeautifulSoup(source, "lxml")
        words = KINDS[kind][1](soup, dice)
        if words is not None:
            return str(soup), Damage(kind, words)
    return None


def _main(soup: BeautifulSoup) -> Tag:
    return soup.find("main") or soup.body or soup


def _headings(soup: BeautifulSoup) -> list[Tag]:
    return [tag for tag in _main(soup).find_all(["h2", "h3", "h4"]) if tag.get_text(strip=True)]


def _leaves(soup: BeautifulSoup) -> list[Tag]:
    """Return paragraphs and items that hold text and no block."""
    return [
        tag
        for tag in _main(soup).find_all(["p", "li", "dd"])
        if len(tag.get_text(" ", strip=True)) > 30 and not tag.find(["p", "li", "ul", "ol", "div", "table"])
    ]


def _new(soup: BeautifulSoup, name: str, text: str, **attributes: str) -> Tag:
    tag = soup.new_tag(name, attrs=attributes)
    tag.string = text
    return tag


def _known(soup: BeautifulSoup) -> list[Tag]:
    """Return headings that say what stands below them, not those that are a guide's own."""
    signs = (
        "definition",
        "facts",
        "questions",
        "related",
        "key terms",
        "vocabulary",
        "skills",
        "objectives",
        "practice",
    )
    return [tag for tag in _headings(soup) if any(sign in tag.get_text(" ").lower() for sign in signs)]


def _renamed(soup: BeautifulSoup, dice: random.Random) -> tuple[str, ...] | None:
    found = _known(soup)
    if not found:
        return None
    one, name = dice.choice(found), dice.choice(texts.HEADINGS)
    before = one.get_text(" ", strip=True)
    one.string = name
    return name, before


def _lost(soup: BeautifulSoup, dice: random.Random) -> tuple[str, ...] | None:
    found = _known(soup)
    if not found:
        return None
    one = dice.choice(found)
    words = one.get_text(" ", strip=True)
    one.decompose()
    return (words,)


def _unmarked(soup: BeautifulSoup, dice: random.Random) -> tuple[str, ...] | None:
    found = _known(soup)
    if not found:
        return None
    one = dice.choice(found)
    one.name = dice.choice(["div", "p", "span"])
    return (one.get_text(" ", strip=True),)


def _doubled(soup: BeautifulSoup, dice: random.Random) -> tuple[str, ...] | None:
    found = [tag for tag in _headings(soup) if tag.find_next_sibling()]
    if not found:
        return None
    one = dice.choice(found)
    block = [one]
    for sibling in one.find_next_siblings():
        if sibling.name in ("h1", "h2", "h3", "footer"):
            break
        block.append(sibling)
    last = block[-1] if dice.random() < 0.5 else list(one.find_next_siblings())[-1]
    for tag in reversed(block):
        last.insert_after(BeautifulSoup(str(tag), "html.parser"))
    return tuple(tag.get_text(" ", strip=True) for tag in block)


def _comments(soup: BeautifulSoup, dice: random.Random) -> tuple[str, ...] | None:
    box = soup.new_tag("div", attrs={"class": "c9"})
    words = []
    if head := dice.choice(texts.COMMENT_HEADS):
        box.append(_new(soup, dice.choice(["h2", "h3", "p"]), head))
        words.append(head)
    for name, remark in zip(dice.sample(texts.READERS, 2), dice.sample(texts.REMARKS, 2), strict=True):
        box.append(_new(soup, "p", name))
        box.append(_new(soup, "p", remark))
        words += [name, remark]
    if dice.random() < 0.6:
        form = dice.choice(texts.COMMENT_FORMS)
        box.append(_new(soup, "p", form))
        words.append(form)
    _content_end(soup).insert_after(box)
    return tuple(words)


def _content_end(soup: BeautifulSoup) -> Tag:
    leaves = _leaves(soup)
    last = leaves[-1] if leaves else _main(soup).find_all(True)[-1]
    while last.parent is not None and last.parent.name in ("li", "ul", "ol", "dl", "td", "tr", "tbody", "table"):
        last = last.parent
    return last


def _title_elsewhere(soup: BeautifulSoup, dice: random.Random) -> tuple[str, ...] | None:
    title = soup.find("h1")
    if title is None:
        return None
    words = title.get_text(" ", strip=True)
    title.name = dice.choice(["p", "div", "h3"])
    title.attrs = {"class": "t-x"}
    return (words,)


def _byline(soup: BeautifulSoup, dice: random.Random) -> tuple[str, ...] | None:
    title = soup.find("h1")
    if title is None:
        return None
    words = dice.choice(texts.BYLINES)
    title.insert_after(_new(soup, dice.choice(["p", "div", "h2", "h3"]), words))
    return (words,)


def _furniture(soup: BeautifulSoup, dice: random.Random) -> tuple[str, ...] | None:
    found = _leaves(soup)
    if not found:
        return None
    words = dice.choice(texts.FURNITURE)
    one = dice.choice(found)
    if one.name == "p":
        one.insert_after(_new(soup, dice.choice(["p", "div"]), words))
    else:
        (one.find_parent(["ul", "ol", "dl"]) or one).insert_after(_new(soup, dice.choice(["p", "div"]), words))
    return (words,)


def _foreign(soup: BeautifulSoup, dice: random.Random) -> tuple[str, ...] | None:
    found = [tag for tag in _leaves(soup) if tag.name == "p"]
    if not found:
        return None
    words = dice.choice(texts.FOREIGN)
    dice.choice(found).insert_after(_new(soup, "p", words))
    return (words,)


def _marked(soup: BeautifulSoup, dice: random.Random) -> tuple[str, ...] | None:
    found = [*_leaves(soup), *_headings(soup)]
    if not found:
        return None
    one, words = dice.choice(found), dice.choice(texts.MARKS)
    one.append(_new(soup, dice.choice(["span", "sup", "a"]), words))
    return words, one.get_text(" ", strip=True)[:60]


def _bulleted(soup: BeautifulSoup, dice: random.Random) -> tuple[str, ...] | None:
    """Turn a list into boxes with a sign of their own, as app shells draw them."""
    found = [tag for tag in _main(soup).find_all(["ul", "ol"]) if not tag.find_parent("nav") and tag.find("li")]
    found = [tag for tag in found if not tag.find(["ul", "ol"]) and not tag.find_parent(["ul", "ol"])]
    if not found:
        return None
    one, sign = dice.choice(found), dice.choice(texts.BULLETS)
    apart = dice.random() < 0.5
    for item in one.find_all("li"):
        item.name = "div"
        if apart:
            item.insert(0, _new(soup, "div", sign))
        else:
            item.insert(0, f"{sign} ")
    one.name = "div"
    return (sign,)


def _labelled(soup: BeautifulSoup, dice: random.Random) -> tuple[str, ...] | None:
    """Write labels before questions and answers that had none."""
    asked = [tag for tag in _leaves(soup) if tag.get_text(" ", strip=True).endswith("?")]
    if not asked:
        return None
    one, (ask, answer) = dice.choice(asked), dice.choice(texts.LABELS)
    one.insert(0, f"{ask} ")
    following = one.find_next(["p", "li", "dd"])
    if following is not None:
        following.insert(0, f"{answer} ")
    return ask, answer


def _swapped(soup: BeautifulSoup, dice: random.Random) -> tuple[str, ...] | None:
    """Put what stands above a heading below what follows it: the section with its neighbour."""
    found = [
        tag for tag in _known(soup) if tag.find_next_sibling() is not None and tag.find_previous_sibling() is not None
    ]
    if not found:
        return None
    one = dice.choice(found)
    before = one.find_previous_sibling()
    after = one.find_next_sibling()
    if before is None or after is None or before.name in ("h1", "h2", "h3"):
        return None
    words = before.get_text(" ", strip=True)[:80]
    after.insert_after(before.extract())
    return words, one.get_text(" ", strip=True)


# Kind -> (weight, what it does).
KINDS: Final[Mapping[str, tuple[int, Do]]] = {
    "heading renamed": (4, _renamed),
    "heading lost": (2, _lost),
    "heading unmarked": (2, _unmarked),
    "section doubled": (3, _doubled),
    "comments added": (4, _comments),
    "title elsewhere": (3, _title_elsewhere),
    "line under the title": (3, _byline),
    "furniture within": (4, _furniture),
    "foreign sentence": (1, _foreign),
    "marks added": (2, _marked),
    "list in boxes": (2, _bulleted),
    "labels added": (1, _labelled),
    "blocks swapped": (1, _swapped),
}
