"""A study guide while its draft is made."""

from dataclasses import dataclass

from pipeline.layouts.fields import PageContext
from pipeline.layouts.study_guide.head import GuideHead
from pipeline.layouts.study_guide.parts import GuideOutline

__all__ = ["GuideContext"]


@dataclass(slots=True, kw_only=True)
class GuideContext(PageContext):
    """A study guide, what stands above its text, and its parts."""

    head: GuideHead
    outline: GuideOutline
