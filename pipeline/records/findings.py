"""What a build has to tell of what was read: facts, warnings, and doubts about a value that rests on weak signs."""

import hashlib
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple, Self, TypedDict, Unpack

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pipeline.records.ids import normalise

__all__ = ["FINDING_CODES", "LEVELS", "CodeMeaning", "Finding", "FindingCode", "Level"]

Level = Literal["info", "warning", "doubt"]
LEVELS: Final[tuple[Level, ...]] = ("info", "warning", "doubt")  # from what may be passed over to what may be wrong

FindingCode = Literal[
    "character-references",
    "count-differs",
    "definition-differs",
    "doubtful-character-references",
    "doubtful-field",
    "doubtful-heading",
    "doubtful-mathematics",
    "doubtful-name",
    "dumped-text",
    "duplicate",
    "evidence-differs",
    "formula-without-source",
    "frame",
    "missing-picture",
    "no-answer",
    "no-definition",
    "note-in-text",
    "parted-course",
    "remote-picture",
    "repeated-text",
    "scrambled-text",
    "second-page",
    "selector",
    "shared-text",
    "stray-sign",
    "truncated",
    "unclaimed-text",
    "unclosed-comment",
    "unknown-heading",
    "unlike-its-folder",
]


class CodeMeaning(NamedTuple):
    """How grave the findings of a code are, what they say, and what settles one that has no hint of its own."""

    level: Level
    meaning: str
    hint: str = ""


# What each code means; `docs/findings.md` lists them, held by a test.
FINDING_CODES: Final[dict[FindingCode, CodeMeaning]] = {
    "character-references": CodeMeaning("info", "characters escaped once too often were read as what they stand for"),
    "count-differs": CodeMeaning(
        "warning",
        "the page's own count (“5 Must Know Facts”) differs from what was read",
        "look whether the page lacks one; `guidepress trace` shows what was read as what",
    ),
    "definition-differs": CodeMeaning("info", "a guide's vocabulary defines a word otherwise than its key-term page"),
    "doubtful-character-references": CodeMeaning(
        "doubt",
        "an escape (`&lt;`) that may be a character or may be text",
        "look at the page in a browser, and write the character into the file if it is one",
    ),
    "doubtful-field": CodeMeaning(
        "doubt",
        "what was read does not look like its field, or not like it alone",
        "compare with the page; name what does not belong to it under `[layouts.boilerplate]`, or its heading under "
        "`[layouts.headings]`",
    ),
    "doubtful-heading": CodeMeaning(
        "warning",
        "a short line was kept as a paragraph, but may be a heading",
        "if it is a heading, mark it as one in the file (`<h2>`, `##`)",
    ),
    "doubtful-mathematics": CodeMeaning(
        "doubt",
        "text looks like a formula printed twice, but is not the same twice",
        "compare with the page, and write the formula once, between `\\(` and `\\)`",
    ),
    "doubtful-name": CodeMeaning(
        "doubt",
        "a course or title rests on its place alone, and the page offers another",
        "say it: `[[defaults]]` with the page's `path` and `course`, or a label or heading in the file",
    ),
    "dumped-text": CodeMeaning(
        "doubt",
        "signs of the program that saved the page as text are left in it",
        "save the page as HTML, or take the signs out of the file",
    ),
    "duplicate": CodeMeaning("info", "two pages have one id; the fuller one was taken"),
    "evidence-differs": CodeMeaning(
        "doubt",
        "two places of a page say a field differently",
        "correct the place of the page that is wrong, or take the page out",
    ),
    "formula-without-source": CodeMeaning(
        "doubt",
        "a formula is only drawn on the page: how its signs are arranged, or all of it, is lost",
        "save the page before its formulas are drawn, or with their MathML or TeX",
    ),
    "frame": CodeMeaning(
        "warning", "a page within the page is not read", "save what the frame shows as a page of its own"
    ),
    "missing-picture": CodeMeaning(
        "warning",
        "a picture was not saved with the page, is of no known type, or an SVG that cannot be drawn",
        "save the page with its pictures (“complete”, MHTML)",
    ),
    "no-answer": CodeMeaning("warning", "a question without an answer"),
    "no-definition": CodeMeaning("warning", "a related term without a definition"),
    "note-in-text": CodeMeaning(
        "info",
        "a note in a box (a callout, a tip) was read as part of the text around it",
        "if it is none of the text, name the element of such notes under `drop` in a layout",
    ),
    "parted-course": CodeMeaning(
        "warning",
        "some pages of a class name a publisher, and others of its folder none: they are read as two classes",
        'say it for all of them: `[[defaults]] path = "…"` with `publisher = "…"`',
    ),
    "remote-picture": CodeMeaning(
        "warning",
        "a picture was not saved with the page; it is never fetched",
        "save the page with its pictures (“complete”, MHTML)",
    ),
    "repeated-text": CodeMeaning(
        "doubt",
        "the same words stand in a field on many pages of a folder, as furniture does",
        "name them under `[layouts.boilerplate]` if they are none of the text",
    ),
    "scrambled-text": CodeMeaning(
        "warning", "characters look as if they were read in a wrong encoding", "save the page again, as UTF-8"
    ),
    "second-page": CodeMeaning("warning", "a file holds a second page, which was not read"),
    "selector": CodeMeaning(
        "warning",
        "a selector of the page's layout finds nothing on it",
        "correct the selector, or name the pages that it is for by `path`, `url` or `title`",
    ),
    "shared-text": CodeMeaning("warning", "several records of a course have one title or one definition"),
    "stray-sign": CodeMeaning("info", "a `<` that begins no tag was read as a sign"),
    "truncated": CodeMeaning("warning", "the file ends within a tag", "save the page again"),
    "unclaimed-text": CodeMeaning("warning", "text that neither a field nor a boilerplate rule claims"),
    "unclosed-comment": CodeMeaning("warning", "a comment of the page has no end"),
    "unknown-heading": CodeMeaning(
        "warning",
        "a heading that no layout knows stands on several pages",
        'name its field under `[layouts.headings]`, as in `facts = ["…"]`, or name it under `[layouts.boilerplate]`',
    ),
    "unlike-its-folder": CodeMeaning(
        "doubt",
        "one page alone has another course or publisher than the pages of its folder",
        "correct the page, or give the field by path: `[[defaults]]`",
    ),
}


