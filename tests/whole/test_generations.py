"""Truths in generations of pages that the parser was not written around, in every container: all read equal."""

import json
from typing import Any

import pytest

from parsed_pages import only_record, parse_file
from pipeline.records import KeyTerm
from tests.generations.model import Truth, page_url, slug
from tests.generations.run import RENDERERS, check_variant, wrapped
from tests.generations.truths import TRUTHS

CASES = [(generation, variant) for generation, one in RENDERERS.items() for variant in range(one.VARIANTS)]
# (generation, variant, term) -> why its page cannot be read as its truth. Each would need its reason.
KNOWN_EXCEPTIONS: dict[tuple[str, int, str], str] = {}
ARCHIVES = ("gzip", "zip", "warc", "warc.gz")


def containers(generation: str, variant: int) -> tuple[str, ...]:
    """Return the containers in which a crawler or a person keeps such a page."""
    if generation == "mhtml":
        return ARCHIVES[:2]  # a browser's own archive: no server sends it
    is_text = RENDERERS[generation].name(variant).endswith((".txt", ".md"))
    return (*ARCHIVES, "wet") if is_text else ARCHIVES


def ids(cases: list[tuple[str, int]]) -> list[str]:
    return [f"{generation}-{variant}" for generation, variant in cases]


@pytest.mark.parametrize("case", CASES, ids=ids(CASES))
def test_every_page_equals_its_truth_with_nothing_unclaimed(case: tuple[str, int]) -> None:
    """Each variant of every other truth, by turns; `python -m tests.generations.run` reads each of all."""
    mine = TRUTHS[case[1] % 2 :: 2]
    truths = [truth for truth in mine if (*case, truth["term"]) not in KNOWN_EXCEPTIONS]
    row = check_variant(case, truths, "none")
    assert row.notes == []
    assert row.equal == row.pages == len(truths)


@pytest.mark.parametrize("generation", RENDERERS)
def test_every_container_gives_the_page_as_it_is(generation: str) -> None:
    for variant in (0, 2):
        for container in containers(generation, variant):
            row = check_variant((generation, variant), TRUTHS[variant : variant + 2], container)
            assert row.notes == []
            assert row.equal == row.pages


@pytest.mark.parametrize("generation", RENDERERS)
def test_the_kind_of_a_page_is_told_by_its_content_and_not_by_its_name(generation: str) -> None:
    for variant in (0, 1, 3):
        row = check_variant((generation, variant), TRUTHS[variant : variant + 2], "none", lie=True)
        assert row.notes == []
        assert row.equal == row.pages


def essence(record: KeyTerm) -> dict[str, Any]:
    """Return what every way of saving a page can carry: no source, links, emphasis, pictures, and no notices."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            dropped = ("source", "html", "url", "media", "notices")
            return {key: plain(part) for key, part in value.items() if key not in dropped}
        if isinstance(value, list):
            return [plain(part) for part in value]
        return " ".join(value.split()) if isinstance(value, str) else value

    return plain(record.model_dump(mode="json"))


def saved(truth: Truth, generation: str, variant: int, container: str = "none") -> KeyTerm:
    renderer = RENDERERS[generation]
    data, name = wrapped(
        renderer.render(truth, variant=variant),
        f"{slug(truth['term']) or 'page'}-{renderer.name(variant)}",
        page_url(truth),
        container,
    )
    (outcome,) = parse_file(data, name)
    return only_record(outcome)


@pytest.mark.parametrize("number", [0, 1, 3, 12])
def test_the_same_page_saved_in_all_ways_gives_the_same_record(number: int) -> None:
    truth = TRUTHS[number]
    first = essence(saved(truth, "baseline", 0))
    for turn, (generation, variant) in enumerate(CASES[number % 3 :: 3]):
        ways = ("none", *containers(generation, variant))
        container = ways[turn % len(ways)]
        other = essence(saved(truth, generation, variant, container))
        assert json.dumps(other, ensure_ascii=False) == json.dumps(first, ensure_ascii=False), (generation, variant)
