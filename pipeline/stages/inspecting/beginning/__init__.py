"""What `guidepress init` makes; what its files say lies here as they are written."""

from pipeline.stages.inspecting.beginning.begin import begin

__all__ = ["begin"]
