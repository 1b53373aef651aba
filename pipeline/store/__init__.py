"""Embedded SQLite: page index, cached parses, artifact digests, cached chunks."""
