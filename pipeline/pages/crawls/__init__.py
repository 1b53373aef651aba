"""What leads to the pages of a crawl: lists of its files, indexes of its records, the addresses that are asked for."""

from pipeline.pages.crawls.addresses import address_pattern
from pipeline.pages.crawls.lists import is_index, is_list
from pipeline.pages.crawls.naming import NamedFile, named_files

__all__ = ["NamedFile", "address_pattern", "is_index", "is_list", "named_files"]
