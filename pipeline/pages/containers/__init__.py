"""What pages lie in: archives, mails and crawls, read member by member, none of them trusted."""

from pipeline.pages.containers.gunzip import GZIP_MAGIC, Gunzip
from pipeline.pages.containers.member import Member
from pipeline.pages.containers.mhtml import looks_like_mhtml, mhtml_members
from pipeline.pages.containers.source import Source
from pipeline.pages.containers.streams import CHUNK, Bounded, Rewound, damaged, read_up_to, too_large
from pipeline.pages.containers.transport import saved_from
from pipeline.pages.containers.unzstd import ZSTD_MAGICS, Unzstd, dictionary_of
from pipeline.pages.containers.warc import Pictures, places_of, spans_of, warc_pages, warc_range_pages
from pipeline.pages.containers.zip_archive import zip_members

__all__ = [
    "CHUNK",
    "GZIP_MAGIC",
    "ZSTD_MAGICS",
    "Bounded",
    "Gunzip",
    "Member",
    "Pictures",
    "Rewound",
    "Source",
    "Unzstd",
    "damaged",
    "dictionary_of",
    "looks_like_mhtml",
    "mhtml_members",
    "places_of",
    "read_up_to",
    "saved_from",
    "spans_of",
    "too_large",
    "warc_pages",
    "warc_range_pages",
    "zip_members",
]
