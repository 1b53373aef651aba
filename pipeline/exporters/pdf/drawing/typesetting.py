"""Jobs to HTML and CSS: templates filled with print-ready fragments. Runs in a drawing process."""

from functools import cache

from markupsafe import Markup

from pipeline.exporters.pdf.content import Mathematician, label_of, number_indent
from pipeline.exporters.pdf.drawing.jobs import EndJob, FrontJob, RecordsJob, TitleBlock, anchor_of
from pipeline.exporters.pdf.drawing.lists import ENTRY_LEADING, NUMBER_ROOM, column_width, entry_size, title_size
from pipeline.exporters.pdf.drawing.setter import Document, Setter, family, styles
from pipeline.exporters.pdf.fonts import face_css
from pipeline.exporters.pdf.kinds import answer_boxes, is_short, piece_of
from pipeline.exporters.pdf.sheet import Sheet
from pipeline.notes import letter_of, shown_order
from pipeline.records import key_term_id, load_record

__all__ = ["typeset"]


@cache
def _handout_css(sheet: Sheet) -> str:
    families = {name.lower(): family(name) for name in ("Text", "Display", "Label", "Code")}
    filled = (
        styles()
        .get_template("handout.css.j2")
        .render(
            s=sheet,
            column=column_width(sheet),
            entry_pt=entry_size(sheet),
            entry_leading=ENTRY_LEADING,
            number_room=NUMBER_ROOM,
            **families,
        )
    )
    return face_css() + "\n" + filled


def typeset(job: RecordsJob | FrontJob | EndJob, mathematician: Mathematician) -> Document:
    """Return the document that a job asks for. Raises LookupError for a kind of record that cannot be printed."""
    if isinstance(job, RecordsJob):
        return _records(job, mathematician)
    setter = Setter(mathematician, lambda _: None, job.sheet.measure)
    if isinstance(job, FrontJob):
        bodies = [_title_block(setter, job.title, job.sheet), setter.render("contents.html.j2", "", pages=job.pages)]
        body_class, title = "contents", job.title.course
    else:
        bodies = [setter.render("end.html.j2", "", pages=job.pages, credits=job.credits)]
        body_class, title = "end", "Glossary index"
    return setter.document(
        bodies, css=_handout_css(job.sheet), language=job.language, title=title, body_class=body_class
    )


def _title_block(setter: Setter, title: TitleBlock, sheet: Sheet) -> Markup:
    """Return the title block."""
    logo = None
    if title.logo is not None:
        logo = "handout:logo"
        setter.assets.files[logo] = title.logo
    return setter.render(
        "title.html.j2",
        "",
        course=title.course,
        size=title_size(sheet, title.course),
        subtitle=title.subtitle,
        school=title.school,
        logo=logo,
        name_line=title.name_line,
        credits=title.credits,
    )


def _records(job: RecordsJob, mathematician: Mathematician) -> Document:
    setter = Setter(mathematician, job.media.get, job.sheet.measure)
    bodies = [] if job.title is None else [_title_block(setter, job.title, job.sheet)]
    for line in job.records:
        record = load_record(line, trusted=True)
        piece = piece_of(record)  # an unknown kind is an error here, not a missing template
        bodies.append(
            setter.render(
                "answers.html.j2" if job.part == "answers" else f"{record.kind}/handout.html.j2",
                record.id,
                record=record,
                piece=piece,
                anchor=anchor_of(record.id),
                anchor_of=anchor_of,
                anchor_of_term=lambda term, record=record: anchor_of(
                    key_term_id(record.publisher, record.course.title, term.text)
                ),
                label_of=label_of,
                letter_of=letter_of,
                shown_order=shown_order,
                language=job.language,
                sheet=job.sheet,
                answer_boxes=answer_boxes,
                is_short=is_short,
                number_indent=number_indent,
            )
        )
    if job.credits:
        bodies.append(setter.render("end.html.j2", "", pages=(), credits=job.credits))
    return setter.document(
        bodies, css=_handout_css(job.sheet), language=job.language, title=job.part, body_class=job.part
    )
