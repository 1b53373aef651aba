"""What a file has beside what its records say: heads and feet, links, and whether all of it can be seen."""

from collections.abc import Iterable, Iterator

from pipeline.exporters.pdf.joining import Line, drawn_text
from pipeline.verify.pdf.matching import quoted
from pipeline.verify.pdf.reading import PrintedFile, UnreadableError
from pipeline.verify.pdf.shell import Expected, shell_differences

__all__ = ["around_differences"]


def around_differences(file: PrintedFile, expected: Expected, furniture: Iterable[list[Line]]) -> Iterator[str]:
    """Yield every difference around the content of a file of which the content was read to its end.

    `furniture` are the lines that each page has beside it.
    """
    for page, lines in enumerate(furniture):
        wanted = " ".join(filter(None, map(drawn_text, lines)))
        found = " ".join(file.furniture.get(page, ()))
        if wanted.replace(" ", "") != found.replace(" ", ""):
            yield f"at the edges of page {page + 1} stands {quoted(found)}, where {quoted(wanted)} is to be"
    for page, text in file.unseen():
        yield f"{quoted(text)}, on page {page + 1}, cannot be seen"
    try:
        for page, message in file.astray_links():
            yield f"on page {page + 1} {message}"
        yield from shell_differences(file.file, expected)
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise UnreadableError(f"something around its content is broken: {error}") from error
