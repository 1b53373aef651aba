"""Raw pages: find them, recognise their kind by content, unpack and decode them."""
