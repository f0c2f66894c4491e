"""Other engines that set the same advice sheet, one module each.

A module `with_NAME` has `start(fonts, language)`, which gives a function from a page to the
bytes of a PDF. A process that measures a rival imports nothing of the desk, so that the memory
it takes is the rival's own: pages come to it as plain values (`page.py`), typefaces as files.
"""
