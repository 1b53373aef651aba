"""What stands above a study guide's text: class, unit, topic and title, authors and date."""

from pipeline.layouts.study_guide.head.byline import credited, date_of
from pipeline.layouts.study_guide.head.guide_head import guide_head
from pipeline.layouts.study_guide.head.names import GuideHead
from pipeline.layouts.study_guide.head.title import names_itself

__all__ = ["GuideHead", "credited", "date_of", "guide_head", "names_itself"]
