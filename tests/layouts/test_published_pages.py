"""Pages as publishing systems save them: what looks like a heading is one, what is around the text is none of it."""

from pathlib import Path

import pytest

from parsed_pages import parse
from pipeline.config import Settings, load_settings
from pipeline.records import KeyTerm, StudyGuide
from pipeline.stages.page.outcome import ParseOutcome

BREAD = '[[defaults]]\npath = "bread/**"\ncourse = "Baking"\npublisher = "Bread Notes"\n'
WORDS = '[[layouts]]\nname = "loaf-words"\nmany = "pairs"\ncourse = "Baking"\npublisher = "Bread Notes"\n'
KEY_POINTS = "<h2>Key points</h2><ul><li>Dough rests.</li></ul>"
RESTING = "<h2>Resting</h2><p>Cover the bowl. Wait an hour.</p>"
VOCABULARY = "<h2>Vocabulary</h2><ul><li><strong>crumb</strong>: the inside of a loaf</li></ul>"
QUESTIONS = "<h2>Check yourself</h2><p><b>Q:</b> What rests?</p><p><b>A:</b> Dough.</p>"
BODY = KEY_POINTS + RESTING + VOCABULARY + QUESTIONS
SYSTEMS = {
    "firefox-reader": """<div class="header reader-header"><a class="reader-domain" href="#">bread.example</a>
<h1 class="reader-title">Dough</h1><div class="credits reader-credits">Ada Oven</div><div class="meta-data">
<div class="reader-estimated-time">1-2 minutes</div></div></div><div class="moz-reader-content">{body}</div>""",
    "ghost": """<meta name="generator" content="Ghost 5.82"><article><header><a class="gh-article-tag">Baking</a>
<h1 class="gh-article-title">Dough</h1><p class="gh-article-excerpt">What rests.</p><div class="gh-article-meta">
<h4 class="gh-article-author-name">Ada Oven</h4><span>2 min read</span></div></header><section>{body}
<div class="kg-signup-card"><h2>Sign up</h2></div></section></article><section class="gh-container"><h2>More</h2>
<article class="gh-card"><h3>Flour</h3></article></section><footer class="gh-footer">Powered by Ghost</footer>""",
    "substack": """<article class="newsletter-post"><div class="post-header"><h1 class="post-title">Dough</h1>
<h3 class="subtitle">What rests</h3><div class="byline-wrapper">Ada Oven</div><div class="post-ufi">12</div></div>
<div class="available-content"><div class="body markup">{body}<div class="subscription-widget-wrap">
<p>Bread Notes is free.
</p></div></div></div></article><div class="comments-page"><h4>Discussion about this post</h4><p>Thanks!</p></div>""",
    "mediawiki": """<meta name="generator" content="MediaWiki 1.39"><h1 id="firstHeading">Dough</h1>
<div id="siteSub">From
Bread Wiki</div><a class="mw-jump-link" href="#s">Jump to search</a><div class="mw-parser-output"><div id="toc">
<h2>Contents
</h2><ul><li>1 Resting</li></ul></div>{body}</div><div class="printfooter">Retrieved from here</div>
<div id="catlinks">
Category: Baking</div><div id="mw-navigation"><h2>Navigation menu</h2></div>""",
    "drupal": """<meta name="Generator" content="Drupal 10"><nav class="breadcrumb"><ol><li>Home</li>
<li>Baking</li></ol></nav>
<main><div id="block-pagetitle"><h1>Dough</h1></div><article>
<footer class="node__meta">Submitted by ada</footer>{body}
<div class="field--name-field-tags">Tags flour</div><div class="node__links">Log in to post comments</div></article>
<section class="comment-wrapper"><h2>Comments</h2><p>Thanks!</p></section></main>""",
    "canvas": """<div id="breadcrumbs"><ul><li>BAK1</li><li>Pages</li></ul></div><div id="wiki_page_show">
<div class="show-content user_content"><h1 class="page-title">Dough</h1>{body}</div></div>
<div class="module-sequence-footer">Previous Next</div>""",
    "obsidian": """<meta name="generator" content="Obsidian Publish">
<div class="site-body-left-column">Bread Notes Flour</div>
<div class="page-header">Dough</div>{body}<div class="mod-footer"><p>Links to this page</p><a href="#">Flour</a></div>
<div class="site-body-right-column"><p>On this page</p><p>Resting</p></div>""",
    "squarespace": """<h1 class="entry-title">Dough</h1><div class="blog-item-meta-wrapper">Written by Ada</div>
<div class="sqs-block">{body}</div><section class="item-pagination"><h2>Flour</h2></section>""",
    "google-sites": """<div class="QZ3zWd"><section class="yaqOZd"><h1 class="zfr3Q">Dough</h1></section>
<section class="yaqOZd">{body}</section></div><div class="dZA9kd">Report abuse</div>""",
    "docusaurus": """<meta name="generator" content="Docusaurus v3.7.0"><nav class="navbar">Courses</nav>
<nav class="theme-doc-breadcrumbs"><ul><li>Home</li><li>Baking</li></ul></nav><article><h1>Dough</h1>{body}
<footer class="theme-doc-footer">Edit this page</footer></article><div class="theme-doc-toc-desktop"><ul>
<li><a href="#r">Resting</a></li><li><a href="#v">Vocabulary</a></li></ul></div>""",
    "mkdocs": """<meta name="generator" content="mkdocs-1.6.1"><header class="md-header">Bread Notes Dough</header>
<div class="md-sidebar">Table of contents Resting</div><article class="md-content__inner"><h1>Dough
<a class="headerlink" href="#d">¶</a></h1>{body}<form class="md-feedback">Was this page helpful?</form></article>
<footer class="md-footer">Next Flour</footer>""",
    "sphinx": """<script src="_static/documentation_options.js"></script><div class="body"><h1>Dough
<a class="headerlink" href="#d">¶</a></h1>{body}</div><div class="sphinxsidebar"><h3>Navigation</h3><p>Flour</p></div>
<div class="footer">Powered by Sphinx</div>""",
    "hugo": """<meta name="generator" content="Hugo 0.140.0"><article><header><h1>Dough</h1><div class="post-meta">
May 2, 2025 · 3 min · Ada Oven | Suggest Changes</div></header>{body}<ul class="post-tags"><li>flour</li></ul>
<nav class="paginav">« Prev Flour</nav></article>""",
    "jekyll": """<meta name="generator" content="Jekyll v4.3"><nav class="site-nav">About</nav><article>
<h1 class="post-title">Dough</h1><p class="post-meta">May 2, 2025 • Ada Oven</p>{body}</article>
<footer class="site-footer"><h2>Bread Notes</h2><p>We bake since 1988.</p></footer>""",
    "wix": """<meta name="generator" content="Wix.com Website Builder"><article>
<div data-hook="post-metadata">Ada 2 min read
</div><h1 data-hook="post-title">Dough</h1>{body}<footer data-hook="post-footer">12 views</footer></article>
<section data-hook="recent-posts"><h2>Recent Posts</h2><h3>Flour</h3></section>""",
}
NOTION = '<article class="page"><h1 class="page-title">Dough</h1><div class="page-body">{}</div></article>'
CONFLUENCE = """<html><head><title>Bread Notes : Dough</title></head><body><h1 class="pagetitle">
<span id="title-text">Bread Notes : Dough</span></h1>
<div id="main-content" class="wiki-content">{}</div></body></html>"""
DOCUMENT = '<html><body class="c1 doc-content">{}</body></html>'
POST = "<html><head><title>Dough</title></head><body><h1>Dough</h1>{}</body></html>"


