"""Formulas as drawings: white around signs as TeX sets it, on the line of the text, and nothing drawn that is wrong."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from ziamath.tex import tex2mml

from pipeline.exporters.pdf.content.mathematics import Drawing, Formula, Mathematician
from pipeline.exporters.pdf.content.mathml_spacing import space_as_tex


def drawn(tex: str, *, display: bool = False) -> Drawing:
    drawing = Mathematician().draw(Formula(tex, display))
    assert drawing is not None, tex
    return drawing


def signs(tex: str) -> list[str]:
    """Return for each minus and plus of a formula whether it is taken for a `sign` or for an `operation`."""
    mathml = ElementTree.fromstring(tex2mml(tex))
    space_as_tex(mathml)
    return [
        "sign" if element.get("form") == "prefix" else "operation"
        for element in mathml.iter()
        if (element.text or "").strip() in {"\u2212", "+", "±"}
    ]


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("a = -3", ["sign"]),
        ("5 - 3", ["operation"]),
        ("-x - y", ["sign", "operation"]),
        ("f(x) - 1", ["operation"]),
        ("(-2) + [-1]", ["sign", "operation", "sign"]),
        ("|-3| - |x| - 1", ["sign", "operation", "operation"]),
        ("n! - 1", ["operation"]),
        ("x, -y", ["sign"]),
        (r"\frac{-b \pm c}{2}", ["sign", "operation"]),
        (r"\sum_{i=1}^{n} -a_i", ["sign"]),
        (r"\left(-2\right) - 1", ["sign", "operation"]),
        (r"x \to -\infty - 1", ["sign", "operation"]),
        (r"\begin{pmatrix} -1 & 2 - 3 \end{pmatrix}", ["sign", "operation"]),
    ],
)
def test_a_sign_is_told_from_an_operation(tex: str, expected: list[str]) -> None:
    assert signs(tex) == expected


def test_a_sign_stands_close_to_its_number() -> None:
    assert drawn("= -3").width < drawn("= 5 - 3").width - drawn("5").width


def test_a_comma_within_a_number_has_no_white_behind_it() -> None:
    assert drawn("1{,}000").width < drawn("1,000").width


def test_the_rows_of_a_matrix_are_apart() -> None:
    heights = [
        drawn(r"\begin{matrix} " + r" \\ ".join(["x"] * rows) + r" \end{matrix}").height for rows in (1, 2, 3, 4)
    ]
    steps = [after - before for before, after in pairwise(heights)]
    assert all(0.9 < step < 1.4 for step in steps)


def test_a_sign_that_floats_above_the_line_is_drawn_above_it() -> None:
    assert drawn("-").depth < -0.1
    assert drawn("x").depth == pytest.approx(0.0, abs=0.03)
    assert drawn("y").depth > 0.1


def test_the_white_at_both_ends_of_a_letter_is_its_own() -> None:
    # STIX' italic f overhangs on both sides: nothing of it is cut off. An upright H has white on both sides.
    assert drawn(r"\mathrm{H}").width > 0.7


def test_an_equation_has_its_number_behind_it() -> None:
    assert drawn(r"a = b \tag{3.1}", display=True).width > drawn("a = b", display=True).width + 2


@pytest.mark.parametrize("tex", [r"\undefined{x}", r"\frac{1", "", "x" * 700, "{" * 9 + "x" + "}" * 9])
def test_what_cannot_be_drawn_as_it_is_meant_is_not_drawn(tex: str) -> None:
    assert Mathematician().draw(Formula(tex, display=False)) is None
