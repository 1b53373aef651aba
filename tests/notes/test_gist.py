"""Long answers: shown as steps or with their first sentence marked, and nothing is cut."""

import pytest

from pipeline.notes import with_gist
from pipeline.records import RichText, plain_text

MORE = " And more of it was said." * 20


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("It grows in spring." + MORE, ["It grows in spring."]),
        ("In the U.S. Dr. Smith saw e.g. this. Then that." + MORE, ["In the U.S. Dr. Smith saw e.g. this."]),
        (r"Where \(x. Y\) holds, it is 3.5 m long." + MORE, [r"Where \(x. Y\) holds, it is 3.5 m long."]),
        ("<p>It grows in spring</p><p>It rests.</p>" + MORE, ["It grows in spring"]),
        ("It has <strong>two parts. One</strong> is big." + MORE, ["It has ", "two parts."]),
        ("It grows in spring. And rests.", []),
        ("<ol><li>Wait for spring.</li></ol>" + MORE, []),
        ("It grows " + "and grows " * 40 + "in spring." + MORE, []),
        ("and more of it " * 40, []),
    ],
)
def test_the_first_sentence_of_a_long_answer_is_marked(text: str, marked: list[str]) -> None:
    html = RichText.of(text).html
    shown = with_gist(html)
    assert [part.partition("</span>")[0] for part in shown.split('<span class="gist">')[1:]] == marked
    assert plain_text(shown) == plain_text(html)


@pytest.mark.parametrize(
    ("text", "before", "steps"),
    [
        ("It goes so: (1) wait, (2) <em>sow</em> &amp; reap.", "It goes so:", ["(1) wait,", "(2) sow & reap."]),
        (
            "<p>It goes so: 1. Wait. 2. Sow in 3 rows.</p><p>So it was.</p>",
            "It goes so:",
            ["1. Wait.", "2. Sow in 3 rows."],
        ),
        ("<p>First, wait. Then sow. Finally, reap.</p>", "", ["First, wait.", "Then sow.", "Finally, reap."]),
        (r"Both (a) \(f(a) b\) and (b) the rest.", "Both", [r"(a) \(f(a) b\) and", "(b) the rest."]),
    ],
)
def test_a_long_answer_that_is_a_sequence_is_shown_as_its_steps(text: str, before: str, steps: list[str]) -> None:
    html = RichText.of(text + MORE if not text.endswith("</p>") else f"{text}<p>{MORE}</p>").html
    shown = with_gist(html)
    start, _, items = shown.partition('<ol class="steps"><li>')
    found = [plain_text(item) for item in items.partition("</ol>")[0].removesuffix("</li>").split("</li><li>")]
    assert (plain_text(start), [found[0], *found[1:-1], found[-1].removesuffix(MORE.rstrip())]) == (before, steps)
    assert plain_text(shown).split() == plain_text(html).split()
    assert with_gist(RichText.of(text).html) == RichText.of(text).html


@pytest.mark.parametrize(
    "text",
    [
        "The First World War came. Then the Second World War came.",
        "By rule (2) it grows, and by rule (1) it rests.",
        "First, it grows, which takes all of its spring.",
        "<p>First, wait.</p><p>Second, sow.</p>",
        "<p><strong>It is (1) big, and (2) old.</strong></p>",
        "It grew by 1.5 m. 2 of 3 trees fell.",
    ],
)
def test_what_is_no_sequence_in_one_paragraph_has_its_first_sentence_marked(text: str) -> None:
    shown = with_gist(RichText.of(f"{text}<p>{MORE}</p>").html)
    assert "<ol" not in shown
    assert 'class="gist"' in shown
