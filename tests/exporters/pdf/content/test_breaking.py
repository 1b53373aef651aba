"""Formulas too wide for their line: where they are broken, and that nothing of them is lost."""

import re

import pytest

from pipeline.exporters.pdf.content.breaking import broken_lines
from pipeline.exporters.pdf.content.mathematics import Mathematician
from pipeline.exporters.pdf.content.printable import Assets, Printer


def lines(tex: str, room: float = 1.0) -> list[str]:
    """Return a formula's lines, as if each character were one em wide."""
    return [line.strip() for line in broken_lines(tex, room, lambda part: len(part.removeprefix("{}")))]


@pytest.mark.parametrize(
    ("tex", "parts"),
    [
        ("a = b + c - d", ["a", "= b", "+ c", "- d"]),
        ("a = -3", ["a", "= -3"]),
        (r"x \le 5 \to y", ["x", r"\le 5", r"\to y"]),
        (r"\frac{a+b}{c-d} + e", [r"\frac{a+b}{c-d}", "+ e"]),
        (r"\left(a + b\right) - x^+", [r"\left(a + b\right)", "- x^+"]),
        (r"\begin{matrix} a = b \end{matrix} = c", [r"\begin{matrix} a = b \end{matrix}", "= c"]),
        (r"a \not= b", [r"a \not= b"]),
        (r"a + b \over c + d", [r"a + b \over c + d"]),
    ],
)
def test_a_formula_is_broken_before_relations_and_operations_of_its_outermost_level(tex: str, parts: list[str]) -> None:
    assert lines(tex) == parts


def test_lines_take_what_fits() -> None:
    assert lines("a+b+c+d+e", room=5) == ["a+b+c", "+d+e"]


def test_parentheses_are_broken_only_where_nothing_else_helps() -> None:
    assert lines("f=(a+b)", room=6) == ["f", "=(a+b)"]
    assert lines("f=(a+b)", room=4) == ["f=(a", "+b)"]


def printed(tex: str, room: float) -> tuple[list[str], list[str]]:
    """Return the alternative texts of a formula's drawings, and what is reported."""
    printer = Printer(Assets(), Mathematician(), {}.get)
    markup = printer.rich(rf"\({tex}\)", room)
    return re.findall(r'alt="(.*?)"', markup), printer.findings


def test_a_formula_a_little_too_wide_is_made_smaller_and_one_far_too_wide_is_broken() -> None:
    tex = "+".join(f"x_{number}" for number in range(9))
    assert printed(tex, 15.0)[0] == [tex]
    alternatives, findings = printed(tex, 5.0)
    assert len(alternatives) > 2
    assert "".join(alternatives) == tex
    assert findings == []


def test_a_formula_that_cannot_be_broken_is_set_as_code_and_reported() -> None:
    tex = r"\overline{" + "abcdefgh" * 5 + "}"
    assert printed(tex, 5.0) == ([], [rf"a formula too wide for its place, set as text: \({tex}\)"])
