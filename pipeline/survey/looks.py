"""What does not look like a field: signs in a finished record that a text is not, or not alone, what its field says.

Each rule was kept for what it found on damaged pages and for its silence on right ones; `make silent` measures both.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.records import Record, StudyGuide, normalise
from pipeline.survey.cohesion import strangers
from pipeline.survey.guides import heads_questions, is_list_of_sentences, is_unit_page
from pipeline.survey.texts import FieldText, Part, texts_of

__all__ = ["Doubt", "doubts_of"]

_BULLETS: Final = "•◦▪▫‣⁃●○■□–—→➔➤►·∙*"
_LABELS: Final = "Q|A|Question|Answer|QUESTION|ANSWER|Prompt|Reply|Response|Solution"
_LABEL: Final = re.compile(rf"(?:{_LABELS})(?: ?\d{{1,3}})? ?[:.]\s")
_LABEL_WITHIN: Final = re.compile(
    rf"\n(?:{_LABELS})(?: ?\d{{1,3}})? ?[:.]\s|[.?!] (?:Q|A|Question|Answer)(?: ?\d{{1,3}})?:\s"
)
_MARK_AT_END: Final = re.compile(
    r"(?:\[(?:\d{1,3}|edit|[a-z]|citation needed|source|note \d{1,2})\]|\((?:edit|citation needed)\))$", re.IGNORECASE
)
_BYLINE: Final = re.compile(
    r"(?:posted|published|edited|written|compiled|contributed|updated|reviewed|shared) ?(?::|by|on)\b|by [A-Z]",
    re.IGNORECASE,
)
# What a page says to its readers below its text.
_FAREWELL: Final = re.compile(
    r"(?:(?:many )?thanks|thank you) for |(?:back|return|go back) to (?:the|our|my|all) |see you |"
    r"(?:happy|enjoy) \w+ing\b|(?:if you|did you) (?:like|enjoy|find|found|want)|(?:any )?questions\? |"
    r"(?:please )?(?:subscribe|follow (?:me|us)|share (?:this|it)|clap|leave a|let (?:me|us) know|sign up|click|"
    r"join (?:me|us)|download|contact (?:me|us)|ask (?:me|us)|write to (?:me|us)|send (?:me|us)|print this)\b|"
    r"(?:next|last) (?:week|time|lesson|page|chapter|up)\b.{0,80}$|"
    r"(?:photo|picture|image|source)s?: |last (?:updated|checked|edited|revised) ",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"[.!?…:;。！？।؟][\"'”’»)\]]*$")
_PAIR: Final = re.compile(r"[^\s:–—][^:.!?\n]{0,60}(?::|\s[–—-])\s+\S")
_HEAD_OF_WORDS: Final = re.compile(
    r"(?:term|word|concept|vocabulary|expression)s?\t(?:definition|meaning|explanation)s?", re.IGNORECASE
)
# Headings of sections that are lists by nature.
_HEAD_OF_LIST: Final = re.compile(
    r"\b(?:points|takeaways|ideas|facts|summary|overview|outline|contents|materials|resources|steps|topics)\b",
    re.IGNORECASE,
)
# What asks without a question mark: a task, by the verbs with which tasks begin.
_TASK: Final = re.compile(
    r"(?:^|[.?!] )(?:Explain|Describe|Discuss|Compare|Contrast|Evaluate|Identify|List|Define|Calculate|Compute|Sketch|"
    r"Suggest|State|Summarize|Justify|Prove|Show)\b"
)
_CAPTION: Final = re.compile(r"(?:figure|fig\.|table|diagram|chart|map|image)\s+\d", re.IGNORECASE)
_FEW_WORDS: Final = 10
_MOST_WORDS: Final = 12  # of a name or a heading
_MOST_OF_LEAD: Final = 4  # paragraphs of a guide without sections
_MOST_OF_TERM: Final = 9  # the longest of 480 terms has seven
_PROSE: Final = frozenset((
    "definition", "facts", "questions.question", "questions.answer", "questions.explanation", "questions.choices",
    "related_terms.definition", "objectives", "lead", "sections.body", "vocabulary.definition",
))  # fmt: skip
_NAMES: Final = frozenset(
    ("course.title", "term", "title", "related_terms.term", "vocabulary.term", "sections.heading")
)
_ITEMS: Final = ("facts", "questions.question", "objectives", "vocabulary.definition", "related_terms.definition")
_SAID_ONCE: Final = ("questions.question", "sections.body", "vocabulary.term", "related_terms.term")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A field that does not look like one, what it says there, and why that is doubtful."""

    field: str
    value: str
    why: str