def settings(tmp_path: Path, toml: str) -> Settings:
    config = tmp_path / "guidepress.toml"
    config.write_text(toml, encoding="utf-8")
    return load_settings(config)


def read(tmp_path: Path, page: str) -> StudyGuide:
    outcome = parse(page, "bread/dough.html", settings(tmp_path, BREAD))
    assert outcome.rejects == ()
    assert outcome.ledger.unclaimed == ()
    (record,) = outcome.records
    assert isinstance(record, StudyGuide)
    return record


def sections(record: StudyGuide) -> list[tuple[str, str]]:
    return [(section.heading.text, section.body.text) for section in record.sections]


def said(record: StudyGuide) -> tuple[object, ...]:
    words = [word.term.text for word in record.vocabulary]
    questions = [(one.question.text, one.answer and one.answer.text) for one in record.questions]
    return record.title.text, record.lead, sections(record), words, questions


WHOLE = (
    "Dough",
    None,
    [("Key points", "Dough rests."), ("Resting", "Cover the bowl. Wait an hour.")],
    ["crumb"],
    [("What rests?", "Dough.")],
)


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_page_of_a_system_is_its_text_alone(tmp_path: Path, system: str) -> None:
    page = f"<html><head><title>Dough</title></head><body>{SYSTEMS[system].format(body=BODY)}</body></html>"
    assert said(read(tmp_path, page)) == WHOLE


