"""`[pdf]`: paper, text size and what is printed."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["PdfSettings"]


class PdfSettings(BaseModel):
    """`[pdf]`: paper, text size and which parts are printed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    paper: Literal["A4", "Letter"] = Field("A4", description="The sheet.")
