"""Figures derived from releases: pure functions from `Published` values to what pages show.

Nothing here knows visits, the database or Flask. Hidden cells are None, and None goes through
`known`: whatever is calculated with a hidden figure is hidden itself.
"""