def doubts_of(record: Record) -> list[Doubt]:
    """Return what in a record does not look like its field, in the record's order, one doubt for each field."""
    texts = [text for text in texts_of(record) if text.rich.text]
    found: dict[str, Doubt] = {}
    for doubt in (*_each(texts), *_odd_items(texts), *_said_twice(texts), *_of_kind(record, texts), *_strange(texts)):
        found.setdefault(doubt.field, doubt)
    order = {text.field: number for number, text in enumerate(texts)}
    return sorted(found.values(), key=lambda doubt: order.get(doubt.field, -1))


def _each(texts: Iterable[FieldText]) -> Iterator[Doubt]:
    for text in texts:
        plain = text.rich.text
        if all(char in _BULLETS for char in plain) and plain != "*":
            yield Doubt(text.field, plain, "it is nothing but the sign of a list")
        elif plain[0] in _BULLETS and not plain[1:2].isalnum():
            yield Doubt(text.field, plain, "it begins with the sign of a list")
        if marked := next((line for line in plain.split("\n") if _MARK_AT_END.search(line)), None):
            yield Doubt(text.field, marked[-80:], "it ends with a mark that is no part of it")
        if text.name in _PROSE:
            yield from _prose(text)
        elif text.name in _NAMES:
            yield from _name(text)


def _prose(text: FieldText) -> Iterator[Doubt]:
    plain = "\n".join(part.text for part in text.parts if part.tag != "pre")  # a program may hold anything
    if _LABEL.match(plain):
        yield Doubt(text.field, plain, "it begins with a label")
    elif match := _LABEL_WITHIN.search(plain):
        yield Doubt(text.field, plain[match.start() + 1 :].strip(), "a label stands within it")
    if text.name != "sections.body" and any(_HEAD_OF_WORDS.fullmatch(line) for line in plain.split("\n")[1:]):
        yield Doubt(text.field, plain, "a list of words stands in it")
    parts = text.parts
    if text.name == "lead" and len(parts) == 1 and _is_short(plain) and not _is_set_apart(parts[0]):
        yield Doubt(text.field, plain, "it is a short line that ends no sentence")
    if byline := next((line for line in plain.split("\n") if _is_byline(line)), None):
        yield Doubt(text.field, byline, "a byline stands in it")
    for number, part in enumerate(parts) if len(parts) > 1 else ():
        line = part.text.rpartition("\n")[2]
        follows = parts[number + 1] if number + 1 < len(parts) else None
        leads = follows is not None and (follows.tag != "p" or _is_set_apart(follows))
        is_text = part.tag == "p" and not _is_set_apart(part) and not _CAPTION.match(line)
        if is_text and line and not leads and _is_short(line):
            yield Doubt(text.field, line, "a short line that ends no sentence stands among its paragraphs")
    if text.name != "lead" and len(parts) > 1 and parts[-1].tag == "p" and _is_farewell(parts[-1].text):
        yield Doubt(text.field, parts[-1].text, "it ends with what a page says to its readers")


def _name(text: FieldText) -> Iterator[Doubt]:
    plain = text.rich.text
    if _BYLINE.match(plain):
        yield Doubt(text.field, plain, "it looks like a byline")
    elif plain.endswith(":") and text.name != "sections.heading":
        yield Doubt(text.field, plain, "it ends with a colon, as a label does")
    words = plain.split()
    capitals = sum(word[:1].isupper() for word in words)
    if len(words) > _MOST_WORDS and 2 * capitals < len(words) and _SENTENCE_END.search(plain) and "\\(" not in plain:
        yield Doubt(text.field, plain, "it is a whole sentence")
    elif text.name in ("vocabulary.term", "related_terms.term"):
        if len(words) > _MOST_OF_TERM:
            yield Doubt(text.field, plain, "it is too long for a term")
        elif plain[-1] in ".!?" and len(words) > 3:
            yield Doubt(text.field, plain, "it ends as a sentence does")


