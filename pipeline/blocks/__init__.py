"""From a raw page to one flat sequence of blocks with rich content."""
