"""The steps in order: what is stale, what runs where."""

from pipeline.stages.progress import Progress, Silent

__all__ = ["Progress", "Silent"]
