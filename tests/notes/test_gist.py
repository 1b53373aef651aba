"""Long answers: the first sentence is marked, and nothing is cut."""

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
