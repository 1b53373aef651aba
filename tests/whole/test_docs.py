"""The documentation says what the code does."""

import re
from typing import get_args

from pipeline.records import ERROR_CODES, ERROR_HINTS, FINDING_CODES, FindingCode
from places import ROOT


def test_every_reject_code_is_documented_as_it_is_meant():
    text = (ROOT / "docs/rejects.md").read_text("utf-8")
    table = re.findall(r"^\| `([a-z-]+)` \| (.+) \| (.+) \|$", text, re.MULTILINE)
    assert table == [(code, meaning, ERROR_HINTS[code]) for code, meaning in ERROR_CODES.items()]
    assert set(ERROR_HINTS) == set(ERROR_CODES)


def test_every_finding_has_a_level_and_a_meaning_and_is_documented_with_them():
    text = (ROOT / "docs/findings.md").read_text("utf-8")
    table = re.findall(r"^\| `([a-z-]+)` \| (\w+) \| (.+) \| (.*) \|$", text, re.MULTILINE)
    assert table == [(code, one.level, one.meaning, one.hint) for code, one in FINDING_CODES.items()]
    assert set(FINDING_CODES) == set(get_args(FindingCode))


def test_every_link_between_documents_leads_somewhere():
    documents = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    links = [
        (document, target)
        for document in documents
        for target in re.findall(r"\]\(([^)#\s]+)", document.read_text("utf-8"))
        if "://" not in target
    ]
    assert links
    assert [(str(d), t) for d, t in links if not (d.parent / t).exists()] == []
