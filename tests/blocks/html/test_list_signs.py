"""List signs that a page prints itself: in boxes of their own, or at the head of paragraphs in a row."""

import pytest

from parsed_pages import parse
from pipeline.records import StudyGuide

HEAD = "<!doctype html><title>t</title><div>Sea Unit 3 Review</div><h1>Tides</h1><div>Written by Ann Lee</div>"
SKILLS = "<div>Learning objectives</div>{skills}<div>Tides move the sea.</div>"
TAIL = "<h2>Two bulges</h2>{body}<p>The moon pulls.</p>"
WANTED = ["Explain the tides", "Read a table"]


def guide(skills: str = "", body: str = "") -> StudyGuide:
    outcome = parse(HEAD + (SKILLS.format(skills=skills) if skills else "") + TAIL.format(body=body), "sea/p.html")
    assert outcome.rejects == ()
    assert not outcome.ledger.unclaimed
    (record,) = outcome.records
    assert isinstance(record, StudyGuide)
    return record


@pytest.mark.parametrize(
    "skills",
    [
        "<div><div>•</div><div>Explain the tides</div></div><div><div>•</div><div>Read a table</div></div>",
        "<div><p>▪</p><p>Explain the tides</p></div><div><p>▪</p><p>Read a table</p></div>",
        "<section><div>→</div><div><p>Explain the tides</p></div></section>"
        "<section><div>→</div><div><p>Read a table</p></div></section>",
        "<div role=list><div role=listitem><div><span>–</span></div><div><span>Explain the tides</span></div></div>"
        "<div role=listitem><div><span>–</span></div><div><span>Read a table</span></div></div></div>",
        "<p>•</p><div>Explain the tides</div><p>•</p><div>Read a table</div>",
        "<table><tr><td>•</td><td>Explain the tides</td></tr><tr><td>•</td><td>Read a table</td></tr></table>",
        "<ul><li><div>◦</div><div>Explain the tides</div></li><li><div>◦</div><div>Read a table</div></li></ul>",
        "<div><i>\uf0a7</i><span>Explain the tides</span></div><div><i>\uf0a7</i><span>Read a table</span></div>",
        "<div><div>1.</div><div>Explain the tides</div></div><div><div>2.</div><div>Read a table</div></div>",
        "<div><b>(1)</b><p>Explain the tides</p></div><div><b>(2)</b><p>Read a table</p></div>",
        "<div>– Explain the tides</div><div>– Read a table</div>",
        "<div><span>→</span><span>Explain the tides</span></div><div><span>→</span><span>Read a table</span></div>",
        "<ul><li>• Explain the tides</li><li>• Read a table</li></ul>",
    ],
)
def test_a_sign_beside_a_text_makes_it_an_item(skills: str) -> None:
    record = guide(skills)
    assert [objective.text for objective in record.objectives] == WANTED
    assert record.lead is not None
    assert record.lead.text == "Tides move the sea."


@pytest.mark.parametrize("sign", ["•", "–", "→"])
def test_one_item_alone_has_its_sign_in_a_box(sign: str) -> None:
    record = guide(f"<div><div>{sign}</div><div>Explain the tides</div></div>")
    assert [objective.text for objective in record.objectives] == WANTED[:1]


def test_items_of_signs_in_boxes_are_one_list_and_lists_lie_within_items() -> None:
    box = "<div><div>{}</div><div>{}</div></div>"
    inner = box.format("◦", "near the moon") + box.format("◦", "far from it")
    body = f"<div>{box.format('•', f'<p>There are two:</p>{inner}')}{box.format('•', 'They turn.')}</div>"
    assert guide(body=body).sections[0].body.html == (
        "<ul><li>There are two:<ul><li>near the moon</li><li>far from it</li></ul></li><li>They turn.</li></ul>"
        "<p>The moon pulls.</p>"
    )


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<div><div>Ann Lee</div><div>•</div><div>Bo Ray</div><div>•</div><div>Cy Orr</div></div>", "Ann Lee\n•\nBo"),
        ("<p>– He left.</p><p>Nobody saw it.</p>", "– He left."),
        ("<p>o come, all ye</p>", "o come, all ye"),
        ("<table><tr><td>ebb</td><td>–</td></tr><tr><td>flood</td><td>–</td></tr></table>", "ebb\t–"),
        ("<table><tr><td>+</td><td>ebb</td></tr><tr><td>+</td><td>flood</td></tr></table>", "+\tebb"),
    ],
)
def test_a_sign_that_is_no_list_sign_stays(body: str, text: str) -> None:
    assert guide(body=body).sections[0].body.text.startswith(text)


def test_numbers_in_boxes_count_questions_and_items() -> None:
    box = "<div><div>{}</div><div>{}</div></div>"
    ask = box.format("1.", "What pulls most?") + box.format("A.", "The moon") + box.format("B.", "The sun")
    ask += "<p>Answer: A</p>" + box.format("2.", "How often?") + "<p>Answer: Twice a day.</p>"
    body = "<p>There are two:</p>" + box.format("1.", "The moon pulls.") + box.format("2.", "So does the sun.")
    record = guide(body=f"{body}<h2>Practice Questions</h2>{ask}<h2>More</h2>")
    assert "<ol><li>The moon pulls.</li><li>So does the sun.</li></ol>" in record.sections[0].body.html
    assert [one.question.text for one in record.questions] == ["What pulls most?", "How often?"]
    assert [one.answer and one.answer.text for one in record.questions] == ["The moon", "Twice a day."]
