"""The steps in order: what is stale, what runs where."""