def _is_byline(line: str) -> bool:
    return _BYLINE.match(line) is not None and len(line.split()) <= _MOST_WORDS and _SENTENCE_END.search(line) is None


def _is_farewell(line: str) -> bool:
    return len(line.split()) <= _FEW_WORDS + _FEW_WORDS and _FAREWELL.match(line) is not None


def _is_question(text: str) -> bool:
    """Say whether a text is one question and nothing else."""
    return _is_alone(text) and len(text.split()) > _MOST_WORDS // 2


def _is_alone(text: str) -> bool:
    return text.endswith("?") and re.search(r"[.!?]\s", text) is None


def _is_short(line: str) -> bool:
    return len(line.split()) <= _FEW_WORDS and _SENTENCE_END.search(line) is None


def _is_set_apart(part: Part) -> bool:
    """Say whether a paragraph is a formula, code, a picture, or marked as a heading within the text."""
    bare = part.html.removeprefix("<p>").removesuffix("</p>").strip()
    return _is_drawn(part) or (bare.startswith("<strong>") and bare.endswith("</strong>"))


def _is_drawn(part: Part) -> bool:
    return any(sign in part.html for sign in ("\\(", "\\[", " = ", "<code", "<img"))


def _odd_items(texts: Sequence[FieldText]) -> Iterator[Doubt]:
    """Doubt short items that end no sentence where most others of the list are sentences."""
    for name in _ITEMS:
        items = [text for text in texts if text.name == name]
        odd = [text for text in items if _is_short(text.rich.text) and not _is_drawn(text.parts[0])]
        ended = sum(_SENTENCE_END.search(text.rich.text) is not None for text in items)
        if name == "facts" and len(odd) == len(items) == 1:
            yield Doubt(odd[0].field, odd[0].rich.text, "it is all there is, and ends no sentence")
        fewest = 2 if name.endswith("definition") else 1  # a definition may well be a phrase
        if odd and ended + len(odd) >= len(items) - 1 and ended >= max(fewest, len(odd)):
            for text in odd:
                yield Doubt(text.field, text.rich.text, "it ends no sentence, as the others of its list do")


def _said_twice(texts: Sequence[FieldText]) -> Iterator[Doubt]:
    for name in _SAID_ONCE:
        items = [(text, normalise(text.rich.text)) for text in texts if text.name == name]
        counts = Counter(plain for _, plain in items)
        for text, plain in items:
            if counts[plain] > 1:
                yield Doubt(text.field, text.rich.text, "the record says it twice")


def _strange(texts: Sequence[FieldText]) -> Iterator[Doubt]:
    """Doubt paragraphs that share no words with the record."""
    for one in strangers(texts):
        few = "only one" if one.shared else "none"
        yield Doubt(one.field, one.text, f"of its words, {few} stands elsewhere in the record: {', '.join(one.words)}")


def _of_kind(record: Record, texts: Sequence[FieldText]) -> Iterator[Doubt]:
    """Doubt texts that look like another field: pairs of terms in an answer, questions among the facts."""
    for text in texts:
        lines = text.rich.text.split("\n")
        if text.name in ("facts", "questions.answer", "questions.explanation", "vocabulary.definition"):
            if any(line.endswith("?") for line in lines[:-1] if line):
                yield Doubt(text.field, text.rich.text, "a question stands in it")
            elif text.name == "questions.answer" and any(_asks_on(part) for part in text.parts[1:]):
                yield Doubt(text.field, text.rich.text, "a question with a task stands in it")
            later = [part.text for part in text.parts[1:] if part.tag == "p"]
            if len(later) > 1 and all(_PAIR.match(line) for line in later[-2:]):
                yield Doubt(text.field, later[-1], "it ends with pairs of a term and a definition")
        if text.name == "also_found_in" and normalise(text.rich.text) == normalise(record.course.title):
            yield Doubt(text.field, text.rich.text, "it is the course of the record itself")
    if isinstance(record, StudyGuide):
        yield from _of_guide(record, texts)


