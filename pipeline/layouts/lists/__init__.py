"""Items of lists, and terms with their definitions, in every markup that pages use for them."""

from pipeline.layouts.lists.apart import remarks
from pipeline.layouts.lists.around import headed, outer_frames, top_item
from pipeline.layouts.lists.items import Item, is_numbered, list_items
from pipeline.layouts.lists.pair import LONGEST_TERM, PairDraft, is_property, names_property, says_property
from pipeline.layouts.lists.pairs import have_cards, in_turn, pair_of, pairs_of, seamed_pair
from pipeline.layouts.lists.tables import is_column_head, numbered_rows

__all__ = [
    "LONGEST_TERM",
    "Item",
    "PairDraft",
    "have_cards",
    "headed",
    "in_turn",
    "is_column_head",
    "is_numbered",
    "is_property",
    "list_items",
    "names_property",
    "numbered_rows",
    "outer_frames",
    "pair_of",
    "pairs_of",
    "remarks",
    "says_property",
    "seamed_pair",
    "top_item",
]
