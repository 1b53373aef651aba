"""Which addresses are asked for, and where a sorted index has them."""

import pytest

from pipeline.pages.crawls.addresses import address_pattern, sort_prefixes


@pytest.mark.parametrize(
    ("wanted", "address", "matches"),
    [
        ("https://example.org/guides/", "https://example.org/guides/osmosis", True),
        ("https://example.org/guides/", "https://EXAMPLE.org/guides/", True),
        ("https://example.org/guides/", "http://example.org/guides/osmosis", False),
        ("example.org/guides/", "http://example.org/guides/osmosis?a=b#c", True),
        ("example.org/guides/", "https://example.org/Guides/osmosis", False),
        ("example.org/guides/", "https://other.example/?u=example.org/guides/", False),
        ("example.org", "https://example.org", True),
        ("example.org", "https://example.org:8080/a", True),
        ("example.org", "https://example.organic/", False),
        ("example.org", "https://www.example.org/", False),
        ("*.example.org", "https://www.example.org/a", True),
        ("*.example.org", "https://example.org/a", False),
        ("*.example.org", "https://a.example/x.example.org/", False),
        ("example.org/*/key-terms/", "https://example.org/ap-bio/key-terms/osmosis", True),
        ("example.org/*/key-terms/", "https://example.org/key-terms/", False),
        ("example.org/a.b", "https://example.org/aXb", False),
        ("*", "https://anything.example/", True),
    ],
)
def test_an_address_is_asked_for_by_its_beginning(wanted: str, address: str, matches: bool) -> None:
    pattern = address_pattern([wanted])
    assert pattern is not None
    assert bool(pattern.match(address)) == matches


def test_without_a_wish_all_are_asked_for() -> None:
    assert address_pattern([]) is None
    assert sort_prefixes([]) == [""]


@pytest.mark.parametrize(
    ("wanted", "prefixes"),
    [
        (["https://www.example.org/guides/osm"], ["org,example)/guides", "org,example,www", "org,example:"]),
        (["example.org/Guides/a b"], ["org,example)/guides", "org,example,www", "org,example:"]),
        (["example.org"], ["org,example"]),
        (["*.example.org/x"], ["org,example"]),
        (["example.org/x", "example.org/y/", "b.example"], ["example,b", "org,example"]),
        (["example.org", "*"], [""]),
        (["example.*/x"], [""]),
        (["exämple.org/"], [""]),
    ],
)
def test_a_sorted_index_has_them_behind_these_beginnings(wanted: list[str], prefixes: list[str]) -> None:
    assert sort_prefixes(wanted) == sorted(prefixes)
