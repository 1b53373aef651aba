"""What happens to a source between two builds: each edit takes pages that no other has touched, and says its name."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from pipeline.identity import likeness
from tests.histories.world import Course, Item, Page, World

__all__ = ["EDITS", "LOCAL", "Step"]

_PARALLEL = 0.8


class Step:
    """The edits before one build. A page that one edit took is left alone by the others: nobody could tell else."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.dice = world.dice
        self.touched: set[int] = set()
        self.needed: set[int] = set()  # courses of which a page must stay there

    def do(self, name: str) -> bool:
        """Make the edit of this name; say whether there was a place for it."""
        return EDITS[name](self)

    def take(self, course: Course | None = None, *, items: int = 0, present: bool = True) -> Page | None:
        """Return a page to edit, and keep it from other edits of this step."""
        free = [
            page
            for page in self.world.pages
            if page.token not in self.touched
            and page.present is present
            and len(page.items) >= items
            and course in (None, page.course)
        ]
        if not free:
            return None
        page = self.dice.choice(free)
        self.touched.add(page.token)
        return page

    def take_item(self, page: Page) -> Item:
        return page.items.pop(self.dice.randrange(len(page.items)))

    def others(self, page: Page) -> list[Page]:
        return [one for one in self.world.of(page.course) if one is not page]


def edit(step: Step) -> bool:
    page = step.take(items=1)
    if page is None:
        return False
    for item in step.dice.sample(page.items, step.dice.randint(1, len(page.items))):
        item.words = step.world.replaced(item.words, step.dice.randint(1, 2))
    return True


def define(step: Step) -> bool:
    page = step.take()
    if page is None:
        return False
    page.definition = step.world.replaced(page.definition, 1)
    return True


def reorder(step: Step) -> bool:
    page = step.take(items=2)
    if page is None:
        return False
    step.dice.shuffle(page.items)
    return True


def insert(step: Step) -> bool:
    page = step.take()
    if page is None:
        return False
    page.items.insert(step.dice.randint(0, len(page.items)), step.world.item(question=step.dice.random() < 0.3))
    return True


def delete(step: Step) -> bool:
    page = step.take(items=2)
    if page is None:
        return False
    step.world.deleted.append((page.token, step.take_item(page)))
    return True


def return_(step: Step) -> bool:
    there = {page.token: page for page in step.world.pages if page.present and page.token not in step.touched}
    for at, (token, item) in enumerate(step.world.deleted):
        if token in there:
            del step.world.deleted[at]
            there[token].items.append(item)
            step.touched.add(token)
            return True
    return False


def _move(step: Step, *, typo: bool = False, far: bool = False) -> bool:
    page = step.take(items=3)
    if page is None:
        return False
    courses = [course for course in step.world.courses if course is not page.course] if far else [page.course]
    other = step.take(step.dice.choice(courses))
    if other is None:
        return False
    item = step.take_item(page)
    if typo:
        item.words = step.world.replaced(item.words, 1)
    other.items.append(item)
    return True


def rename(step: Step) -> bool:
    page = step.take(present=step.dice.random() < 0.8)
    if page is None:
        return False
    page.term = f"{step.world.word()} {page.term}"
    return True


def rename_and_edit(step: Step) -> bool:
    page = step.take(items=2)
    if page is None:
        return False
    page.term = f"{step.world.word()} {page.term}"
    page.definition = step.world.replaced(page.definition, 1)
    for item in page.items:
        item.words = step.world.replaced(item.words, 1)
    return True


def _rename_course(step: Step, *, typos: bool = False) -> bool:
    free = [
        course
        for course in step.world.courses
        if not step.touched & {page.token for page in step.world.of(course, present=False)} and step.world.of(course)
    ]
    if not free:
        return False
    course = step.dice.choice(free)
    course.title = step.world.title()
    for page in step.world.of(course, present=False):
        step.touched.add(page.token)
        if typos and page.present:
            for item in page.items:
                item.words = step.world.replaced(item.words, 1)
    return True


def miss(step: Step) -> bool:
    """Let pages be missing; at times half of a course."""
    page = step.take()
    if page is None or (page.course.token in step.needed and not step.others(page)):
        return False
    page.present = False
    for other in step.others(page):
        if step.dice.random() < 0.25 and other.token not in step.touched and len(step.world.of(page.course)) > 1:
            other.present = False
            step.touched.add(other.token)
    return True


def back(step: Step) -> bool:
    page = step.take(present=False)
    if page is None:
        return False
    page.present = True
    return True


def copy(step: Step) -> bool:
    """Let a page be missing while a copy of it is new in another course."""
    page = step.take()
    if page is None or not step.others(page):
        return False
    course = step.dice.choice([course for course in step.world.courses if course is not page.course])
    if any(one.term == page.term for one in step.world.of(course, present=False)):
        return False  # a copy of a copy, where the first came from: by its name it is that page
    twin = deepcopy(page)
    twin.course, twin.token = course, step.world.token()
    for item in twin.items:
        item.token, item.like = step.world.token(), frozenset()
    step.world.pages.append(twin)
    step.touched.add(twin.token)
    page.present = False
    # That the course is still there is what tells a copy from a new name.
    step.touched.update(one.token for one in step.world.of(page.course))
    return True


def join(step: Step) -> bool:
    """Let all that a page says stand on another page of the course, and the page be gone for good."""
    page = step.take(items=1)
    if page is None:
        return False
    other = step.take(page.course)
    if other is None:
        return False
    other.items += page.items
    step.world.pages.remove(page)
    return True


def parallel(step: Step) -> bool:
    """Let another fact, a fifth of its words replaced, stand in the place of one: no rule tells this from an edit."""
    page = step.take(items=1)
    if page is None:
        return False
    at = step.dice.randrange(len(page.items))
    old = page.items[at]
    words = old.words
    while likeness(" ".join(old.words), " ".join(words)) > _PARALLEL:
        words = step.world.replaced(words, 2)
    page.items[at] = Item(step.world.token(), words, old.question, like=old.like | {old.token})
    return True


EDITS: dict[str, Callable[[Step], bool]] = {
    "edit": edit,
    "define": define,
    "reorder": reorder,
    "insert": insert,
    "delete": delete,
    "return": return_,
    "move": _move,
    "move with a typo": lambda step: _move(step, typo=True),
    "move to another course": lambda step: _move(step, far=True),
    "rename": rename,
    "rename and edit": rename_and_edit,
    "rename a course": _rename_course,
    "rename a course, typos": lambda step: _rename_course(step, typos=True),
    "miss": miss,
    "back": back,
    "copy": copy,
    "join": join,
    "parallel": parallel,
}
# What branches do that are merged: on pages of their own.
LOCAL = ("edit", "define", "reorder", "insert", "delete")
