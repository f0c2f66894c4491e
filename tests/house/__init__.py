"""The rules of the house, each held by a sweep over everything there is."""