def toggle(title: str, body: str) -> str:
    style = "font-weight:600;font-size:1.5em;line-height:1.3;margin:0"
    return f'<ul class="toggle"><li><details><summary style="{style}">{title}</summary>{body}</details></li></ul>'


def test_a_toggle_heading_of_notion_opens_a_section(tmp_path: Path) -> None:
    body = (
        toggle("Key points", "<ul><li>Dough rests.</li></ul>")
        + toggle("Resting", "<p>Cover the bowl. Wait an hour.</p>")
        + toggle("Vocabulary", "<p><strong>crumb</strong>: the inside of a loaf</p>")
        + toggle("Check yourself", "<details><summary>What rests?</summary><p>Dough.</p></details>")
    )
    assert said(read(tmp_path, NOTION.format(body))) == WHOLE


def test_a_callout_is_no_part_of_an_answer_or_of_the_words(tmp_path: Path) -> None:
    callout = '<figure class="callout"><div><span class="icon">💡</span></div><div>{}</div></figure>'
    hint, note = callout.format("Draw it once by hand."), callout.format("<b>Note:</b> bakers say more.")
    record = read(tmp_path, NOTION.format(KEY_POINTS + RESTING + hint + VOCABULARY + note + QUESTIONS + hint))
    assert said(record)[3:] == WHOLE[3:]
    assert sections(record)[1] == ("Resting", "Cover the bowl. Wait an hour.\nDraw it once by hand.")


def test_the_title_of_a_box_in_confluence_is_a_heading_where_one_follows(tmp_path: Path) -> None:
    box = '<div class="confluence-information-macro"><p class="title">{}</p><div>{}</div></div>'
    points = box.format("Key points", "<ul><li>Dough rests.</li></ul>")
    note = box.format("Note", "<p><b>crust</b>: not today</p>")
    page = CONFLUENCE.format(points + RESTING + VOCABULARY + note + QUESTIONS)
    assert said(read(tmp_path, page)) == WHOLE


def test_a_document_is_read_without_its_contents_header_and_footer(tmp_path: Path) -> None:
    line = '<p><span><a href="#h.{0}">{1}</a></span><span> </span><span><a href="#h.{0}">{0}</a></span></p>'
    contents = line.format(1, "Resting") + line.format(2, "Vocabulary")
    title = '<p class="title"><span>Dough</span></p>'
    body = BODY.replace("h2>", "h1>")
    page = DOCUMENT.format(f"<div><p>Bread Notes</p></div>{title}{contents}{body}<div><p>Do not copy. Page 1</p></div>")
    assert said(read(tmp_path, page)) == WHOLE


