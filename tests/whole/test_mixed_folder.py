"""A folder as a crawl of a site leaves it: both kinds of page, a unit's review, and pages that are neither."""

import json
import shutil
from pathlib import Path

from command_runs import guidepress
from guide_pages import guide_page
from parsed_pages import term_html
from places import GOLDEN
from term_pages import term_page

LINKS = "<a href='/'>Home</a><a href='/k'>Key Terms</a><a>AP Biology Unit 3</a><a>Practice</a>"
MENU = f"<header><nav>{LINKS}</nav></header>"
ABOUT = f"""<!doctype html><title>About us | Fiveable</title><body>{MENU}<main><h1>About us</h1>
<p>We write guides for every class.</p><h2>Our Mission</h2><p>To make learning easier.</p>
<h2>FAQs</h2><h3>Who are you?</h3><p>Students.</p></main></body>"""
LOST = f"""<!doctype html><title>404</title><body>{MENU}<main><h1>404</h1><p>This page could not be found.</p>
<p>Key terms</p></main></body>"""


def test_each_page_gives_its_kind_or_a_reject_that_names_the_nearest_layout(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "osmosis.html").write_text(term_html(), "utf-8")
    (raw / "alpha.txt").write_text(term_page("Alpha"), "utf-8")
    (raw / "leavening.txt").write_text(guide_page("Leavening", {"yeast": "A living thing of one cell."}), "utf-8")
    shutil.copy(GOLDEN / "guide-unit-review-nested-bullets/page.html", raw / "unit-7.html")
    shutil.copy(GOLDEN / "guide-unit-review-text/page.txt", raw / "unit-8.txt")
    (raw / "about.html").write_text(ABOUT, "utf-8")
    (raw / "404.html").write_text(LOST, "utf-8")
    done = guidepress(["parse"], tmp_path)
    assert done.returncode == 3, done.stderr
    records = [json.loads(line) for line in (tmp_path / "build/records.jsonl").read_text("utf-8").splitlines()]
    assert {record["source"]["path"]: (record["kind"], record.get("topic", "")) for record in records} == {
        "osmosis.html": ("key_term", ""),
        "alpha.txt": ("key_term", ""),
        "leavening.txt": ("study_guide", "3.5"),
        "unit-7.html": ("study_guide", None),
        "unit-8.txt": ("study_guide", None),
    }
    rejects = [json.loads(line) for line in (tmp_path / "build/rejects.jsonl").read_text("utf-8").splitlines()]
    assert {reject["path"]: reject["code"] for reject in rejects} == {
        "404.html": "no-layout",
        "about.html": "no-layout",
    }
    assert all('the nearest is "fiveable-' in reject["message"] and reject["hint"] for reject in rejects)
