"""What exporters log: one line for each cause in the end, nothing in between."""

import logging

import pytest

from pipeline.cli.oddities import collected_oddities
from pipeline.exporters import Oddity

HAN = "printed as code points, for no bundled font has these Han characters"
THAI = "printed as code points, for no bundled font has these Thai characters"


def test_what_several_courses_lack_of_one_script_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    log = logging.getLogger("pipeline.exporters.pdf.handouts")
    with collected_oddities() as oddities:
        log.warning("%s, %s: %s", "Sea", "handout", Oddity(HAN, {"潮 (U+6F6E)": "sea/tide"}))
        log.warning("%s, %s: %s", "Sea", "handout", Oddity(THAI, {"น (U+0E19)": "sea/rain"}))
        log.warning("%s, %s: %s", "Soil", "flashcards", Oddity(HAN, {"土 (U+571F)": "soil/loam", "潮 (U+6F6E)": "x"}))
        log.warning("something else of %s", "Soil")
    assert oddities.lines() == [
        "something else of Soil",
        f"{HAN}: 土 (U+571F), 潮 (U+6F6E) (in soil/loam, …)",
        f"{THAI}: น (U+0E19) (in sea/rain)",
    ]
    assert capsys.readouterr() == ("", "")
