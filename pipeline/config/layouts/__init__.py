"""`[[defaults]]` and `[[layouts]]`: their model, the fields that they may name, and what no model forbids."""

from pipeline.config.layouts.checking import Mistake, kind_of, layout_mistakes, nearest
from pipeline.config.layouts.fields import BUILTIN_NAMES, Kind, fields_of
from pipeline.config.layouts.selectors import Css, CssOrAttribute, split_attribute
from pipeline.config.layouts.spec import INSTEAD, DefaultsRule, LayoutSpec, PatternFrom, Region, ShellName, Shells

__all__ = [
    "BUILTIN_NAMES",
    "INSTEAD",
    "Css",
    "CssOrAttribute",
    "DefaultsRule",
    "Kind",
    "LayoutSpec",
    "Mistake",
    "PatternFrom",
    "Region",
    "ShellName",
    "Shells",
    "fields_of",
    "kind_of",
    "layout_mistakes",
    "nearest",
    "split_attribute",
]
