"""Read every artifact back and compare it with the records."""