@pytest.mark.parametrize("word", ["Quiz", "Review", "Questions", "Exercises", "Self-test", "Try these"])
@pytest.mark.parametrize("level", [1, 2])
def test_a_less_sure_word_heads_questions_where_some_stand_below(tmp_path: Path, word: str, level: int) -> None:
    body = BODY.replace("Check yourself", word).replace("h2>", f"h{level}>")
    assert said(read(tmp_path, POST.format(body))) == WHOLE


@pytest.mark.parametrize("word", ["Words", "New words", "Terms", "Word list"])
def test_a_less_sure_word_heads_words_where_nothing_else_stands_below(tmp_path: Path, word: str) -> None:
    words = f"<h2>{word}</h2><p><b>crumb</b>: the inside of a loaf</p><p><b>crust</b>: its outside</p>"
    record = read(tmp_path, POST.format(KEY_POINTS + RESTING + words + QUESTIONS))
    assert [one.term.text for one in record.vocabulary] == ["crumb", "crust"]
    told = f"<h2>{word}</h2><p><b>crumb</b>: the inside of a loaf</p><p>Bakers have many more of these.</p>"
    record = read(tmp_path, POST.format(KEY_POINTS + RESTING + told + VOCABULARY + QUESTIONS))
    assert [section.heading.text for section in record.sections] == ["Key points", "Resting", word]


@pytest.mark.parametrize(
    ("title", "name", "unit"),
    [
        ("Week 7: Dough", "Dough", 7),
        ("Week 4 – Dough", "Dough", 4),
        ("Lecture 3 | Dough", "Dough", None),
        ("Lesson 5. Dough", "Dough", None),
        ("Class 3-D shapes", "Class 3-D shapes", None),
        ("Week 7", "Week 7", None),
    ],
)
def test_where_in_the_course_a_page_comes_is_no_title(tmp_path: Path, title: str, name: str, unit: int | None) -> None:
    record = read(tmp_path, POST.replace("Dough", title).format(BODY))
    assert (record.title.text, record.unit and record.unit.number) == (name, unit)


@pytest.mark.parametrize(
    "behind",
    [
        "<h3>Related posts</h3><ul><li><a href='/f'>Flour</a></li></ul>",
        "<h4>You may also like</h4><p>Flour</p><h2>3 thoughts on “Dough”</h2><p>Bo</p><p>Thanks!</p>",
        "<h3>About the author</h3><p>Ada bakes in the mornings.</p>",
        "<p>Tags: flour, water</p>",
    ],
)
def test_what_a_site_puts_behind_its_text_is_no_part_of_the_last_answer(tmp_path: Path, behind: str) -> None:
    assert said(read(tmp_path, POST.format(BODY + behind))) == WHOLE


def test_numbered_answers_behind_all_questions_are_told_by_their_head(tmp_path: Path) -> None:
    asked = (
        "<ol><li>What rests?</li><li>Why does it rise?</li></ol><p><b>Answer key</b></p><p>1. Dough.</p><p>2. Gas.</p>"
    )
    record = read(tmp_path, POST.format(BODY.partition("<p><b>Q:")[0] + asked))
    assert [(one.question.text, one.answer and one.answer.text) for one in record.questions] == [
        ("What rests?", "Dough."),
        ("Why does it rise?", "Gas."),
    ]


def terms(outcome: ParseOutcome) -> list[tuple[str, str]]:
    assert outcome.rejects == ()
    return [(one.term.text, one.definition.text) for one in outcome.records if isinstance(one, KeyTerm)]


PAIRS = [("crumb", "The inside of a loaf."), ("crust", "Its outside."), ("heel", "Its end.")]


