"""Random histories of a source over builds, in which what is the same text is known by construction."""
