"""Questions in the forms that other sites write: without answers, with drawn signs, folded, in tabs, to be ticked."""

import pytest

from parsed_pages import only_record, parse, term_html

PAIRS = [
    ("What is an ebb?", "The fall of the water after high tide."),
    ("What is a flood?", "The rise of the water after low tide."),
    ("Why is there slack water?", "Because the flow turns."),
]
OPEN = {
    "questions and tasks": [
        "Why does the sea rise twice a day?", "Compare a spring tide with a neap tide.",
        "Explain how the moon moves water.", "What is slack water?",
    ],
    "tasks behind a question": ["Why is the sea salt?", "Explain.", "Name three seas.", "Sketch the moon's orbit."],
    "an odd number": ["How do tides form?", "Why is there no second tide?", "Describe the tide of a bay."],
}  # fmt: skip
LISTS = {
    "ol": ("<ol><li>", "</li><li>", "</li></ol>"),
    "ul": ("<ul><li>", "</li><li>", "</li></ul>"),
    "paragraphs": ("<p>", "</p><p>", "</p>"),
}
MARKDOWN = (
    "# ebb\n\nfrom class: Oceanography\n\n## Definition\n\nWater falls.\n\n"
    "## Must Know Facts For Your Next Test\n\n1. It is slow.\n2. It ends.\n\n## Review Questions\n\n"
)
LINES = {
    "colons of a definition list": "{q}\n: {a}\n",
    "colons with a blank line": "{q}\n\n: {a}\n",
    "bold and a colon": "**{q}**\n: {a}\n",
    "drawn signs": "❓ {q}\n💡 {a}\n",
    "drawn signs apart": "❓ {q}\n\n✅ {a}\n",
    "a sign before the answer": "{q}\n👉 {a}\n",
    "an arrow": "{q}\n→ {a}\n",
    "numbered labels": "Q{n}. {q}\nA{n}. {a}\n",
    "labels with brackets": "Q{n}) {q}\nA{n}) {a}\n",
    "labels with dashes": "Q{n} - {q}\nA{n} - {a}\n",
    "items": "- {q}\n  - {a}\n",
}
FOLDED = {
    "a plus": "<div><div>{q} +</div><div>{a}</div></div>",
    "a plus in a button": "<div><button>{q}<span>+</span></button><div>{a}</div></div>",
    "a triangle behind": "<div><button>{q} ▾</button><p>{a}</p></div>",
    "a triangle before": "<div><button>▼ {q}</button><p>{a}</p></div>",
    "a minus before": "<div><button>− {q}</button><p>{a}</p></div>",
    "an icon": "<div><button><span>{q}</span> <i>▼</i></button><p>{a}</p></div>",
    "details": "<details><summary>{q} <span>⌄</span></summary><p>{a}</p></details>",
    "a box that opens": '<div><input type="checkbox"><label>{q}</label><div><p>{a}</p></div></div>',
    "headers of sections": "<section><header>{q}</header><p>{a}</p></section>",
    "names of panels": '<div role="tabpanel" aria-label="{q}"><p>{a}</p></div>',
    "numbers of panels": '<div role="tabpanel" aria-label="Question {n}"><p>{q}</p><p>{a}</p></div>',
    "signs in a line": "<p>❓ {q}<br>💡 {a}</p>",
}
CHOICES = [
    ("Which way does an ebb run?", ["Out to sea", "Into the bay", "Along the coast", "Nowhere"], 1),
    ("What pulls the sea most?", ["The moon", "The sun", "The wind", "The ships"], 0),
]


def page(questions: str) -> str:
    return term_html(
        facts="<h2>2 Must Know Facts For Your Next Test</h2><ol><li>It is passive.</li><li>It is slow.</li></ol>",
        questions=f"<h2>Review Questions</h2>{questions}",
    )


def asked(page: str, path: str = "sea/ebb.html") -> list[tuple[str, str | None]]:
    outcome = parse(page, path)
    assert not outcome.ledger.unclaimed
    return [(one.question.text, one.answer.text if one.answer else None) for one in only_record(outcome).questions]


def filled(form: str, between: str = "") -> str:
    return between.join(form.format(q=q, a=a, n=n) for n, (q, a) in enumerate(PAIRS, 1))


@pytest.mark.parametrize("items", OPEN.values(), ids=OPEN)
@pytest.mark.parametrize("form", LISTS.values(), ids=LISTS)
def test_lines_that_all_ask_have_no_answers(items: list[str], form: tuple[str, str, str]) -> None:
    begin, between, end = form
    assert asked(page(begin + between.join(items) + end)) == [(item, None) for item in items]
    numbered = [f"{n}. {item}" for n, item in enumerate(items, 1)]
    assert asked(page(begin + between.join(numbered) + end)) == [(item, None) for item in items]
    assert asked(MARKDOWN + "\n".join(numbered), "sea/ebb.md") == [(item, None) for item in items]