@pytest.mark.parametrize(
    "form",
    ["<h3>{}</h3><p>{}</p>", "<p><b>{}</b></p><p>{}</p>", "<p><b>{}</b>: {}</p>", "<p><b>{}<br></b>{}</p>"],
)
def test_a_glossary_has_no_pair_of_its_title_its_introduction_or_the_ways_on(tmp_path: Path, form: str) -> None:
    around = (
        '<p class="title">Parts of a loaf</p><p>Skip to main content</p>'
        "<p>Read these words before the first evening.</p>{}"
    )
    body = "".join(form.format(*pair) for pair in PAIRS) + "<p>← Previous: Flour</p>" * (": {}" in form)
    outcome = parse(DOCUMENT.format(around.format(body)), "loaf.html", settings(tmp_path, WORDS))
    assert terms(outcome) == PAIRS
    assert [piece.text for piece in outcome.ledger.unclaimed] == ["Read these words before the first evening."]


def test_two_lines_beside_a_list_of_terms_are_no_pair(tmp_path: Path) -> None:
    words = "".join(f"<dt>{term}</dt><dd>{meaning}</dd>" for term, meaning in PAIRS)
    page = POST.format(f"<p>These words go with week 2.</p><p>They stand in the order of the loaf.</p><dl>{words}</dl>")
    assert terms(parse(page, "loaf.html", settings(tmp_path, WORDS))) == PAIRS


@pytest.mark.parametrize(
    "beside",
    [
        "<p><b>Note:</b> bakers say more.</p>",
        "<p>Figure 1: a loaf</p>",
        "<p><a href='https://bread.example/f'>Read next: Flour</a></p>",
        "<details><summary>For teachers</summary><p>Bring two loaves.</p></details>",
    ],
)
@pytest.mark.parametrize("form", ["<li><b>{}</b>: {}</li>", "<p><b>{}</b>: {}</p>"])
def test_a_remark_a_caption_or_a_link_beside_terms_is_none(tmp_path: Path, form: str, beside: str) -> None:
    body = "".join(form.format(*pair) for pair in PAIRS)
    body = f"<ul>{body}</ul>" if form.startswith("<li>") else body
    assert terms(parse(POST.format(body + beside), "loaf.html", settings(tmp_path, WORDS))) == PAIRS


def test_links_and_toggles_are_terms_where_all_are(tmp_path: Path) -> None:
    links = "".join(f"<p><a href='https://bread.example/w'>{term}: {meaning}</a></p>" for term, meaning in PAIRS)
    assert terms(parse(POST.format(links), "loaf.html", settings(tmp_path, WORDS))) == PAIRS
    groups = "".join(
        f"<h2>{term.title()}s</h2><details><summary>{term}</summary><p>{meaning}</p></details>"
        for term, meaning in PAIRS
    )
    assert terms(parse(POST.format(groups), "loaf.html", settings(tmp_path, WORDS))) == PAIRS


def test_a_numbered_list_counts_questions_though_one_is_no_sentence_that_asks(tmp_path: Path) -> None:
    asked = (
        "<ol><li>What rests?</li><li>True or false: dough rests.</li><li>Dough rests because …</li><li>Why?</li></ol>"
    )
    record = read(tmp_path, POST.format(BODY.partition("<p><b>Q:")[0] + asked))
    assert [(one.question.text, one.answer) for one in record.questions] == [
        ("What rests?", None),
        ("True or false: dough rests.", None),
        ("Dough rests because …", None),
        ("Why?", None),
    ]


def test_answers_in_a_list_end_with_it(tmp_path: Path) -> None:
    asked = "<ol><li>What rests?</li><li>Why does it rise?</li></ol><p><b>Answers</b></p>"
    asked += "<ol><li>Dough.</li><li>Gas.</li></ol>"
    outcome = parse(
        POST.format(BODY.partition("<p><b>Q:")[0] + asked + "<p>Bread Notes, 2025</p>"),
        "bread/dough.html",
        settings(tmp_path, BREAD),
    )
    (record,) = outcome.records
    assert isinstance(record, StudyGuide)
    assert [one.answer and one.answer.text for one in record.questions] == ["Dough.", "Gas."]
