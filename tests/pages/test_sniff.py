"""What a page is: by its content, its name being a hint at most."""

import pytest

from pipeline.pages import media_type_of

TEXT = """study guides for every class

Osmosis

from class:

General Biology

Definition

Osmosis is the movement of water (where a < b and c > d) through a membrane.

5 Must Know Facts

  1. It needs no energy.
  2. It ends at 2 * 3 * 4.

Review Questions

* What moves?
  - Water, __always__.
"""
CODE = """Definition

The for loop repeats. A sample:

# print every item
for item in items:
    print(item ** 2, f[item](2))

<ul>
  <li>one</li>
</ul>

Facts

1. A `list` keeps its order, says <b> to nobody.
2. Nothing else.

Questions

Which tag begins a list?
The <ul> tag does, and </ul> ends it.

More text follows here.
And here.
And at last here.
"""
MARKDOWN = """# Osmosis

from class: [General Biology](https://example.org/bio)

## Definition

**Osmosis** is the movement of water.
"""


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a", "a.pdf"])
def test_a_text_with_bullets_and_nothing_else_of_markdown_is_text(name):
    assert media_type_of(TEXT.encode(), name=name) == "text/plain"


@pytest.mark.parametrize("name", ["a.txt", "a"])
def test_a_sample_of_code_in_a_text_is_no_markup(name):
    assert media_type_of(CODE.encode(), name=name) == "text/plain"


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md"])
def test_markdown_shows_two_different_signs(name):
    assert media_type_of(MARKDOWN.encode(), name=name) == "text/markdown"


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Osmosis\nurl: https://example.org\n---\n\nOsmosis moves water.\n",
        "Osmosis\n=======\n\n**Water** moves.\n",
        "## Definition\n\nWater moves.\n\n## Facts\n\n1. It moves.\n",
        "Text with **bold** and [a link](/key-terms/x).\n",
        "![osmosis](img/a.png)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    ],
)
def test_each_pair_of_signs_will_do(text):
    assert media_type_of(text.encode(), name="x") == "text/markdown"


def test_one_sign_will_do_where_the_name_says_markdown():
    one = b"Osmosis\n\n**Water** moves.\n"
    assert media_type_of(one, name="a.txt") == "text/plain"
    assert media_type_of(one, name="a.md") == "text/markdown"
    assert media_type_of(one, declared="text/markdown") == "text/markdown"
    assert media_type_of("  • Water\n    • moves\n".encode(), name="a.md") == "text/plain"


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><p>x",
        "\ufeff\n<!-- saved from url=(0014)about:internet -->\n<html><body>x",
        "<p>One paragraph",
        "<h2>Definition</h2>\n\nOsmosis is **not** [bold](https://example.org).\n",
        "ition</h2><p>Osmosis moves water.</p><ul><li>It does.</li></ul>",
        "moves.\n</p>\n<h2>Facts</h2>\n<ul>\n<li>It does.\n<li>It does not.\n</ul>\n",
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_html_is_html_also_in_pieces(page, name):
    assert media_type_of(page.encode(), name=name) == "text/html"


def test_html_in_utf16_without_a_mark():
    assert media_type_of("<html><body><p>x</p>".encode("utf-16-le"), name="x") == "text/html"


def test_xhtml_has_its_namespace_and_says_xml():
    root = '<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>'
    assert media_type_of(f"<?xml version='1.0'?>\n{root}".encode()) == "application/xhtml+xml"
    assert media_type_of(root.encode(), name="a.xhtml") == "application/xhtml+xml"
    assert media_type_of(root.encode(), name="a.html") == "text/html"