def test_what_tells_how_to_do_something_is_an_answer() -> None:
    pairs = [("How do you find the depth?", "Use a lead line."), ("What should you note?", "State the hour.")]
    assert asked(page("".join(f"<p>{q}</p><p>{a}</p>" for q, a in pairs))) == pairs


@pytest.mark.parametrize("form", LINES.values(), ids=LINES)
def test_signs_and_labels_in_markdown_and_text(form: str) -> None:
    questions = filled(form, "\n")
    assert asked(MARKDOWN + questions, "sea/ebb.md") == PAIRS
    text = (MARKDOWN + questions).replace("**", "").replace("# ", "").replace("#", "")
    assert asked(text, "sea/ebb.txt") == PAIRS


@pytest.mark.parametrize("form", FOLDED.values(), ids=FOLDED)
def test_signs_of_folds_are_no_words_of_questions(form: str) -> None:
    assert asked(page(filled(form))) == PAIRS


def test_a_plus_that_is_part_of_a_question_stays() -> None:
    pairs = [("What does a + mean before a height?", "Above the mark."), ("What is C++?", "A language.")]
    assert asked(page("".join(f"<h3>{q}</h3><p>{a}</p>" for q, a in pairs))) == pairs


@pytest.mark.parametrize("link", ["controls", "labelledby", "order"])
def test_tabs_stand_before_their_panels(link: str) -> None:
    tabs, panels = [], []
    for n, (question, answer) in enumerate(PAIRS):
        tab = {"controls": f' aria-controls="p{n}"', "labelledby": f' id="t{n}"', "order": ""}[link]
        panel = {"controls": f' id="p{n}"', "labelledby": f' aria-labelledby="t{n}"', "order": ""}[link]
        tabs.append(f'<button role="tab"{tab}>{question}</button>')
        panels.append(f'<div role="tabpanel"{panel}{" hidden" if n else ""}><p>{answer}</p></div>')
    assert asked(page(f'<div role="tablist">{"".join(tabs)}</div>{"".join(panels)}')) == PAIRS


def chosen(page: str, path: str = "sea/ebb.html") -> list[tuple[str, list[str], str | None]]:
    outcome = parse(page, path)
    assert not outcome.ledger.unclaimed
    return [
        (one.question.text, [choice.text for choice in one.choices], one.answer.text if one.answer else None)
        for one in only_record(outcome).questions
    ]


LETTERED = {
    "a tick and a dash": ("{letter}) {choice}", "✓ Answer – {right}"),
    "a dash": ("{letter}. {choice}", "Answer – {right}"),
    "no letters": ("{choice}", "✅ Answer: {right}"),
}


@pytest.mark.parametrize("form", LETTERED.values(), ids=LETTERED)
def test_choices_on_the_lines_of_a_block(form: tuple[str, str]) -> None:
    blocks = []
    for n, (question, choices, right) in enumerate(CHOICES, 1):
        lines = [form[0].format(letter="ABCD"[m], choice=choice) for m, choice in enumerate(choices)]
        blocks.append("<br>".join([f"{n}. {question}", *lines, form[1].format(right="ABCD"[right])]))
    expected = [(question, choices, choices[right]) for question, choices, right in CHOICES]
    assert chosen(page("".join(f"<p>{block}</p>" for block in blocks))) == expected


BOXES = {
    "labels in lines": '<label><input type="radio"> {choice}</label><br>',
    "labels": '<label><input type="checkbox"> {choice}</label>',
    "divs": '<div><input type="radio"><label>{choice}</label></div>',
}


@pytest.mark.parametrize("form", BOXES.values(), ids=BOXES)
@pytest.mark.parametrize("is_told", [True, False])
def test_choices_to_be_ticked(form: str, is_told: bool) -> None:
    body = "".join(
        f"<div><p>{question}</p>{''.join(form.format(choice=choice) for choice in choices)}"
        + (f"<p>Answer: {choices[right]}</p></div>" if is_told else "</div>")
        for question, choices, right in CHOICES
    )
    expected = [(question, choices, choices[right] if is_told else None) for question, choices, right in CHOICES]
    assert chosen(page(body)) == expected


def test_tasks_of_markdown_are_choices_among_questions_and_items_among_facts() -> None:
    body = "".join(
        f"{n}. {question}\n" + "".join(f"   - [{'x' if m == right else ' '}] {c}\n" for m, c in enumerate(choices))
        for n, (question, choices, right) in enumerate(CHOICES, 1)
    )
    source = (MARKDOWN + body).replace("1. It", "- [ ] It").replace("2. It", "- [x] It")
    expected = [(question, choices, choices[right]) for question, choices, right in CHOICES]
    assert chosen(source, "sea/ebb.md") == expected
    assert [fact.text for fact in only_record(parse(source, "sea/ebb.md")).facts] == ["It is slow.", "It ends."]
