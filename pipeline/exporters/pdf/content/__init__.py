"""A record's fragments made ready for print: characters, formulas, tables, pictures, and how much room they take."""

from pipeline.exporters.pdf.content.estimates import LINE, height_of, line_count
from pipeline.exporters.pdf.content.fitting import drop, foot_room, likely_size, sizes, text_area
from pipeline.exporters.pdf.content.labels import label_of
from pipeline.exporters.pdf.content.line_breaks import mend_line_breaks
from pipeline.exporters.pdf.content.mathematics import Formula, Mathematician, split_mathematics
from pipeline.exporters.pdf.content.parting import halves
from pipeline.exporters.pdf.content.pictures import is_remote, printable_picture
from pipeline.exporters.pdf.content.printable import Assets, Printer, number_indent

__all__ = [
    "LINE",
    "Assets",
    "Formula",
    "Mathematician",
    "Printer",
    "drop",
    "foot_room",
    "halves",
    "height_of",
    "is_remote",
    "label_of",
    "likely_size",
    "line_count",
    "mend_line_breaks",
    "number_indent",
    "printable_picture",
    "sizes",
    "split_mathematics",
    "text_area",
]