class Told(TypedDict, total=False):
    """What a finding may say besides where and what it is."""

    line: int | None
    record: str | None
    field: str | None
    value: str | None
    signs: Iterable[str]
    count: int
    examples: Iterable[str]
    hint: str
    level: Level | None


class Finding(BaseModel):
    """Something to look at in what was read, on one page or over many. One line of `findings.jsonl`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(description="12 hex of code, record or path, field and value (or message); never of the line.")
    code: FindingCode
    level: Level
    path: str
    line: int | None
    record: str | None = Field(description="The id of the record that it is about, if it is about one.")
    field: str | None = Field(description="The key of that record.")
    value: str | None = Field(description="What was read, as plain text.")
    signs: tuple[str, ...] = Field(description="What the value rests on, or what speaks against it.")
    count: int = Field(ge=1, description="How many times it was found.")
    examples: tuple[str, ...] = Field(description="Raw paths (with `:line`) where else it is to be seen.")
    message: str
    hint: str = Field(description="What would settle it.")

    @classmethod
    def of(cls, code: FindingCode, path: str, message: str, **told: Unpack[Told]) -> Self:
        """Return a finding of the code's own level, if `told` gives none, and with its id."""
        record, field, value = told.get("record"), told.get("field"), told.get("value")
        return cls(
            id=_id(code, record or path, field, message if value is None else value),
            code=code,
            level=told.get("level") or FINDING_CODES[code].level,
            path=path,
            line=told.get("line"),
            record=record,
            field=field,
            value=value,
            signs=tuple(told.get("signs", ())),
            count=told.get("count", 1),
            examples=tuple(told.get("examples", ())),
            message=message,
            hint=told.get("hint") or FINDING_CODES[code].hint,
        )

    @model_validator(mode="after")
    def _identified(self) -> Self:
        text = self.message if self.value is None else self.value
        if self.id != _id(self.code, self.record or self.path, self.field, text):
            raise ValueError("the id is not that of what the finding says")
        return self


def _id(code: str, subject: str, field: str | None, text: str) -> str:
    said = "\x1f".join((code, subject, field or "", normalise(text)))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:12]
