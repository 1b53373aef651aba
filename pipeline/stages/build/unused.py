"""Rules of the settings that are for certain paths, and that no page of the build has."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.config import Settings, path_matches

__all__ = ["UnusedRule", "unused_rules"]


class UnusedRule(NamedTuple):
    """A `[[defaults]]` or a layout that means no page: where it stands, and what it says."""

    place: str
    message: str


def unused_rules(settings: Settings, paths: Iterable[str]) -> Iterator[UnusedRule]:
    """Yield the rules whose paths match none of `paths`."""
    rules: list[tuple[str, str, tuple[str, ...]]]
    rules = [(rule.place, "`[[defaults]]`", (rule.path,)) for rule in settings.defaults]
    rules += [(spec.place, f'the layout "{spec.name}"', spec.path) for spec in settings.layouts if spec.path]
    waiting = dict(enumerate(rules))
    for path in paths if rules else ():
        met = [n for n, (_, _, globs) in waiting.items() if any(path_matches(glob, path) for glob in globs)]
        for number in met:
            del waiting[number]
        if not waiting:
            return
    for place, what, globs in waiting.values():
        yield UnusedRule(place, f"{what} is for no page: none has a path like {' or '.join(map(repr, globs))}")
