"""The documentation says what the code does."""

import re

from pipeline.records import ERROR_CODES
from places import ROOT


def test_every_reject_code_is_documented_as_it_is_meant():
    text = (ROOT / "docs/rejects.md").read_text("utf-8")
    table = dict(re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", text, re.MULTILINE))
    assert table == ERROR_CODES


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
