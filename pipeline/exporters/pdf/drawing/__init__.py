"""Chunks drawn by WeasyPrint in sealed processes: the jobs, the processes, and what they give back."""

from pipeline.exporters.pdf.drawing.jobs import (
    LOST,
    CalibrationJob,
    Card,
    CardsJob,
    Drawn,
    EndJob,
    Failure,
    FrontJob,
    Job,
    RecordsJob,
    TitleBlock,
    anchor_of,
)
from pipeline.exporters.pdf.drawing.lists import Row, heading_height, paginate, title_height
from pipeline.exporters.pdf.drawing.studio import Studio, Task, saved_media
from pipeline.exporters.pdf.drawing.telling import told
from pipeline.exporters.pdf.drawing.workforce import ProcessWorkforce

__all__ = [
    "LOST",
    "CalibrationJob",
    "Card",
    "CardsJob",
    "Drawn",
    "EndJob",
    "Failure",
    "FrontJob",
    "Job",
    "ProcessWorkforce",
    "RecordsJob",
    "Row",
    "Studio",
    "Task",
    "TitleBlock",
    "anchor_of",
    "heading_height",
    "paginate",
    "saved_media",
    "title_height",
    "told",
]
