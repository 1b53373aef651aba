"""The report: what a run did, for people and for machines, whatever the pages hold."""

import io
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.console import Console

from pipeline.config import Settings
from pipeline.records import FINDING_CODES, Finding, FindingCode
from pipeline.report import place, print_messages, print_table, report_page, summary
from pipeline.stages.build.result import FindingGroup, RunResult, Unclaimed, worst
from pipeline.stages.exporting.stage import Failure
from pipeline.stages.resolving.courses import CourseTally
from pipeline.store import NoteRow, RejectCount
from pipeline.verify import Difference

EVIL = "<script>alert(1)</script>[red]&\x1b[31m"
ROOTS = (Path("raw"),)
REJECT = NoteRow("bio/x.html", 41, "empty", f"found {EVIL}\nexpected more", "do this")


def course() -> CourseTally:
    tally = CourseTally()
    tally.add(b"{}\n", 0, record_id="p/course/x", kind="key_term", title=f"Course {EVIL}", url=None)
    return tally


def group(code: FindingCode, count: int, example: Finding) -> FindingGroup:
    return FindingGroup(FINDING_CODES[code].level, code, count, count, [example])


def result(**changes: object) -> RunResult:
    made = RunResult(
        pages=3,
        parsed=2,
        kinds={"key_term": 1},
        courses=(course().sum("course", ("course", "p")),),
        reject_codes={"empty": 1},
        rejects=(REJECT,),
        causes=(RejectCount("empty", 1, (REJECT,)),),
        findings=(
            group(
                "doubtful-field",
                5,
                Finding.of("doubtful-field", "d.html", EVIL, line=9, value=f"Value {EVIL}", signs=[f"sign {EVIL}"]),
            ),
            group("count-differs", 2, Finding.of("count-differs", "c.html", "5 are 4")),
            group("duplicate", 1, Finding.of("duplicate", "a.html", EVIL)),
        ),
        unclaimed=(Unclaimed("b.html", 7, EVIL),),
        unclaimed_characters=40,
        unclaimed_pages=1,
        fates={"json/a.json": "written", "json/b.json": "kept"},
        verified=2,
        seconds={"parse": 1.25, "export": 0.5},
    )
    for name, value in changes.items():
        setattr(made, name, value)
    return made


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"src", "href"}]


def test_the_page_needs_no_other_file_and_runs_nothing_that_a_page_says() -> None:
    page = report_page(result(), ROOTS)
    tags = Tags()
    tags.feed(page)
    assert "script" not in tags.tags
    assert "link" not in tags.tags
    assert "img" not in tags.tags
    assert tags.addresses == ["json/a.json", "json/b.json"]
    assert "&lt;script&gt;" in page


def test_the_page_names_each_thing_with_file_and_line() -> None:
    page = report_page(result(), ROOTS)
    for said in ("raw/bio/x.html:41", "do this", "raw/b.html:7", "raw/a.html", "Course &lt;script"):
        assert said in page


def test_the_summary_holds_numbers_that_a_program_can_read() -> None:
    found = json.loads(json.dumps(summary(result())))
    assert (found["pages"], found["parsed"], found["records"], found["rejects"]) == (3, 2, 1, 1)
    assert (found["count_warnings"], found["findings"]) == (2, 8)
    assert found["finding_levels"] == {"info": 1, "warning": 2, "doubt": 5}
    assert [one["code"] for one in found["shown"]["findings"]] == ["doubtful-field", "count-differs", "duplicate"]
    assert found["unclaimed"]["characters"] == 40
    assert (found["artifacts"]["written"], found["artifacts"]["kept"]) == (1, 1)
    assert found["seconds"] == {"parse": 1.25, "export": 0.5, "total": 1.75}
    assert found["exit_code"] == 3


def test_the_page_groups_findings_by_code_with_value_signs_and_what_would_settle_them_doubts_first() -> None:
    page = report_page(result(), ROOTS)
    places = [page.index(said) for said in ("doubtful-field <", "count-differs <", "duplicate <")]
    assert places == sorted(places)
    for said in ("raw/d.html:9", "Value &lt;script", "sign &lt;script", "compare with the page", "and 4 more"):
        assert said in page


def test_findings_are_printed_once_for_each_code_and_mere_information_is_not() -> None:
    lines = printed(result()).splitlines()
    assert [line for line in lines if line.startswith("doubtful-field: 5 doubts on 5 pages: ")]
    assert "  … and 4 more pages: -v shows all" in lines
    assert [line.split()[1] for line in lines if line.split("  ")[0] in {"Doubts", "Warnings", "Duplicates"}] == [
        "5",
        "2",
        "1",
    ]
    assert not [line for line in lines if line.startswith("duplicate:")]


def printed(made: RunResult) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=160)
    print_messages(made, Settings(), console)
    print_table(made, console)
    return stream.getvalue()


def test_a_reject_is_printed_with_place_message_detail_and_hint() -> None:
    lines = [line.rstrip() for line in printed(result()).splitlines()]
    start = next(number for number, line in enumerate(lines) if line.startswith("  raw/bio/x.html:41: found"))
    assert lines[start].endswith(" expected more")
    assert lines[start + 1] == "  hint: do this"
    assert "[red]" in lines[start]


def test_what_a_page_says_cannot_colour_or_move_the_terminal() -> None:
    assert "\x1b" not in printed(result())


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reject_codes": {}}, 0),
        ({}, 3),
        ({"differences": (Difference("json/a.json", "x"),)}, 4),
        ({"failures": [Failure("pdf/a.pdf", "x", "", 2)], "differences": (Difference("json/a.json", "x"),)}, 2),
        ({"tracebacks": ["x"], "failures": [Failure("pdf/a.pdf", "x", "", 2)]}, 1),
    ],
)
def test_if_several_exit_codes_apply_the_gravest_is_taken(changes: dict[str, object], code: int) -> None:
    assert result(**changes).exit_code == code
    assert "guidepress report" in report_page(result(**changes), ROOTS)


def test_the_order_of_exit_codes_is_that_of_the_contract() -> None:
    assert [worst([0, 3, 4, 2, 1, 130][:count]) for count in range(7)] == [0, 0, 3, 4, 2, 1, 130]


def test_places_are_paths_that_a_person_can_open() -> None:
    assert place("a/b.html", 3, [Path("pages/raw")]) == "pages/raw/a/b.html:3"
    assert place("two/b.html", None, [Path("x/one"), Path("x/two")]) == "x/two/b.html"
