"""Rejects and findings as code hosts and CI servers read them: well-formed, complete, whatever the pages hold."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from pipeline.config import Settings
from pipeline.records import Finding
from pipeline.report import FORMATS, Problem, formatted, problems_of
from pipeline.stages.build import RunResult
from pipeline.stages.comparing import Comparison
from pipeline.stages.exporting import Failure
from pipeline.verify import Difference

EVIL = "50% of\r\n::error::it, a:b,c ]]> <b>&\x1b[31m\x00\ud800"

PROBLEMS = [
    Problem("error", "no-definition", "raw/a b,c:ü%.html", 41, EVIL, "do this", "0123456789ab"),
    Problem("doubt", "doubtful-field", "raw/a.html", None, "told twice", "", "aaaaaaaaaaaa"),
    Problem("warning", "doubtful-field", "raw/a.html", 3, "told twice", "", "aaaaaaaaaaaa"),
    Problem("info", "duplicate", "raw/pages.zip", None, "b.html:3: a duplicate", "", "bbbbbbbbbbbb"),
]


def runner_reads(line: str) -> tuple[str, dict[str, str], str]:
    """Return a workflow command as GitHub's runner reads it: command, properties, message."""
    found = re.fullmatch(r"::(\w+) ([^\r\n]*?)::([^\r\n]*)", line)
    assert found, line
    properties = dict(part.split("=", 1) for part in found[2].split(","))

    def decoded(text: str) -> str:
        for sign, code in ((":", "%3A"), (",", "%2C"), ("\r", "%0D"), ("\n", "%0A"), ("%", "%25")):
            text = text.replace(code, sign)
        return text

    return found[1], {name: decoded(value) for name, value in properties.items()}, decoded(found[3])


def test_github_gets_one_command_for_each_problem_and_reads_back_what_was_said() -> None:
    lines = formatted("github", PROBLEMS, exit_code=3).splitlines()
    commands = [runner_reads(line) for line in lines]
    assert [name for name, _, _ in commands] == ["error", "warning", "warning", "notice"]
    assert commands[0][1] == {"file": "raw/a b,c:ü%.html", "line": "41", "title": "no-definition"}
    assert commands[1][1] == {"file": "raw/a.html", "title": "doubtful-field"}
    assert commands[0][2].startswith("50% of\r\n::error::it, a:b,c")
    assert commands[0][2].endswith("hint: do this")
    assert "\x1b" not in lines[0]


def test_gitlab_gets_unique_fingerprints_that_are_the_findings_ids() -> None:
    entries = json.loads(formatted("gitlab", PROBLEMS, exit_code=3))
    assert [entry["fingerprint"] for entry in entries] == [
        "0123456789ab",
        "aaaaaaaaaaaa",
        "aaaaaaaaaaaa-2",
        "bbbbbbbbbbbb",
    ]
    assert [entry["severity"] for entry in entries] == ["critical", "major", "minor", "info"]
    assert entries[0]["location"] == {"path": "raw/a b,c:ü%.html", "lines": {"begin": 41}}
    assert [entry["location"]["lines"]["begin"] for entry in entries[1:]] == [1, 3, 1]
    for entry in entries:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}


# The rules of SARIF 2.1.0 (OASIS) for what we write: the members that an object may have, and those that it must.
SARIF: Mapping[str, tuple[set[str], set[str]]] = {
    "log": ({"$schema", "version", "runs"}, {"version", "runs"}),  # 3.13
    "run": ({"tool", "invocations", "columnKind", "results"}, {"tool"}),  # 3.14
    "driver": ({"name", "version", "rules"}, {"name"}),  # 3.19
    "rule": ({"id", "shortDescription"}, {"id"}),  # 3.49
    "result": (
        {"ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"},
        {"message"},
    ),  # 3.27
    "invocation": ({"executionSuccessful", "exitCode", "toolExecutionNotifications"}, {"executionSuccessful"}),  # 3.20
    "notification": ({"level", "message", "locations"}, {"message"}),  # 3.58
}


def follows(kind: str, value: Mapping[str, Any]) -> None:
    may, must = SARIF[kind]
    assert must <= set(value) <= may, (kind, value)


def follows_sarif(log: Mapping[str, Any]) -> None:
    follows("log", log)
    assert log["version"] == "2.1.0"
    for run in log["runs"]:
        follows("run", run)
        driver = run["tool"]["driver"]
        follows("driver", driver)
        ids = [rule["id"] for rule in driver["rules"]]
        assert len(ids) == len(set(ids))  # 3.19.23: rules are unique
        for rule in driver["rules"]:
            follows("rule", rule)
            assert rule["shortDescription"]["text"]
        for result in run["results"]:
            follows("result", result)
            assert ids[result["ruleIndex"]] == result["ruleId"]  # 3.27.6
        for invocation in run["invocations"]:
            follows("invocation", invocation)
            for notification in invocation["toolExecutionNotifications"]:
                follows("notification", notification)
        told = [*run["results"], *(one for call in run["invocations"] for one in call["toolExecutionNotifications"])]
        for one in told:
            assert one["level"] in {"none", "note", "warning", "error"}  # 3.27.10
            assert one["message"]["text"]
            for location in one.get("locations", ()):
                physical = location["physicalLocation"]
                assert set(physical) <= {"artifactLocation", "region"}
                uri = physical["artifactLocation"]["uri"]
                # 3.4.3: a URI reference; what RFC 3986 reserves is encoded.
                assert re.fullmatch(r"(?:file://)?(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-F]{2})+", uri), uri
                assert physical.get("region", {"startLine": 1})["startLine"] >= 1  # 3.30.5


