"""The texts that damage brings to a page. No check and no layout was written with these in view."""

from __future__ import annotations

from typing import Final

HEADINGS: Final = (
    "In a nutshell", "Bits to hang on to", "The short of it", "Worth a second look", "Put simply", "Now you try",
    "Words we met", "Where to go from here", "Ponder these", "What stays with you", "The gist", "Try it out",
)  # fmt: skip
BYLINES: Final = (
    "By Marlow Quist", "Posted by ines.k on 4 May 2025", "A page for beginners", "Compiled by Room 12",
    "Second edition", "Notes, part one", "Edited: Tue 3 June", "Contributed by the Hill Road team",
)  # fmt: skip
READERS: Final = ("Tobias Renn", "orla_w", "Kasimir P.", "Jun Aoki", "mrs.holloway", "D. Achebe")
REMARKS: Final = (
    "Thanks a lot, this saved my evening.",
    "I think the second point has a typo in it, could you check?",
    "Can somebody tell me why the last part holds at all?",
    "We used this in class today and it went down well.",
    "Nice page. More on this please!",
    "My teacher says it differently, but I like this better.",
)
COMMENT_HEADS: Final = ("4 thoughts on this page", "Reader comments", "Join the conversation", "What people say", "")
COMMENT_FORMS: Final = (
    "Your email address will not be published.", "Post your comment", "Reply", "Write a comment …", "Name *",
)  # fmt: skip
FURNITURE: Final = (
    "Pass it on: Mail Print Post Pin",
    "Sponsored message",
    "You may also enjoy our page on bridges",
    "Subscribe to the weekly letter",
    "Filed under: Notes, Spring term",
    "12 people found this page of use",
    "Listen to this page (4 min)",
    "Open in the app",
    "Previous page · Next page",
    "Photo: archive of the town hall",
)
FOREIGN: Final = (
    "The harbour office opens at nine and closes when the last boat is in.",
    "Each spring the committee paints the railings of the old bridge green.",
    "Tickets for the autumn fair are sold at the kiosk by the pond.",
    "A kettle should never be filled above the line that is marked on its side.",
)
MARKS: Final = ("[edit]", "[2]", "[citation needed]", "(edit)")
BULLETS: Final = ("•", "–", "◦", "▪", "→")
LABELS: Final = (("Q:", "A:"), ("Question:", "Answer:"), ("Q.", "A."), ("Prompt:", "Reply:"))
