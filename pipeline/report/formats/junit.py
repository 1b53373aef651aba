"""JUnit XML, as Jenkins, GitLab and Azure read it (https://github.com/testmoapp/junitxml has what they agree on)."""

import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Sequence

from pipeline.report.formats.problem import Outcome, Problem, clean

__all__ = ["junit"]


def junit(problems: Sequence[Problem], outcome: Outcome) -> str:
    """Return a suite with a case for the run, and one for each file and code.

    What makes the command fail is a failure; doubts, warnings and information are cases that pass and have a text.
    """
    cases: defaultdict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        cases[problem.file, problem.code].append(problem)
    failures = sum(any(one.severity == "error" for one in found) for found in cases.values())
    numbers = {"tests": str(len(cases) + 1), "failures": str(failures)}
    root = ET.Element("testsuites", {"name": "guidepress", **numbers})
    suite = ET.SubElement(root, "testsuite", {"name": "guidepress", **numbers, "errors": "0", "skipped": "0"})
    run = ET.SubElement(suite, "testcase", classname="guidepress", name="run")
    ET.SubElement(
        run, "system-out"
    ).text = f"{outcome.pages} pages, {outcome.records} records, exit code {outcome.exit_code}"
    for (file, code), found in cases.items():
        case = ET.SubElement(suite, "testcase", classname=clean(file) or "guidepress", name=code)
        if file:
            case.set("file", clean(file))
        text = "\n".join(_line(one) for one in found)
        if any(one.severity == "error" for one in found):
            failure = ET.SubElement(case, "failure", type=code, message=clean(found[0].message.partition("\n")[0]))
            failure.text = text
        else:
            ET.SubElement(case, "system-out").text = text
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _line(problem: Problem) -> str:
    at = f"{problem.file}:{problem.line}: " if problem.line else f"{problem.file}: " if problem.file else ""
    return clean(at) + problem.text
