"""What one page may cost before it is rejected (DESIGN section 5): none of these but `seconds` needs a clock."""

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["Limits"]


class Limits(BaseModel):
    """`[limits]`: what one page, or one archive, may cost."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    page_bytes: int = Field(16_000_000, gt=0, description="Bytes of one page, unpacked.")
    archive_bytes: int = Field(4_000_000_000, gt=0, description="Bytes that one archive may unpack to, in all.")
    expansion_ratio: int = Field(200, gt=1, description="How many times its size a compressed page may unpack to.")
    members: int = Field(1_000_000, gt=0, description="Members of one archive.")
    depth: int = Field(400, gt=10, description="How deep a page's elements may be nested.")
    tags: int = Field(200_000, gt=0, description="Elements of one page.")
    seconds: float = Field(
        2.0, gt=0, description="Wall time for reading one page, and for parsing it; a stuck worker is replaced."
    )
    memory_mb: int = Field(200, gt=0, description="Memory that one page may add to a worker, in megabytes.")
