"""The structure tree is in the order of reading: what is broken over pages is one element, lists are in their items."""

from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pdf_documents import found_differences, written
from pdf_factories import edition_of, key_term
from pipeline.verify.pdf.reading import Node, opened


def nodes(path: Path) -> list[Node]:
    with opened(path) as file:
        found = list(file.nodes())
        assert list(file.astray()) == []
    return found


def kinds(node: Node) -> list[str]:
    """Return the types of all elements in a node, in order."""
    return [node.kind, *(kind for kid in node.kids if isinstance(kid, Node) for kind in kinds(kid))]


def words(count: int, stem: str) -> str:
    return " ".join(f"{stem}{number}" for number in range(count))


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    cells = f"<td>{words(700, 'left')}</td><td>{words(700, 'right')}</td>"
    edition = edition_of([key_term("A", f"<table><tbody><tr>{cells}</tr></tbody></table>"), key_term("B")], jobs=1)
    return written(tmp_path_factory.mktemp("broken"), edition, "handout"), edition


def test_a_row_broken_over_pages_is_one_row_and_each_cell_is_read_to_its_end(broken: tuple[Path, Any]) -> None:
    path, edition = broken
    assert found_differences(path, edition) == []
    record, other = (node for node in nodes(path) if node.kind == "Sect")
    assert other.page > record.page + 1
    assert [kinds(record).count(kind) for kind in ("Table", "TR", "TD")] == [1, 1, 2]
    said = " ".join(piece.text for piece in record.said())
    assert said.index("left699") < said.index("right0")


def test_every_mark_of_a_page_belongs_to_the_element_that_has_it(broken: tuple[Path, Any]) -> None:
    with pikepdf.open(broken[0]) as pdf:
        tree = pdf.Root.StructTreeRoot
        numbers = list(tree.ParentTree.Nums)
        parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
        stack = [tree.K[0]]
        owned: dict[tuple[int, int], tuple[int, int]] = {}
        while stack:
            element = stack.pop()
            for kid in element.get("/K", ()):
                if isinstance(kid, int):
                    owned[int(element.Pg.StructParents), kid] = element.objgen
                elif "/MCID" in kid:
                    owned[int(kid.Pg.StructParents), int(kid.MCID)] = element.objgen
                elif "/S" in kid:
                    assert kid.P.objgen == element.objgen
                    stack.append(kid)
        listed = {
            (int(number), mark): owner.objgen
            for number, owners in parents.items()
            if isinstance(owners, pikepdf.Array)
            for mark, owner in enumerate(owners)
        }
    assert owned == listed


def test_a_list_within_an_item_is_read_where_it_stands(tmp_path: Path) -> None:
    edition = edition_of([key_term("A", "<ul><li>first <ul><li>inner</li></ul> last</li><li>next</li></ul>")], jobs=1)
    path = written(tmp_path, edition, "handout")
    assert found_differences(path, edition) == []
    record = next(node for node in nodes(path) if node.kind == "Sect")
    said = "".join(piece.text for piece in record.said())
    assert [said.index(word) for word in ("first", "inner", "last", "next")] == sorted(
        said.index(word) for word in ("first", "inner", "last", "next")
    )


def test_raised_and_lowered_text_says_so(tmp_path: Path) -> None:
    path = written(tmp_path, edition_of([key_term("A", "x<sup>2</sup> and H<sub>2</sub>O")], jobs=1), "handout")
    record = next(node for node in nodes(path) if node.kind == "Sect")
    assert [piece.how for piece in record.said() if piece.text.strip() == "2"] == ["^", "_"]


def test_a_link_on_a_cards_back_is_text_for_backs_are_moved(tmp_path: Path) -> None:
    edition = edition_of([key_term("A", "<p>See <a href='https://example.test/x'>this page</a>.</p>")], jobs=1)
    with pikepdf.open(written(tmp_path, edition, "flashcards")) as pdf:
        assert not [page for page in pdf.pages if "/Annots" in page.obj]
    with opened(tmp_path / "life-science-flashcards.pdf") as file:
        assert not [kind for node in file.nodes() for kind in kinds(node) if kind == "Link"]