def test_sarif_keeps_the_rules_of_the_standard_and_says_where_and_what() -> None:
    log = json.loads(formatted("sarif", PROBLEMS, exit_code=3))
    follows_sarif(log)
    (run,) = log["runs"]
    first = run["results"][0]
    assert (first["ruleId"], first["level"]) == ("no-definition", "error")
    place = first["locations"][0]["physicalLocation"]
    assert unquote(urlsplit(place["artifactLocation"]["uri"]).path) == "raw/a b,c:ü%.html"
    assert place["region"] == {"startLine": 41}
    assert first["partialFingerprints"] == {"guidepress/v1": "0123456789ab"}
    assert run["invocations"][0]["executionSuccessful"] is True
    assert run["invocations"][0]["exitCode"] == 3


def test_sarif_tells_what_kept_the_command_from_its_work_as_a_notification() -> None:
    problem = Problem("error", "configuration", "guidepress.toml", 3, "unknown key `jbos`", "", "configuration")
    log = json.loads(formatted("sarif", [problem], exit_code=2))
    follows_sarif(log)
    (run,) = log["runs"]
    (invocation,) = run["invocations"]
    assert (run["results"], invocation["executionSuccessful"]) == ([], False)
    assert "unknown key" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_junit_fails_for_what_makes_the_command_fail_and_only_for_that() -> None:
    root = ET.fromstring(formatted("junit", PROBLEMS, exit_code=3))
    (suite,) = root
    assert (root.tag, suite.tag) == ("testsuites", "testsuite")
    cases = {(case.get("classname"), case.get("name")): case for case in suite}
    assert (suite.get("tests"), suite.get("failures")) == (str(len(cases)), "1") == ("4", "1")
    failure = cases["raw/a b,c:ü%.html", "no-definition"].find("failure")
    assert failure is not None
    assert (failure.text or "").startswith("raw/a b,c:ü%.html:41: 50% of")
    assert cases["raw/a.html", "doubtful-field"].find("failure") is None
    assert (cases["raw/a.html", "doubtful-field"].findtext("system-out") or "").count("told twice") == 2


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_each_format_is_a_whole_document_when_there_is_nothing_to_tell(name: str) -> None:
    text = formatted(name, [], exit_code=0, pages=3, records=3)
    if name == "junit":
        assert [case.get("name") for case in ET.fromstring(text).iter("testcase")] == ["run"]
    elif name == "github":
        assert text == ""
    else:
        json.loads(text)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "build").mkdir()
    rejects = [
        {"path": "a.html", "line": 4, "code": "empty", "message": "nothing", "hint": ""},
        {"path": "x.zip!/in/b.html", "line": 7, "code": "empty", "message": "nothing", "hint": ""},
    ]
    (tmp_path / "build/rejects.jsonl").write_text("".join(json.dumps(one) + "\n" for one in rejects))
    found = [Finding.of("count-differs", "a.html", f"{number} are 4", line=number) for number in range(1, 1500)]
    found.append(Finding.of("doubtful-field", "c.html", "x", value="v"))
    lines = "".join(one.model_dump_json() + "\n" for one in found)
    (tmp_path / "build/findings.jsonl").write_text(lines, encoding="utf-8")
    return Settings(raw=(tmp_path / "raw",), build=tmp_path / "build", lock=tmp_path / "cards.lock")


def test_every_reject_and_finding_of_the_build_is_told_the_gravest_first_by_paths_from_here(settings: Settings) -> None:
    result = RunResult(
        failures=[Failure("pdf/a.pdf", "no room", "make room", 2)],
        differences=(Difference("json/a.json", "says less", "p/c/r"),),
        would_change=Comparison(),
    )
    found = problems_of(result, settings)
    assert [(one.code, one.file, one.line) for one in found[:6]] == [
        ("not-made", "build/pdf/a.pdf", None),
        ("difference", "build/json/a.json", None),
        ("lock-would-change", "cards.lock", None),
        ("empty", "raw/a.html", 4),
        ("empty", "raw/x.zip", None),
        ("doubtful-field", "raw/c.html", None),
    ]
    assert found[4].message == "in/b.html:7: nothing"
    assert len(found) == 6 + 1499
    assert found[5].id == Finding.of("doubtful-field", "c.html", "x", value="v").id
    assert len({one.id for one in found}) == len(found)


def test_a_page_outside_the_working_directory_keeps_its_path(settings: Settings, monkeypatch: Any) -> None:
    monkeypatch.chdir(settings.build)
    uris = [one.file for one in problems_of(RunResult(), settings)]
    assert uris[0] == (settings.raw[0] / "a.html").as_posix()
    log = json.loads(formatted("sarif", problems_of(RunResult(), settings), exit_code=3))
    follows_sarif(log)
    assert log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].startswith(
        "file:///"
    )
