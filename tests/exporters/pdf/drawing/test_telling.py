"""What could not be printed as it stands: a line for each cause, however many records and characters there are."""

from pipeline.exporters.pdf.drawing.telling import told


def test_a_page_of_characters_that_no_font_has_is_one_line() -> None:
    characters = [chr(0x4E00 + number) for number in range(60)]
    found = [(record, f"no font: {char}") for record in ("", "sea/tide", "sea/wave") for char in characters]
    (odd,) = told(found)
    assert str(odd).startswith(f"no font: {', '.join(characters[:8])} and 52 more (in sea/tide")


def test_each_cause_has_its_line_and_names_the_record_if_it_is_one() -> None:
    found = [("sea/tide", "too wide: x + y"), ("sea/tide", "too wide: x: y"), ("", "no font: z")]
    assert [*map(str, told(found))] == ["too wide: x + y, x: y (in sea/tide)", "no font: z"]


def test_what_two_courses_lack_of_one_script_is_one_line() -> None:
    (handout,) = told([("sea/tide", "no font has these Han characters: \u6f6e")])
    (cards,) = told(
        [
            ("sea/wave", "no font has these Han characters: \u6ce2"),
            ("sea/tide", "no font has these Han characters: \u6f6e"),
        ]
    )
    assert str(handout | cards) == "no font has these Han characters: \u6ce2, \u6f6e (in sea/wave, …)"
