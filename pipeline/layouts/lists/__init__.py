"""Items of lists, and terms with their definitions, in every markup that pages use for them."""

from pipeline.layouts.lists.items import Item, is_within, list_items, outer_frames, top_item
from pipeline.layouts.lists.pair import PairDraft
from pipeline.layouts.lists.pairs import in_turn, pair_of, pairs_of, seamed_pair
from pipeline.layouts.lists.tables import is_column_head

__all__ = [
    "Item",
    "PairDraft",
    "in_turn",
    "is_column_head",
    "is_within",
    "list_items",
    "outer_frames",
    "pair_of",
    "pairs_of",
    "seamed_pair",
    "top_item",
]
