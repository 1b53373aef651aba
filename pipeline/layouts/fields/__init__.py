"""Fields that pages of several kinds have: their text claimed, their values as records have them."""

from pipeline.layouts.fields.context import PageContext
from pipeline.layouts.fields.lists import take_items, take_name, take_pair, take_question
from pipeline.layouts.fields.notices import publisher_of, take_notices
from pipeline.layouts.fields.stated import Reads, stated_fields, unit_of, unstated_fields
from pipeline.layouts.fields.texts import name_text, prose_text, short_text

__all__ = [
    "PageContext",
    "Reads",
    "name_text",
    "prose_text",
    "publisher_of",
    "short_text",
    "stated_fields",
    "take_items",
    "take_name",
    "take_notices",
    "take_pair",
    "take_question",
    "unit_of",
    "unstated_fields",
]
