"""Raw pages: find them, recognise their kind by content, unpack and decode them."""

from pipeline.pages.assets import FolderAssets
from pipeline.pages.cursor import Cursor, Mark
from pipeline.pages.discover import Discovery, RawFile, RawFolderError, discover
from pipeline.pages.encodings import REPAIRS, Decoded, decode, tidied
from pipeline.pages.found import IGNORED_REASONS, UNREADABLE, Found, Ignored
from pipeline.pages.open import folder_assets, page_from_bytes, picture_places, read_found, read_pages
from pipeline.pages.page import Asset, AssetSource, MemoryAssets, NoAssets, RawPage, SentAssets, SentFile
from pipeline.pages.sniff import media_type_of

__all__ = [
    "IGNORED_REASONS",
    "REPAIRS",
    "UNREADABLE",
    "Asset",
    "AssetSource",
    "Cursor",
    "Decoded",
    "Discovery",
    "FolderAssets",
    "Found",
    "Ignored",
    "Mark",
    "MemoryAssets",
    "NoAssets",
    "RawFile",
    "RawFolderError",
    "RawPage",
    "SentAssets",
    "SentFile",
    "decode",
    "discover",
    "folder_assets",
    "media_type_of",
    "page_from_bytes",
    "picture_places",
    "read_found",
    "read_pages",
    "tidied",
]
