"""SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html."""

import importlib.metadata
import json
import urllib.parse
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pipeline.records import ERROR_CODES, FINDING_CODES
from pipeline.report.formats.problem import OF_THE_COMMAND, Outcome, Problem, Severity, clean

__all__ = ["sarif"]

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final[dict[Severity, str]] = {"error": "error", "doubt": "warning", "warning": "warning", "info": "note"}
_OF_THE_RUN: Final = {
    "difference": "an artifact, read back, does not say what the records say",
    "lock-would-change": "the lock would change, and the run was frozen",
    "not-made": "an artifact could not be made",
    "unused-rule": "a rule of the settings is for no page",
}


def sarif(problems: Sequence[Problem], outcome: Outcome) -> str:
    """Return one run: a rule for each code that was found, a result for each problem.

    A problem of the command itself (exit codes 1, 2 and 130) is no result but a notification of the tool.
    """
    failed = outcome.exit_code in {1, 2, 130}
    told = [one for one in problems if one.code not in OF_THE_COMMAND]
    codes = sorted({one.code for one in told})
    places = {code: place for place, code in enumerate(codes)}
    run = {
        "tool": {"driver": {**_driver(), "rules": [_rule(code) for code in codes]}},
        "invocations": [
            {
                "executionSuccessful": not failed,
                "exitCode": outcome.exit_code,
                "toolExecutionNotifications": [
                    {"level": "error", **_message_and_place(one)} for one in problems if one.code in OF_THE_COMMAND
                ],
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, places) for one in told],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _driver() -> dict[str, str]:
    return {"name": "guidepress", "version": importlib.metadata.version("guidepress")}


def _rule(code: str) -> dict[str, Any]:
    known = {**{str(name): one.meaning for name, one in FINDING_CODES.items()}, **ERROR_CODES, **_OF_THE_RUN}
    return {"id": code, "shortDescription": {"text": known.get(code, code)}}


def _result(problem: Problem, places: Mapping[str, int]) -> dict[str, Any]:
    return {
        "ruleId": problem.code,
        "ruleIndex": places[problem.code],
        "level": _LEVELS[problem.severity],
        **_message_and_place(problem),
        "partialFingerprints": {"guidepress/v1": problem.id},
    }


def _message_and_place(problem: Problem) -> dict[str, Any]:
    said: dict[str, Any] = {"message": {"text": problem.text}}
    if problem.file:
        place: dict[str, Any] = {"artifactLocation": {"uri": _uri(problem.file)}}
        if problem.line:
            place["region"] = {"startLine": problem.line}
        said["locations"] = [{"physicalLocation": place}]
    return said


def _uri(file: str) -> str:
    """Return a relative reference, or, for an absolute path, a `file:` URI (RFC 3986: all but its signs is encoded)."""
    quoted = urllib.parse.quote(clean(file))
    return f"file://{quoted}" if file.startswith("/") else quoted
