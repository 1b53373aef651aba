"""`[pdf]`: paper, text size and what is printed."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["PdfPart", "PdfSettings"]

PdfPart = Literal["handout", "answers", "flashcards"]


class PdfSettings(BaseModel):
    """`[pdf]`: paper, text size and which parts are printed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    paper: Literal["A4", "Letter"] = Field("A4", description="The sheet.")
    parts: tuple[PdfPart, ...] = Field(
        ("handout", "answers", "flashcards"), description="Which files are made of each course; `[]` for none."
    )
    text_size: float = Field(10.5, ge=8, le=28, description="Size of the running text in points; large print is 18.")
    spacing: Literal["roomy", "compact"] = Field("roomy", description="How much white there is; compact saves paper.")
    answer_lines: int = Field(3, ge=0, le=20, description="Ruled lines below each question.")
    contents_from: int = Field(
        9, ge=1, description="A file with at least so many records has contents and, a handout, a glossary index."
    )
    school: str = Field("", max_length=120, description="A school's name, in the title block and at the foot of pages.")
    logo: Path | None = Field(None, description="A PNG or JPEG picture for the title block.")
    flip: Literal["long-edge", "short-edge"] = Field(
        "long-edge", description="How your printer turns the sheet when it prints flashcards on both sides."
    )
    back_offset_mm: tuple[float, float] = Field(
        (0.0, 0.0),
        description="Moves the backs of the flashcards, right and up; measured on the calibration sheet.",
    )
    seconds: float = Field(
        180.0, gt=0, description="Processor time for drawing about 20 records; a process that takes longer is replaced."
    )
    memory_mb: int = Field(1500, ge=512, description="Address space of one drawing process, in megabytes.")
