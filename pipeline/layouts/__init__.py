"""Layouts: which block of a page is which field, which is named boilerplate."""
