"""``report.pdf``: a release for people who decide, on a few pages that a screen reader can read.

``composing`` makes a frozen value of blocks, ``setting`` breaks them into lines, ``printing``
puts them on pages with the engine of the advice sheets.
"""
