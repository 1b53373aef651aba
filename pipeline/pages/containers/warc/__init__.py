"""Crawls: WARC files (ISO 28500), read from their beginning or in ranges, with the pictures that lie in them."""

from pipeline.pages.containers.warc.pictures import Pictures, places_of
from pipeline.pages.containers.warc.reading import warc_pages, warc_range_pages
from pipeline.pages.containers.warc.spans import spans_of

__all__ = ["Pictures", "places_of", "spans_of", "warc_pages", "warc_range_pages"]
