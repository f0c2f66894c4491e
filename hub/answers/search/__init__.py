"""Search: letters in any content language find topics and answers. Start with `build_index`."""

from hub.answers.search import following
from hub.answers.search.entries import write_entries
from hub.answers.search.finding import Hit, SearchIndex, build_index
from hub.answers.search.folding import normalise

__all__ = [
    "Hit",
    "SearchIndex",
    "build_index",
    "following",
    "normalise",
    "write_entries",
]
