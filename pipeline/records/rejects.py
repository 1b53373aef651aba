"""The reject of a page that gave no record, and the codes that say why."""

from typing import Final

from pydantic import BaseModel, ConfigDict

__all__ = ["ERROR_CODES", "ERROR_HINTS", "Reject"]

# Why a page can give no record; `docs/rejects.md` lists them, held by a test. A page that is rejected for a finding
# (`--strict`, `--fail-on`) has the code of that.
ERROR_CODES: Final = {
    "broken-link": "a symbolic link that leads nowhere",
    "unreadable": "the file could not be read (permissions, a read error)",
    "empty": "nothing in the file but white space",
    "binary": "the content is no text, whatever the name says",
    "corrupt-archive": "a zip, gzip, MHTML or WARC that ends early or cannot be unpacked",
    "unsafe-path": "an archive member whose name leads out of the archive",
    "encrypted": "an archive member that needs a password",
    "too-large": "more bytes than `limits.page_bytes` or `limits.archive_bytes`",
    "expansion": "an archive that unpacks to more than `limits.expansion_ratio` times its size",
    "too-many-members": "an archive with more members than `limits.members`",
    "too-deep": "elements nested deeper than `limits.depth`, or archives within archives",
    "too-many-tags": "more elements than `limits.tags`",
    "timeout": "the page took longer than `limits.seconds`",
    "memory": "the page needed more memory than `limits.memory_mb`",
    "no-layout": "no layout knows this kind of page",
    "no-term": "a key-term page without its term",
    "no-course": "a page that does not say which class it is from",
    "no-definition": "a key-term page without a definition",
    "no-title": "a study guide without a title",
    "no-content": "a study guide with neither section, vocabulary nor question",
    "truncated": "the page ends within its markup, before what it had to say",
    "invalid": "what was read does not make a valid record",
    "internal": "a defect of ours; the traceback is in the file that the message names",
}

# What to do about each; what is said of a page itself (its `hint`) knows more.
ERROR_HINTS: Final = {
    "broken-link": "restore what the link points to, or delete it",
    "unreadable": "give yourself the right to read it, or save the page again",
    "empty": "fetch the page again, or delete the file",
    "binary": "save the page as HTML, MHTML, Markdown or text; move other files out of the raw folder",
    "corrupt-archive": "fetch or pack it again; what came before the damage was read",
    "unsafe-path": "pack the archive again with relative names",
    "encrypted": "unpack it with its password, and put the pages into the raw folder",
    "too-large": "raise the limit if the page is meant to be so large",
    "expansion": "unpack it yourself if you trust it, or raise the limit",
    "too-many-members": "raise the limit, or split the archive",
    "too-deep": "raise `limits.depth` if the page is meant to be so; unpack archives within archives",
    "too-many-tags": "raise the limit if the page is meant to be so",
    "timeout": "run again if the machine was busy; raise `limits.seconds`, or split the page",
    "memory": "raise `limits.memory_mb`, or split the page",
    "no-layout": "`guidepress trace PAGE` shows how it was read; `guidepress layout suggest PAGE …` drafts a layout",
    "no-term": "`guidepress trace PAGE` shows how it was read; name its heading in a layout, or give `[[defaults]]`",
    "no-course": "say it for all pages of a folder: `[[defaults]]` with `path` and `course`",
    "no-definition": "`guidepress trace PAGE` shows how it was read; name the heading of the definition in a layout",
    "no-title": "give the page a heading, or name where its title stands in a layout",
    "no-content": "`guidepress trace PAGE` shows how it was read; name its headings in a layout",
    "truncated": "save the page again",
    "invalid": "the message says which value is not valid; correct the page, or the layout that reads it",
    "internal": "report it, with the traceback and, if you may, the page",
}


class Reject(BaseModel):
    """Why a page gave no record: what was found where, and what to do next. One line of `rejects.jsonl`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    line: int | None
    code: str
    message: str
    hint: str
