"""Commands that look at what is there, and write nothing."""
