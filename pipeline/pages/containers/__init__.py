"""What pages lie in: archives, mails and crawls, read member by member, none of them trusted."""

from pipeline.pages.containers.member import Member
from pipeline.pages.containers.mhtml import looks_like_mhtml, mhtml_members
from pipeline.pages.containers.streams import CHUNK, GZIP_MAGIC, Gunzip, Rewound, damaged, read_up_to, too_large
from pipeline.pages.containers.transport import saved_from
from pipeline.pages.containers.warc import warc_members
from pipeline.pages.containers.zip_archive import zip_members

__all__ = [
    "CHUNK",
    "GZIP_MAGIC",
    "Gunzip",
    "Member",
    "Rewound",
    "damaged",
    "looks_like_mhtml",
    "mhtml_members",
    "read_up_to",
    "saved_from",
    "too_large",
    "warc_members",
    "zip_members",
]