def _of_guide(record: StudyGuide, texts: Sequence[FieldText]) -> Iterator[Doubt]:
    """Doubt sections that look like objectives, vocabulary or questions, where the guide has none; and empty ones."""
    if record.lead and not record.objectives and record.lead.html.startswith(("<ul>", "<ol>")):
        yield Doubt("lead", record.lead.text, "it begins with a list, and the guide has no objectives")
    if record.lead and not record.sections and record.lead.html.count("<p>") > _MOST_OF_LEAD:
        yield Doubt("sections", record.lead.text, "all of the guide's text stands above its first heading")
    items = [text for text in texts if text.name == "objectives"]
    last = items[-1] if len(items) > 1 else None
    ended = [text for text in items if _SENTENCE_END.search(text.rich.text)]
    if last is not None and ended == [last] and re.search(r"[.!?]\s+[^\W\d_]", last.rich.text):
        yield Doubt(last.field, last.rich.text, "it is several sentences, and none of the others of its list is one")
    objectives = {normalise(item.text) for item in record.objectives}
    for number, (section, text) in enumerate(zip(record.sections, _bodies(record), strict=True)):
        lines, parts = section.body.text.split("\n"), text.parts
        following = record.sections[number + 1] if number + 1 < len(record.sections) else None
        if not section.body and (following is None or following.level <= section.level):
            yield Doubt(f"sections[{section.key}].heading", section.heading.text, "nothing stands under this heading")
        if not record.questions and heads_questions(record, number):
            yield Doubt(f"sections[{section.key}].heading", section.heading.text, "only questions stand under it")
        if section.body and normalise(lines[0]) in objectives:
            yield Doubt(text.field, lines[0], "it says the objectives once more")
        if not record.questions and _looks_asked(parts, is_last=following is None):
            yield Doubt(text.field, lines[0], "it looks like questions, and the guide has none")
        pairs = [_PAIR.match(line) is not None for line in lines]
        is_words = any(_HEAD_OF_WORDS.fullmatch(line) for line in lines) or all(pairs[-2:])
        if not record.vocabulary and is_words:
            yield Doubt(text.field, lines[0], "it looks like a list of words, and the guide has none")
        is_first = (
            number == 0
            and not record.objectives
            and not is_unit_page(record)
            and not _HEAD_OF_LIST.search(section.heading.text)
        )
        if is_first and parts and is_list_of_sentences(parts[0]):
            yield Doubt(text.field, lines[0], "it begins with a list, and the guide has no objectives")


def _looks_asked(parts: Sequence[Part], *, is_last: bool) -> bool:
    """Say whether a section is half of questions, or a guide's last one has several, or ends in them with answers."""
    lines = [line for part in parts for line in part.text.split("\n")]
    marked = sum(line.endswith("?") for line in lines)
    asks = [part.tag == "p" and _asks(part) for part in parts]
    asked = max(marked, sum(asks))
    if marked and 2 * asked >= len(lines) - 1 and (asked > 1 or any(_is_alone(line) for line in lines)):
        return True
    return is_last and (sum(part.tag == "p" and _is_question(part.text) for part in parts) > 1 or _alternates(asks))


def _asks(part: Part) -> bool:
    """Say whether a paragraph ends in a question, gives a task, or is a sentence all in bold."""
    is_bold = _is_set_apart(part) and not _is_drawn(part)
    return part.text.endswith("?") or _TASK.search(part.text) is not None or (is_bold and not _is_short(part.text))


def _asks_on(part: Part) -> bool:
    """Say whether a paragraph asks, and gives a task about it: "How often? Explain."."""
    return "? " in part.text and _TASK.search(part.text) is not None


def _alternates(asks: Sequence[bool]) -> bool:
    return list(asks[-4:]) == [True, False, True, False]


def _bodies(record: StudyGuide) -> Iterator[FieldText]:
    for section in record.sections:
        yield FieldText(f"sections[{section.key}].body", section.body)
